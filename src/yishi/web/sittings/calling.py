"""Who has the floor at the item in hand, and whom the chair may call to report (请发言)."""

from datetime import datetime

import msgspec

from yishi.procedure.pausing import rested
from yishi.procedure.state import Deliberation, Sitting
from yishi.procedure.turns import on_the_floor
from yishi.web.office import Office
from yishi.web.sittings.pressing import Press, press


class Floor(msgspec.Struct, frozen=True):
    """Who has been called to report or to speak, and since when: by the server's clock."""

    person: str
    report: bool
    at: datetime
    epoch: int | None
    """The beginning in seconds, without the time that the meeting rested; None while it rests."""


def floor_of(office: Office, sitting: Sitting) -> Floor | None:
    """Who has been called and not been heard since; None where nobody has."""
    called = on_the_floor(sitting)
    if called is None:
        return None
    begun = called.at.astimezone(office.zone)
    runs = begun + rested(sitting.recesses, begun, office.now)
    epoch = None if sitting.recess else int(runs.timestamp())
    return Floor(called.person, called.report, begun, epoch)


def to_report(office: Office, sitting: Sitting, talk: Deliberation) -> tuple[Press, ...]:
    """The presses by which whoever presides calls somebody to report: whoever raised the item.

    Asked of those in the room of the sections that raised it, and of whoever handed it in.
    """
    if office.person != sitting.chair or talk.outcome is not None:
        return ()
    held, roster, day = office.state.items[talk.item], office.state.roster, office.now.date()
    units = [unit for unit in (held.lead_unit, *held.co_units) if unit]
    people = dict.fromkeys([held.submitted_by, *(p for u in units for p in roster.staff(u, day))])
    floor = on_the_floor(sitting)
    called = floor.person if floor is not None else ""
    named = {"sitting": sitting.id, "item": talk.item}
    found = (
        press(office, "call_speaker", **named, member=person)
        for person in people
        if person not in (called, office.person) and sitting.is_present(person)
    )
    return tuple(one for one in found if one is not None)
