"""The streams of a meeting in progress: who is told, what, and until when."""

import asyncio
import json
import os
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.utils import timezone

from tests.journeys.place import database
from tests.playing import MONTH, WEEK, client_of, play_into
from yishi.accounts.models import Account
from yishi.clerk.door import do, happen
from yishi.clerk.memory import MEMORY
from yishi.procedure.access import Access, may_read
from yishi.procedure.attendance import LeaveRoom, MarkPresent, Recuse
from yishi.procedure.deliberation import BeginItem, PresentItem, StatePosition
from yishi.procedure.righting import CorrectPresence
from yishi.procedure.staffing import NameSubstitute
from yishi.procedure.verdict import Accepted
from yishi.procedure.voting import DecideItem
from yishi.roster.events import PostVacated
from yishi.web.live import app, hub, sight, waking
from yishi.web.live.rights import STORE, Browser, browser_of, signed_in
from yishi.web.live.waking import Waking
from yishi.web.office import Office
from yishi.web.sittings import frame
from yishi.web.sittings import kind as kinds

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


def says(member: str, words: str = "同意。") -> StatePosition:
    return StatePosition(sitting="oct", item="budget", member=member, stance="for", words=words)


class Screen:
    """A browser at the other end of a stream."""

    def __init__(self, cookie: str, query: str = "", subject: str = "oct") -> None:
        self.scope = {
            "type": "http",
            "method": "GET",
            "path": f"{app.PREFIX}{subject}",
            "query_string": query.encode(),
            "headers": [(b"cookie", cookie.encode())],
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
        """The first event with those words; a stream that stays silent is a failure."""
        async with asyncio.timeout(30):
            while not any(words in line for line in self.heard):
                await asyncio.sleep(0.02)
        return next(line for line in self.heard if words in line)

    def moves(self) -> list[dict[str, Any]]:
        """What was brought that is new: the parts of each event that brought any."""
        said = [line.split("data: ", 1)[1] for line in self.heard if "event: room" in line]
        return [parts for parts in (json.loads(one)["parts"] for one in said) if parts]

    @property
    def words(self) -> str:
        """All that was ever brought."""
        return "".join(self.heard)


Meanwhile = Callable[[], Awaitable[None]]


def watching(meanwhile: Meanwhile, *screens: Screen) -> None:
    """Open the streams, let something happen, and close them again."""

    async def run() -> None:
        streams = [
            asyncio.ensure_future(app.application(s.scope, s.receive, s.send)) for s in screens
        ]
        for screen in screens:
            await screen.hears("event: room")
        await meanwhile()
        for screen in screens:
            screen.left.set()
        async with asyncio.timeout(30):
            await asyncio.gather(*streams)

    asyncio.run(run())


async def happens(slug: str, person: str, act: Any, reason: str | None = None) -> None:
    """Somebody does something meanwhile, elsewhere."""
    done = await asyncio.to_thread(do, slug, person, act, reason=reason)
    assert isinstance(done.verdict, Accepted), done.verdict


def answered(screen: Screen) -> int:
    """What a stream answers that ends at once."""
    asyncio.run(app.application(screen.scope, screen.receive, screen.send))
    return screen.status


# ── an act is on every screen ─────────────────────────────────────────────────────────────────


def test_an_act_is_brought_to_whoever_has_a_place_in_the_meeting(slug: str) -> None:
    play_into(slug=slug)
    screen = Screen(cookies(client_of("chen", slug)))

    async def meanwhile() -> None:
        await happens(slug, "liu", says("liu", "先易后难。"))
        await screen.hears("先易后难。")

    watching(meanwhile, screen)
    assert screen.status == 200
    assert [set(parts) for parts in screen.moves()] == [{"speakers"}]


def test_a_wrong_tap_that_is_taken_back_is_brought_to_every_screen(slug: str) -> None:
    play_into(slug=slug)
    said = {"sitting": "oct", "person": "wu"}
    do(slug, "xiao", LeaveRoom(**said))
    screen = Screen(cookies(client_of("chen", slug)))

    async def meanwhile() -> None:
        await happens(slug, "xiao", CorrectPresence(**said, status="present"))
        async with asyncio.timeout(30):
            while not screen.moves():
                await asyncio.sleep(0.02)

    watching(meanwhile, screen)
    assert {"roll", "speakers"} <= set(screen.moves()[0])


def test_the_first_event_names_what_the_page_shows(slug: str) -> None:
    play_into(slug=slug)
    client = client_of("zeng", slug)
    page = client.get("/sittings/oct/room").content.decode()
    screen = Screen(cookies(client))

    async def nothing() -> None:
        await screen.hears("event: own")

    watching(nothing, screen)
    said = json.loads((screen.heard[1]).split("data: ", 1)[1])
    assert said["parts"] == {}
    shown = dict(re.findall(r'data-part="(\w+)" data-digest="(\w+)"', page))
    assert said["all"] == shown
    own = re.findall(r'data-own="(\w+)"', page)[0]
    assert f"event: own\ndata: {own}\n" in screen.words


def test_ones_own_part_is_told_of_only_where_it_changes(slug: str) -> None:
    play_into(slug=slug)
    later, beside = (Screen(cookies(client_of(p, slug))) for p in ("zhou", "tan"))

    async def meanwhile() -> None:
        for screen in (later, beside):
            await screen.hears("event: own")
        await happens(slug, "liu", says("liu"))
        async with asyncio.timeout(30):
            while later.words.count("event: own") < 2:
                await asyncio.sleep(0.02)

    watching(meanwhile, later, beside)
    assert beside.words.count("event: own") == 1


def test_an_act_in_another_meeting_moves_nothing_here(slug: str) -> None:
    play_into(slug=slug, until="next")
    clients = client_of("chen", slug)
    here, there = (Screen(cookies(clients), subject=s) for s in ("oct", "nov"))

    async def meanwhile() -> None:
        for screen in (here, there):
            await screen.hears("event: own")
        await happens(slug, "liu", MarkPresent(sitting="nov", person="liu"), reason="先到。")
        async with asyncio.timeout(30):
            while not there.moves():
                await asyncio.sleep(0.02)
        assert here.moves() == []

    watching(meanwhile, here, there)


def test_an_act_is_made_into_parts_once_for_each_kind_and_language(
    slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    play_into(slug=slug)
    made: list[Any] = []
    make = frame.made_with

    def counted(eyes: Any, name: str) -> Any:
        made.append((name, eyes.kind))
        return make(eyes, name)

    monkeypatch.setattr(frame, "made_with", counted)
    people = ("liu", "zeng", "wang", "li", "zhou", "wu", "tan", "guan")
    screens = [Screen(cookies(client_of(p, slug))) for p in people for _ in range(3)]

    async def meanwhile() -> None:
        made.clear()
        await happens(slug, "liu", says("liu", "先易后难。"))
        for screen in screens[:21]:
            await screen.hears("先易后难。")

    watching(meanwhile, *screens)
    # Members and who attends throughout may read the same; who is called in is a kind apart, and
    # what hangs on no right in which they differ is made for both at once.
    assert len(made) == len(set(made))
    assert sorted(name for name, _ in made) == sorted(
        [
            *frame.PARTS["room"],
            *("called", "stage", "item", "reports", "speakers", "agenda", "roll"),
        ]
    )
    assert [parts for screen in screens[21:] for parts in screen.moves()] == []


def test_a_decision_is_brought_before_anything_else_is_looked_at(
    slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "BREATH", float("inf"))
    play_into(MONTH, "platform-heard", slug=slug)
    screen = Screen(cookies(client_of("liu", slug)))

    async def meanwhile() -> None:
        await screen.hears("event: own")
        await happens(slug, "chen", put_off("platform"))
        await screen.hears("现在没有正在审议的议题")

    watching(meanwhile, screen)


# ── what wakes the watcher, and what it holds ─────────────────────────────────────────────────


def arrives(slug: str) -> bool:
    """Whether an act arrives within a few seconds."""
    play_into(slug=slug)
    screen = Screen(cookies(client_of("chen", slug)))

    async def meanwhile() -> None:
        await screen.hears("event: own")
        await happens(slug, "liu", says("liu", "先易后难。"))
        async with asyncio.timeout(5):
            await screen.hears("先易后难。")

    watching(meanwhile, screen)
    return bool(screen.moves())


def test_an_act_wakes_the_watcher_long_before_it_would_look(
    slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "EVERY", 60)

    assert arrives(slug)


def test_a_wake_up_that_never_comes_does_no_harm(
    slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Waking, "_hear", lambda self: None)
    monkeypatch.setattr(Waking, "_hears", lambda self: None)
    monkeypatch.setattr(waking, "_version", lambda: 0)

    assert arrives(slug)


def test_a_look_that_fails_is_made_good(slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    play_into(slug=slug)
    screen = Screen(cookies(client_of("chen", slug)))
    fails = [OSError("no answer")]
    ask = hub.signed_in

    def shaky(browsers: Any) -> Any:
        if fails:
            raise fails.pop()
        return ask(browsers)

    async def meanwhile() -> None:
        await screen.hears("event: own")
        monkeypatch.setattr(hub, "signed_in", shaky)
        fails.append(OSError("no answer"))
        await happens(slug, "liu", says("liu"))
        async with asyncio.timeout(30):
            while screen.words.count("event: room") < 2:
                await asyncio.sleep(0.02)

    monkeypatch.setattr(hub, "signed_in", ask)
    watching(meanwhile, screen)
    said = json.loads(screen.heard[-2 if "own" in screen.heard[-1] else -1].split("data: ", 1)[1])
    page = client_of("chen", slug).get("/sittings/oct/room").content.decode()
    assert said["all"] == dict(re.findall(r'data-part="(\w+)" data-digest="(\w+)"', page))


def test_open_streams_hold_one_connection_between_them(slug: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only a server counts connections")
    play_into(slug=slug)
    people = ("liu", "zeng", "wang", "li", "zhou", "wu", "chen", "xiao")
    screens = [Screen(cookies(client_of(p, slug))) for p in people]

    def connections() -> int:
        """How many the database sees for a second and longer, but for the one that counts."""
        return min(seen() for _ in range(20))

    def seen() -> int:
        time.sleep(0.05)
        where = "datname = current_database() AND pid <> pg_backend_pid()"
        with psycopg.connect(os.environ["DATABASE_URL"]) as counting:
            row = counting.execute(
                f"SELECT count(*) FROM pg_stat_activity WHERE {where}"
            ).fetchone()
        return int(row[0]) if row else 0

    held = []

    async def meanwhile() -> None:
        for screen in screens:
            await screen.hears("event: own")
        held.append(await asyncio.to_thread(connections))

    before = connections()
    watching(meanwhile, *screens)
    assert held == [before + 1]


# ── rights and sign-in are looked at again before each delivery ───────────────────────────────

SECRET = "这一句不能外传。"


def told_after(slug: str, person: str, ends: Meanwhile) -> Screen:
    """A screen that is open while somebody's right ends, and then something is said."""
    screen, chair = (
        Screen(cookies(client_of(person, slug))),
        Screen(cookies(client_of("chen", slug))),
    )

    async def meanwhile() -> None:
        await screen.hears("event: own")
        await ends()
        await happens(slug, "liu", says("liu", SECRET))
        await chair.hears(SECRET)
        await asyncio.sleep(2 * hub.EVERY)

    watching(meanwhile, screen, chair)
    return screen


def test_nothing_reaches_whoever_has_signed_out(slug: str) -> None:
    play_into(slug=slug)
    browser = client_of("zeng", slug)

    async def ends() -> None:
        key = browser.session.session_key
        await asyncio.to_thread(STORE(key).delete)

    screen = Screen(cookies(browser))
    chair = Screen(cookies(client_of("chen", slug)))

    async def meanwhile() -> None:
        await ends()
        await happens(slug, "liu", says("liu", SECRET))
        await screen.hears("event: over")
        await chair.hears(SECRET)

    watching(meanwhile, screen, chair)
    assert SECRET not in screen.words
    assert screen.moves() == []
    assert answered(Screen(cookies(browser))) == 204


@pytest.mark.parametrize("change", [{"is_active": False}, {"must_change": True}, {"password": "x"}])
def test_nothing_reaches_an_account_that_is_stopped(slug: str, change: dict[str, Any]) -> None:
    play_into(slug=slug)

    async def ends() -> None:
        accounts = Account.objects.filter(institution=slug, person="zeng")
        await asyncio.to_thread(accounts.update, **change)

    screen = told_after(slug, "zeng", ends)
    assert SECRET not in screen.words
    assert "event: over" in screen.words


def test_nothing_said_without_them_reaches_whoever_has_left_the_room(slug: str) -> None:
    play_into(MONTH, "platform-heard", slug=slug)
    gone, chair = (Screen(cookies(client_of(p, slug))) for p in ("zhou", "chen"))
    report = PresentItem(
        sitting="oct", item="posts", rapporteur="chen", parts=("content", "proposal")
    )
    words = StatePosition(sitting="oct", item="posts", member="liu", stance="for", words=SECRET)

    async def meanwhile() -> None:
        await happens(slug, "chen", put_off("platform"))
        await happens(slug, "zhou", LeaveRoom(sitting="oct", person="zhou"))
        await gone.hears("现在没有正在审议的议题")
        await happens(slug, "chen", BeginItem(sitting="oct", item="posts"))
        await happens(slug, "chen", report)
        await happens(slug, "liu", words)
        await chair.hears(SECRET)
        await gone.hears("请先签到")
        await happens(slug, "zhou", MarkPresent(sitting="oct", person="zhou"))
        await gone.hears(SECRET)

    watching(meanwhile, gone, chair)
    without = gone.words[: gone.words.index("请先签到")]
    assert SECRET not in without


def put_off(item: str) -> DecideItem:
    """What a chair says who has no majority."""
    return DecideItem(
        sitting="oct",
        item=item,
        decision="d-later",
        outcome="postpone",
        words="没有形成多数，缓议。",
    )


def test_a_screen_shows_in_the_end_what_its_page_would_whatever_happens_to_its_rights(
    slug: str,
) -> None:
    play_into(slug=slug)
    people = ("liu", "wang", "zhou", "tan", "guan", "he")
    screens = {p: Screen(cookies(client_of(p, slug))) for p in people}
    recuse = Recuse(sitting="oct", item="budget", person="wang")

    async def meanwhile() -> None:
        for screen in screens.values():
            await screen.hears("event: own")
        await happens(slug, "wang", recuse, reason="项目由亲属承办。")
        await happens(slug, "zhou", LeaveRoom(sitting="oct", person="zhou"))
        await happens(slug, "he", MarkPresent(sitting="oct", person="he"))
        await happens(slug, "liu", says("liu", SECRET))
        await happens(slug, "liu", LeaveRoom(sitting="oct", person="liu"))
        await asyncio.sleep(5 * hub.EVERY)

    watching(meanwhile, *screens.values())
    for person, screen in screens.items():
        page = client_of(person, slug).get("/sittings/oct/room").content.decode()
        told = [line.split("data: ", 1)[1] for line in screen.heard if "event: room" in line]
        digests = dict(re.findall(r'data-part="(\w+)" data-digest="(\w+)"', page))
        assert json.loads(told[-1])["all"] == digests, person
        assert person == "liu" or (SECRET in screen.words) <= (SECRET in page), person


def test_nothing_reaches_whoever_lost_the_post_that_gave_the_right(slug: str) -> None:
    play_into(slug=slug)
    state = MEMORY.at(slug).state
    assert state.latest is not None
    yesterday = state.latest.date() - timedelta(days=1)
    posts = state.roster.posts_of("xiao", state.latest.date())
    gone = tuple(
        PostVacated(person="xiao", post=a.post, unit=a.unit, until=yesterday) for a in posts
    )

    async def ends() -> None:
        await asyncio.to_thread(happen, slug, gone, state.latest)

    screen = told_after(slug, "xiao", ends)
    page = client_of("xiao", slug).get("/sittings/oct/room")
    assert (SECRET in screen.words) == (SECRET in page.content.decode())


def test_who_stands_in_is_let_in_and_whoever_does_not_is_not(slug: str) -> None:
    play_into(slug=slug)
    assert answered(Screen(cookies(client_of("deng", slug)))) == 204
    named = NameSubstitute(sitting="oct", person="deng")
    assert isinstance(do(slug, "chen", named, reason="秘书外出。").verdict, Accepted)
    screen = Screen(cookies(client_of("deng", slug)))

    async def meanwhile() -> None:
        await happens(slug, "liu", says("liu", SECRET))
        await screen.hears(SECRET)

    watching(meanwhile, screen)


def test_who_is_called_in_is_shown_the_item_while_it_runs_and_then_shown_out(slug: str) -> None:
    play_into(MONTH, "platform-heard", slug=slug)
    guest = Screen(cookies(client_of("guan", slug)))

    async def meanwhile() -> None:
        await happens(slug, "chen", put_off("platform"))
        await guest.hears("已经议完")

    watching(meanwhile, guest)
    last = guest.moves()[-1]
    assert last["item"] == last["speakers"] == ""
    assert "没有形成多数" not in guest.words


class Personal(kinds.Eyes):
    """Somebody's own eyes: whatever the parts ask is put to the rules in their name."""

    def __init__(self, office: Office, kind: kinds.Kind) -> None:
        super().__init__(office, kind)
        self.mine = office

    def reads(self, thing: Any, subject: str) -> Access:
        mine, sitting = self.mine.reads(thing, subject), self.state.sittings[self.kind.sitting]
        if self.kind.view == "room" or subject == sitting.current:
            return mine
        # What hangs on the wall, everybody in the room may read.
        called = [p for people in sitting.invited.values() for p in people]
        there = [p for p in (*sitting.people, *called) if sitting.is_present(p)]
        asked = (may_read(self.state, p, thing, subject, self.now) for p in there)
        return next((said for said in asked if not said.allowed), mine)

    def called_for(self, sitting: Any, item: str) -> bool:
        return self.mine.called_for(sitting, item)


CASES = [
    *((MONTH, until, "oct") for until in ("told", "guest-came", "budget-presented")),
    *((MONTH, until, "oct") for until in ("budget-heard", "platform-heard", "decided", "closed")),
    *((WEEK, until, "w45") for until in ("raised", "reports-begun", "queue-heard")),
    *(("chuwuhui/cases/10-part-of-it.yaml", until, "oct") for until in ("came-late", "parted")),
]


@pytest.mark.parametrize(("case", "until", "subject"), CASES)
def test_what_a_kind_sees_is_what_each_of_the_kind_would_see_alone(
    case: str, until: str, subject: str, slug: str
) -> None:
    play_into(case, until, slug=slug)
    state = MEMORY.at(slug).state
    shared = 0
    for person in state.roster.people:
        office = Office(account(person, slug), "zh")
        for view in kinds.VIEWS:
            kind = kinds.kind_of(office, state.sittings[subject], view)
            if kind is not None:
                alone = {n: frame.made_with(Personal(office, kind), n) for n in frame.PARTS[view]}
                assert frame.frame_of(office, kind).parts == alone
                shared += 1
    assert shared > 5


def test_what_all_see_alike_cannot_hang_on_who_looks(slug: str) -> None:
    play_into(slug=slug)
    office = Office(account("liu", slug), "zh")
    kind = kinds.kind_of(office, MEMORY.at(slug).state.sittings["oct"])
    assert kind is not None
    eyes = kinds.Eyes(office, kind)

    for reach in (
        lambda: eyes.person,
        lambda: eyes.account,
        lambda: eyes.answers,
        lambda: eyes.ask(StatePosition, {}),
        lambda: eyes.may({"sitting": "oct"}),
        lambda: eyes.reads("record", "oct"),
    ):
        with pytest.raises(kinds.NobodyLooksError):
            reach()
    template = Template("{{ office.person }}")
    with pytest.raises(kinds.NobodyLooksError):
        template.render(Context({"office": eyes}))


def account(person: str, slug: str) -> Account:
    client_of(person, slug)
    return Account.objects.get(person=person, institution=slug)


def test_nobody_else_gets_a_stream(slug: str) -> None:
    play_into(slug=slug)

    assert answered(Screen("")) == 204
    assert answered(Screen(f"{settings.SESSION_COOKIE_NAME}=made-up")) == 204
    assert answered(Screen('x="\x01')) == 204
    assert answered(Screen(cookies(client_of("luo", slug)))) == 204
    assert answered(Screen(cookies(client_of("chen", slug)), subject="nothing")) == 204
    assert answered(Screen(cookies(client_of("chen", slug)), "view=else")) == 204
    assert answered(Screen(cookies(client_of("liu", slug)), "view=screen")) == 204
    stopped = client_of("wang", slug)
    Account.objects.filter(institution=slug, person="wang").update(is_active=False)
    assert answered(Screen(cookies(stopped))) == 204
    other = Screen(cookies(client_of("chen", slug)))
    other.scope["path"] = "/elsewhere"
    assert answered(other) == 404


def test_a_cookie_that_no_database_can_be_asked_for_stops_nobody(
    slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    play_into(slug=slug)
    chair, forged = Screen(cookies(client_of("chen", slug))), []

    async def meanwhile() -> None:
        for value in ('"\\000abc"', "a" * 33, "A" * 32, "é" * 32, '"' + "a" * 31 + '\\000"'):
            forged.append(Screen(f"{settings.SESSION_COOKIE_NAME}={value}"))
            async with asyncio.timeout(5):
                await app.application(forged[-1].scope, forged[-1].receive, forged[-1].send)
        await happens(slug, "liu", says("liu", "先易后难。"))
        await chair.hears("先易后难。")

    watching(meanwhile, chair)
    assert [one.status for one in forged] == [204] * 5


@pytest.mark.parametrize("where", ["of", "own"])
def test_a_fault_in_what_one_sees_ends_their_screen_alone(
    slug: str, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    play_into(slug=slug)
    hurt, chair = (Screen(cookies(client_of(p, slug))) for p in ("zeng", "chen"))
    whole, broken = sight.Sights.of, []

    def faulty(self: Any, signed: Any, subject: str, view: str) -> Any:
        found = whole(self, signed, subject, view)
        if broken and signed[1].person == "zeng":
            if where == "of":
                raise LookupError("no such journal")
            found.own = lambda: {}["nothing"]
        return found

    async def meanwhile() -> None:
        for screen in (hurt, chair):
            await screen.hears("event: own")
        broken.append(True)
        await happens(slug, "liu", says("liu", "先易后难。"))
        await chair.hears("先易后难。")
        await hurt.hears("event: over")
        await happens(slug, "liu", LeaveRoom(sitting="oct", person="liu"))
        async with asyncio.timeout(30):
            while len(chair.moves()) < 2:
                await asyncio.sleep(0.02)

    monkeypatch.setattr(sight.Sights, "of", faulty)
    watching(meanwhile, hurt, chair)
    assert "event: over" not in chair.words


def test_a_slow_screen_is_told_in_the_end_what_was_dropped_meanwhile(
    slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    play_into(slug=slug)
    browser = client_of("zhou", slug)
    slow, chair = Screen(cookies(browser)), Screen(cookies(client_of("chen", slug)))
    flows, deliver = asyncio.Event(), slow.send
    flows.set()

    async def send(said: Any) -> None:
        await flows.wait()
        await deliver(said)

    async def meanwhile() -> None:
        await slow.hears("event: own")
        flows.clear()
        await happens(slug, "liu", says("liu", "先易后难。"))
        await chair.hears("先易后难。")
        monkeypatch.setattr(hub, "BREATH", 0)
        async with asyncio.timeout(30):
            while chair.words.count("event: here") < 3 * hub.WAITING:
                await asyncio.sleep(0.02)
        monkeypatch.undo()
        page = await asyncio.to_thread(browser.get, "/sittings/oct/room")
        own = re.findall(r'data-own="(\w+)"', page.content.decode())[0]
        assert f"event: own\ndata: {own}\n" not in slow.words
        flows.set()
        await slow.hears(f"event: own\ndata: {own}\n")

    monkeypatch.setattr(slow, "send", send)
    monkeypatch.setattr(hub, "WAITING", 3)
    monkeypatch.setattr(hub, "EVERY", 0.1)
    watching(meanwhile, slow, chair)


def test_whoever_waits_to_be_let_in_may_go(slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    play_into(slug=slug)
    cookie = cookies(client_of("chen", slug))
    monkeypatch.setattr(hub.Hub, "join", lambda self, screen: None)

    async def goes() -> Screen:
        screen = Screen(cookie)
        asyncio.get_running_loop().call_later(0.1, screen.left.set)
        async with asyncio.timeout(5):
            await app.application(screen.scope, screen.receive, screen.send)
        return screen

    assert asyncio.run(goes()).status == 0


@pytest.mark.parametrize("may", [True, False])
def test_whoever_waits_long_to_be_let_in_is_kept_in_the_queue_and_shown_nothing(
    slug: str, may: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    play_into(slug=slug)
    screen, join = Screen(cookies(client_of("chen" if may else "luo", slug))), hub.Hub.join
    late: list[Any] = []
    monkeypatch.setattr(app, "PATIENCE", 0.05)
    monkeypatch.setattr(hub.Hub, "join", lambda self, one: late.append((self, one)))

    async def run() -> None:
        stream = asyncio.ensure_future(app.application(screen.scope, screen.receive, screen.send))
        async with asyncio.timeout(20):
            while screen.heard.count(": wait\n\n") < 2:
                await asyncio.sleep(0.02)
        assert set(screen.heard) == {"retry: 2000\n\n", ": wait\n\n"}
        join(*late[0])
        await screen.hears("event: room" if may else "event: over")
        screen.left.set()
        async with asyncio.timeout(20):
            await stream

    asyncio.run(run())
    assert ("event: room" in screen.words) is may


def test_the_big_screen_is_brought_whose_turn_it_is_and_no_word(slug: str) -> None:
    play_into(slug=slug)
    wall = Screen(cookies(client_of("xiao", slug)), "view=screen")

    async def meanwhile() -> None:
        await happens(slug, "liu", says("liu", SECRET))
        await wall.hears("已发言")

    watching(meanwhile, wall)
    assert SECRET not in wall.words
    assert "event: own" not in wall.words


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

    looking = browser_of(cookies(browser))
    assert looking is not None
    assert set(signed_in([looking])) == {looking}
    session = browser.session
    longer = long_ago - timedelta(seconds=240)
    session["seen"] = longer.timestamp()
    session.save()
    Account.objects.filter(institution=slug, person="chen").update(last_login=longer)
    assert signed_in([looking]) == {}


def test_many_browsers_are_looked_at_with_two_questions(
    slug: str, django_assert_num_queries
) -> None:
    play_into(slug=slug)
    people = ("liu", "zeng", "wang", "li", "zhou", "wu", "chen", "xiao")
    browsers = [browser_of(cookies(client_of(p, slug))) for p in people]
    browsers.append(Browser("0" * 32, "en"))

    with django_assert_num_queries(2):
        found = signed_in([one for one in browsers if one])
    assert {viewer.person for _, viewer in found.values()} == set(people)


def test_where_only_the_pages_are_served_the_browser_is_told_not_to_ask_again(slug: str) -> None:
    play_into(slug=slug)

    page = client_of("chen", slug).get("/sittings/oct/room").content.decode()
    assert 'data-live="/live/sittings/oct"' in page
    assert client_of("chen", slug).get("/live/sittings/oct").status_code == 204


class Named(SimpleNamespace):
    """Stands for a sight or a screen."""

    __hash__ = object.__hash__


def test_of_their_own_part_whoever_has_waited_longest_is_told_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    watcher = hub.Hub()
    monkeypatch.setattr(watcher._waking, "wait", lambda seconds: None)
    monkeypatch.setattr(watcher._waking, "woken", lambda: False)
    monkeypatch.setattr(hub, "_deliver", lambda posts: None)
    for name, looked in (("b", 2.0), ("a", 1.0), ("gone", 0.0), ("c", 3.0)):
        seen: Any = Named(own=lambda name=name: told.append(name) or name)
        screen: Any = Named(looked=looked, own="", sight=seen)
        if name == "gone":
            screen.sight = None
        watcher._owing[seen] = [screen]

    watcher._tell_owners()

    assert told == ["a", "b", "c"]
