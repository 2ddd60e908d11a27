"""Units, people, posts and appointments with the days on which they hold (pure)."""

from collections.abc import Iterator
from datetime import date

import msgspec

from yishi.values.maps import Map


class Unit(msgspec.Struct, frozen=True):
    """A section (科室) or a service counter (窗口) of the institution.

    `kind` is data: `section`, `counter` or whatever a charter speaks of.
    """

    id: str
    name: str
    kind: str
    since: date
    until: date | None = None


class Appointment(msgspec.Struct, frozen=True):
    """A person holds a post, in a unit or in the institution as a whole (职务).

    `since` and `until` are both days on which it holds; `post` is the printed name.
    """

    person: str
    post: str
    unit: str | None
    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the post is held on that day."""
        return self.since <= on and (self.until is None or on <= self.until)


class Roster(msgspec.Struct, frozen=True):
    """The institution's people and posts through time."""

    units: Map[str, Unit] = Map()
    people: Map[str, str] = Map()
    appointments: Map[str, tuple[Appointment, ...]] = Map()
    """By printed name of the post, in the order in which they were made."""

    def holding(
        self, posts: tuple[str, ...], on: date, unit: str | None = None
    ) -> Iterator[Appointment]:
        """Appointments to any of the posts that hold on that day, in that unit if one is given."""
        for post in posts:
            for appointment in self.appointments.get(post, ()):
                if appointment.holds(on) and unit in (None, appointment.unit):
                    yield appointment

    def posts_of(self, person: str, on: date) -> Iterator[Appointment]:
        """All that a person holds on that day."""
        for appointments in self.appointments.values():
            for appointment in appointments:
                if appointment.person == person and appointment.holds(on):
                    yield appointment

    def units_of(self, person: str, on: date) -> frozenset[str]:
        """The units in which a person holds any post on that day."""
        return frozenset(a.unit for a in self.posts_of(person, on) if a.unit)

    def in_office(self, on: date) -> tuple[str, ...]:
        """Everybody who holds any post on the day."""
        held = (a for each in self.appointments.values() for a in each)
        return tuple(sorted({a.person for a in held if a.holds(on)}))

    def staff(self, unit: str, on: date) -> tuple[str, ...]:
        """Everybody who holds any post in the unit on that day."""
        return tuple(
            sorted(
                {
                    a.person
                    for held in self.appointments.values()
                    for a in held
                    if a.unit == unit and a.holds(on)
                }
            )
        )

    def named(self, names: tuple[str, ...]) -> tuple[Unit, ...]:
        """Units that bear one of the printed names."""
        return tuple(unit for unit in self.units.values() if unit.name in names)

    def open_units(self, kind: str, on: date) -> tuple[Unit, ...]:
        """Units of a kind that exist on that day, in the order of their ids."""
        return tuple(
            unit
            for _, unit in sorted(self.units.items())
            if unit.kind == kind and unit.since <= on and (unit.until is None or on <= unit.until)
        )
