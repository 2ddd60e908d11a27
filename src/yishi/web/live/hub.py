"""One watcher a process: looks what has happened, and sends each screen what has become of it.

The journal is the table of events: an act that is not in it has not happened, and one that is in
it is never missed, whatever a connection missed meanwhile. The watcher has a thread and at most
one connection to the database; a screen has neither.
"""

import asyncio
import gc
import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from time import monotonic
from typing import Final

from django.db import InterfaceError, OperationalError, connections

from yishi.accounts.models import Account
from yishi.journal.tables.models import Chain, Entry
from yishi.web.live.rights import Browser, Viewer, signed_in
from yishi.web.live.sight import Sight, Sights
from yishi.web.live.waking import Waking

EVERY: Final = 0.3
"""Seconds between two looks where nothing wakes the watcher."""

BREATH: Final = 15.0
"""Seconds after which rights are looked at again, and a sign of life is given."""

LATER: Final = 0.1
"""Seconds in which what all see alike goes out first, before each is told of what is their own."""

LATEST: Final = 1.0
"""Seconds after which nobody is waited for who is slow to take in what all see."""

WAITING: Final = 8
"""Events that wait for a slow screen; of more the oldest are dropped, and it is told anew later."""

OVER: Final = b"event: over\ndata: over\n\n"


class Screen:
    """One open stream: what its browser asked for, and what it was sent last."""

    def __init__(self, browser: Browser, subject: str, view: str) -> None:
        self.browser, self.subject, self.view = browser, subject, view
        self.loop = asyncio.get_running_loop()
        self.admitted: asyncio.Future[bool] = self.loop.create_future()
        self.box: asyncio.Queue[bytes] = asyncio.Queue(maxsize=WAITING)
        self.sight: Sight | None = None
        self.own = ""
        self.looked = 0.0
        """When it was last found out whether what is their own has changed."""
        self.missed = False

    def put(self, said: bytes) -> None:
        """Hand over an event, in the thread of the loop."""
        if not self.admitted.done():
            self.admitted.set_result(said != OVER)
        if self.box.full():
            self.box.get_nowait()
            self.missed = True
        self.box.put_nowait(said)

    def moved_by(self, touched: dict[str, set[str]]) -> bool:
        """Whether something happened that could show here, or nothing was told here yet."""
        return self.sight is None or (bool(touched) and self.sight.moved_by(touched))

    def lacks(self) -> bool:
        """Whether it was not told all, and could be now."""
        return self.missed and not self.box.full()

    def forget(self) -> None:
        """Nobody knows what it was told: it is told the whole again."""
        self.missed, self.sight, self.own = False, None, ""


Post = list[tuple[Screen, bytes]]


class Hub:
    """The screens of this process, and the thread that watches for them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._joining: list[Screen] = []
        self._screens: set[Screen] = set()
        self._left: set[Screen] = set()
        self._thread: threading.Thread | None = None
        self._waking = Waking()
        self._seen: dict[str, int] = {}
        self._owing: dict[Sight, list[Screen]] = {}
        self._breath = 0.0

    def join(self, screen: Screen) -> None:
        """Watch for a screen from now on, if it may see anything at all."""
        with self._lock:
            self._joining.append(screen)
            if self._thread is None:
                self._waking = Waking()
                self._thread = threading.Thread(target=self._watch, name="live", daemon=True)
                self._thread.start()
        self._waking.poke()

    def leave(self, screen: Screen) -> None:
        """Watch for it no longer."""
        with self._lock:
            self._left.add(screen)
        self._waking.poke()

    # ── the watcher's thread ──────────────────────────────────────────────────────────────────

    def _watch(self) -> None:
        while self._goes_on():
            try:
                self._waking.begin()
                self.look()
                _settle()
                self._tell_owners()
            except Exception:
                # A database that does not answer now may answer in a moment.
                logging.getLogger(__name__).exception("live")
                self._begin_anew()
            self._waking.wait(EVERY)

    def _begin_anew(self) -> None:
        """After a fault nobody knows what was told: each screen is told the whole again."""
        connections.close_all()
        self._owing.clear()
        for screen in self._screens:
            screen.forget()

    def _goes_on(self) -> bool:
        """Whether there is anybody to watch for; if not, the thread lets go and ends."""
        with self._lock:
            self._screens -= self._left
            self._joining = [one for one in self._joining if one not in self._left]
            self._left.clear()
            if self._screens or self._joining:
                return True
            self._seen.clear()
            self._owing.clear()
            self._thread = None
        connections.close_all()
        return False

    def look(self) -> None:
        """Look once: at what has happened, then at who may see it, then tell them."""
        touched = self._grown()
        with self._lock:
            joining, self._joining = self._joining, []
        self._screens.update(joining)
        due = monotonic() - self._breath > BREATH
        if due:
            self._breath = monotonic()
        for screen in self._screens:
            if screen.lacks():
                screen.forget()
        asked = [s for s in self._screens if due or s.moved_by(touched)]
        if asked:
            _deliver(list(self._posts(asked)))

    def _posts(self, asked: Iterable[Screen]) -> Iterator[tuple[Screen, bytes]]:
        """What each screen is to be sent; one that cannot be told anything ends alone."""
        signed, sights = signed_in({one.browser for one in asked}), Sights()
        for screen in asked:
            said = OVER
            with _ending_alone():
                said = self._said(screen, signed.get(screen.browser), sights)
            if said == OVER:
                self._screens.discard(screen)
            yield screen, said

    def _said(self, screen: Screen, found: tuple[Account, Viewer] | None, sights: Sights) -> bytes:
        """What a screen is to be sent, by what its viewer may see just now."""
        sight = sights.of(found, screen.subject, screen.view) if found is not None else None
        before, screen.sight = screen.sight, sight
        if sight is None:
            return OVER
        said = sights.event(before, sight)
        self._seen.setdefault(sight.viewer.institution, sight.place)
        if sight.own is not None:
            self._owing.setdefault(sight, []).append(screen)
        return said

    def _grown(self) -> dict[str, set[str]]:
        """The streams of each journal that were touched since the last look."""
        slugs = {s.sight.viewer.institution for s in self._screens if s.sight is not None}
        heads = dict(Chain.objects.filter(slug__in=slugs).values_list("slug", "seq"))
        found = {}
        for slug, head in heads.items():
            since = self._seen.get(slug, head)
            if head > since:
                rows = Entry.objects.filter(chain_id=slug, seq__gt=since, seq__lte=head)
                found[slug] = set(rows.values_list("stream", flat=True))
            self._seen[slug] = head
        return found

    def _tell_owners(self) -> None:
        """Tell each person whether what is their own has changed, unless something else happens.

        Whoever has waited longest comes first, so that nobody waits for ever where much happens.
        """
        self._let_go_out()
        waiting = sorted(self._owing, key=self._looked, reverse=True)
        while waiting and not self._waking.woken():
            sight = waiting.pop()
            ended = [one for one in self._owing.pop(sight) if one.sight is sight]
            if not ended:  # what they see by now is another sight
                continue
            with _ending_alone():
                _tell_own(sight, ended)
                ended = []
            self._screens.difference_update(ended)
            _deliver([(screen, OVER) for screen in ended])

    def _let_go_out(self) -> None:
        """Wait while what all see is on its way, so that nothing takes the processor from it."""
        until = monotonic() + LATEST
        waits = bool(self._owing)
        while waits and not self._waking.woken() and monotonic() < until:
            self._waking.wait(LATER)
            waits = any(not screen.box.empty() for screen in self._screens)

    def _looked(self, sight: Sight) -> float:
        return min(screen.looked for screen in self._owing[sight])


@cache
def _settle() -> None:
    """Once what a process holds for long is there, the collector need not go through it again.

    It stops everything for as long as it takes, in the middle of telling what has happened.
    """
    gc.collect()
    gc.freeze()


def _tell_own(sight: Sight, screens: list[Screen]) -> None:
    own = sight.own() if sight.own is not None else ""
    told = f"event: own\ndata: {own}\n\n".encode()
    at = monotonic()
    for screen in screens:
        screen.looked = at
    now = [screen for screen in screens if screen.own != own]
    for screen in now:
        screen.own = own
    _deliver([(screen, told) for screen in now])


@contextmanager
def _ending_alone() -> Iterator[None]:
    """A fault in what one viewer sees is logged and theirs; a database that is away is all's."""
    try:
        yield
    except (InterfaceError, OperationalError):
        raise
    except Exception:
        logging.getLogger(__name__).exception("live: one screen")


def _deliver(posts: Post) -> None:
    """Hand all of it over to the loops that the screens are in."""
    loops: dict[asyncio.AbstractEventLoop, Post] = {}
    for screen, said in posts:
        loops.setdefault(screen.loop, []).append((screen, said))
    for loop, some in loops.items():
        with suppress(RuntimeError):  # a loop that has been closed has no screens any more
            loop.call_soon_threadsafe(_put, some)


def _put(posts: Post) -> None:
    for screen, said in posts:
        screen.put(said)


HUB: Final = Hub()
"""The watcher of this process."""
