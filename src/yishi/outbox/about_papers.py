"""What people are told when papers change or come after the notice: those who may read them."""

from collections.abc import Iterator
from typing import Any

from yishi.outbox.owed import Owed, everybody
from yishi.procedure.access import may_read
from yishi.procedure.state import State


def after_the_notice(state: State, event: Any) -> Iterator[Owed]:
    """A message to each person of the meeting who may read the papers of the item."""
    item = state.items[event.item]
    sitting = state.sittings.get(item.sitting or "")
    if sitting is None or sitting.notice is None or item.id not in sitting.notice.agenda:
        return
    at = state.latest
    assert at is not None
    people = everybody(state, sitting.id)
    may = tuple(p for p in people if may_read(state, p, "paper", item.id, at).allowed)
    kind = "outbox.paper_changed" if len(item.papers) > 1 else "outbox.paper_added"
    yield Owed(may, kind, {"sitting": sitting.id, "item": item.id}, f"/items/{item.id}", mail=True)
