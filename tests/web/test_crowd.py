"""A crowd in one room: what it costs does not grow with the square of the people."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.playing import MONTH, PLACE, client_of, play_into
from yishi.accounts.models import Account
from yishi.clerk.door import do, happen
from yishi.clerk.memory import MEMORY
from yishi.procedure.attendance import MarkPresent
from yishi.procedure.convening import InviteOthers
from yishi.procedure.verdict import Accepted
from yishi.roster.events import PersonEntered
from yishi.web import office as offices
from yishi.web.answers import REMEMBERED
from yishi.web.live.rights import Viewer
from yishi.web.live.sight import Sights
from yishi.web.office import Office
from yishi.web.sittings import frame
from yishi.web.sittings.kind import kind_of, opened_to, things
from yishi.web.sittings.own import own_of
from yishi.web.sittings.seated import AT_HAND

pytestmark = pytest.mark.django_db

ROOM = "/sittings/oct/room"

QUESTIONS = 5
"""To the database, for all who look at one meeting, whether they are ten or a thousand."""


def crowd(number: int, here: bool = True) -> tuple[str, ...]:
    """So many people called in for the item in hand, each with an account; here, or not yet."""
    play_into()
    state = MEMORY.at(PLACE).state
    assert state.latest is not None
    people = tuple(f"guest-{n}" for n in range(number))
    happen(
        PLACE, tuple(PersonEntered(person=p, called=f"来宾{p[6:]}") for p in people), state.latest
    )
    Account.objects.bulk_create(
        Account(username=p, institution=PLACE, person=p, password="!") for p in people
    )
    done(InviteOthers(sitting="oct", item="budget", people=people), "chen")
    for person in people if here else ():
        done(MarkPresent(sitting="oct", person=person), person)
    return people


def done(act: Any, person: str) -> None:
    verdict = do(PLACE, person, act, reason="与会。").verdict
    assert isinstance(verdict, Accepted), verdict


def office_of(person: str) -> Office:
    client_of(person)
    return Office(Account.objects.get(institution=PLACE, person=person), "zh")


def questions(person: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many questions are put to the rules to find out what is somebody's own."""
    REMEMBERED.forget()
    office, put = office_of(person), []
    ask = offices.ask
    monkeypatch.setattr(offices, "ask", lambda *said: (put.append(said), ask(*said))[1])
    sitting = office.state.sittings["oct"]
    kind = kind_of(office, sitting)
    assert kind is not None
    own_of(office, sitting, kind)
    monkeypatch.undo()
    return len(put)


def test_what_is_ones_own_asks_no_more_for_two_hundred_than_for_fifty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people = crowd(AT_HAND + 5)
    looking = ("guest-1", "liu", "chen", "xiao")
    few = {person: questions(person, monkeypatch) for person in looking}
    more = tuple(f"more-{n}" for n in range(150))
    state = MEMORY.at(PLACE).state
    assert state.latest is not None
    happen(PLACE, tuple(PersonEntered(person=p, called=p) for p in more), state.latest)
    done(InviteOthers(sitting="oct", item="budget", people=more), "chen")
    guests = MEMORY.at(PLACE).state.sittings["oct"].guests("budget")
    assert len(guests) >= len(people) + len(more)

    for person in looking:
        assert questions(person, monkeypatch) <= few[person] + 1
        assert person == "xiao" or few[person] < 60


def test_whether_a_thing_is_open_is_what_the_rules_answer_with_their_clause() -> None:
    play_into(MONTH, "decided")
    state = MEMORY.at(PLACE).state
    made = list(state.decisions)
    things = [("record", "oct"), ("minutes", "oct"), *(("item", i) for i in state.items)]
    things += [(t, i) for t in ("paper",) for i in state.items]
    things += [("decision", one) for one in made]
    told = set()
    for person in (*state.roster.people, "nobody"):
        office = Office(Account(institution=PLACE, person=person), "zh")
        for thing, subject in things:
            said = office.is_open(thing, subject)  # type: ignore[arg-type]
            assert said == office.reads(thing, subject).allowed, (person, thing, subject)  # type: ignore[arg-type]
            told.add(said)
    assert told == {True, False}


def test_what_is_open_in_a_room_is_found_for_all_at_once_as_for_each() -> None:
    for until in ("told", "budget-presented", "decided"):
        play_into(MONTH, until, slug=until)
        state = MEMORY.at(until).state
        for person in (*state.roster.people, "nobody"):
            office = Office(Account(institution=until, person=person), "zh")
            sitting = state.sittings["oct"]
            each = {one for one in things(office, sitting) if office.is_open(*one)}
            assert opened_to(office, sitting) == each, (until, person)


def test_the_parts_are_made_once_for_a_crowd_of_one_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    make = frame.made_with
    monkeypatch.setattr(
        frame, "made_with", lambda eyes, name: (made.append(name), make(eyes, name))[1]
    )
    people = crowd(60)
    REMEMBERED.forget()
    made.clear()
    accounts = {a.person: a for a in Account.objects.filter(institution=PLACE)}
    with CaptureQueriesContext(connection) as asked:
        sights = Sights()
        seen = [sights.of((accounts[p], Viewer(PLACE, p, "zh")), "oct", "room") for p in people]

    assert len({id(one.frame) for one in seen if one}) == 1
    assert sorted(made) == sorted(frame.PARTS["room"])
    assert len(asked) == QUESTIONS, "the head, what the journal tells of the meeting, and papers"


def test_of_a_crowd_the_room_shows_the_first_and_how_many_more() -> None:
    people = crowd(AT_HAND + 10, here=False)
    done(MarkPresent(sitting="oct", person=people[-1]), people[-1])
    member = client_of("liu").get(ROOM).content.decode()

    called = [p for p in people if f"来宾{p[6:]}" in re.sub(r"(?s)^.*到会情况", "", member)]
    assert len(called) <= AT_HAND
    assert "另有列席人员" in member
    assert f"等 {len(MEMORY.at(PLACE).state.sittings['oct'].guests('budget'))} 人" in member
    assert "登记其他列席人员到会" not in member
    keeper = client_of("xiao").get(ROOM).content.decode()
    link = re.findall(r'href="([^"]*mark_present[^"]*)">登记其他列席人员到会', keeper)[0]
    form = client_of("xiao").get(link.replace("&amp;", "&"))
    assert people[AT_HAND + 5] in form.content.decode()


def test_of_a_crowd_that_is_to_speak_those_who_are_next_are_shown() -> None:
    crowd(AT_HAND + 10)
    page = client_of("guest-49").get(ROOM).content.decode()

    assert re.search(r"后面还有 \d+ 位待发言", page)


def test_a_few_who_are_called_in_are_all_shown() -> None:
    people = crowd(AT_HAND // 2)
    page = client_of("liu").get(ROOM).content.decode()

    assert all(f"来宾{p[6:]}" in page for p in people)
    assert "另有列席人员" not in page
