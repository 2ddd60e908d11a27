"""The order of an agenda in its form: which items, in which places, for how many minutes."""

from collections.abc import Container, Sequence

import msgspec

from yishi.procedure.state import Sitting
from yishi.web.acts.inputs import Choice, Input


class Place(msgspec.Struct, frozen=True):
    """One item that may be taken, its place in the form, and the minutes planned for it."""

    choice: Choice
    chosen: bool
    minutes: str = ""
    wrong: bool = False
    """Whether the minutes typed for it are none."""
    leaves: bool = False
    """Whether it may be moved off an agenda on which it stands."""
    off: bool = False
    """Whether it stands on the agenda and is off it once the form is sent."""


def places(
    inputs: Sequence[Input], sitting: Sitting | None, leaving: Container[str] = ()
) -> tuple[Place, ...]:
    """The items chosen in their order, then the others; what was typed before what stands.

    `leaving` are those that may be moved off the agenda.
    """
    agenda, plan = _of(inputs, "agenda"), _of(inputs, "plan")
    if agenda is None:
        return ()
    known = {choice.value: choice for choice in agenda.choices}
    planned = {i: str(n) for i, n in sitting.durations.items()} if sitting else {}
    planned |= dict(zip(agenda.values, plan.values if plan else (), strict=False))
    chosen = [key for key in agenda.values if key in known]
    every = dict.fromkeys((*chosen, *known))
    amiss = {chosen[n] for n in (plan.amiss if plan else ()) if n < len(chosen)}
    stands = sitting.agenda if sitting else ()
    return tuple(
        Place(
            choice=known[key],
            chosen=key in chosen,
            minutes=planned.get(key, ""),
            wrong=key in amiss,
            leaves=key in leaving,
            off=key in stands and key not in chosen,
        )
        for key in every
    )


def shifted(inputs: Sequence[Input], wanted: str) -> list[Input]:
    """The inputs with one chosen item a place up or down, or off, its minutes with it."""
    way, _, item = wanted.partition(":")
    found = list(inputs)
    agenda, plan = _of(found, "agenda"), _of(found, "plan")
    if agenda is None or item not in agenda.values:
        return found
    here = agenda.values.index(item)
    if way == "off":
        for one in (agenda, plan):
            if one is not None:
                one.values = (*one.values[:here], *one.values[here + 1 :])
        return found
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
