"""What a notice came to: who read which edition of the agenda, and what is new to one reader."""

import msgspec

from yishi.procedure.state import Sitting
from yishi.web.office import Office
from yishi.web.sittings.pressing import Press, press


class Receipts(msgspec.Struct, frozen=True):
    """Everybody whom the notice goes to, by what they have said of it."""

    read: tuple[str, ...]
    behind: tuple[tuple[str, int], ...]
    """Who read an earlier edition of the agenda, and which."""
    unread: tuple[str, ...]
    excused: tuple[str, ...]
    """Who has asked for leave, granted or not answered yet."""


class News(msgspec.Struct, frozen=True):
    """What is other in the agenda than when this reader acknowledged it; titles may be closed."""

    edition: int
    """The one they acknowledged."""
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    closed: int
    """Items that came or went and may not be read."""
    reordered: bool


def receipts(sitting: Sitting) -> Receipts | None:
    """Who has read the notice and who has not, of those it goes to."""
    notice = sitting.notice
    if notice is None:
        return None
    guests = (p for held in sitting.invited.values() for p in held)
    every = dict.fromkeys((*sitting.people, *guests))
    received = [p for p in every if p in notice.received]
    late = tuple((p, sitting.editions.read.get(p, 0)) for p in received if not sitting.has_read(p))
    leaves = {p for p, one in sitting.leaves.items() if one.status in ("requested", "granted")}
    return Receipts(
        read=tuple(p for p in received if sitting.has_read(p)),
        behind=late,
        unread=tuple(p for p in every if p not in notice.received),
        excused=tuple(p for p in every if p in leaves),
    )


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
    found = press(office, "receive_notice", sitting=sitting.id)
    if found is None or not sitting.editions.latest:
        return found
    return msgspec.structs.replace(found, fields={"edition": str(sitting.editions.latest)})
