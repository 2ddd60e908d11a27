"""Which subjects a transaction has touched: those whose rows may look otherwise now."""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from yishi.procedure.charters import CharterEnacted, CharterRepealed
from yishi.procedure.staffing import CharterReceived
from yishi.procedure.state import State

KINDS: Final = {
    "item": "items",
    "sitting": "sittings",
    "decision": "decisions",
    "task": "tasks",
    "adjustment": "adjustments",
    "posting": "postings",
}
"""Kinds of subjects, and the map of the state that holds them."""

GIVEN: Final = (CharterEnacted, CharterRepealed, CharterReceived)
"""What makes a body's charter one to acknowledge, ends it, or acknowledges it."""


def touched(
    before: State, after: State, events: tuple[msgspec.Struct, ...]
) -> dict[str, list[str]]:
    """Subjects by kind whose value is another than before, each once, in order of mention."""
    candidates: dict[str, dict[str, None]] = {kind: {} for kind in KINDS}
    for event in events:
        for kind, subject in _named(event):
            candidates[kind][subject] = None
    for state in (before, after):
        for kind, subject in list(_related(state, candidates)):
            candidates[kind][subject] = None
    bodies = dict.fromkeys(event.body for event in events if isinstance(event, GIVEN))
    return {
        **{
            kind: [s for s in found if _changed(before, after, kind, s)]
            for kind, found in candidates.items()
        },
        "body": list(bodies),
    }


def everything(state: State) -> dict[str, list[str]]:
    """Every subject by kind."""
    found = {kind: sorted(getattr(state, held)) for kind, held in KINDS.items()}
    return {**found, "body": sorted(state.bodies)}


def _named(event: Any) -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        subject = getattr(event, kind, None)
        if isinstance(subject, str):
            yield kind, subject
    for name, kind in (("items", "item"), ("changes", "decision")):
        value = getattr(event, name, None)
        for subject in (value,) if isinstance(value, str) else value or ():
            if isinstance(subject, str):
                yield kind, subject


def _related(state: State, found: dict[str, dict[str, None]]) -> Iterator[tuple[str, str]]:
    for subject in found["adjustment"]:
        asked = state.adjustments.get(subject)
        if asked is not None:
            yield "task", asked.task
    for subject in found["task"]:
        task = state.tasks.get(subject)
        if task is not None:
            yield "sitting", task.sitting
            yield from (("decision", task.decision),) if task.decision else ()
    for subject in found["decision"]:
        decision = state.decisions.get(subject)
        if decision is not None:
            yield from (("item", decision.item), ("sitting", decision.sitting))
    for subject in found["item"]:
        item = state.items.get(subject)
        if item is not None and item.sitting:
            yield "sitting", item.sitting
    for subject in found["sitting"]:
        sitting = state.sittings.get(subject)
        if sitting is not None:
            yield from (("item", i) for i in sitting.agenda)


def _changed(before: State, after: State, kind: str, subject: str) -> bool:
    held = KINDS[kind]
    old, new = getattr(before, held).get(subject), getattr(after, held).get(subject)
    return new is not None and new is not old
