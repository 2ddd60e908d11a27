"""The desk: what waits for whoever asks, what comes, what is late; and nothing of others."""

import re

import pytest
from django.test import Client

from tests.playing import MONTH, PLACE, WEEK, client_of, play_into, stage_of
from tests.web.demonstration import demonstrate
from tests.web.pressing import press
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY, Held
from yishi.journal.tables.models import Entry
from yishi.outbox.owed import Owed
from yishi.outbox.queue import put
from yishi.procedure.items import ApproveItem, CollateItem
from yishi.procedure.minutes import CloseRecord
from yishi.procedure.telling import GiveNotice
from yishi.procedure.verdict import Accepted
from yishi.register.models import DutyRow

pytestmark = pytest.mark.django_db

OFFICE = "chen liu he zeng wang xiao tan"
SECTIONS = "li zhou wu deng luo guan"
EVERYBODY = (*OFFICE.split(), *SECTIONS.split())
QUERIES = 5


def waiting(client: Client) -> set[tuple[str, str]]:
    """What the desk says waits: act and subject."""
    duties = client.get("/").context["duties"]
    return {(one["row"].act, one["row"].subject) for one in duties}


def text_of(page) -> str:
    return page.content.decode()


@pytest.mark.parametrize(
    ("case", "until"),
    [(MONTH, "submitted"), (MONTH, "noticed"), (MONTH, "minutes"), (WEEK, "reported"), (WEEK, "")],
)
def test_the_desk_works_for_everybody_and_shows_the_duties_they_have(case: str, until: str) -> None:
    play_into(case, until)

    for person in EVERYBODY:
        page = client_of(person).get("/")
        assert page.status_code == 200, person
        mine = DutyRow.objects.filter(person=person, begins=None).values_list("act", "subject")
        assert set(mine) <= waiting(client_of(person)), person


def test_a_duty_whose_act_would_be_refused_says_what_is_missing_instead_of_leading_there() -> None:
    play_into(MONTH, "closed")
    page = client_of("xiao").get("/")
    held = {one["row"].act: one for one in page.context["duties"] if one["row"].subject == "oct"}

    assert held["issue_minutes"]["first"]
    assert f'href="{held["issue_minutes"]["link"]}"'.replace("&", "&amp;") not in text_of(page)
    assert "才能印发会议纪要" in text_of(page)
    for one in page.context["duties"]:
        form = client_of("xiao").get(one["link"])
        assert bool(form.context["withheld"]) == bool(one["first"]), one["row"].act
    sitting = text_of(client_of("xiao").get("/sittings/oct"))
    assert "才能印发会议纪要" in sitting
    assert re.search(r'href="/sittings/oct/minutes">\s*印发会议纪要', sitting) is None


def test_convening_from_the_desk_begins_with_the_day_that_the_rules_expect() -> None:
    play_into(until="minutes")
    chair = client_of("chen")
    proposed = {one.body: one for one in chair.get("/sittings/").context["proposals"]}
    links = {
        o["body"]: o["link"] for o in chair.get("/").context["starts"] if o["act"] == "convene"
    }

    assert set(links) == set(proposed)
    for body, link in links.items():
        page = chair.get(link)
        typed = {one.name: one.value for one in page.context["form"].inputs}
        assert typed["starts_at"] == f"{proposed[body].start:%Y-%m-%dT%H:%M}"
        assert typed["kind"] == "ordinary"
        assert "这只是按规则推算的建议" in page.content.decode()
    extra = chair.get(f"{links['chuwuhui']}&kind=extra")
    assert {one.name: one.value for one in extra.context["form"].inputs}["starts_at"] == ""


def test_each_duty_has_its_clause_and_leads_to_its_form() -> None:
    play_into(until="collated")

    desk = client_of("chen").get("/")

    duty = next(one for one in desk.context["duties"] if one["row"].subject == "budget")
    assert duty["row"].clause == "三"
    assert desk.content.decode().count('class="clause"') >= len(desk.context["duties"])
    assert client_of("chen").get(duty["link"]).status_code == 200
    assert client_of("chen").get(duty["page"]).status_code == 200


def test_a_duty_is_gone_from_every_desk_once_it_is_done() -> None:
    play_into(until="returned")
    assert ("collate_item", "budget") in waiting(client_of("xiao"))
    assert ("collate_item", "budget") in waiting(client_of("tan"))

    assert isinstance(do(PLACE, "xiao", CollateItem(item="budget")).verdict, Accepted)

    assert ("collate_item", "budget") not in waiting(client_of("xiao"))
    assert ("collate_item", "budget") not in waiting(client_of("tan"))
    assert ("approve_item", "budget") in waiting(client_of("chen"))
    do(PLACE, "chen", ApproveItem(item="budget", weighty=True))
    assert ("approve_item", "budget") not in waiting(client_of("chen"))
    assert ("supply_paper", "budget") in waiting(client_of("li"))


def test_an_agenda_that_holds_only_what_the_rules_put_there_waits_until_the_notice_is_out() -> None:
    play_into(WEEK, "convened")
    asked = DutyRow.objects.filter(act="set_agenda", subject="w45")
    state = MEMORY.at(PLACE).state
    assert state.sittings["w45"].agenda
    assert set(asked.values_list("person", flat=True)) >= {"tan"}

    do(PLACE, "tan", GiveNotice(sitting="w45"), at=state.latest)

    assert not asked.exists()


def test_after_the_meeting_its_record_waits_for_whoever_keeps_it_and_nobody_else() -> None:
    play_into(until="closed")
    assert ("close_record", "oct") in waiting(client_of("xiao"))
    assert ("close_record", "oct") not in waiting(client_of("tan"))

    assert isinstance(do(PLACE, "xiao", CloseRecord(sitting="oct")).verdict, Accepted)

    assert ("close_record", "oct") not in waiting(client_of("xiao"))


def test_an_open_meeting_leads_to_its_room() -> None:
    play_into()

    strip = '<a class="button main" href="/sittings/oct/room">'
    assert strip in client_of("liu").get("/").content.decode()
    assert strip not in client_of("luo").get("/").content.decode()


def test_late_tasks_are_counted_for_whoever_may_read_them_only() -> None:
    play_into(until="planned")

    assert client_of("wang").get("/").context["tally"]["open"] > 0
    assert set(client_of("luo").get("/").context["tally"].values()) == {0}


def test_a_reminder_of_a_task_that_has_ended_since_is_no_news_any_more() -> None:
    play_into(WEEK, "change-heard")
    state = MEMORY.at(PLACE).state
    said = {"task": "t-queue", "due": "2026-11-30"}
    asks = [
        Owed(("luo",), kind, said, "/tasks/t-queue")
        for kind in ("outbox.reminded", "tasks_followed.overdue")
    ]
    put(PLACE, asks, state.latest, "1")

    def news() -> list[str]:
        told = client_of("luo").get("/").context["news"]
        return [one["row"].kind for one in told if one["row"].link == "/tasks/t-queue"]

    assert set(news()) >= {"outbox.reminded", "tasks_followed.overdue"}
    chair = client_of("chen")
    typed = {
        "outcome": "adopt",
        "words": "改为先开一个。",
        "summary": "一致同意。",
        "ends": "t-queue",
    }
    press(chair, chair.get("/sittings/w47/room"), "decide_item", **typed)

    assert MEMORY.at(PLACE).state.tasks["t-queue"].status == "ended"
    assert news() == ["outbox.ended"]
    assert len(client_of("luo").get("/messages").context["news"]) > 2


def test_nobody_sees_a_desk_without_signing_in() -> None:
    play_into(until="submitted")

    answer = Client().get("/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in")


def test_one_institution_s_desk_shows_nothing_of_another() -> None:
    play_into(until="collated")
    play_into(until="submitted", slug="other")

    assert waiting(client_of("chen", "other")) == set()


def test_a_meeting_called_while_a_desk_is_being_made_is_on_the_next_one(monkeypatch) -> None:
    play_into(until="convened")
    head, before = MEMORY.at(PLACE).head, stage_of(MONTH, "approved").history.state
    client = client_of("chen")
    with monkeypatch.context() as earlier:
        earlier.setattr("yishi.web.office.MEMORY.at", lambda slug: Held(head, before))
        assert client.get("/").context["coming"] == []

    assert [one.id for one in client.get("/").context["coming"]] == ["oct"]


def test_looking_at_the_desk_changes_nothing() -> None:
    play_into(until="collated")
    before = MEMORY.at(PLACE).head, DutyRow.objects.count(), Entry.objects.count()

    for person in EVERYBODY:
        client_of(person).get("/")

    assert (MEMORY.at(PLACE).head, DutyRow.objects.count(), Entry.objects.count()) == before


@pytest.mark.parametrize("months", [1, 12])
def test_the_desk_asks_the_database_as_often_after_a_year_as_after_a_month(
    months: int, django_assert_num_queries
) -> None:
    """The staff of the secretariat have one question more: whether any mail is stuck."""
    demonstrate(months)
    for person in ("chen", "tan", "li", "luo", "guan"):
        client = client_of(person)
        client.get("/")

        with django_assert_num_queries(QUERIES + (person == "tan")):
            assert client.get("/").status_code == 200


def test_the_administrators_desk_leads_to_what_an_administrator_keeps() -> None:
    play_into(MONTH, "noticed")

    assert 'href="/people/accounts/"' in client_of("ning").get("/").content.decode()
    assert 'href="/people/accounts/"' not in client_of("chen").get("/").content.decode()


def test_the_desk_counts_the_tasks_that_one_carries_or_looks_after_and_no_others(on) -> None:
    play_into(until="minutes")
    on("2027-03-01T09:00")
    late = {p: client_of(p).get("/").context["tally"]["late"] for p in EVERYBODY}
    every = late["chen"]

    assert every == late["xiao"] > 0
    carried = {
        p: client_of(p).get("/tasks/?state=late&mine=1").context["page"].paginator.count
        for p in EVERYBODY
    }
    assert {p: late[p] for p in SECTIONS.split()} == {p: carried[p] for p in SECTIONS.split()}
    assert 0 in carried.values()
    assert 'mine=1"' in client_of("li").get("/").content.decode()
    assert "mine=1" not in client_of("chen").get("/").content.decode()
