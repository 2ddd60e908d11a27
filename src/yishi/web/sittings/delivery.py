"""Issued minutes brought to people, as their page shows it: who has read them, who has not."""

import msgspec

from yishi.procedure.access import delivered_to
from yishi.procedure.state import Sitting
from yishi.web.office import Office
from yishi.web.sittings.page import issues
from yishi.web.sittings.pressing import Press, press


class Delivery(msgspec.Struct, frozen=True):
    """Who has read the minutes; to whom they are not the office's, only what is their own."""

    own: bool
    read: tuple[str, ...]
    unread: tuple[str, ...]
    mine: bool
    """Whether whoever looks has acknowledged them."""
    receive: Press | None
    remind: Press | None


def delivery(office: Office, sitting: Sitting) -> Delivery | None:
    """How the delivery stands; None before there is anything to deliver."""
    minutes = sitting.minutes
    if minutes is None:
        return None
    own = issues(office, sitting)
    people = delivered_to(office.state, sitting.id, office.now) if own else ()
    return Delivery(
        own=own,
        read=minutes.received if own else (),
        unread=tuple(p for p in people if p not in minutes.received),
        mine=office.person in minutes.received,
        receive=press(office, "receive_minutes", sitting=sitting.id),
        remind=press(office, "remind_minutes", sitting=sitting.id),
    )
