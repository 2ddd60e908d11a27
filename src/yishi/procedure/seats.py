"""Who holds which seat, for one act: posts from the roster, places from the sitting (pure).

A charter names a seat in one of three ways:

- a relation: `chair`, `secretary`, `convener`, `approver`, `member`, `seated`, `called_in`,
  `attendee`, `rapporteur`, `owner`, `self`, `present`, `throughout`, `submitter`, `in_office`,
  `anyone`;
- a post that its header declares: `director`;
- a post or any member of staff in a unit: `section_head@lead_section`, `staff@secretariat`.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final

from yishi.charter.model import Charter
from yishi.procedure.setting import Setting
from yishi.procedure.state import Task
from yishi.procedure.verdict import Message
from yishi.procedure.whereabouts import Presence

SECTION: Final = "section"
"""The kind of unit that raises items and carries tasks (科室)."""

COUNTER: Final = "counter"
"""The kind of unit that serves the public and may carry tasks (窗口)."""

UNIT_RELATIONS: Final = (
    "lead_section",
    "raising_sections",
    "owner_unit",
    "secretariat",
    "any_section",
    "reporting_unit",
    "receiving_unit",
    "carrying_units",
)
"""Units an act may be about; `secretariat` is the office that the charter's header names."""

SETTLED_BY: Final = {"convener": "convene", "approver": "approve_item"}
"""Seats that belong to whoever may do an act, with the act."""


def holds(setting: Setting, seat: str, person: str) -> bool:
    """Whether the person holds the seat in this setting."""
    if seat == "anyone":
        return person in setting.state.roster.people
    return person in holders(setting, seat)


def is_vacant(setting: Setting, seat: str) -> bool:
    """Whether the seat hangs on a post that nobody holds."""
    posts = setting.book.post_names(seat) or seat in ("convener", "approver", "chair")
    return bool(posts) and not holders(setting, seat)


def holders(setting: Setting, seat: str) -> tuple[str, ...]:
    """Everybody who holds the seat in this setting."""
    relation = RELATIONS.get(seat)
    if relation is not None:
        return relation(setting)
    post, _, place = seat.partition("@")
    roster = setting.state.roster
    if not place:
        names = setting.book.post_names(post)
        return tuple(dict.fromkeys(a.person for a in roster.holding(names, setting.on)))
    found: list[str] = []
    for unit in units(setting, place):
        if post == "staff":
            found += roster.staff(unit, setting.on)
        else:
            names = setting.book.post_names(post)
            found += [a.person for a in roster.holding(names, setting.on, unit)]
    return tuple(dict.fromkeys(found))


def held_by(setting: Setting, named: Iterable[str]) -> frozenset[str] | None:
    """Everybody who holds one of these seats; None where that hangs on who acts, or on the act."""
    found: set[str] = set()
    for seat in named:
        meant = (seat, *_named_for(setting, seat, (seat,))) if seat in SETTLED_BY else (seat,)
        if "anyone" in meant or fields_of_any(meant):
            return None
        found.update(holders(setting, seat))
    return frozenset(found)


def units(setting: Setting, place: str) -> tuple[str, ...]:
    """The units that a unit relation means in this setting."""
    act, item, task = setting.act, setting.item, setting.task
    roster = setting.state.roster
    if place == "secretariat":
        return tuple(unit.id for unit in roster.named(setting.book.unit_names("secretariat")))
    if place == "any_section":
        return tuple(unit.id for unit in roster.open_units(SECTION, setting.on))
    if place == "owner_unit":
        owned = (task.unit, task.counter) if task else (getattr(act, "unit", None),)
        return tuple(unit for unit in owned if unit)
    if place in ("reporting_unit", "receiving_unit"):
        unit = getattr(act, "unit", None)
        return (unit,) if unit and roster.units[unit].kind == SECTION else ()
    if place == "carrying_units":
        return _carrying(setting)
    lead = getattr(act, "lead_unit", None) or (item.lead_unit if item else None)
    co = getattr(act, "co_units", None) or (item.co_units if item else ())
    raising = (lead,) if place == "lead_section" else (lead, *co)
    return tuple(u for u in raising if u and roster.units[u].kind == SECTION)


def known(seat: str, charter: Charter) -> bool:
    """Whether a charter may name this seat."""
    if seat in RELATIONS or seat == "anyone":
        return True
    post, _, place = seat.partition("@")
    if place and place not in UNIT_RELATIONS:
        return False
    return (bool(place) and post == "staff") or post in charter.posts


def unknown(named: Iterable[str], charter: Charter, field: str) -> Iterator[tuple[str, Message]]:
    """The fault of every seat that a rule's field names and the charter may not name."""
    for seat in named:
        if not known(seat, charter):
            yield field, Message("lint.unknown_seat", {"seat": seat})


def fields_of(seat: str) -> tuple[str, ...]:
    """Fields of an act on which it hangs who holds the seat."""
    place = seat.partition("@")[2]
    if seat == "self":
        return ("person", "member", "rapporteur")
    if place in ("lead_section", "raising_sections"):
        return ("lead_unit", "co_units")
    return ("unit",) if place in ("owner_unit", "reporting_unit", "receiving_unit") else ()


def fields_of_any(named: Iterable[str]) -> frozenset[str]:
    """Fields of an act on which it hangs who holds any of the seats."""
    return frozenset(field for seat in named for field in fields_of(seat))


def _chair(setting: Setting) -> tuple[str, ...]:
    sitting = setting.sitting
    chair = sitting and (sitting.chair if setting.entered_by else sitting.rightful)
    return (chair,) if chair else ()


def _secretary(setting: Setting) -> tuple[str, ...]:
    return setting.sitting.keepers if setting.sitting else ()


def _convener(setting: Setting) -> tuple[str, ...]:
    return _settled(setting, "convener")


def _approver(setting: Setting) -> tuple[str, ...]:
    return _settled(setting, "approver")


def _settled(setting: Setting, seat: str) -> tuple[str, ...]:
    found = (p for named in _named_for(setting, seat, (seat,)) for p in holders(setting, named))
    return tuple(dict.fromkeys(found))


def _named_for(setting: Setting, seat: str, seen: tuple[str, ...]) -> Iterator[str]:
    """The seats that the rules name for this one in the end; one that leads back names nobody."""
    for named in setting.book.seats_for(SETTLED_BY[seat]):
        if named not in SETTLED_BY:
            yield named
        elif named not in seen:
            yield from _named_for(setting, named, (*seen, named))


def _member(setting: Setting) -> tuple[str, ...]:
    return tuple(s.person for s in setting.sitting.members) if setting.sitting else ()


def _seated(setting: Setting) -> tuple[str, ...]:
    """Who has a seat for the whole meeting: its members, and those always in attendance."""
    return tuple(dict.fromkeys(setting.sitting.people)) if setting.sitting else ()


def _called_in(setting: Setting) -> tuple[str, ...]:
    """Who was called in for the item (列席), is in the room, and only while the item runs."""
    sitting, item = setting.sitting, setting.item
    if sitting is None or item is None or sitting.current != item.id:
        return ()
    return tuple(p for p in sitting.guests(item.id) if sitting.is_present(p))


def _attendee(setting: Setting) -> tuple[str, ...]:
    sitting = setting.sitting
    if sitting is None:
        return ()
    item = setting.item.id if setting.item else ""
    guests = sitting.guests(item) if item else tuple(p for g in sitting.invited.values() for p in g)
    return tuple(dict.fromkeys((*sitting.people, *guests)))


def _rapporteur(setting: Setting) -> tuple[str, ...]:
    return (setting.talk.rapporteur,) if setting.talk and setting.talk.rapporteur else ()


def _owner(setting: Setting) -> tuple[str, ...]:
    """Who owns the task; of a decision, whoever owns one of its tasks."""
    return tuple(task.owner for task in _tasks(setting) if task.owner)


def _self(setting: Setting) -> tuple[str, ...]:
    for name in ("person", "member", "rapporteur"):
        person = getattr(setting.act, name, None)
        if person:
            return (person,)
    return (setting.actor,)


def _present(setting: Setting) -> tuple[str, ...]:
    """Everybody who was in the room: for an item when it ended, else at any time.

    Who was called in for one item was there for that item only.
    """
    sitting = setting.sitting
    if sitting is None:
        return ()
    guests = sitting.guests(setting.item.id) if setting.item else ()
    belong = {*sitting.people, *guests}
    until = setting.decision.at if setting.decision else None
    return tuple(
        person
        for person, presence in sitting.presence.items()
        if person in belong and _was_there(presence, until)
    )


def _throughout(setting: Setting) -> tuple[str, ...]:
    """Everybody who was in the room for each matter that the sitting decided, none missed.

    While an item is before the meeting, whoever is in the room; before anything is decided,
    everybody who has been there.
    """
    sitting, state = setting.sitting, setting.state
    if sitting is None:
        return ()
    decided: list[datetime | None] = [made.at for made in state.decided_at(sitting)]
    belong = set(sitting.people)
    return tuple(
        person
        for person, presence in sitting.presence.items()
        if person in belong
        and (sitting.current is None or presence.status == "present")
        and all(_was_there(presence, at) for at in decided or [None])
    )


def _was_there(presence: Presence, until: datetime | None) -> bool:
    if until is None:
        return any(status == "present" for status, _ in presence.log)
    before = [status for status, at in presence.log if at <= until]
    return bool(before) and before[-1] == "present"


def _submitter(setting: Setting) -> tuple[str, ...]:
    return (setting.item.submitted_by,) if setting.item else ()


def _in_office(setting: Setting) -> tuple[str, ...]:
    """Everybody who holds any post on the day."""
    return setting.state.roster.in_office(setting.on)


def _carrying(setting: Setting) -> tuple[str, ...]:
    return tuple(unit for t in _tasks(setting) for unit in (t.unit, t.counter) if unit)


def _tasks(setting: Setting) -> tuple[Task, ...]:
    """The task that the act is about, or all of the decision that it is about."""
    if setting.task is not None:
        return (setting.task,)
    made = setting.decision.tasks if setting.decision else ()
    return tuple(setting.state.tasks[task] for task in made)


RELATIONS: Final[dict[str, Callable[[Setting], tuple[str, ...]]]] = {
    "chair": _chair,
    "secretary": _secretary,
    "convener": _convener,
    "approver": _approver,
    "member": _member,
    "seated": _seated,
    "called_in": _called_in,
    "attendee": _attendee,
    "rapporteur": _rapporteur,
    "owner": _owner,
    "self": _self,
    "present": _present,
    "throughout": _throughout,
    "submitter": _submitter,
    "in_office": _in_office,
}
"""Places that follow from the act and the sitting, not from a post."""
