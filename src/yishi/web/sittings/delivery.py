"""Issued minutes brought to people, as their page shows it: who has read them, who has not."""

from datetime import datetime
from typing import Any

import msgspec

from yishi.procedure.access import delivered_to
from yishi.procedure.issued import Corrected
from yishi.procedure.state import Sitting
from yishi.web.office import Office
from yishi.web.sittings.pressing import Press, press
from yishi.web.sittings.preview import issues


class Delivery(msgspec.Struct, frozen=True):
    """Who has read the minutes, or what corrects them; others are told only what is their own."""

    own: bool
    read: tuple[str, ...]
    unread: tuple[str, ...]
    mine: bool
    """Whether whoever looks has acknowledged them."""
    receive: Press | None
    remind: Press | None
    reminded: datetime | None


def delivery(
    office: Office, sitting: Sitting, correction: Corrected | None = None
) -> Delivery | None:
    """How the delivery stands of minutes or of what corrects them; None before they are out."""
    out = correction or sitting.minutes
    if out is None:
        return None
    named: dict[str, Any] = {"sitting": sitting.id}
    if correction is not None:
        named["correction"] = correction.number
    own = issues(office, sitting)
    people = delivered_to(office.state, sitting.id, office.now) if own else ()
    return Delivery(
        own=own,
        read=out.received if own else (),
        unread=tuple(p for p in people if p not in out.received),
        mine=office.person in out.received,
        receive=press(office, "receive_minutes", **named),
        remind=press(office, "remind_minutes", **named),
        reminded=out.reminded,
    )
