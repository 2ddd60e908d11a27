"""What people are told when the agenda changes after the notice: what is new to each of them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from yishi.outbox.owed import Owed, everybody
from yishi.procedure.access import may_read
from yishi.procedure.editions import Changed
from yishi.procedure.state import Sitting, State


def new_editions(
    before: State, after: State, at: datetime, sittings: Iterable[str]
) -> Iterator[Owed]:
    """A message to each person of a meeting whose agenda came out in a new edition."""
    for subject in sittings:
        held, old = after.sittings[subject], before.sittings.get(subject)
        told = old is not None and 0 < old.editions.latest < held.editions.latest
        if told and held.notice is not None:
            yield from (_to(after, held, person, at) for person in everybody(after, subject))


def _to(state: State, held: Sitting, person: str, at: datetime) -> Owed:
    changed = held.editions.since(person) or Changed()

    def readable(items: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(i for i in items if may_read(state, person, "item", i, at).allowed)

    added, dropped = readable(changed.added), readable(changed.dropped)
    said: dict[str, Any] = {"sitting": held.id, "edition": held.editions.latest}
    said |= {k: list(v) for k, v in (("added", added), ("dropped", dropped)) if v}
    kind = "outbox.agenda_again" if held.has_read(person) else _kind(added, dropped)
    return Owed((person,), kind, said, f"/sittings/{held.id}", mail=True)


def _kind(added: tuple[str, ...], dropped: tuple[str, ...]) -> str:
    """The sentence that tells as much as this person may know."""
    if added and dropped:
        return "outbox.agenda_both"
    if added:
        return "outbox.agenda_added"
    return "outbox.agenda_dropped" if dropped else "outbox.agenda"
