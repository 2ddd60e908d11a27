"""Every page that a person can reach by following links, for each kind of person, after months."""

import html
import re
from collections import Counter, deque
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from unittest.mock import patch
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

import msgspec
import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from openpyxl import load_workbook

from tests.playing import CHARTERS, PLACE, client_of
from tests.web.wellsaid import faults_of, own_words, static, texts_of
from yishi.cases.casting import set_up
from yishi.clerk.bulk import take_in
from yishi.clerk.memory import MEMORY
from yishi.cli.demo import KEPT, Outgoing, founded, play
from yishi.procedure.access import may_read, may_read_published
from yishi.procedure.reading import Thing
from yishi.procedure.state import Sitting, State
from yishi.web.exports import TYPE
from yishi.wording import Catalogue

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 16, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
BEGUN = datetime(2026, 9, 16, tzinfo=ZoneInfo("Asia/Shanghai")).date()

PEOPLE = ("chen", "liu", "li", "wang", "xiao", "tan", "luo", "deng", "nobody-of-the-house")
ALIKE = 4
"""Pages of one kind that are looked at for each person; what differs is only the subject."""

FIXED = ("journal", "register", "outbox", "clerk", "papers")
"""Applications whose tables no page may alter by being looked at."""


@pytest.fixture(scope="module")
def place(django_db_setup, django_db_blocker) -> Iterator[State]:
    """An office after three months, with a meeting in each phase."""
    stage = set_up(CHARTERS / "cast.yaml", {}, BEGUN)
    founded(stage, Catalogue("zh").text("site.demo_name"))
    out = Outgoing(PLACE, NOW - KEPT)
    with django_db_blocker.unblock():
        play(stage, "crawl", NOW, shipped=True, files=out.of)
    with django_db_blocker.unblock(), transaction.atomic():
        take_in(PLACE, stage.history.done, issued=out.issued)
        with patch("django.utils.timezone.now", lambda: NOW.astimezone(UTC)):
            yield MEMORY.at(PLACE).state
        transaction.set_rollback(True)
    MEMORY.forget(PLACE)


def digest() -> str:
    """Everything that stands in the tables that a page may not alter."""
    held = sha256()
    for label in FIXED:
        for model in apps.get_app_config(label).get_models():
            for row in model._default_manager.order_by("pk").values_list():
                held.update(
                    repr(tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)).encode()
                )
    return held.hexdigest()


class Page(msgspec.Struct):
    """An answer to a person who followed a link."""

    address: str
    text: str
    raw: str = ""


def kind_of_page(address: str, state: State) -> str:
    """The address with what it is about left open."""
    parts = urlsplit(address)
    known = {"items", "sittings", "tasks", "decisions", "adjustments", "postings", "bodies"}
    ids = {key for kind in known for key in getattr(state, kind)}
    ids |= {*state.roster.people, *state.roster.units}
    bare = "/".join("*" if part in ids else part for part in parts.path.split("/"))
    fields = sorted({pair.partition("=")[0] for pair in parts.query.split("&")})
    return f"{bare}?{'&'.join(fields)}"


def walked(browser: Client, state: State, language: str) -> Iterator[Page]:
    """Pages reached by links, a few of each kind, each answered as it should be."""
    browser.cookies["language"] = language
    waiting, seen, kinds = deque(["/"]), {"/"}, Counter[str]()
    while waiting:
        address = waiting.popleft()
        answer = browser.get(address)
        assert answer.status_code in (200, 302), (address, answer.status_code)
        if answer.status_code == 302:
            continue
        page = _read(address, answer)
        yield page
        for link in re.findall(
            r'<(?:a|form method="get")[^>]*\s(?:href|action)="([^"]*)"', page.raw
        ):
            found = urljoin(address, html.unescape(link).partition("#")[0])
            kind = kind_of_page(found, state)
            inside = (
                found.startswith("/") and not found.startswith("/static/") and not static(found)
            )
            if inside and found not in seen and kinds[kind] < ALIKE:
                seen.add(found)
                kinds[kind] += 1
                waiting.append(found)


def _read(address: str, answer: object) -> Page:
    if answer["Content-Type"] != TYPE:
        page = b"".join(answer) if answer.streaming else answer.content
        raw = page.decode() if answer["Content-Type"].startswith("text/html") else ""
        return Page(address, "\n".join(texts_of(raw)) + html.unescape(raw), raw)
    sheets = load_workbook(BytesIO(answer.content)).worksheets
    cells = (c.value for sheet in sheets for row in sheet.iter_rows() for c in row)
    return Page(address, "\n".join(str(value) for value in cells if value is not None))


def secrets_of(person: str, state: State) -> set[str]:
    """Titles and words of what the rules keep from that person, and that nothing open repeats."""
    closed: set[str] = set()
    opened: set[str] = set()
    for thing, key, said in _said(state):
        own = thing == "item" and state.items[key].submitted_by == person
        allowed = own or may_read(state, person, thing, key, NOW).allowed
        (opened if allowed else closed).update(said)
    for key, one in state.decisions.items():
        if one.publication is not None and may_read_published(state, person, key, NOW):
            opened.update((one.publication.title, one.publication.words))
    opened.update(said for held in state.sittings.values() for said in _published(state, held))
    whole = "\n".join((*opened, *(charter.text for charter in state.charters.values())))
    return {one for one in closed if len(one) >= 6 and one not in whole}


def _published(state: State, held: Sitting) -> Iterator[str]:
    """What the public version of a meeting's minutes tells everybody."""
    version = held.minutes.public if held.minutes else None
    if version is None:
        return
    hidden = version.proposal.hidden
    told = [i for i in held.taken if i not in hidden.left_out and i not in dict(hidden.excerpts)]
    for item in (state.items[i] for i in told):
        made = state.decisions.get(item.decision or "")
        yield from (item.title, *((made.words,) if made else ()))
        yield from (state.tasks[t].words for t in (made.tasks if made else ()))
    if "unbound" not in hidden.without:
        yield from (state.tasks[t].words for t in held.tasks if state.tasks[t].decision is None)


def _said(state: State) -> Iterator[tuple[Thing, str, tuple[str, ...]]]:
    """Each thing with what reading it tells."""
    yield from (("item", key, (one.title,)) for key, one in state.items.items())
    yield from (("task", key, (one.words,)) for key, one in state.tasks.items())
    for key, one in state.decisions.items():
        yield "decision", key, (one.words, state.items[one.item].title)
    for key, held in state.sittings.items():
        made = [state.items[i] for i in held.taken]
        told = [item.title for item in made]
        told += [state.decisions[item.decision].words for item in made if item.decision]
        told += [state.tasks[t].words for t in held.tasks]
        yield "minutes", key, tuple(told)
        # What was said there names the task that was to be changed.
        asked = [state.adjustments[i.adjustment].task for i in made if i.adjustment]
        yield "record", key, (*told, *(state.tasks[t].words for t in asked))


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_within_reach_answers_tells_no_secret_and_alters_nothing(person, place) -> None:
    number = PEOPLE.index(person)
    language = ("zh", "en")[number % 2]
    own, hidden = own_words(place), secrets_of(person, place)
    browser = client_of(person)
    before, visited = digest(), 0

    for page in walked(browser, place, language):
        visited += 1
        told = [title for title in hidden if title in page.text]
        assert not told, (page.address, told)
        faults = faults_of(page.raw, language, own)
        assert not faults, (page.address, faults)

    assert digest() == before
    assert visited > 20


def test_somebody_who_reads_little_is_in_a_house_with_secrets(place) -> None:
    """What the walk looks for is there to be told: else it would prove nothing."""
    assert len(secrets_of("luo", place)) > 5
    assert len(secrets_of("nobody-of-the-house", place)) > len(secrets_of("chen", place))


@pytest.mark.parametrize("person", ["luo", "deng", "nobody-of-the-house"])
def test_what_is_kept_from_somebody_looks_like_what_is_not_there(person, place) -> None:
    browser = client_of(person)
    for thing, path in (("item", "items"), ("decision", "decisions"), ("task", "tasks")):
        closed = [
            key
            for key in getattr(place, path)
            if not may_read(place, person, thing, key, NOW).allowed
            and not (thing == "item" and place.items[key].submitted_by == person)
        ]
        for key in closed[:5]:
            kept = browser.get(f"/{path}/{key}")
            none = browser.get(f"/{path}/no-such-thing")
            assert kept.status_code == none.status_code == 404
            assert _bare(kept) == _bare(none)
            assert browser.get(f"/do/withdraw_item?{thing}={key}").status_code in (200, 404)


def _bare(answer: object) -> str:
    """The page without what is different each time: the form's seal, and where one came from."""
    page = answer.content.decode()
    return re.sub(r'value="[^"]*"', "", page)


@pytest.mark.parametrize("search", ["预算", "任免", "<script>", "\x00", "a" * 5_000, "%", "'"])
def test_a_search_finds_only_what_may_be_read_and_survives_anything(search, place) -> None:
    browser, hidden = client_of("luo"), secrets_of("luo", place)
    for path in ("items", "tasks", "decisions", "sittings"):
        for name in ("q", "words", "search", "page", "body", "status", "year"):
            answer = browser.get(f"/{path}/", {name: search})
            assert answer.status_code in (200, 302, 404), (path, name)
            page = html.unescape(answer.content.decode())
            assert not [title for title in hidden if title in page], (path, name)
