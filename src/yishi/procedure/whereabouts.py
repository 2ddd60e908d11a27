"""Where a person is, for one meeting: on leave, in the room, away (pure)."""

from datetime import datetime

import msgspec


class Seat(msgspec.Struct, frozen=True):
    """A person's place in one sitting, frozen when it is convened."""

    person: str
    post: str
    unit: str | None


class Leave(msgspec.Struct, frozen=True):
    """Leave of absence (请假): asked, granted or refused, and the office told."""

    status: str
    told: bool = False
    by: str | None = None
    starts_at: datetime | None = None
    """The time for which it was granted; the sitting may be moved to another afterwards."""


class Presence(msgspec.Struct, frozen=True):
    """Where one person was: `present`, `left`, `leave`, `absent`; each change with its time."""

    status: str
    late: bool
    log: tuple[tuple[str, datetime], ...]
    ways: tuple[str, ...] = ()
    """For each change how it was entered: `self`, `code` (签到码), `secretary`."""
