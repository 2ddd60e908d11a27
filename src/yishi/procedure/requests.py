"""What one person asks for and another answers: a change of a task, a change of posts (pure)."""

from datetime import date, datetime

import msgspec


class Adjustment(msgspec.Struct, frozen=True):
    """A change of a task asked for in writing (调整)."""

    id: str
    task: str
    unit: str | None
    by: str
    opinion: str | None
    status: str
    """requested · granted · refused"""
    asked_on: date | None = None
    """The day it was asked for: the rules in force then say who answers it."""
    due_on: date | None = None
    words: str | None = None
    item: str | None = None


class Posting(msgspec.Struct, frozen=True):
    """A change of posts on its way (任免): proposed, then settled by somebody else."""

    id: str
    change: str
    """appoint · remove"""
    person: str
    post: str
    unit: str | None
    since: date | None
    until: date | None
    by: str
    at: datetime
    status: str = "proposed"
    """proposed · confirmed · declined"""
    settled_by: str | None = None
    settled_at: datetime | None = None
