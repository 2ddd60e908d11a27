"""A meeting as a calendar entry (RFC 5545), with the zone it is held in."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from yishi.procedure.state import State
from yishi.procedure.verdict import Message
from yishi.wording import Catalogue, Names

LASTS: Final = timedelta(hours=2)
"""How long a meeting is shown in a calendar; no charter says how long it takes."""


def entry_of(state: State, subject: str, catalogue: Catalogue, stamp: datetime) -> str:
    """The entry of a meeting; a meeting that was called off is shown as cancelled."""
    sitting = state.sittings[subject]
    called_off = sitting.status == "called_off"
    zone = ZoneInfo(state.zone or "Asia/Shanghai")
    title = catalogue.sentence(Message("page.sitting_name", {"s": subject}), Names(state))
    event = Event()
    event.add("uid", f"{subject}@{state.institution}.yishi")
    event.add("sequence", sitting.moved + sitting.resited + called_off)
    event.add("dtstamp", stamp)
    event.add("dtstart", sitting.starts_at.astimezone(zone))
    event.add("dtend", sitting.starts_at.astimezone(zone) + LASTS)
    event.add("summary", title)
    if sitting.venue:
        event.add("location", sitting.venue)
    event.add("organizer", f"invalid:{state.institution}")
    event.add("status", "CANCELLED" if called_off else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Yishi//Meetings//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if called_off else "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return str(calendar.to_ical().decode("utf-8"))
