"""The subjects at hand for each act: what somebody could mean when asking "what now?" (pure)."""

from collections.abc import Iterator

import msgspec

from yishi.procedure.act import Act
from yishi.procedure.charters import GENERAL
from yishi.procedure.state import State

NOT_OFFERED = ("enact_charter", "erase_text")
"""Acts that need something from outside the meeting: a whole text, a place in the journal."""

_NAMED = ("body", "sitting", "item", "decision", "task", "adjustment")


def subjects(kind: type[Act], state: State) -> Iterator[dict[str, str]]:
    """Every combination of existing subjects that the act could name just now."""
    fields = {f.name for f in msgspec.structs.fields(kind)} - {kind.new}
    named = [name for name in _NAMED if name in fields]
    if "sitting" in named:
        yield from _in_sittings(named, state)
    elif named:
        yield from ({named[0]: subject} for subject in _ALL[named[0]](state))


def _in_sittings(named: list[str], state: State) -> Iterator[dict[str, str]]:
    for sitting in _sittings(state):
        if "item" in named:
            for item in _items(state):
                if state.items[item].sitting == sitting:
                    yield {"sitting": sitting, "item": item}
        elif "decision" in named:
            for decision in _decisions(state):
                if state.decisions[decision].sitting == sitting:
                    yield {"sitting": sitting, "decision": decision}
        else:
            yield {"sitting": sitting}


def _bodies(state: State) -> Iterator[str]:
    return (body for body in sorted(state.bodies) if body != GENERAL)


def _sittings(state: State) -> Iterator[str]:
    return (s for body in _bodies(state) for s in state.bodies[body].planned)


def _items(state: State) -> Iterator[str]:
    return (i for body in _bodies(state) for i in state.bodies[body].waiting)


def _decisions(state: State) -> Iterator[str]:
    found: dict[str, None] = {}
    for sitting in (state.sittings[s] for s in _sittings(state)):
        made = (state.items[i].decision for i in sitting.taken)
        found |= dict.fromkeys(d for d in made if d)
    held = (state.tasks[t].decision for t in sorted(state.open_tasks))
    found |= dict.fromkeys(d for d in held if d)
    return iter(found)


def _adjustments(state: State) -> Iterator[str]:
    return (a for a, asked in state.adjustments.items() if asked.status == "requested")


_ALL = {
    "body": _bodies,
    "item": _items,
    "decision": _decisions,
    "task": lambda state: iter(sorted(state.open_tasks)),
    "adjustment": _adjustments,
}
