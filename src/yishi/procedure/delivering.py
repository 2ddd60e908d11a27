"""Issued minutes brought to those they are for, and that they have read them (送达, 已阅; pure)."""

from datetime import datetime

from msgspec.structs import replace

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.issued import Corrected, Minutes
from yishi.procedure.issuing import Number
from yishi.procedure.reading import readers_in
from yishi.procedure.setting import Setting
from yishi.procedure.state import State
from yishi.procedure.verdict import Message, Rejected
from yishi.values.text import Id

# ── events ────────────────────────────────────────────────────────────────────────────────────


class MinutesReceived(Event, frozen=True, kw_only=True):
    """A reader says that the minutes, or what corrects them, have been read (已阅会议纪要)."""

    sitting: Id
    person: Id
    correction: int | None = None

    def apply(self, state: State, at: datetime) -> State:
        out = _out(state, self.sitting, self.correction)
        if out is None:
            return state
        received = tuple(dict.fromkeys((*out.received, self.person)))
        return _delivered(state, self.sitting, replace(out, received=received))


class MinutesRecalled(Event, frozen=True, kw_only=True):
    """The office has asked those who had not read the minutes to do so (提醒阅纪要)."""

    sitting: Id
    people: tuple[Id, ...]
    correction: int | None = None

    def apply(self, state: State, at: datetime) -> State:
        out = _out(state, self.sitting, self.correction)
        return state if out is None else _delivered(state, self.sitting, replace(out, reminded=at))


def _out(state: State, sitting: str, correction: int | None) -> Minutes | Corrected | None:
    """The minutes that are out, or what corrects them under a number."""
    minutes = state.sittings[sitting].minutes
    return minutes.delivered(correction) if minutes else None


def _delivered(state: State, sitting: str, out: Minutes | Corrected) -> State:
    """The state in which that is how far the delivery has come."""
    if isinstance(out, Minutes):
        return evolve.sitting(state, sitting, minutes=out)
    minutes = state.sittings[sitting].minutes
    assert minutes is not None
    every = tuple(out if one.number == out.number else one for one in minutes.corrected)
    return evolve.sitting(state, sitting, minutes=replace(minutes, corrected=every))


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


class ReceiveMinutes(Act, frozen=True, kw_only=True):
    """A reader says that the minutes, or what corrects them, have been read (已阅会议纪要)."""

    sitting: Id
    correction: Number | None = None
    """The number of what corrects the minutes; none: the minutes themselves."""

    def amiss(self, setting: Setting) -> Rejected | None:
        minutes = setting.sitting.minutes if setting.sitting else None
        readers = readers_in(setting, "minutes")
        if minutes is not None and readers is not None and setting.actor not in readers:
            said = {"field": "sitting", "id": self.sitting}
            return Rejected("sitting", Message("place.unknown", said))
        out = minutes.delivered(self.correction) if minutes else None
        if minutes is not None and out is None:
            return _no_correction()
        if out is not None and setting.actor in out.received:
            return Rejected("sitting", Message("delivering.read_already"))
        return None

    def events(self, setting: Setting) -> tuple[MinutesReceived, ...]:
        read = MinutesReceived(
            sitting=self.sitting, person=setting.actor, correction=self.correction
        )
        return (read,)


class RemindMinutes(Act, frozen=True, kw_only=True):
    """The office reminds those who have not read the minutes, and nobody else (提醒阅纪要)."""

    sitting: Id
    correction: Number | None = None
    """The number of what corrects the minutes; none: the minutes themselves."""

    def amiss(self, setting: Setting) -> Rejected | None:
        minutes = setting.sitting.minutes if setting.sitting else None
        if minutes is not None and minutes.delivered(self.correction) is None:
            return _no_correction()
        if minutes is not None and not _rest(setting, self.correction):
            return Rejected("sitting", Message("delivering.everybody_has_read"))
        return None

    def events(self, setting: Setting) -> tuple[MinutesRecalled, ...]:
        people = _rest(setting, self.correction)
        asked = MinutesRecalled(sitting=self.sitting, people=people, correction=self.correction)
        return (asked,)


def _no_correction() -> Rejected:
    return Rejected("correction", Message("delivering.no_correction"))


def recipients(setting: Setting) -> tuple[str, ...]:
    """Whom the minutes go to: who was to be there, who carries something out; readers only."""
    sitting = setting.sitting
    if sitting is None:
        return ()
    readers = readers_in(setting, "minutes")
    guests = (p for people in sitting.invited.values() for p in people)
    tasks = [setting.state.tasks[t] for t in sitting.tasks]
    every = dict.fromkeys((*sitting.people, *guests, *(t.owner for t in tasks if t.owner)))
    found = [p for p in every if readers is None or p in readers]
    for unit in dict.fromkeys(u for t in tasks for u in (t.unit, t.counter) if u):
        staff = setting.state.roster.staff(unit, setting.on)
        # A unit that nobody among them works in is told by all of its own.
        if not any(person in found for person in staff):
            found += [p for p in staff if readers is None or p in readers]
    return tuple(dict.fromkeys(found))


def _rest(setting: Setting, correction: int | None) -> tuple[str, ...]:
    """Whom a reminder goes to: who has not read what went out, without whoever reminds."""
    minutes = setting.sitting.minutes if setting.sitting else None
    out = minutes.delivered(correction) if minutes else None
    received = out.received if out else ()
    return tuple(p for p in recipients(setting) if p not in received and p != setting.actor)
