"""The record of a meeting (会议记录): who was there, what was said, what was settled."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yishi.procedure.adjusting import ended_with
from yishi.procedure.enact import book_of
from yishi.procedure.majority import counted
from yishi.procedure.offers import Offer
from yishi.procedure.practising import Remark, remarks
from yishi.procedure.righting import fitting
from yishi.procedure.state import Decision, Item, Sitting
from yishi.procedure.verdict import Message
from yishi.register.models import ItemRow
from yishi.web.acts.views import link_to
from yishi.web.office import Office
from yishi.web.sittings.comings import as_it_was, righted
from yishi.web.sittings.found import found_or_404
from yishi.web.sittings.pressing import asked, press, stands, why_not
from yishi.web.sittings.seated import everybody
from yishi.web.sittings.told import Told, of, told


class Entry(msgspec.Struct, frozen=True):
    """One thing on record, and what corrects it later."""

    told: Told
    corrected: tuple["Entry", ...] = ()


class Taken(msgspec.Struct, frozen=True):
    """An item as the record tells it: everything said and done, in the order of time."""

    place: int
    """Where it stands on the agenda."""
    turn: int
    """Its number in the order taken up, where that is not its place among them; else 0."""
    item: Item
    entries: tuple[Entry, ...]
    corrected: tuple[Entry, ...]
    decision: Decision | None
    counted: Message | None
    """How the decision was carried; None where nothing was counted."""
    tasks: tuple[str, ...]
    """The words of each task that the decision hands out."""
    goes_on: tuple[str, ...]
    """The words of each task of the decision that was changed which goes on under this one."""
    ended: tuple[str, ...]
    """The words of those which are at an end with it."""
    remarks: tuple[Remark, ...] = ()
    """What house practice has to say of it, apart from the rules."""


class Came(msgspec.Struct, frozen=True):
    """One change of where somebody was: when, how it was entered, and by whom."""

    status: str
    at: datetime
    way: str
    by: str

    @property
    def how(self) -> str:
        """The id of the words for how it was entered; empty where the record keeper's is meant."""
        if self.status not in ("present", "left"):
            return ""
        if self.way == "self":
            return "page.habits.own_page" if self.status == "present" else "page.habits.oneself"
        return "page.habits.by_code" if self.way == "code" else "page.habits.by_hand"


KINDS = (
    "item_begun",
    "item_presented",
    "position_stated",
    *("speaker_asked", "chair_answered"),
    "turn_passed",
    "position_settled",
    "member_recused",
    "work_reported",
    "record_noted",
    "floor_item_admitted",
    "floor_item_declined",
    "item_decided",
    "decision_restated",
    "item_postponed",
    "presence_noted",
)
"""What the record tells of an item."""


def record(request: HttpRequest, subject: str) -> HttpResponse:
    """Show the record to those who may read it; others find no such page."""
    office: Office = request.office  # type: ignore[attr-defined]
    sitting = found_or_404(office, subject)
    said = told_in(office, sitting)
    context = {
        **said,
        "sitting": sitting,
        "clause": office.reads("record", subject).citation,
        "missing": () if said["closed"] else why_not(office, "close_record", sitting=subject),
        "close": press(office, "close_record", sitting=subject),
        "note": isinstance(asked(office, "note_record", sitting=subject), Offer),
        "correct": _correcting(office, subject),
        "righting": {} if said["closed"] else _righting(office, sitting),
    }
    return render(request, "sittings/record.html", context)


def told_in(office: Office, sitting: Sitting) -> dict[str, Any]:
    """What the record says, for whoever may read it; nobody else finds that there is one."""
    if not office.reads("record", sitting.id).allowed or sitting.status not in ("open", "closed"):
        raise Http404
    happenings = told(office, _streams(office, sitting, _raised(office, sitting.id)))
    here = as_it_was(t for t in happenings if getattr(t.event, "sitting", "") == sitting.id)
    corrections = _corrections(here)
    found = remarks(office.state, sitting, office.now)
    return {
        "people": everybody(office, sitting),
        "came": _came(sitting, here),
        "righted": righted(here),
        "remarks": [one for one in found if one.subject not in sitting.deliberations],
        "present": sum(_was_here(sitting, seat.person) for seat in sitting.members),
        "uncounted": {seat.person for seat in sitting.in_attendance},
        "taken": [
            msgspec.structs.replace(
                one, remarks=tuple(r for r in found if r.subject == one.item.id)
            )
            for one in _taken(office, sitting, here, corrections)
        ],
        "general": _general(here, corrections),
        "declined": [t for t in here if t.kind == "floor_item_declined"],
        "closed": next(iter(of(here, "record_closed")), None),
        "assigned": [t for t in here if t.kind == "task_assigned" and not t.event.decision],
    }


def _raised(office: Office, subject: str) -> list[str]:
    """Items from the floor that were not taken up: they are on no agenda."""
    rows = ItemRow.objects.filter(
        institution=office.institution, sitting=subject, status="declined"
    )
    return list(rows.values_list("subject", flat=True))


def _streams(office: Office, sitting: Sitting, raised: list[str]) -> list[str]:
    items = (*sitting.agenda, *raised)
    made = (office.state.items[i].decision for i in sitting.agenda)
    return [
        f"sitting/{sitting.id}",
        *(f"item/{i}" for i in items),
        *(f"decision/{d}" for d in made if d),
        *(f"task/{t}" for t in sitting.tasks),
    ]


def _came(sitting: Sitting, here: list[Told]) -> dict[str, tuple[Came, ...]]:
    """Each coming and going by person: on one's own page, by the code, or by whose hand."""
    noted: dict[str, list[Told]] = {}
    for one in of(here, "presence_noted"):
        noted.setdefault(one.event.person, []).append(one)
    # A meeting that was moved begins anew; what was entered for the old time is not in the log.
    return {
        person: tuple(
            Came(t.event.status, t.at, t.event.source, t.hand)
            for t in noted.get(person, [])[-len(held.log) :]
        )
        for person, held in sitting.presence.items()
    }


def _was_here(sitting: Sitting, person: str) -> bool:
    presence = sitting.presence.get(person)
    return presence is not None and any(status == "present" for status, _ in presence.log)


def _corrections(here: Iterable[Told]) -> dict[str, list[Told]]:
    """Corrections by what they correct, in order."""
    found: dict[str, list[Told]] = {}
    for one in of(here, "record_corrected"):
        found.setdefault(one.event.corrects, []).append(one)
    return found


def _corrected(named: str, corrections: dict[str, list[Told]]) -> tuple[Entry, ...]:
    """What corrects an entry, and what corrects that in turn."""
    return tuple(
        Entry(one, _corrected(one.event.note, corrections)) for one in corrections.get(named, ())
    )


def _entry(one: Told, corrections: dict[str, list[Told]]) -> Entry:
    noted = one.kind == "record_noted"
    return Entry(one, _corrected(one.event.note, corrections) if noted else ())


def _taken(
    office: Office, sitting: Sitting, here: list[Told], corrections: dict[str, list[Told]]
) -> list[Taken]:
    """Each item that was before the meeting."""
    return [_one(office, sitting, item, here, corrections) for item in sitting.taken]


def _turn(sitting: Sitting, item: str) -> int:
    begun = {i: sitting.deliberations[i].begun_at or sitting.starts_at for i in sitting.taken}
    order = sorted(begun, key=begun.__getitem__)
    turn = order.index(item)
    return turn + 1 if turn != sitting.taken.index(item) else 0


def _one(
    office: Office,
    sitting: Sitting,
    item: str,
    here: list[Told],
    corrections: dict[str, list[Told]],
) -> Taken:
    mine = [t for t in of(here, *KINDS) if _about(t, item, sitting)]
    made = next((t.event.decision for t in of(mine, "item_decided")), "")
    decision = office.state.decisions.get(made)
    under = decision.tasks if decision else ()
    book = book_of(office.state, sitting.charters)
    return Taken(
        place=sitting.agenda.index(item) + 1,
        turn=_turn(sitting, item),
        item=office.state.items[item],
        entries=tuple(_entry(t, corrections) for t in mine),
        corrected=_corrected(item, corrections),
        decision=decision,
        counted=counted(book, sitting, decision) if decision else None,
        tasks=_words(office, (t for t in under if t in sitting.tasks)),
        goes_on=_words(office, (t for t in under if t not in sitting.tasks)),
        ended=_words(office, ended_with(office.state, decision) if decision else ()),
    )


def _words(office: Office, tasks: Iterable[str]) -> tuple[str, ...]:
    return tuple(office.state.tasks[task].words for task in tasks)


def _about(one: Told, item: str, sitting: Sitting) -> bool:
    """Whether something is about an item; reports of work belong to what was taken up for them."""
    if one.kind == "presence_noted":
        return _while_before(one, item, sitting)
    if one.kind == "work_reported":
        begun = sitting.deliberations[item].begun_at
        later = [
            d.begun_at
            for d in sitting.deliberations.values()
            if d.begun_at and begun and begun < d.begun_at <= one.at
        ]
        return begun is not None and begun <= one.at and not later
    return getattr(one.event, "item", None) == item


def _while_before(one: Told, item: str, sitting: Sitting) -> bool:
    """Whether somebody came or went while the item was before the meeting."""
    begun, ended = sitting.deliberations[item].begun_at, sitting.deliberations[item].ended_at
    moves = one.event.status in ("present", "left")
    return moves and begun is not None and begun <= one.at and (ended is None or one.at < ended)


def _general(here: list[Told], corrections: dict[str, list[Told]]) -> list[Entry]:
    """Notes that belong to no item."""
    return [_entry(t, corrections) for t in of(here, "record_noted") if t.event.item is None]


def _correcting(office: Office, subject: str) -> str:
    if not isinstance(asked(office, "correct_record", sitting=subject), Offer):
        return ""
    return link_to("correct_record", {"sitting": subject}, next=reverse("record", args=[subject]))


def _righting(office: Office, sitting: Sitting) -> dict[str, str]:
    """By person the form that puts their last entry right, where that would stand."""
    back = reverse("record", args=[sitting.id])
    named = {p: {"sitting": sitting.id, "person": p} for p in sitting.presence}
    return {
        person: link_to("correct_presence", {"sitting": sitting.id}, person=person, next=back)
        for person, held in sitting.presence.items()
        if any(
            stands(office, "correct_presence", **named[person], status=status)
            for status in fitting(held)
        )
    }
