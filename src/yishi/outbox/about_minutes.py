"""What people are told of minutes on their way: the draft to answer, and what came of it."""

from collections.abc import Iterator
from typing import Any

from yishi.outbox.owed import Owed, everybody
from yishi.procedure.access import delivered_to
from yishi.procedure.state import State


def draft(state: State, event: Any) -> Iterator[Owed]:
    """The draft to the members who are asked about it."""
    said = {"sitting": event.sitting}
    if event.answer_by is not None:
        said["by"] = event.answer_by.isoformat()
    correcting = state.sittings[event.sitting].corrigendum is not None
    kind = "outbox.corrigendum" if correcting else "outbox.draft"
    kind += "_by" if event.answer_by else ""
    yield Owed(tuple(event.people), kind, said, _page(event), mail=True)


def asked(state: State, event: Any) -> Iterator[Owed]:
    """What a member would have corrected, to whoever sent the draft."""
    sent = state.sittings[event.sitting].pending.sent
    if sent is not None:
        said = {"sitting": event.sitting, "person": event.by}
        yield Owed((sent.by,), "outbox.correction_requested", said, _page(event))


def answered(state: State, event: Any) -> Iterator[Owed]:
    """What became of it, to whoever asked."""
    held = state.sittings[event.sitting].pending.corrections
    who = tuple(one.by for one in held if one.id == event.request)
    kind = "outbox.correction_taken" if event.taken else "outbox.correction_declined"
    yield Owed(who, kind, {"sitting": event.sitting}, _page(event))


def _page(event: Any) -> str:
    return f"/sittings/{event.sitting}/minutes"


def recalled(state: State, event: Any) -> Iterator[Owed]:
    """A reminder to those who have not read the minutes, or what corrects them."""
    said = {"sitting": event.sitting}
    kind = "outbox.unread_minutes" if event.correction is None else "outbox.unread_correction"
    yield Owed(tuple(event.people), kind, said, _page(event), mail=True)


def issued(state: State, event: Any) -> Iterator[Owed]:
    """The minutes to everybody they go to; and to each owner what is theirs to do."""
    said, held = {"sitting": event.sitting}, state.sittings[event.sitting]
    at = held.minutes.issued_at if held.minutes else held.starts_at
    carrying = delivered_to(state, event.sitting, at)
    people = tuple(dict.fromkeys((*everybody(state, event.sitting), *carrying)))
    yield Owed(people, "outbox.minutes", said, _page(event))
    for task in (state.tasks[t] for t in held.tasks):
        if task.owner:
            yield Owed((task.owner,), "outbox.task", {"task": task.id}, f"/tasks/{task.id}", True)


def corrected(state: State, event: Any) -> Iterator[Owed]:
    """A correction to everybody to whom the minutes went."""
    held = state.sittings[event.sitting]
    at = held.minutes.corrected[-1].at if held.minutes else held.starts_at
    people = dict.fromkeys((*everybody(state, held.id), *delivered_to(state, held.id, at)))
    yield Owed(tuple(people), "outbox.corrected_minutes", {"sitting": held.id}, _page(event))


def not_published(before: State, after: State, event: Any) -> Iterator[Owed]:
    """Why minutes are not published, to whoever proposed it."""
    yield from _proposer(before, event, "outbox.not_published")


def published(before: State, after: State, event: Any) -> Iterator[Owed]:
    """That minutes are public, to whoever proposed it."""
    yield from _proposer(before, event, "outbox.published_minutes")


def _proposer(before: State, event: Any, kind: str) -> Iterator[Owed]:
    held = before.sittings[event.sitting].minutes
    if held is not None and held.proposal is not None:
        said = {"sitting": event.sitting}
        yield Owed((held.proposal.by,), kind, said, f"{_page(event)}/publish")
