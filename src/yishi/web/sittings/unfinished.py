"""What is still to be entered of a meeting that was held on paper (补录没有完)."""

from collections.abc import Iterator

from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Message


def lacking(sitting: Sitting) -> tuple[Message, ...]:
    """What the meeting has not yet, of what every meeting has from its opening to its close."""
    return tuple(_lacking(sitting))


def _lacking(sitting: Sitting) -> Iterator[Message]:
    unknown = sum(person not in sitting.presence for person in sitting.people)
    if unknown:
        yield Message("page.paper.lacks_people", {"n": unknown})
    if sitting.status == "convened":
        yield Message("page.paper.lacks_opening")
    open_ = sum(sitting.talk_on(item).outcome is None for item in sitting.agenda)
    if open_:
        yield Message("page.paper.lacks_items", {"n": open_})
    if sitting.status != "closed":
        yield Message("page.paper.lacks_closing")
