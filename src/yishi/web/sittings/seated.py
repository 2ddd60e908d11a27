"""The people of one meeting as pages show them: their seat, and where they are."""

from datetime import datetime

import msgspec

from yishi.procedure.state import Sitting
from yishi.web.office import Office


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


def everybody(office: Office, sitting: Sitting) -> tuple[Seated, ...]:
    """Members, those in attendance throughout, then those called in for one item."""
    guests = dict.fromkeys(p for i in sitting.agenda for p in sitting.guests(i))
    guests |= dict.fromkeys(p for held in sitting.invited.values() for p in held)
    every = dict.fromkeys((*sitting.people, *guests))
    return tuple(seated(office, sitting, person) for person in every)


def seated(office: Office, sitting: Sitting, person: str) -> Seated:
    """A person's seat and presence."""
    presence = sitting.presence.get(person)
    return Seated(
        person=person,
        post=post_of(office, sitting, person),
        place=place_of(sitting, person),
        status=presence.status if presence else "unknown",
        late=bool(presence and presence.late),
        log=presence.log if presence else (),
        way=presence.ways[-1] if presence and presence.status == "present" else "",
    )


def place_of(sitting: Sitting, person: str) -> str:
    """How somebody belongs to the meeting; empty when they do not."""
    if sitting.seat_of(person) is not None:
        return "member"
    if person in sitting.people:
        return "in_attendance"
    return "guest" if any(person in held for held in sitting.invited.values()) else ""


def post_of(office: Office, sitting: Sitting, person: str) -> str:
    """The post that gives the seat, else what the person holds today."""
    names = office.names
    for seat in (*sitting.members, *sitting.in_attendance):
        if seat.person == person:
            unit = names.unit(seat.unit) if seat.unit else ""
            return seat.post if seat.post.startswith(unit) else f"{unit}{seat.post}"
    held = office.state.roster.posts_of(person, office.now.date())
    return office.catalogue.word("shapes", "join").join(
        dict.fromkeys((names.unit(a.unit) if a.unit else "") + a.post for a in held)
    )


def concerned(office: Office, sitting: Sitting) -> bool:
    """Whether somebody has a place in the meeting, or keeps what was said there."""
    me = office.person
    seats = (sitting.chair, *sitting.keepers, sitting.convened_by)
    if me in seats or place_of(sitting, me):
        return True
    return office.reads("record", sitting.id).allowed


def hears(office: Office, sitting: Sitting, item: str | None = None) -> bool:
    """Whether somebody hears what is said: who may read the record, or is here for this item."""
    if office.reads("record", sitting.id).allowed or office.person in sitting.keepers:
        return True
    guests = sitting.guests(item) if item is not None else ()
    return office.person in (*sitting.people, *guests) and sitting.is_present(office.person)


def projects(office: Office, sitting: Sitting) -> bool:
    """Whether somebody may put the meeting on the wall: the chair, or whoever keeps the record."""
    shows = sitting.status in ("convened", "open")
    mine = office.person == sitting.chair or office.person in sitting.keepers
    return shows and mine and (sitting.current is None or hears(office, sitting, sitting.current))
