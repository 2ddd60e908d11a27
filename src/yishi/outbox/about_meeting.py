"""What people are told of a meeting's time and place: when it is called, and when it is moved."""

from collections.abc import Iterator
from typing import Any

from yishi.outbox.owed import Owed, everybody
from yishi.procedure.state import Sitting, State


def noticed(before: State, after: State, event: Any) -> Iterator[Owed]:
    """The notice, as mail with an entry for the calendar; another place than before is named."""
    held, old = after.sittings[event.sitting], before.sittings[event.sitting]
    kind = "outbox.notice_at" if held.venue else "outbox.notice"
    if held.resited > old.resited:
        kind = "outbox.notice_elsewhere"
    yield _to_all(after, held, kind, held.id)


def moved(before: State, after: State, event: Any) -> Iterator[Owed]:
    """Another time, another place, or both; a new notice is owed."""
    held, old = after.sittings[event.sitting], before.sittings[event.sitting]
    kind = "outbox.moved_to" if held.venue else "outbox.moved"
    if held.starts_at == old.starts_at and held.venue != old.venue:
        kind = "outbox.moved_elsewhere"
    yield _to_all(after, held, kind, "")


def called_off(before: State, after: State, event: Any) -> Iterator[Owed]:
    """The meeting does not take place."""
    held = after.sittings[event.sitting]
    yield _to_all(after, held, "outbox.called_off", held.id)


def _to_all(state: State, held: Sitting, kind: str, calendar: str) -> Owed:
    said = {"sitting": held.id, "start": held.starts_at.isoformat(), "body": held.body}
    said |= {"venue": held.venue} if held.venue else {}
    link = f"/sittings/{held.id}"
    return Owed(everybody(state, held.id), kind, said, link, mail=True, calendar=calendar)
