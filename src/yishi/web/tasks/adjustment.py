"""One change that was asked for: what stood before, what was asked, what became of it."""

from typing import Any

import msgspec

from yishi.procedure.requests import Adjustment
from yishi.web.items.chronicle import Told
from yishi.web.items.listing import plain
from yishi.web.office import Office


class Asking(msgspec.Struct, frozen=True):
    """The written opinion as it came in, and the answer to it."""

    requested: Told | None
    answered: Told | None
    cause: str
    effect: str
    opinion: str
    changes: tuple[tuple[str, Any, Any], ...]
    """What is asked: the field, what stood there, what is to stand there."""
    why_not: str


def asking_of(office: Office, held: Adjustment, told: list[Told]) -> Asking:
    """An adjustment as the journal of its task tells it."""
    mine = [one for one in told if getattr(one.event, "adjustment", None) == held.id]
    requested = next((one for one in mine if one.name == "adjustment_requested"), None)
    answered = next((one for one in mine if one is not requested), None)
    event: Any = requested.event if requested else None
    return Asking(
        requested=requested,
        answered=answered,
        cause=plain(office, getattr(event, "cause", None)),
        effect=plain(office, getattr(event, "effect", None)),
        opinion=plain(office, held.opinion),
        changes=_changes(office, held, _before(told, requested)),
        why_not=plain(office, getattr(answered.event, "reason", None)) if answered else "",
    )


def _before(told: list[Told], requested: Told | None) -> dict[str, Any]:
    """What the task said when the change was asked for."""
    found: dict[str, Any] = {}
    for one in told:
        if requested is not None and one.seq >= requested.seq:
            break
        if one.name in ("task_assigned", "task_set", "adjustment_granted"):
            said = {name: getattr(one.event, name, None) for name in ("due_on", "words")}
            found |= {name: value for name, value in said.items() if value}
    return found


def _changes(
    office: Office, held: Adjustment, before: dict[str, Any]
) -> tuple[tuple[str, Any, Any], ...]:
    found: list[tuple[str, Any, Any]] = []
    if held.due_on:
        found.append(("due_on", before.get("due_on"), held.due_on))
    if held.words:
        found.append(("words", plain(office, before.get("words")), plain(office, held.words)))
    return tuple(found)
