"""Two people at the same thing in the same moment, on both databases, in real threads."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import Client

from tests.journeys.place import database
from tests.playing import MONTH, client_of, play_into
from tests.register.test_rebuild import contents
from yishi.clerk.memory import MEMORY
from yishi.journal import encode_line, verify
from yishi.journal.tables.store import TableStore
from yishi.procedure.state import State
from yishi.register.rebuild import rebuild

Call = Callable[[], Any]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def both(request, tmp_path_factory, django_db_blocker) -> Iterator[None]:
    """A database of its own: threads see only what is committed."""
    with django_db_blocker.unblock(), database(request.param, tmp_path_factory.mktemp("two")):
        yield


@pytest.fixture
def at(both: None, monkeypatch, request) -> Callable[[str], State]:
    """An institution of the test's own, played up to a label, a minute later."""

    def play(until: str) -> State:
        slug = slug_of(request.node.name)
        with transaction.atomic():
            play_into(MONTH, until, slug)
        state = MEMORY.at(slug).state
        assert state.latest is not None
        now = state.latest.astimezone(UTC) + timedelta(minutes=1)
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)
        return state

    return play


@pytest.fixture
def slug(request) -> str:
    """The test's own institution."""
    return slug_of(request.node.name)


def slug_of(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower())[-60:].strip("-")


def together(*calls: Call) -> list[Any]:
    """What each call gives, all of them begun in the same moment, each in a thread of its own."""
    ready = Barrier(len(calls))

    def one(call: Call) -> Any:
        try:
            ready.wait(timeout=20)
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [found.result(timeout=60) for found in [pool.submit(one, c) for c in calls]]


def posting(browser: Client, act: str, **sent: Any) -> Call:
    return lambda: browser.post(f"/do/{act}", {n.replace("__", "."): v for n, v in sent.items()})


def one_of_each(answers: list[Any], *wanted: int) -> None:
    assert sorted(answer.status_code for answer in answers) == sorted(wanted)


def sound(slug: str) -> None:
    """The chain holds, and what was followed is what the journal tells."""
    lines = list(TableStore(slug).read())
    assert verify(map(encode_line, lines)).first_bad is None
    live, seen = contents(), MEMORY.at(slug).state
    assert rebuild(slug) == seen
    assert contents() == live


def happened(slug: str, kind: str) -> int:
    return sum(line.entry.type == kind for line in TableStore(slug).read())


def test_a_double_click_does_it_once(at, slug) -> None:
    at("budget-presented")
    before = happened(slug, "position_stated")
    browsers = [client_of("liu", slug) for _ in range(2)]
    said = {"member": "liu", "stance": "for", "words": "同意。", "key": "form-1"}
    about = {"subject__sitting": "oct", "subject__item": "budget"}

    answers = together(*(posting(b, "state_position", **about, **said) for b in browsers))

    one_of_each(answers, 302, 302)
    assert happened(slug, "position_stated") == before + 1
    sound(slug)


def test_the_same_form_in_a_second_tab_is_told_that_it_is_done(at, slug) -> None:
    at("budget-presented")
    browser = client_of("liu", slug)
    said = {"member": "liu", "stance": "for", "words": "同意。", "key": "form-1"}
    post = posting(
        browser, "state_position", subject__sitting="oct", subject__item="budget", **said
    )

    first, again = post(), post()

    assert (first.status_code, again.status_code) == (302, 302)
    told = browser.get("/").content.decode()
    assert "已经办过了，没有重复办理" in told
    assert happened(slug, "position_stated") == 1


def test_going_back_and_sending_other_words_is_not_taken_for_a_second_press(at, slug) -> None:
    """The form gone back to has its old key, yet says something else: what it says is not lost."""
    at("budget-presented")
    browser = client_of("liu", slug)
    about = {"subject__sitting": "oct", "subject__item": "budget", "member": "liu"}
    posting(browser, "state_position", **about, stance="for", words="同意。", key="form-1")()

    again = posting(
        browser, "state_position", **about, stance="against", words="我改主意了。", key="form-2"
    )()

    assert again.status_code == 409
    assert "我改主意了。" in again.content.decode()
    assert 'class="clause' in again.content.decode()


def test_of_two_who_settle_the_same_item_one_is_told_what_the_other_did(at, slug) -> None:
    at("submitted")
    wang, tan = client_of("wang", slug), client_of("tan", slug)
    about = {"subject__item": "budget"}

    answers = together(
        posting(wang, "return_item", **about, key="a", reason="请补测算依据。"),
        posting(tan, "return_item", **about, key="b", reason="请补附件。"),
    )

    one_of_each(answers, 302, 409)
    lost = answers[answers[0].status_code == 302].content.decode()
    typed = ("请补测算依据。", "请补附件。")[answers[0].status_code == 302]
    assert typed in lost
    assert 'class="clause' in lost
    assert 'class="next"' in lost
    assert "已退回" in lost
    sound(slug)


def test_of_two_who_write_the_same_agenda_one_is_told_that_it_changed(at, slug) -> None:
    state = at("agenda")
    items = state.sittings["oct"].agenda
    seen = str(MEMORY.at(slug).head.seq)

    def agenda(person: str, order: tuple[str, ...]) -> Call:
        places = {f"items.place.{one}": str(n) for n, one in enumerate(order)}
        return posting(
            client_of(person, slug),
            "set_agenda",
            subject__sitting="oct",
            items=list(order),
            seen=seen,
            key=person,
            **places,
        )

    answers = together(agenda("wang", items), agenda("xiao", items[::-1]))

    one_of_each(answers, 302, 409)
    lost = next(answer for answer in answers if answer.status_code == 409).content.decode()
    assert "已经改动过这件事" in lost
    assert "您的提交没有生效" in lost
    sound(slug)


def test_whoever_wrote_on_an_old_page_is_told_and_sends_again_on_the_new_one(at, slug) -> None:
    state = at("agenda")
    items = list(state.sittings["oct"].agenda)
    seen = str(MEMORY.at(slug).head.seq)
    about = {"subject__sitting": "oct", "items": items}
    posting(client_of("wang", slug), "set_agenda", **about, key="a", seen=seen)()
    xiao = client_of("xiao", slug)

    told = posting(xiao, "set_agenda", **about, key="b", seen=seen)()
    shown = re.search(r'name="seen" value="(\d+)"', told.content.decode())
    again = posting(xiao, "set_agenda", **about, key="b", seen=shown.group(1))()

    assert (told.status_code, again.status_code) == (409, 302)


def test_eight_people_at_one_meeting_lose_nothing(at, slug) -> None:
    at("budget-presented")
    about = {"subject__sitting": "oct", "subject__item": "budget"}
    speak = [
        posting(
            client_of(p, slug),
            "state_position",
            **about,
            member=p,
            stance="for",
            words=f"{p}同意",
            key=p,
        )
        for p in ("liu", "zeng", "wang", "li", "zhou", "wu")
    ]
    secretary = [client_of("xiao", slug) for _ in range(2)]

    def note(browser: Client, name: str) -> list[Any]:
        send = [
            posting(
                browser, "note_record", subject__sitting="oct", words=f"{name}{n}", key=f"{name}{n}"
            )
            for n in range(10)
        ]
        return [post() for post in send]

    answers = together(*speak, *(lambda b=b, n=n: note(b, n) for n, b in enumerate(secretary)))

    flat = [a for found in answers for a in (found if isinstance(found, list) else [found])]
    stood = [a for a in flat if a.status_code == 302]
    refused = [a for a in flat if a.status_code == 409]
    assert len(stood) + len(refused) == len(flat) == 26
    talk = MEMORY.at(slug).state.sittings["oct"]
    words = [words for _, _, words in talk.record.notes]
    assert len(words) == len(set(words)) == 20
    assert happened(slug, "position_stated") == len(stood) - 20
    assert all('class="clause' in a.content.decode() for a in refused)
    sound(slug)


def test_who_reads_while_others_write_is_always_answered(at, slug) -> None:
    at("budget-presented")
    pages = ("/", "/sittings/", "/sittings/oct", "/items/", "/tasks/", "/decisions/")

    def read(person: str) -> list[int]:
        browser = client_of(person, slug)
        return [browser.get(page).status_code for page in pages * 2]

    def note() -> list[int]:
        browser = client_of("xiao", slug)
        return [
            posting(
                browser, "note_record", subject__sitting="oct", words=f"记{n}", key=f"n{n}"
            )().status_code
            for n in range(12)
        ]

    answers = together(lambda: read("chen"), lambda: read("li"), lambda: read("luo"), note)

    assert [code for codes in answers[:3] for code in codes] == [200] * 36
    assert answers[3] == [302] * 12
