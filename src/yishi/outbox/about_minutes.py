"""What people are told of minutes on their way: the draft to answer, and what came of it."""

from collections.abc import Iterator
from typing import Any

from yishi.outbox.owed import Owed
from yishi.procedure.state import State


def draft(state: State, event: Any) -> Iterator[Owed]:
    """The draft to the members who are asked about it."""
    said = {"sitting": event.sitting}
    if event.answer_by is not None:
        said["by"] = event.answer_by.isoformat()
    kind = "outbox.draft_by" if event.answer_by else "outbox.draft"
    yield Owed(tuple(event.people), kind, said, _page(event), mail=True)


def asked(state: State, event: Any) -> Iterator[Owed]:
    """What a member would have corrected, to whoever sent the draft."""
    sent = state.sittings[event.sitting].draft.sent
    if sent is not None:
        said = {"sitting": event.sitting, "person": event.by}
        yield Owed((sent.by,), "outbox.correction_requested", said, _page(event))


def answered(state: State, event: Any) -> Iterator[Owed]:
    """What became of it, to whoever asked."""
    held = state.sittings[event.sitting].draft.corrections
    who = tuple(one.by for one in held if one.id == event.request)
    kind = "outbox.correction_taken" if event.taken else "outbox.correction_declined"
    yield Owed(who, kind, {"sitting": event.sitting}, _page(event))


def _page(event: Any) -> str:
    return f"/sittings/{event.sitting}/minutes"
