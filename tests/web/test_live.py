"""The streams of a meeting in progress: who is told, what, and until when."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.journeys.place import database
from tests.playing import client_of, play_into
from yishi.accounts.models import Account
from yishi.clerk.door import do
from yishi.procedure.attendance import LeaveRoom
from yishi.procedure.deliberation import StatePosition
from yishi.web.live import app, rights
from yishi.web.live.tail import Tail, Watched

NUMBERS = count(1)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"], autouse=True)
def kept(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, django_db_blocker
) -> Iterator[None]:
    """A database that several threads see at once, as a serving process has it."""
    folder: Path = tmp_path_factory.mktemp("live")
    with django_db_blocker.unblock(), database(request.param, folder):
        yield


@pytest.fixture
def slug() -> str:
    """An institution of its own for each test, since journals are kept for ever."""
    return f"live-{next(NUMBERS)}"


def cookies(client: Client) -> str:
    """What that browser sends along."""
    return f"other=1; {settings.SESSION_COOKIE_NAME}={client.session.session_key}"


def says(member: str) -> StatePosition:
    return StatePosition(sitting="oct", item="budget", member=member, stance="for", words="同意。")


class Screen:
    """A browser at the other end of a stream."""

    def __init__(self, cookie: str, query: str = "", subject: str = "oct", **headers: str) -> None:
        lines = {"cookie": cookie, **headers}
        self.scope = {
            "type": "http",
            "method": "GET",
            "path": f"{app.PREFIX}{subject}",
            "query_string": query.encode(),
            "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in lines.items()],
        }
        self.status = 0
        self.heard: list[str] = []
        self.left = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, said: Any) -> None:
        if said["type"] == "http.response.start":
            self.status = said["status"]
        elif said["body"]:
            self.heard.append(said["body"].decode())

    async def hears(self, words: str) -> str:
        """The first line with those words; a stream that stays silent is a failure."""
        async with asyncio.timeout(30):
            while not any(words in line for line in self.heard):
                await asyncio.sleep(0.02)
        return next(line for line in self.heard if words in line)

    def moves(self) -> list[str]:
        return [line for line in self.heard if "event: moved" in line]


Meanwhile = Callable[[Screen], Awaitable[None]]


def watching(screen: Screen, meanwhile: Meanwhile) -> None:
    """Open the stream, let something happen, and close it again."""

    async def run() -> None:
        stream = asyncio.ensure_future(app.application(screen.scope, screen.receive, screen.send))
        await screen.hears("retry")
        await meanwhile(screen)
        screen.left.set()
        async with asyncio.timeout(30):
            await stream

    asyncio.run(run())


def answered(screen: Screen) -> int:
    asyncio.run(app.application(screen.scope, screen.receive, screen.send))
    return screen.status


def test_an_act_is_told_to_whoever_has_a_place_in_the_meeting(slug: str) -> None:
    play_into(slug=slug)
    screen = Screen(cookies(client_of("chen", slug)))

    async def meanwhile(screen: Screen) -> None:
        done = await asyncio.to_thread(do, slug, "liu", says("liu"))
        told = await screen.hears("event: moved")
        assert int(told.split()[1]) >= done.seq > 0

    watching(screen, meanwhile)
    assert screen.status == 200
    assert len(screen.moves()) == 1


def test_nothing_is_told_of_another_meeting(slug: str) -> None:
    play_into(slug=slug, until="next")
    browser = cookies(client_of("chen", slug))
    one, two = rights.seen(browser, "oct"), rights.seen(browser, "nov")

    assert one is not None
    assert two is not None
    assert "sitting/oct" in one.watched.streams - two.watched.streams
    assert "sitting/nov" in two.watched.streams - one.watched.streams


def account(person: str, slug: str) -> Account:
    client_of(person, slug)
    return Account.objects.get(person=person, institution=slug)


def test_a_screen_that_was_away_is_told_at_once_that_it_has_missed_something(slug: str) -> None:
    play_into(slug=slug)
    screen = Screen(cookies(client_of("chen", slug)), "seen=3")

    async def meanwhile(screen: Screen) -> None:
        await screen.hears("event: moved")

    watching(screen, meanwhile)

    head = rights.Office(account("chen", slug), "zh").seq
    back = Screen(cookies(client_of("chen", slug)), "seen=3", last_event_id=str(head))

    async def nothing_new(screen: Screen) -> None:
        await screen.hears(": here")

    watching(back, nothing_new)
    assert back.moves() == []


@pytest.mark.parametrize("place", ["", "x", "-1", "9" * 30, "٣"])
def test_a_spoilt_place_is_taken_for_the_present(place: str, slug: str) -> None:
    play_into(slug=slug)
    screen = Screen(cookies(client_of("chen", slug)), last_event_id="").scope
    screen["query_string"] = f"seen={place}".encode()
    found = rights.seen(cookies(client_of("chen", slug)), "oct")
    assert found is not None

    assert app._place(screen, found) == found.head


def test_the_stream_ends_when_the_sign_in_ends(slug: str) -> None:
    play_into(slug=slug)
    browser = client_of("liu", slug)
    screen = Screen(cookies(browser))

    async def meanwhile(screen: Screen) -> None:
        await asyncio.to_thread(browser.post, "/sign-out")
        await asyncio.to_thread(do, slug, "liu", says("liu"))
        await screen.hears("event: over")

    watching(screen, meanwhile)
    assert screen.moves() == []
    assert answered(Screen(cookies(browser))) == 204


def test_nobody_else_gets_a_stream(slug: str) -> None:
    play_into(slug=slug)

    assert answered(Screen("")) == 204
    assert answered(Screen(f"{settings.SESSION_COOKIE_NAME}=made-up")) == 204
    assert answered(Screen('x="\x01')) == 204
    assert answered(Screen(cookies(client_of("luo", slug)))) == 204
    assert answered(Screen(cookies(client_of("chen", slug)), subject="nothing")) == 204
    stopped = client_of("wang", slug)
    Account.objects.filter(institution=slug, person="wang").update(is_active=False)
    assert answered(Screen(cookies(stopped))) == 204
    other = Screen(cookies(client_of("chen", slug)))
    other.scope["path"] = "/elsewhere"
    assert answered(other) == 404


def test_looking_on_does_not_prolong_a_session(slug: str) -> None:
    play_into(slug=slug)
    browser = client_of("chen", slug)
    browser.get("/")
    session = browser.session
    long_ago = timezone.now() - timedelta(seconds=settings.IDLE_SECONDS - 120)
    session["seen"] = long_ago.timestamp()
    session.save()
    Account.objects.filter(institution=slug, person="chen").update(last_login=long_ago)

    browser.get("/sittings/oct/room", headers={"X-Yishi-Looks": "1"})
    assert browser.session["seen"] == long_ago.timestamp()
    browser.get("/sittings/oct/room")
    assert browser.session["seen"] > long_ago.timestamp()

    session = browser.session
    longer = long_ago - timedelta(seconds=240)
    session["seen"] = longer.timestamp()
    session.save()
    Account.objects.filter(institution=slug, person="chen").update(last_login=longer)
    assert rights.seen(cookies(browser), "oct") is None


def test_one_look_tells_every_screen_that_shows_the_meeting(slug: str) -> None:
    play_into(slug=slug)
    seq = rights.Office(account("chen", slug), "zh").seq
    tail = Tail()
    asked = {"n": 0}

    async def run() -> None:
        queues = [
            tail.join(Watched(slug, frozenset({f"sitting/{s}"})), seq)
            for s in ("oct", "oct", "elsewhere")
        ]
        assert tail._task is not None
        tail._task.cancel()
        await asyncio.to_thread(do, slug, "wang", LeaveRoom(sitting="oct", person="wang"))
        await tail.look()
        asked["n"] = sum(not queue.empty() for queue in queues)

    asyncio.run(run())
    assert asked["n"] == 2


def test_where_only_the_pages_are_served_the_browser_is_told_not_to_ask_again(slug: str) -> None:
    play_into(slug=slug)

    page = client_of("chen", slug).get("/sittings/oct/room").content.decode()
    assert 'data-live="/live/sittings/oct"' in page
    assert client_of("chen", slug).get("/live/sittings/oct").status_code == 204
