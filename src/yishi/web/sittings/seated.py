"""The people of one meeting as pages show them: their seat, and where they are."""

from datetime import datetime
from typing import Final

import msgspec

from yishi.procedure.state import Sitting
from yishi.web.office import Office
from yishi.web.sittings.capacity import capacities
from yishi.wording.formats import placed


class Seated(msgspec.Struct, frozen=True):
    """One person at a meeting."""

    person: str
    post: str
    place: str
    """member · in_attendance · guest"""
    status: str
    late: bool
    log: tuple[tuple[str, datetime], ...]
    way: str = ""
    """How the latest change was entered, of somebody who is here: self · code · secretary."""


AT_HAND: Final = 40
"""People called in who are shown and can be entered in the room itself; of more, their number."""


class Roll(msgspec.Struct, frozen=True):
    """Who belongs to a meeting, as its room shows it: of a crowd called in, the first, and a count.

    The meeting's page names them all.
    """

    shown: tuple[Seated, ...]
    beyond: tuple[str, ...] = ()
    """People called in who are not shown, those who are not here first."""
    here: int = 0
    """How many of those are here."""


def everybody(office: Office, sitting: Sitting) -> tuple[Seated, ...]:
    """Members, those in attendance throughout, then those called in for one item."""
    return tuple(seated(office, sitting, person) for person in places(office, sitting))


def roll_of(office: Office, sitting: Sitting) -> Roll:
    """The same people for the room; of a crowd, those called in for the item in hand come first."""
    held = places(office, sitting)
    called = [p for p, place in held.items() if place == "guest"]
    if len(called) <= AT_HAND:
        return Roll(everybody(office, sitting))
    now = set(sitting.guests(sitting.current or ""))
    called.sort(key=lambda p: p not in now)
    shown = (*(p for p, place in held.items() if place != "guest"), *called[:AT_HAND])
    beyond = sorted(called[AT_HAND:], key=sitting.is_present)
    return Roll(
        tuple(seated(office, sitting, person) for person in shown),
        tuple(beyond),
        sum(sitting.is_present(person) for person in beyond),
    )


def at_hand(sitting: Sitting, item: str) -> tuple[str, ...]:
    """Whom the room's own forms name of those who are called in for an item."""
    return sitting.guests(item)[:AT_HAND]


def seated(office: Office, sitting: Sitting, person: str) -> Seated:
    """A person's seat and presence."""
    presence = sitting.presence.get(person)
    return Seated(
        person=person,
        post=post_of(office, sitting, person),
        place=places(office, sitting).get(person, ""),
        status=presence.status if presence else "unknown",
        late=bool(presence and presence.late),
        log=presence.log if presence else (),
        way=presence.ways[-1] if presence and presence.status == "present" else "",
    )


def places(office: Office, sitting: Sitting) -> dict[str, str]:
    """How each person belongs to the meeting, in the order in which they are shown; found once."""
    return office.facts.to(("places", sitting.id), lambda: places_of(sitting))


def places_of(sitting: Sitting) -> dict[str, str]:
    """How each person belongs to the meeting, in the order in which they are shown."""
    seats = {seat.person for seat in sitting.members}
    found = {p: "member" if p in seats else "in_attendance" for p in sitting.people}
    for item in (*sitting.agenda, *sitting.invited):
        for person in sitting.guests(item):
            found.setdefault(person, "guest")
    return found


def place_of(sitting: Sitting, person: str) -> str:
    """How somebody belongs to the meeting; empty when they do not."""
    return places_of(sitting).get(person, "")


def post_of(office: Office, sitting: Sitting, person: str) -> str:
    """The posts in which somebody is there, in words: several where it cannot be told."""
    names, held = office.names, capacities(office, sitting, person)
    return office.catalogue.word("shapes", "join").join(
        dict.fromkeys(placed(names.unit(a.unit) if a.unit else "", a.post) for a in held)
    )


def concerned(office: Office, sitting: Sitting) -> bool:
    """Whether somebody has a place in the meeting, or keeps what was said there."""
    me = office.person
    seats = (sitting.chair, *sitting.keepers, sitting.convened_by)
    if me in seats or me in places(office, sitting):
        return True
    return office.is_open("record", sitting.id)


def hears(office: Office, sitting: Sitting, item: str | None = None) -> bool:
    """Whether somebody hears what is said: who may read the record, or is here for this item."""
    if office.person in sitting.keepers or office.is_open("record", sitting.id):
        return True
    if not sitting.is_present(office.person):
        return False
    return office.person in office.facts.to(
        ("hears", sitting.id, item), lambda: frozenset(_hearing(sitting, item))
    )


def _hearing(sitting: Sitting, item: str | None) -> tuple[str, ...]:
    return (*sitting.people, *(sitting.guests(item) if item is not None else ()))


def projects(office: Office, sitting: Sitting) -> bool:
    """Whether somebody may put the meeting on the wall: the chair, or whoever keeps the record."""
    shows = sitting.status in ("convened", "open")
    mine = office.person == sitting.chair or office.person in sitting.keepers
    return shows and mine and (sitting.current is None or hears(office, sitting, sitting.current))
