"""The subjects at hand for each act: what somebody could mean when asking "what now?" (pure)."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

from yishi.procedure.act import Act
from yishi.procedure.charters import GENERAL
from yishi.procedure.state import State

NOT_OFFERED = ("enact_charter", "repeal_charter", "erase_text", "archive_sitting")
"""Acts that need something from elsewhere: a text, a decision, a place in the journal, a file."""


def subjects(
    kind: type[Act], state: State, about: Mapping[str, str] | None = None
) -> Iterator[dict[str, str]]:
    """Every combination of existing subjects that the act could name just now.

    An act that names none has the empty subject. `about` asks for certain subjects, which need
    not be in hand any more: an old decision, say.
    """
    named = _named_by(kind)
    if about:
        yield from _asked(named, state, about)
    elif "sitting" in named:
        yield from _in_sittings(named, state)
    elif named:
        yield from ({named[0]: subject} for subject in _AT_HAND[named[0]](state))
    else:
        yield {}


@cache
def _named_by(kind: type[Act]) -> tuple[str, ...]:
    """The existing subjects that the act has to name; one it may leave out is a field to fill."""
    fields = {f.name for f in msgspec.structs.fields(kind) if f.required} - {kind.new}
    return tuple(name for name in _HELD if name in fields)


def _asked(
    named: tuple[str, ...], state: State, about: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    known = {n: about[n] for n in named if n in about and about[n] in _HELD[n](state)}
    asked = [name for name in named if name in about]
    if not asked or len(known) < len(asked):
        return
    if len(known) == len(named):
        yield known
    elif "sitting" in known:
        there = known["sitting"]
        yield from (s for s in _in_sittings(named, state) if s["sitting"] == there)
    else:
        name, subject = next(iter(known.items()))
        sitting = _HELD[name](state)[subject].sitting
        if sitting:
            yield {"sitting": sitting, **known}


def _in_sittings(named: tuple[str, ...], state: State) -> Iterator[dict[str, str]]:
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
    asked_for = sorted(state.adjustments.items())
    return (a for a, asked in asked_for if asked.status == "requested")


def _postings(state: State) -> Iterator[str]:
    return (p for p, asked in sorted(state.postings.items()) if asked.status == "proposed")


_AT_HAND: dict[str, Callable[[State], Iterator[str]]] = {
    "body": _bodies,
    "item": _items,
    "decision": _decisions,
    "task": lambda state: iter(sorted(state.open_tasks)),
    "adjustment": _adjustments,
    "posting": _postings,
}
"""What is in hand just now, for acts that name one subject."""

_HELD: dict[str, Callable[[State], Mapping[str, Any]]] = {
    "body": lambda state: state.bodies,
    "sitting": lambda state: state.sittings,
    "item": lambda state: state.items,
    "decision": lambda state: state.decisions,
    "task": lambda state: state.tasks,
    "adjustment": lambda state: state.adjustments,
    "posting": lambda state: state.postings,
}
"""Every subject there ever was, in the order in which acts name them."""
