"""Issued minutes brought to those they are for, and that they have read them (送达, 已阅; pure)."""

from datetime import datetime

from msgspec.structs import replace

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.reading import readers_in
from yishi.procedure.setting import Setting
from yishi.procedure.state import State
from yishi.procedure.verdict import Message, Rejected
from yishi.values.text import Id

# ── events ────────────────────────────────────────────────────────────────────────────────────


class MinutesReceived(Event, frozen=True, kw_only=True):
    """A reader says that the minutes have been read (已阅会议纪要)."""

    sitting: Id
    person: Id

    def apply(self, state: State, at: datetime) -> State:
        minutes = state.sittings[self.sitting].minutes
        if minutes is None:
            return state
        received = tuple(dict.fromkeys((*minutes.received, self.person)))
        return evolve.sitting(state, self.sitting, minutes=replace(minutes, received=received))


class MinutesRecalled(Event, frozen=True, kw_only=True):
    """The office has asked those who had not read the minutes to do so (提醒阅纪要)."""

    sitting: Id
    people: tuple[Id, ...]

    def apply(self, state: State, at: datetime) -> State:
        minutes = state.sittings[self.sitting].minutes
        if minutes is None:
            return state
        return evolve.sitting(state, self.sitting, minutes=replace(minutes, reminded=at))


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


class ReceiveMinutes(Act, frozen=True, kw_only=True):
    """A reader says that the minutes have been read (已阅会议纪要)."""

    sitting: Id

    def amiss(self, setting: Setting) -> Rejected | None:
        minutes = setting.sitting.minutes if setting.sitting else None
        readers = readers_in(setting, "minutes")
        if minutes is not None and readers is not None and setting.actor not in readers:
            said = {"field": "sitting", "id": self.sitting}
            return Rejected("sitting", Message("place.unknown", said))
        if minutes is not None and setting.actor in minutes.received:
            return Rejected("sitting", Message("delivering.read_already"))
        return None

    def events(self, setting: Setting) -> tuple[MinutesReceived, ...]:
        return (MinutesReceived(sitting=self.sitting, person=setting.actor),)


class RemindMinutes(Act, frozen=True, kw_only=True):
    """The office reminds those who have not read the minutes, and nobody else (提醒阅纪要)."""

    sitting: Id

    def amiss(self, setting: Setting) -> Rejected | None:
        if setting.sitting and setting.sitting.minutes and not _rest(setting):
            return Rejected("sitting", Message("delivering.everybody_has_read"))
        return None

    def events(self, setting: Setting) -> tuple[MinutesRecalled, ...]:
        return (MinutesRecalled(sitting=self.sitting, people=_rest(setting)),)


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


def _rest(setting: Setting) -> tuple[str, ...]:
    """Whom a reminder goes to: who has not read them, without whoever reminds."""
    minutes = setting.sitting.minutes if setting.sitting else None
    received = minutes.received if minutes else ()
    return tuple(p for p in recipients(setting) if p not in received and p != setting.actor)
