"""What the procedure answers: accepted, accepted as a departure, refused, rejected (pure)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeAlias

import msgspec

Value: TypeAlias = str | int | date | datetime | tuple[str, ...]
"""What a message may be filled with; ids stay ids, the wording turns them into names."""


class Message(msgspec.Struct, frozen=True):
    """A sentence by its id in the catalogue, with what fills it."""

    id: str
    params: Mapping[str, Value] = {}


class Citation(msgspec.Struct, frozen=True):
    """The clause a verdict rests on (依据): which charter, which label, which rule block."""

    charter: str
    """Digest of the charter's text."""
    body: str
    title: str
    label: str
    rule: str
    general: bool = False
    """True when the adopted text is silent and the general rules answer by default (缺省)."""
    reading: str = ""
    """The interpretation that the charter declares, in plain words."""
    parts: tuple[str, ...] = ()
    """Ids of the sentence parts of the adopted text that the rule accounts for."""


class Ground(msgspec.Struct, frozen=True):
    """One reason why an act may not stand, and its clause."""

    message: Message
    citation: Citation


class Departure(msgspec.Struct, frozen=True):
    """A presumption (一般, 原则上) departed from, and why."""

    message: Message
    citation: Citation
    reason: str


class Accepted(msgspec.Struct, frozen=True):
    """The act stands; `events` say what happened."""

    events: tuple[msgspec.Struct, ...]
    departures: tuple[Departure, ...] = ()
    broken: tuple[Departure, ...] = ()
    """Rules that were broken by what is entered from paper, and what was said of it."""
    kept: tuple[Citation, ...] = ()
    """Rules that bore on the act and were kept."""
    notes: tuple[Message, ...] = ()
    charter: str | None = None
    """Digest of the charter that judged."""


class Refused(msgspec.Struct, frozen=True):
    """The act may not stand, on every one of these grounds."""

    grounds: tuple[Ground, ...]
    notes: tuple[Message, ...] = ()
    charter: str | None = None


class Rejected(msgspec.Struct, frozen=True):
    """Not judged: malformed, unknown or stale. Names the field; cites no clause."""

    field: str
    message: Message


Verdict: TypeAlias = Accepted | Refused | Rejected


def outcome(verdict: Verdict) -> str:
    """One word: `accepted`, `departed`, `broken`, `refused` or `rejected`."""
    if isinstance(verdict, Accepted) and verdict.broken:
        return "broken"
    if isinstance(verdict, Accepted):
        return "departed" if verdict.departures else "accepted"
    return "refused" if isinstance(verdict, Refused) else "rejected"
