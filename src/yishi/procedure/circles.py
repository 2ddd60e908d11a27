"""Seats that could be filled only by who already holds them (pure)."""

from collections.abc import Iterator
from typing import Final

from yishi.charter.model import Charter, Fault
from yishi.procedure.charters import GENERAL
from yishi.procedure.composition import PresidedBy, RecordedBy
from yishi.procedure.enact import bind, version_on
from yishi.procedure.order import ReservedTo
from yishi.procedure.rule import Bound, Kind
from yishi.procedure.seats import SETTLED_BY
from yishi.procedure.state import State

AT_THE_MEETING: Final = ("chair", "secretary")
"""Seats that nobody holds before the meeting is convened."""


def circular(bounds: tuple[Bound, ...], defaults: tuple[Bound, ...] = ()) -> Iterator[Fault]:
    """Every rule of a charter that names a seat though who holds it follows from that rule.

    One rule may name a seat that another settles, and so on; the defaults stand in where the
    charter says nothing.
    """
    leads = _leads(bounds, defaults)
    for bound in bounds:
        settled = _settles(bound.rule)
        for seat in getattr(bound.rule, "by", ()) if settled else ():
            if not settled.isdisjoint(_behind(seat, leads)):
                yield Fault(bound.line, "lint.circular", {"seat": seat})
                break


def rules_amiss(charter: Charter, state: State) -> Iterator[Fault]:
    """What is wrong with its rules, by themselves or beside the general ones of its first day."""
    bounds, faults = bind(charter)
    yield from faults
    general = version_on(state, GENERAL, charter.in_force) if charter.body != GENERAL else None
    yield from circular(bounds, bind(state.charters[general])[0] if general else ())


def _leads(bounds: tuple[Bound, ...], defaults: tuple[Bound, ...]) -> dict[str, set[str]]:
    """For each seat that rules settle, the seats that they name for it."""
    found: dict[str, set[str]] = {}
    for bound in bounds:
        for seat in _settles(bound.rule):
            found.setdefault(seat, set()).update(getattr(bound.rule, "by", ()))
    own = frozenset(found)
    for bound in defaults:
        for seat in _settles(bound.rule) - own:
            found.setdefault(seat, set()).update(getattr(bound.rule, "by", ()))
    for seat in AT_THE_MEETING:
        found.setdefault(seat, set()).add("convener")
    return found


def _settles(rule: Kind) -> frozenset[str]:
    """The seats whose holders follow from the rule."""
    if isinstance(rule, PresidedBy):
        return frozenset({"chair"})
    if isinstance(rule, RecordedBy):
        return frozenset({"secretary"})
    if isinstance(rule, ReservedTo):
        return frozenset(seat for seat, act in SETTLED_BY.items() if act in rule.acts)
    return frozenset()


def _behind(seat: str, leads: dict[str, set[str]]) -> frozenset[str]:
    """The seat and every other that has to be known before it."""
    seen: set[str] = set()
    ahead = [seat]
    while ahead:
        one = ahead.pop()
        if one not in seen:
            seen.add(one)
            ahead += leads.get(one, ())
    return frozenset(seen)
