"""What somebody sees of a meeting just now, worked out once a look for all who see alike."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from yishi.accounts.models import Account
from yishi.clerk.memory import MEMORY, Held
from yishi.procedure.state import Sitting
from yishi.web.answers import Answers
from yishi.web.live.rights import Viewer
from yishi.web.office import Office
from yishi.web.sittings.frame import Frame, frame_of
from yishi.web.sittings.kind import kind_of, things
from yishi.web.sittings.own import own_of

KEPT: Final = {
    "sitting": "sittings",
    "item": "items",
    "decision": "decisions",
    "task": "tasks",
    "adjustment": "adjustments",
}
"""Kinds of streams that move a meeting only where they are its own, by where the state has them.

One that began only now is on no list yet, and may be of any meeting: what is decided, and what is
raised from the floor, is told in a stream of its own alone. Any other kind may move all.
"""

SILENT: Final = "audit"
"""The stream of judged deeds, in which nothing happens."""


class Sight:
    """One viewer's view of one meeting at one place of the journal."""

    def __init__(
        self, viewer: Viewer, frame: Frame, streams: frozenset[str], held: Held, now: datetime
    ) -> None:
        self.viewer, self.frame, self.streams = viewer, frame, streams
        self.place, self.now = held.head.seq, int(now.timestamp())
        self._known = {kind: getattr(held.state, where) for kind, where in KEPT.items()}
        self.own: Callable[[], str] | None = None
        """Names what is theirs alone; None where a view has nothing of the kind."""

    def moved_by(self, touched: dict[str, set[str]]) -> bool:
        """Whether something happened that could show here."""
        streams = touched.get(self.viewer.institution, set()) - {SILENT}
        return any(stream in self.streams or self._is_open(stream) for stream in streams)

    def _is_open(self, stream: str) -> bool:
        """Whether nobody knew, when this was seen, which meeting the stream would be about."""
        kind, _, name = stream.partition("/")
        return kind not in self._known or name not in self._known[kind]


class Sights:
    """The sights of one look: each state is held, each kind made, each event written once."""

    def __init__(self) -> None:
        self._held: dict[str, Held] = {}
        self._moments: dict[str, tuple[datetime, Answers]] = {}
        self._known: dict[tuple[Viewer, str, str], Sight | None] = {}
        self._events: dict[tuple[int, int], bytes] = {}

    def of(self, signed: tuple[Account, Viewer], subject: str, view: str) -> Sight | None:
        """What somebody sees of a meeting; None where it is not open to them, or no more."""
        account, viewer = signed
        key = viewer, subject, view
        if key not in self._known:
            office = Office(account, viewer.language)
            self._at_one_moment(office)
            self._known[key] = _sight(office, viewer, subject, view)
        return self._known[key]

    def _at_one_moment(self, office: Office) -> None:
        """The state, the time and what was looked up: found once, and the same for all."""
        where = office.institution
        if where not in self._held:
            self._held[where] = MEMORY.at(where)
        office.held = self._held[where]
        if where not in self._moments:
            self._moments[where] = office.now, office.facts
        office.now, office.facts = self._moments[where]

    def event(self, before: Sight | None, sight: Sight) -> bytes:
        """What is to be told to a screen that was told `before` last."""
        shown = before.frame if before is not None else None
        key = id(shown), id(sight.frame)
        if key not in self._events:
            self._events[key] = _event(shown, sight)
        return self._events[key]


def _sight(office: Office, viewer: Viewer, subject: str, view: str) -> Sight | None:
    sitting = office.state.sittings.get(subject)
    kind = kind_of(office, sitting, view) if sitting is not None else None
    if sitting is None or kind is None:
        return None
    streams = office.facts.to(("streams", subject), lambda: _streams(office, sitting))
    found = Sight(viewer, frame_of(office, kind), streams, office.held, office.now)
    if view == "room":
        found.own = lambda: own_of(office, sitting, kind).digest
    return found


def _streams(office: Office, sitting: Sitting) -> frozenset[str]:
    """The streams of a meeting, and of all that its room may show."""
    told = (f"{thing}/{name}" for thing, name in things(office, sitting) if thing != "paper")
    return frozenset({f"sitting/{sitting.id}", *told})


def _event(shown: Frame | None, sight: Sight) -> bytes:
    """The parts that changed, the digests of all, and the server's time.

    A screen that finds other digests in its page than these has missed something, and fetches it.
    """
    if shown is sight.frame:
        return f"event: here\ndata: {sight.now}\n\n".encode()
    said: dict[str, Any] = {
        "parts": sight.frame.since(shown),
        "all": sight.frame.digests,
        "now": sight.now,
    }
    return f"event: room\ndata: {json.dumps(said, ensure_ascii=False)}\n\n".encode()
