"""What is remembered from one page to the next: never longer than it is true."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest

from tests.playing import MONTH, PLACE, client_of, play_into
from yishi.accounts.models import Account
from yishi.clerk.door import do, happen
from yishi.clerk.memory import MEMORY
from yishi.journal import Head
from yishi.procedure import offers
from yishi.procedure.items import CollateItem
from yishi.procedure.state import State
from yishi.procedure.verdict import Accepted
from yishi.roster.events import PostVacated
from yishi.web.answers import ASKERS, INSTITUTIONS, MOST, Answers, Remembered

ZONE = ZoneInfo("Asia/Shanghai")
TEMPLATES = Path(__file__).parents[2] / "src/yishi/web/templates"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every question that is put to the rules, by the name of the act."""
    put: list[str] = []

    def ask(state: State, person: str, at: datetime, kind: type, subject: dict[str, str]) -> object:
        put.append(f"{person} {kind.name()}")
        return offers.ask(state, person, at, kind, subject)

    monkeypatch.setattr("yishi.web.office.ask", ask)
    return put


def at(moment: datetime) -> object:
    """The clock at that moment."""
    return patch("django.utils.timezone.now", lambda: moment.astimezone(UTC))


def after_all(state: State, **more: int) -> datetime:
    """A while after everything that has happened, at the beginning of a minute."""
    assert state.latest is not None
    return (state.latest + timedelta(hours=1, **more)).replace(second=0)


@pytest.mark.django_db
def test_a_question_is_put_once_a_minute_while_nothing_happens(asked: list[str]) -> None:
    state = play_into().history.state
    client, moment = client_of("chen"), after_all(state)
    with at(moment):
        first = client.get("/sittings/oct/room")
        put = len(asked)
        assert put > 20
    with at(moment + timedelta(seconds=59)):
        again = client.get("/sittings/oct/room")
        assert len(asked) == put
    with at(moment + timedelta(seconds=60)):
        client.get("/sittings/oct/room")
        assert len(asked) == 2 * put

    assert plain(first) == plain(again)


def plain(page: object) -> str:
    """A page without what is new on each: tokens and the keys of its forms."""
    words = page.content.decode()  # type: ignore[attr-defined]
    return re.sub(r'(csrfmiddlewaretoken|name="key"|data-now)[^>]*>[^<]*', r"\1", words)


@pytest.mark.django_db
def test_what_one_is_answered_is_nobody_elses_answer(asked: list[str]) -> None:
    state = play_into().history.state
    with at(after_all(state)):
        client_of("chen").get("/")
        put = len(asked)
        client_of("li").get("/")

    assert {one.split()[0] for one in asked[:put]} == {"chen"}
    assert {one.split()[0] for one in asked[put:]} == {"li"}


@pytest.mark.django_db
def test_an_act_of_another_process_is_on_the_next_page() -> None:
    play_into(until="submitted")
    state, here = MEMORY.at(PLACE).state, MEMORY.at(PLACE)
    client = client_of("xiao")
    with at(after_all(state)):
        assert "collate_item" in client.get("/items/budget").content.decode()
        done = do(PLACE, "xiao", CollateItem(item="budget"))
        assert isinstance(done.verdict, Accepted)
        MEMORY.put(PLACE, here)  # this process has not heard of it

        assert "collate_item" not in client.get("/items/budget").content.decode()


@pytest.mark.django_db
def test_whose_post_ended_at_midnight_reads_nothing_from_it_a_minute_later() -> None:
    state = play_into(MONTH, "submitted").history.state
    midnight = datetime.combine(after_all(state).date() + timedelta(days=1), datetime.min.time())
    midnight = midnight.replace(tzinfo=ZONE)
    today = (midnight - timedelta(minutes=1)).date()
    posts = state.roster.posts_of("xiao", today)
    gone = (PostVacated(person="xiao", post=a.post, unit=a.unit, until=today) for a in posts)
    happen(PLACE, tuple(gone), after_all(state))
    client = client_of("xiao")

    with at(midnight - timedelta(seconds=1)):
        assert client.get("/items/budget").status_code == 200
    with at(midnight):
        assert client.get("/items/budget").status_code == 404


@pytest.mark.django_db
def test_a_page_speaks_the_language_that_its_reader_has_just_chosen() -> None:
    state = play_into().history.state
    client = client_of("chen")
    with at(after_all(state)):
        chinese = client.get("/tasks/").content.decode()
        Account.objects.filter(person="chen").update(language="en")
        english = client.get("/tasks/").content.decode()

    assert ">工作台<" in chinese
    assert ">Desk<" in english
    assert ">工作台<" not in english


HEAD, NOW = Head(1, "00"), datetime(2026, 11, 2, 10, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("head", "now"),
    [
        (Head(2, "01"), NOW),
        (Head(1, "01"), NOW),
        (HEAD, NOW + timedelta(minutes=1)),
        (HEAD, NOW - timedelta(minutes=1)),
    ],
)
def test_answers_of_another_head_or_minute_are_forgotten(head: Head, now: datetime) -> None:
    held = Remembered()
    first = held.of("a", HEAD, NOW, "chen")
    other = held.of("b", HEAD, NOW, "chen")

    assert held.of("a", HEAD, NOW + timedelta(seconds=59), "chen") is first
    assert held.of("a", HEAD, NOW, "li") is not first
    assert held.of("a", head, now, "chen") is not first
    assert held.of("a", HEAD, NOW, "chen") is not first
    assert held.of("b", HEAD, NOW, "chen") is other


def test_what_is_remembered_is_bounded() -> None:
    held = Remembered()
    first = held.of("a", HEAD, NOW, "chen")
    for number in range(ASKERS):
        held.of("a", HEAD, NOW, f"p{number}")
    again = held.of("a", HEAD, NOW, "chen")
    assert again is not first
    for number in range(INSTITUTIONS):
        held.of(f"b{number}", HEAD, NOW, "chen")
    assert held.of("a", HEAD, NOW, "chen") is not again

    answers = Answers()
    for number in range(MOST + 1):
        answers.to(number, lambda number=number: number)
    assert len(answers._given) == 1


KEPT = r'{% kept(mine)? "([\w.]+)".*?%}(.*?){% endkept(?:mine)? %}'


def kept_parts() -> Iterator[tuple[str, str]]:
    """Every part of a template that is kept, with what it includes."""
    for path in sorted(TEMPLATES.rglob("*.html")):
        words = path.read_text(encoding="utf-8")
        for own, name, part in re.findall(KEPT, words, re.S):
            yield f"{own}{name}", with_includes(part)


def with_includes(part: str) -> str:
    """A part of a template and everything that it includes."""
    more = re.findall(r'{% include "([^"]+)"', part)
    return part + "".join(
        with_includes((TEMPLATES / one).read_text(encoding="utf-8")) for one in more
    )


OF_A_PAGE = r"csrf|request|messages|\buser\b|\.(key|seq)\b|acts_on|act_form|press"
"""What belongs to a page as it is sent, and is never the same again."""

OF_ONE = r"office\.(person|account|roles)"
"""What belongs to one reader."""


def test_what_is_kept_of_a_page_holds_nothing_of_whoever_looks() -> None:
    parts = list(kept_parts())

    assert len({name for name, _ in parts}) == len(parts) > 12
    for name, part in parts:
        assert re.search(OF_A_PAGE, part) is None, name
        assert name.startswith("mine") or re.search(OF_ONE, part) is None, name
