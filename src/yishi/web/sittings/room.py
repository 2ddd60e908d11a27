"""The meeting in progress (会场): one page, different for each who looks, by what they may do."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yishi.procedure.composition import StandingItem
from yishi.procedure.enact import book_of
from yishi.procedure.offers import Offer
from yishi.procedure.state import Sitting
from yishi.web.acts.views import link_to
from yishi.web.office import Office
from yishi.web.sittings.agenda import Line, lines, streams
from yishi.web.sittings.page import chair_gap, found_or_404
from yishi.web.sittings.pressing import (
    Press,
    asked,
    key,
    lasting,
    press,
    presses,
    stands,
    why_not,
)
from yishi.web.sittings.screen import lasting_of, projects
from yishi.web.sittings.seated import concerned, everybody, hears, place_of
from yishi.web.sittings.talk import Talk, talk_on
from yishi.web.sittings.told import Told, of, told

LOOKS_AGAIN = 20
"""Seconds after which the page looks again, for whoever asked it to and may stop it."""


def room(request: HttpRequest, subject: str) -> HttpResponse:
    """Show the room to those who have a place in it; to others there is no such page."""
    office: Office = request.office  # type: ignore[attr-defined]
    sitting = found_or_404(office, subject)
    if not concerned(office, sitting) or sitting.status == "called_off":
        raise Http404
    happenings = told(office, streams(office, sitting))
    agenda = lines(office, sitting, happenings)
    called_in = place_of(sitting, office.person) == "guest"
    inside = hears(office, sitting, sitting.current)
    shown = sitting.current is not None and inside
    talk = talk_on(office, sitting, happenings) if shown else None
    context: dict[str, Any] = {
        "sitting": sitting,
        "agenda": agenda,
        "called_in": called_in,
        "mine": [line for line in agenda if office.person in line.guests] if called_in else [],
        "ahead": _ahead(office, agenda),
        "inside": inside,
        "talk": talk,
        "people": _people(office, sitting),
        "present": sum(sitting.is_present(seat.person) for seat in sitting.members),
        "me": _me(office, sitting),
        "gap": chair_gap(office, sitting),
        **_ends(office, subject),
        "beginning": _beginning(office, sitting, agenda),
        "floor": _floor(office, sitting),
        "reports": _reports(office, sitting, happenings) if inside else None,
        "assigning": stands(office, "assign_task", sitting=subject),
        "keeping": _keeping(office, sitting, happenings),
        "take_chair": _linked(office, "take_chair", sitting),
        "projects": projects(office, sitting),
    } | lasting_of(office, sitting)
    context["quiet"] = _quiet(sitting, talk, context)
    context["watching"] = context["quiet"] and "watch" in request.GET
    answer = render(request, "sittings/room.html", context)
    if context["watching"]:
        answer.headers["Refresh"] = str(LOOKS_AGAIN)
    return answer


def _ends(office: Office, subject: str) -> dict[str, Any]:
    """Whether the meeting may be opened now, why it may not, and whether it may be closed."""
    return {
        "opening": press(office, "open_sitting", sitting=subject),
        "opening_closed": why_not(office, "open_sitting", sitting=subject),
        "closing": press(office, "close_sitting", sitting=subject),
    }


def _ahead(office: Office, agenda: tuple[Line, ...]) -> int:
    """How many items come before the next one that this person is called in for."""
    open_ = [line for line in agenda if line.state in ("waiting", "now")]
    places = [n for n, line in enumerate(open_) if office.person in line.guests]
    return places[0] if places else -1


def _me(office: Office, sitting: Sitting) -> dict[str, Any]:
    """What a person may do about their own presence; ahead of the day through the form only."""
    named = {"sitting": sitting.id, "person": office.person}
    coming = press(office, "mark_present", **named)
    early = coming is not None and coming.departs
    return {
        "come": coming if coming and not coming.departs else None,
        "ahead": link_to("mark_present", named, next=_here(sitting)) if early else "",
        "go": press(office, "leave_room", **named),
        "present": sitting.is_present(office.person),
    }


def _people(office: Office, sitting: Sitting) -> list[dict[str, Any]]:
    """Everybody who belongs here, with what whoever looks may enter about them."""
    return [
        {"who": one, "presses": _roll(office, sitting, one.person)}
        for one in everybody(office, sitting)
    ]


def _roll(office: Office, sitting: Sitting, person: str) -> tuple[Press, ...]:
    """The presses of the roll call; one's own coming and going has its own place."""
    if person == office.person:
        return ()
    named = {"sitting": sitting.id, "person": person}
    presence = sitting.presence.get(person)
    others = [s for s in ("leave", "absent") if presence is None or presence.status != s]
    found = presses(
        office,
        ("mark_present", named),
        ("leave_room", named),
        *(("record_absence", {**named, "status": status}) for status in others),
    )
    return tuple(one for one in found if not one.departs)


def _beginning(
    office: Office, sitting: Sitting, agenda: tuple[Line, ...]
) -> list[tuple[Line, Press]]:
    """The items that may be taken up now, in the order of the agenda."""
    found = (
        (line, press(office, "begin_item", sitting=sitting.id, item=line.item))
        for line in agenda
        if line.state == "waiting"
    )
    return [(line, one) for line, one in found if one is not None]


def _floor(office: Office, sitting: Sitting) -> dict[str, Any]:
    """Items from the floor: the link to raise one, and those that wait for an answer."""
    state, back = office.state, _here(sitting)
    raised = [
        i
        for i in state.bodies[sitting.body].waiting
        if state.items[i].status == "raised" and state.items[i].sitting == sitting.id
    ]
    return {
        "raise": _linked(office, "raise_floor_item", sitting),
        "raised": [
            {
                "item": state.items[i],
                "admit": _answer(office, "admit_floor_item", sitting, i, back),
                "decline": _answer(office, "decline_floor_item", sitting, i, back),
            }
            for i in raised
            if office.reads("item", i).allowed
        ],
    }


def _answer(office: Office, act: str, sitting: Sitting, item: str, back: str) -> str:
    named = {"sitting": sitting.id, "item": item}
    return link_to(act, named, next=back) if stands(office, act, **named) else ""


def _linked(office: Office, act: str, sitting: Sitting) -> str:
    """The link to an act's form; empty when it would not stand."""
    named = {"sitting": sitting.id}
    if not isinstance(asked(office, act, **named), Offer):
        return ""
    return link_to(act, named, next=_here(sitting))


def _here(sitting: Sitting) -> str:
    return reverse("room", args=[sitting.id])


def _reports(office: Office, sitting: Sitting, happenings: Iterable[Told]) -> dict[str, Any] | None:
    """The reports of the sections, while the item is before the meeting that stands for them."""
    item = sitting.current
    rules = book_of(office.state, sitting.charters).all_of(StandingItem)
    if item is None or item not in {rule.id_in(sitting.id) for rule in rules}:
        return None
    said = {t.event.unit: t for t in of(happenings, "work_reported")}
    opened = sitting.opened_at or office.now
    units = office.state.roster.open_units("section", opened.date())
    mine = [
        unit.id
        for unit in units
        if unit.id not in sitting.reports
        and stands(office, "report_work", sitting=sitting.id, item=item, unit=unit.id)
    ]
    return {
        "item": item,
        "units": [(unit.id, said.get(unit.id)) for unit in units],
        "mine": [(unit, key()) for unit in mine],
    }


def _keeping(office: Office, sitting: Sitting, happenings: Iterable[Told]) -> dict[str, Any]:
    """What whoever keeps the record may write, and what is still missing in it."""
    named = {"sitting": sitting.id}
    if sitting.current:
        named["item"] = sitting.current
    grounds = why_not(office, "close_record", sitting=sitting.id) if sitting.opened_at else ()
    notes = [t for t in of(happenings, "record_noted") if t.event.sitting == sitting.id]
    return {
        "notes": notes[-5:] if office.reads("record", sitting.id).allowed else [],
        "note": named if stands(office, "note_record", **named) else None,
        "missing": lasting(grounds, "record_contents"),
    }


def _quiet(sitting: Sitting, talk: Talk | None, context: dict[str, Any]) -> bool:
    """Whether nothing on the page is being written: then it may look again by itself."""
    if sitting.status == "closed" or context["keeping"]["note"] or context["assigning"]:
        return False
    if context["reports"] and context["reports"]["mine"]:
        return False
    forms = talk is not None and (
        talk.mine
        or talk.present
        or talk.deciding is not None
        or any(speaker.enter for speaker in talk.speakers)
    )
    return not forms
