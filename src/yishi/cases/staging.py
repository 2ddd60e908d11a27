"""What a demonstration has just now: deeds with times that count from now, phrases (data)."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

import msgspec
import yaml

from yishi.procedure.act import Deed
from yishi.procedure.convening import CallOff, SetAgenda
from yishi.procedure.kinds import ACTS
from yishi.procedure.state import State

BEGINS = 3
"""Days before today on which the staged deeds begin."""


def leftovers(state: State, at: datetime, why: str) -> Iterator[Deed]:
    """Meetings that a simulation left convened and whose time would have passed: called off."""
    for log in state.bodies.values():
        for sitting in (state.sittings[s] for s in log.planned):
            if sitting.status == "convened":
                act = CallOff(sitting=sitting.id)
                yield Deed(act=act, actor=sitting.convened_by, at=at, reason=why)


def staged(now: datetime, state: Callable[[], State]) -> Iterator[Deed]:
    """The deeds of the last days, in order of time, each on the state that those before it left."""
    for step in sorted(_told("staging.yaml"), key=lambda one: _when(one, now)):
        act = msgspec.convert(_filled(step["with"], now), ACTS[step["do"]])
        if isinstance(act, SetAgenda):
            act = _with_what_stands(act, state())
        yield Deed(act=act, actor=step["by"], at=_when(step, now), reason=step.get("reason"))


def phrases() -> dict[str, list[str]]:
    """The office's ready-made words, by where they are offered."""
    found: dict[str, list[str]] = _told("phrases.yaml")
    return found


def _told(name: str) -> Any:
    return yaml.safe_load(files("yishi.cases.simulating").joinpath(name).read_text("utf-8"))


def _with_what_stands(act: SetAgenda, state: State) -> SetAgenda:
    """The agenda with what the rules have put on it already, from the years before: at its end."""
    there = state.sittings[act.sitting].agenda
    left = tuple(item for item in there if item not in act.items)
    lasts = (*act.durations, *(0 for _ in left)) if act.durations else ()
    return msgspec.structs.replace(act, items=(*act.items, *left), durations=lasts)


def _when(step: dict[str, Any], now: datetime) -> datetime:
    if "ago" in step:
        return now - timedelta(minutes=step["ago"])
    if "friday" in step:
        ahead = (5 - now.isoweekday()) % 7
        day = now.date() + timedelta(days=ahead if ahead >= 2 else ahead + 7)
        return _at(day, step["friday"], now)
    return _at(now.date() + timedelta(days=step["day"]), step["time"], now)


def _at(day: date, clock: str, now: datetime) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), now.tzinfo)


def _filled(value: Any, now: datetime) -> Any:
    """The fields of an act, with days and times that were given from now on."""
    if isinstance(value, list):
        return [_filled(one, now) for one in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"day"}:
        return (now.date() + timedelta(days=value["day"])).isoformat()
    if set(value) <= {"ago", "friday", "day", "time"}:
        return _when(value, now).isoformat()
    return {key: _filled(one, now) for key, one in value.items()}
