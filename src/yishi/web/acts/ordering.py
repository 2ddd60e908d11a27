"""The order of an agenda in its form: which items, in which places, for how many minutes."""

from collections.abc import Sequence

import msgspec

from yishi.procedure.state import Sitting
from yishi.web.acts.inputs import Choice, Input


class Place(msgspec.Struct, frozen=True):
    """One item that may be taken, its place in the form, and the minutes planned for it."""

    choice: Choice
    chosen: bool
    minutes: str = ""


def places(inputs: Sequence[Input], sitting: Sitting | None) -> tuple[Place, ...]:
    """The items chosen in their order, then the others; what was typed before what stands."""
    agenda, plan = _of(inputs, "agenda"), _of(inputs, "plan")
    if agenda is None:
        return ()
    known = {choice.value: choice for choice in agenda.choices}
    planned = {i: str(n) for i, n in sitting.durations.items()} if sitting else {}
    planned |= dict(zip(agenda.values, plan.values if plan else (), strict=False))
    chosen = [key for key in agenda.values if key in known]
    every = dict.fromkeys((*chosen, *known))
    return tuple(Place(known[key], key in chosen, planned.get(key, "")) for key in every)


def shifted(inputs: Sequence[Input], wanted: str) -> list[Input]:
    """The inputs with one chosen item a place further up or down, its minutes with it."""
    way, _, item = wanted.partition(":")
    found = list(inputs)
    agenda, plan = _of(found, "agenda"), _of(found, "plan")
    if agenda is None or item not in agenda.values:
        return found
    here = agenda.values.index(item)
    there = here - 1 if way == "up" else here + 1
    if 0 <= there < len(agenda.values):
        for one in (agenda, plan):
            if one is not None and max(here, there) < len(one.values):
                values = list(one.values)
                values[here], values[there] = values[there], values[here]
                one.values = tuple(values)
    return found


def _of(inputs: Sequence[Input], kind: str) -> Input | None:
    return next((one for one in inputs if one.kind == kind), None)
