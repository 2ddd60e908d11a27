"""How a decision was made public: as a whole, or as an excerpt with names masked (pure).

Everything is held as it stood when it was published: a task that is put otherwise afterwards has
not been approved for publishing.
"""

from datetime import date, datetime

import msgspec


class PublicTask(msgspec.Struct, frozen=True):
    """A task as it stood when its decision was published (任务)."""

    words: str
    unit: str | None
    owner: str | None
    due_on: date | None


class Publication(msgspec.Struct, frozen=True):
    """What of a decision is public, since when and by whom (公开)."""

    at: datetime
    by: str
    title: str
    words: str
    tasks: tuple[PublicTask, ...] = ()
    masked: tuple[tuple[str, str], ...] = ()
    """People whose names are masked, each with the name as it was then known."""
    part: bool = False
    """Whether only this is public, and the whole stays with its readers (摘录)."""
