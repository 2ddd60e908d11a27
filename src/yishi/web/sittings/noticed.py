"""What a notice came to: who read which edition of the agenda, and what is new to one reader."""

import msgspec
from msgspec.structs import replace

from yishi.procedure.practising import practised
from yishi.procedure.state import Sitting
from yishi.procedure.telling import away
from yishi.web.acts.views import link_to
from yishi.web.office import Office
from yishi.web.sittings.habits import Enough, quorum_of
from yishi.web.sittings.pressing import Press, press, stands


class Receipts(msgspec.Struct, frozen=True):
    """Everybody whom the notice goes to, by what they have said of it."""

    coming: tuple[str, ...]
    """Who has answered that they come."""
    read: tuple[str, ...]
    """Who has read it and answered nothing."""
    behind: tuple[tuple[str, int], ...]
    """Who read an earlier edition of the agenda, and which."""
    unread: tuple[str, ...]
    excused: tuple[str, ...]
    """Who has asked for leave, granted or not answered yet; they stand nowhere else."""
    enough: Enough | None
    """How many members have answered that they come, and how many there have to be, or should."""


class News(msgspec.Struct, frozen=True):
    """What is other in the agenda than when this reader acknowledged it; titles may be closed."""

    edition: int
    """The one they acknowledged."""
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    closed: int
    """Items that came or went and may not be read."""
    reordered: bool


def receipts(office: Office, sitting: Sitting) -> Receipts | None:
    """Who has read the notice and what they answered, of those it goes to."""
    notice = sitting.notice
    if notice is None:
        return None
    guests = (p for held in sitting.invited.values() for p in held)
    every, gone = dict.fromkeys((*sitting.people, *guests)), away(sitting)
    here = [p for p in every if p not in gone]
    received = [p for p in here if p in notice.received]
    behind = [p for p in received if not sitting.has_read(p)]
    return Receipts(
        coming=tuple(p for p in here if p in notice.coming),
        read=tuple(p for p in received if p not in (*notice.coming, *behind)),
        behind=tuple((p, sitting.editions.read.get(p, 0)) for p in behind),
        unread=tuple(p for p in here if p not in notice.received),
        excused=tuple(p for p in every if p in gone),
        enough=_enough(office, sitting, notice.coming),
    )


def _enough(office: Office, sitting: Sitting, coming: tuple[str, ...]) -> Enough | None:
    """Whether those who come would make a quorum, where there is one; until the meeting begins."""
    if sitting.status != "convened":
        return None
    asked = quorum_of(office.state, sitting, practised(office.state, sitting))
    members = {seat.person for seat in sitting.members}
    return asked and replace(asked, present=len(members.intersection(coming)))


def news(office: Office, sitting: Sitting) -> News | None:
    """What has changed since whoever looks acknowledged the agenda; None where nothing has."""
    changed = sitting.editions.since(office.person)
    if changed is None or sitting.notice is None:
        return None
    moved = (*changed.added, *changed.dropped)
    reads = {i for i in moved if office.reads("item", i).allowed}
    return News(
        edition=sitting.editions.read[office.person],
        added=tuple(i for i in changed.added if i in reads),
        dropped=tuple(i for i in changed.dropped if i in reads),
        closed=len(moved) - len(reads),
        reordered=changed.reordered,
    )


def receiving(office: Office, sitting: Sitting) -> Press | None:
    """The button by which whoever looks acknowledges the edition that the page shows."""
    return _shown(press(office, "receive_notice", sitting=sitting.id), sitting)


def coming(office: Office, sitting: Sitting) -> Press | None:
    """The button by which whoever looks acknowledges it and answers that they come; once."""
    if sitting.status != "convened":
        return None
    return _shown(press(office, "receive_notice", sitting=sitting.id, answer="comes"), sitting)


def _shown(found: Press | None, sitting: Sitting) -> Press | None:
    """The button with the edition that the page shows."""
    latest = sitting.editions.latest
    if found is None or not latest:
        return found
    return replace(found, fields={**found.fields, "edition": str(latest)})


class Reply(msgspec.Struct, frozen=True):
    """What whoever looks can answer to the notice just now, and what they have answered."""

    comes: bool
    """They have answered that they come."""
    come: Press | None
    read: bool
    """They have read it as it stands, so that only the answer is wanting."""
    waits: bool
    """That they read it is awaited of them, and has its own place on the page."""
    excuse: str
    """The form by which they ask for leave; empty where it would not stand."""


def reply(office: Office, sitting: Sitting, then: str) -> Reply:
    """What whoever looks can answer to the notice; `then` is where the form of leave leads back."""
    comes = sitting.notice is not None and office.person in sitting.notice.coming
    named = {"sitting": sitting.id, "person": office.person}
    # Who has no place there, or asked for leave, finds no button to come: nor the way to leave.
    come = coming(office, sitting)
    asks = come is not None and stands(office, "request_leave", **named)
    return Reply(
        comes=comes,
        come=come,
        read=sitting.has_read(office.person),
        waits=office.person in sitting.people and not sitting.has_read(office.person),
        excuse=link_to("request_leave", named, next=then) if asks else "",
    )
