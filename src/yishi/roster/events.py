"""What happens to the roster: each event says how the roster stands afterwards (pure)."""

from datetime import date

import msgspec

from yishi.roster.model import Appointment, Roster, Unit
from yishi.values.text import Id, Label, Text, snake


class RosterEvent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A change of units, people or posts."""

    def enrol(self, roster: Roster) -> Roster:
        """The roster after this event."""
        raise NotImplementedError

    @classmethod
    def name(cls) -> str:
        """The event's name on the wire."""
        return snake(cls.__name__)

    def stream(self) -> str:
        """The stream of the journal in which it is kept."""
        return "roster"


class UnitOpened(RosterEvent, frozen=True, kw_only=True):
    """A section or counter exists from that day on."""

    unit: Id
    called: Label
    kind: Label
    since: date

    def enrol(self, roster: Roster) -> Roster:
        unit = Unit(self.unit, self.called, self.kind, self.since)
        return msgspec.structs.replace(roster, units=roster.units.set(self.unit, unit))


class UnitClosed(RosterEvent, frozen=True, kw_only=True):
    """A section or counter exists up to and including that day."""

    unit: Id
    until: date

    def enrol(self, roster: Roster) -> Roster:
        closed = msgspec.structs.replace(roster.units[self.unit], until=self.until)
        return msgspec.structs.replace(roster, units=roster.units.set(self.unit, closed))


class PersonEntered(RosterEvent, frozen=True, kw_only=True):
    """A person is known to the institution; the name is sealed."""

    person: Id
    called: Text

    def enrol(self, roster: Roster) -> Roster:
        return msgspec.structs.replace(roster, people=roster.people.set(self.person, self.called))


class PostFilled(RosterEvent, frozen=True, kw_only=True):
    """A person holds a post from that day on (任)."""

    person: Id
    post: Label
    unit: Id | None = None
    since: date

    def enrol(self, roster: Roster) -> Roster:
        made = Appointment(self.person, self.post, self.unit, self.since)
        held = (*roster.appointments.get(self.post, ()), made)
        return msgspec.structs.replace(
            roster, appointments=roster.appointments.set(self.post, held)
        )


class PostVacated(RosterEvent, frozen=True, kw_only=True):
    """A person holds a post up to and including that day (免)."""

    person: Id
    post: Label
    unit: Id | None = None
    until: date

    def enrol(self, roster: Roster) -> Roster:
        held = tuple(self._ended(a) for a in roster.appointments.get(self.post, ()))
        return msgspec.structs.replace(
            roster, appointments=roster.appointments.set(self.post, held)
        )

    def _ended(self, appointment: Appointment) -> Appointment:
        mine = appointment.person == self.person and appointment.unit == self.unit
        if mine and (appointment.until is None or self.until < appointment.until):
            return msgspec.structs.replace(appointment, until=self.until)
        return appointment


ROSTER_EVENTS: tuple[type[RosterEvent], ...] = (
    UnitOpened,
    UnitClosed,
    PersonEntered,
    PostFilled,
    PostVacated,
)
"""Every kind of roster event; the wire name is the class's name in snake case."""
