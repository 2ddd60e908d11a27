"""Every act's form, for every kind of person, with whatever may come in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from unittest.mock import patch

import msgspec
import pytest
from django.db import transaction
from django.test import Client
from django.utils.html import escape

from tests.playing import MONTH, PLACE, WEEK, client_of, play_into
from tests.web.filling import every_field
from tests.web.wellsaid import faults_of, own_words
from yishi.clerk.memory import MEMORY
from yishi.clerk.models import Submission
from yishi.journal.tables.models import Chain
from yishi.procedure.kinds import ACTS
from yishi.procedure.state import State
from yishi.procedure.subjects import NOT_OFFERED, subjects
from yishi.register.models import Finding
from yishi.web.acts.inputs import ROWS, kind_of

pytestmark = pytest.mark.django_db

OFFERED = tuple(name for name in ACTS if name not in NOT_OFFERED)

PEOPLE = {
    "director": "chen",
    "deputy": "liu",
    "section head": "li",
    "clerk of the office": "tan",
    "secretary": "xiao",
    "counter head": "luo",
    "outsider": "nobody-of-the-house",
}
"""One of each kind; the last holds no post and is not on the roster at all."""

PLAYED = {
    "a sitting with an item reported": (MONTH, "budget-presented"),
    "minutes out and a change asked for": (MONTH, "requested"),
    "a weekly sitting about to open": (WEEK, "present"),
}

HTML = "<script>alert('1')</script>\"><b>甲"
BAD = {
    "nothing": "",
    "too long": "长" * 20_001,
    "control characters": "坏\x00字\x1b[31m\x08",
    "nothing visible": "\u200b\u2060\u200d",
    "no character": "甲\uffff乙",
    "reversed": "甲\u202e乙",
    "markup": HTML,
    "braces": "{person:person} {0} %s",
    "a wrong kind": "-1",
    "a huge number": "9" * 40,
    "no day of any year": "2026-02-30",
    "the end of time": "9999-12-31T23:59",
    "the first day": "0001-01-01",
    "an unknown id": "no-such-id",
    "another person": "guan",
    "a list": "['x']",
}


class Place(msgspec.Struct):
    """A played case: how things stand, its own words, and which of the cases it is."""

    state: State
    own: frozenset[str]
    turn: int


TYPED_FREELY = {"words", "title", "suggested", "number", "day", "moment", "days", *ROWS}
LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module", params=PLAYED)
def place(request, django_db_setup, django_db_blocker) -> Iterator[Place]:
    """A played case in the database, a minute after the last thing that happened."""
    with django_db_blocker.unblock(), transaction.atomic():
        play_into(*PLAYED[request.param])
        state = MEMORY.at(PLACE).state
        with patch("django.utils.timezone.now", lambda: later(state)):
            yield Place(state, own_words(state), list(PLAYED).index(request.param))
        transaction.set_rollback(True)
    MEMORY.forget(PLACE)


@pytest.fixture(scope="module")
def browsers(place: Place) -> dict[str, Client]:
    """A browser of each kind of person."""
    return {kind: client_of(person) for kind, person in PEOPLE.items()}


def later(state: State) -> datetime:
    assert state.latest is not None
    return state.latest.astimezone(UTC) + timedelta(minutes=1)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens here has not happened afterwards."""
    held = MEMORY.at(PLACE)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    MEMORY.put(PLACE, held)


def subjects_of(name: str, state: State) -> list[dict[str, str]]:
    """Something the act could be about, of each body where there is; else nothing."""
    found: dict[str, dict[str, str]] = {}
    for subject in subjects(ACTS[name], state):
        sitting = state.sittings.get(subject.get("sitting", ""))
        current = sitting is not None and subject.get("item") == sitting.current
        key = subject.get("body", "")
        if key not in found or current:
            found[key] = subject
    return [*found.values()] or [{}]


def standing() -> tuple[Any, ...]:
    """How far the journal is, and how much the clerk has kept."""
    seq, head = Chain.objects.values_list("seq", "head").get(slug=PLACE)
    return seq, head, Submission.objects.count(), Finding.objects.count()


def send(browser: Client, name: str, sent: dict[str, Any], subject: dict[str, str]) -> Any:
    about = {f"subject.{k}": v for k, v in subject.items()}
    return browser.post(f"/do/{name}", {"key": "k-1", **about, **sent})


def sound(answer: Any, language: str, own: frozenset[str]) -> None:
    """The answer is one of those a person can do something with, in their language."""
    assert answer.status_code in (200, 302, 403, 404, 409, 422), answer.status_code
    if answer.status_code == 302:
        return
    page = answer.content.decode()
    assert "Traceback" not in page
    assert HTML not in page
    assert faults_of(page, language, own) == []


def says_what_is_wrong(answer: Any) -> None:
    """A rejection has its sentence at a field or above the form; a refusal its clauses."""
    page = answer.content.decode()
    if answer.status_code == 422:
        assert 'class="error"' in page or 'role="alert"' in page, "no word on what is wrong"
    if answer.status_code == 409:
        assert 'role="alert"' in page or 'class="error"' in page
        for ground in re.findall(r"<li>\s*<p>.*?</li>", page.partition("</section>")[0], re.DOTALL):
            assert 'class="clause' in ground, ground
            assert 'class="next"' in ground, ground


@pytest.mark.parametrize("name", OFFERED)
def test_every_form_opens_for_everybody_in_their_language(name, place, browsers) -> None:
    before = standing()

    for number, browser in enumerate(browsers.values()):
        for turn, subject in enumerate((*subjects_of(name, place.state), {})):
            language = browser.cookies["language"] = LANGUAGES[(number + turn) % 2]
            answer = browser.get(f"/do/{name}", {**subject, "next": "/"})
            sound(answer, language, place.own)

    assert standing() == before


@pytest.mark.parametrize("name", OFFERED)
def test_no_form_fails_on_bad_input_or_writes_it_or_loses_it(name, place, browsers) -> None:
    about = subjects_of(name, place.state)[0]
    share = [one for n, one in enumerate(product(BAD, browsers)) if n % len(PLAYED) == place.turn]
    for number, (bad, kind) in enumerate(share):
        browser = browsers[kind]
        language = browser.cookies["language"] = LANGUAGES[number % 2]
        before = standing()
        with undone():
            answer = send(browser, name, every_field(ACTS[name], BAD[bad]), about)
            after = standing()
        sound(answer, language, place.own)
        says_what_is_wrong(answer)
        if answer.status_code == 422:
            assert after == before, bad
        if answer.status_code in (409, 422):
            assert kept(BAD[bad], name, answer), bad


def kept(value: str, name: str, answer: Any) -> bool:
    """Whether what was typed stands in the form again, if there was a field to type it into."""
    kinds = {kind_of(field) for field in msgspec.structs.fields(ACTS[name])}
    return not kinds & TYPED_FREELY or escape(value.strip()) in answer.content.decode()


STRANGE = {
    "a key with a zero in it": {"key": "k\x00"},
    "a key far too long": {"key": "k" * 5_000},
    "no key": {"key": ""},
    "two keys": {"key": ["k-1", "k-2"]},
    "a place in the chain below nought": {"seen": "-7"},
    "a place in the chain in other digits": {"seen": "٣"},
    "a place in the chain that is none": {"seen": "9" * 60},
    "another site to go on to": {"next": "//elsewhere.example/"},
    "a script to go on to": {"next": "javascript:alert(1)"},
    "two lines to go on to": {"next": "/\r\nSet-Cookie: a=b"},
    "a very long way to go on": {"next": "/" + "a" * 20_000},
}
"""What a form carries unseen, altered."""


def forgeries(name: str, state: State) -> Iterator[dict[str, str]]:
    """Subjects that no page would have sent with this form."""
    known = {"body": state.bodies, "sitting": state.sittings, "item": state.items}
    known |= {"decision": state.decisions, "task": state.tasks}
    known |= {"adjustment": state.adjustments, "posting": state.postings}
    for pick in (0, -1):
        yield {kind: sorted(held)[pick] for kind, held in known.items() if held}
    yield dict.fromkeys(known, "no-such-id")
    yield {kind: next(iter(sorted(state.items))) for kind in known}
    yield {"body": "general"}
    yield {"sitting": "\x00", "item": "x" * 10_000}
    yield {"sitting": "../../etc", "item": HTML}


@pytest.mark.parametrize("name", OFFERED)
def test_what_a_form_carries_unseen_may_be_forged_without_harm(name, place, browsers) -> None:
    about, people = subjects_of(name, place.state)[0], list(browsers.values())
    cases = [*((about, strange) for strange in STRANGE.values())]
    cases += [(forged, {}) for forged in forgeries(name, place.state)]
    for number, (subject, strange) in enumerate(cases):
        if number % len(PLAYED) != place.turn:
            continue
        browser = people[(number + OFFERED.index(name)) % len(people)]
        browser.cookies["language"] = "zh"
        with undone():
            answer = send(browser, name, {**every_field(ACTS[name], "甲"), **strange}, subject)
        sound(answer, "zh", place.own)
        if answer.status_code == 302:
            assert answer["Location"].startswith("/"), answer["Location"]
            assert not answer["Location"].startswith("//"), answer["Location"]
        browser.cookies["language"] = "zh"
        got = browser.get(f"/do/{name}", {**subject, "key": "k", "title": "\x00"})
        sound(got, "zh", place.own)


@pytest.mark.parametrize("name", OFFERED)
def test_a_form_without_its_seal_is_turned_away(name, place) -> None:
    browser = client_of("chen")
    browser.handler.enforce_csrf_checks = True
    before = standing()

    answer = send(browser, name, every_field(ACTS[name], "甲"), subjects_of(name, place.state)[0])

    assert answer.status_code == 403
    sound(answer, "zh", place.own)
    assert standing() == before


@pytest.mark.parametrize("name", OFFERED)
def test_fields_sent_over_and_over_and_broken_bytes_do_no_harm(name, place, browsers) -> None:
    about = {f"subject.{k}": v for k, v in subjects_of(name, place.state)[0].items()}
    browser = browsers["secretary"]
    browser.cookies["language"] = "zh"
    fields = every_field(ACTS[name], "甲", 1)
    often = {field: value * (1800 // len(fields)) for field, value in fields.items()}
    with undone():
        sound(browser.post(f"/do/{name}", {**about, **often}), "zh", place.own)
    far_too_often = browser.post(f"/do/{name}", {**about, "words": ["甲"] * 3000})
    assert far_too_often.status_code == 400
    assert "发来的内容太多" in far_too_often.content.decode()
    broken = b"&".join(f"{f}=".encode() + b"%ff%fe\xff%00" for f in (*fields, "next", "seen"))
    with undone():
        answer = browser.post(f"/do/{name}", broken, "application/x-www-form-urlencoded")
    sound(answer, "zh", place.own)


def test_rows_beyond_what_a_form_takes_are_not_dropped_in_silence(place, browsers) -> None:
    """More tasks than the form takes at once are sent back whole, with the reason."""
    rows = {"tasks.words": [f"第{n}件" for n in range(61)], "outcome": "adopt"}

    answer = send(
        browsers["director"], "decide_item", rows, subjects_of("decide_item", place.state)[0]
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "第60件" in page
    assert 'class="error"' in page


@pytest.mark.parametrize("invisible", ["\u200b\u2060", "甲\u202e乙", "\u2066甲"])
def test_words_that_nobody_can_see_are_not_taken_for_words(invisible, place, browsers) -> None:
    before = standing()
    sent = every_field(ACTS["submit_item"], invisible)

    answer = send(browsers["section head"], "submit_item", sent, {"body": "chuwuhui"})

    assert answer.status_code == 422
    assert standing() == before


def test_forms_that_need_something_from_outside_are_no_pages_of_their_own(browsers) -> None:
    for name in NOT_OFFERED:
        assert browsers["director"].get(f"/do/{name}").status_code in (200, 404)
    assert browsers["director"].get("/do/no_such_act").status_code == 404
    assert browsers["director"].post("/do/no_such_act").status_code == 404
