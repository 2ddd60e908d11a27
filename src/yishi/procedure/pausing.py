"""The times for which a meeting rested, and how long that was (pure)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec


class Recess(msgspec.Struct, frozen=True):
    """A time for which the meeting rested (休会)."""

    began_at: datetime
    by: str
    resumes_at: datetime | None = None
    """When it was to go on, as the chair said."""
    ended_at: datetime | None = None


def rested(recesses: Iterable[Recess], begun: datetime, ended: datetime) -> timedelta:
    """For how long the meeting was in recess between two moments: nobody spoke then."""
    spans = (min(one.ended_at or ended, ended) - max(one.began_at, begun) for one in recesses)
    return sum((span for span in spans if span > timedelta()), timedelta())
