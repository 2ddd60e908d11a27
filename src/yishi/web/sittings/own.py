"""What one person may do in the room just now, and what it says to them alone."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec
from django.urls import reverse

from yishi.procedure.righting import before
from yishi.procedure.state import Item, Sitting
from yishi.web.acts.form import ActForm
from yishi.web.acts.views import link_to
from yishi.web.office import Office
from yishi.web.sittings.agenda import Line, all_streams, left, lines
from yishi.web.sittings.kind import Eyes, Kind, raised, with_only
from yishi.web.sittings.page import chair_gap
from yishi.web.sittings.pressing import (
    Press,
    for_others,
    lasting,
    press,
    presses,
    stands,
    why_not,
)
from yishi.web.sittings.reported import to_report
from yishi.web.sittings.seated import Roll, projects, roll_of
from yishi.web.sittings.talk import Talk, talk_for_all, talk_on
from yishi.web.sittings.told import Told, of, told


class Own(msgspec.Struct, frozen=True):
    """What is one person's own in the room: what the page is made of, and a name for it all."""

    shown: dict[str, Any]
    mixed: frozenset[str]
    """The parts in which something of their own stands between what all of the kind see."""
    quiet: bool
    """Whether it may look again by itself: nothing is written here, but for a note of one's own,
    which has no place on a page that does."""
    digest: str
    """The same for as long as all of it is the same, on whatever machine it is made."""


def own_of(office: Office, sitting: Sitting, kind: Kind) -> Own:
    """What this person, who is of that kind, may do here."""
    happenings = told(office, all_streams(sitting))
    agenda, alike = _alike(office, sitting, kind, happenings)
    talk = talk_on(office, sitting, alike) if alike is not None else None
    # Whoever is called in sees no roll, so that nothing can be entered in it.
    roll = Roll(()) if kind.called_in else roll_of(office, sitting)
    people = _people(office, sitting, roll)
    does: dict[str, Any] = {
        "me": _me(office, sitting),
        "gap": chair_gap(office, sitting),
        **_ends(office, sitting),
        "rest": _rest(office, sitting),
        "entered": _entered(office, sitting),
        "beginning": _beginning(office, sitting, agenda),
        "floor": _floor(office, sitting),
        "reporting": to_report(office, sitting) if kind.inside else [],
        "assigning": stands(office, "assign_task", sitting=sitting.id),
        "keeping": _keeping(office, sitting, happenings),
        "take_chair": _linked(office, "take_chair", sitting),
        "projects": projects(office, sitting),
        "noting": sitting.current if talk is not None else None,
        "entering": _entering(office, sitting, roll),
    }
    sees = {
        "agenda": agenda,
        "talk": talk,
        "people": people,
        "beyond": roll,
        "called_in": kind.called_in,
        "inside": kind.inside,
        **_counted(office, sitting),
    }
    quiet = _quiet(sitting, talk, does)
    mixed = frozenset(_mixed(sitting, talk, people, does))
    alone = {**does, "reporting": [unit for unit, _ in does["reporting"]]}
    name = _name(
        (alone, _alone(talk), [(one["tap"], one["presses"]) for one in people], sorted(mixed))
    )
    return Own({**sees, **does}, mixed, quiet, name)


def _counted(office: Office, sitting: Sitting) -> dict[str, Any]:
    present = sum(sitting.is_present(seat.person) for seat in sitting.members)
    return {"left": left(office.state, sitting), "present": present}


def _alike(
    office: Office, sitting: Sitting, kind: Kind, happenings: tuple[Told, ...]
) -> tuple[tuple[Line, ...], Talk | None]:
    """The agenda and the item in hand as all of the kind see them: found out once for the kind."""
    needs = with_only(kind, "inside", "opened", "called_for")
    eyes, asked = Eyes(office, needs), (needs, office.language)
    agenda = office.facts.to(("lines", *asked), lambda: lines(eyes, sitting, happenings))
    if not kind.inside or not sitting.current:
        return agenda, None
    return agenda, office.facts.to(
        ("talk", *asked), lambda: talk_for_all(eyes, sitting, happenings)
    )


def _entering(office: Office, sitting: Sitting, roll: Roll) -> str:
    """The link to enter the coming of somebody who is not on the list here."""
    named = {"sitting": sitting.id}
    first = roll.beyond[:1]
    if not any(stands(office, "mark_present", **named, person=one) for one in first):
        return ""
    return link_to("mark_present", named, next=_here(sitting))


def _ends(office: Office, sitting: Sitting) -> dict[str, Any]:
    """Whether the meeting may be opened or closed now, and why it may not."""
    subject = sitting.id
    open_ = sitting.status == "open"
    return {
        "opening": press(office, "open_sitting", sitting=subject),
        "opening_closed": why_not(office, "open_sitting", sitting=subject),
        "closing": press(office, "close_sitting", sitting=subject),
        "closing_closed": why_not(office, "close_sitting", sitting=subject) if open_ else (),
    }


def _rest(office: Office, sitting: Sitting) -> dict[str, Any]:
    """Letting the meeting rest, or go on."""
    if sitting.status != "open":
        return {}
    if sitting.recess is not None:
        return {"resume": press(office, "resume_sitting", sitting=sitting.id)}
    return {"call": _linked(office, "call_recess", sitting)}


def _me(office: Office, sitting: Sitting) -> dict[str, Any]:
    """What a person may do about their own presence; ahead of the day through the form only."""
    named = {"sitting": sitting.id, "person": office.person}
    coming = press(office, "mark_present", **named)
    early = coming is not None and coming.departs
    return {
        "come": coming if coming and not coming.departs else None,
        "ahead": link_to("mark_present", named, next=_here(sitting)) if early else "",
        "go": press(office, "leave_room", **named),
        "back": _back(office, sitting, office.person),
        "present": sitting.is_present(office.person),
        "status": held.status if (held := sitting.presence.get(office.person)) else "unknown",
    }


def _people(office: Office, sitting: Sitting, roll: Roll) -> list[dict[str, Any]]:
    """Everybody on the list, with what whoever looks may enter about them."""
    found = []
    theirs = tuple(act for act in ROLL if _enters(office, sitting, act))
    for one in roll.shown:
        entered = _roll(office, sitting, one.person, theirs)
        coming = entered[0] if entered and entered[0].act == "mark_present" else None
        tap = coming if one.status == "unknown" else None
        found.append({"who": one, "tap": tap, "presses": [p for p in entered if p is not tap]})
    return found


ROLL: Final = ("mark_present", "leave_room", "record_absence", "correct_presence")
"""The acts of the roll call."""


def _enters(office: Office, sitting: Sitting, act: str) -> bool:
    """Whether this person may have an act of the roll call to do about others."""
    return for_others(office, sitting, act, "person", sitting=sitting.id)


def _roll(
    office: Office, sitting: Sitting, person: str, theirs: tuple[str, ...]
) -> tuple[Press, ...]:
    """The presses of the roll call; one's own coming and going has its own place."""
    if person == office.person or not theirs:
        return ()
    named = {"sitting": sitting.id, "person": person}
    presence = sitting.presence.get(person)
    others = [s for s in ("leave", "absent") if presence is None or presence.status != s]
    wanted = (
        ("mark_present", named),
        ("leave_room", named),
        *(("record_absence", {**named, "status": status}) for status in others),
    )
    found = presses(office, *(one for one in wanted if one[0] in theirs))
    back = _back(office, sitting, person) if "correct_presence" in theirs else None
    return tuple(one for one in (*found, back) if one is not None and not one.departs)


def _back(office: Office, sitting: Sitting, person: str) -> Press | None:
    """The press that takes a wrong last entry back, where nothing rests on it."""
    held = sitting.presence.get(person)
    if held is None:
        return None
    named = {"sitting": sitting.id, "person": person, "status": before(held)}
    return press(office, "correct_presence", **named)


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


def _entered(office: Office, sitting: Sitting) -> dict[str, Any]:
    """The last decision that was entered for the chair, and the link by which it is set right."""
    state = office.state
    last = next(iter(reversed(state.decided_at(sitting))), None)
    if last is None or last.source == "chair":
        return {}
    if not stands(office, "restate_decision", decision=last.id):
        return {}
    said = {"outcome": last.outcome, "words": last.words, "next": _here(sitting)}
    return {"made": last, "link": link_to("restate_decision", {"decision": last.id}, **said)}


def _floor(office: Office, sitting: Sitting) -> dict[str, Any]:
    """Items from the floor: the link to raise one, and those that wait for an answer."""
    state, back = office.state, _here(sitting)
    return {
        "raise": _linked(office, "raise_floor_item", sitting),
        "raised": [
            {
                "item": state.items[i],
                "admit": _answer(office, "admit_floor_item", sitting, i, back),
                "decline": _answer(office, "decline_floor_item", sitting, i, back),
            }
            for i in raised(office, sitting)
            if office.reads("item", i).allowed
        ],
    }


def _answer(office: Office, act: str, sitting: Sitting, item: str, back: str) -> str:
    named = {"sitting": sitting.id, "item": item}
    return link_to(act, named, next=back) if stands(office, act, **named) else ""


def _linked(office: Office, act: str, sitting: Sitting) -> str:
    """The link to an act's form; empty when it would not stand."""
    named = {"sitting": sitting.id}
    if not stands(office, act, **named):
        return ""
    return link_to(act, named, next=_here(sitting))


def _here(sitting: Sitting) -> str:
    return reverse("room", args=[sitting.id])


def _keeping(office: Office, sitting: Sitting, happenings: Iterable[Told]) -> dict[str, Any]:
    """What whoever keeps the record may write, and what is still missing in it."""
    named = {"sitting": sitting.id}
    if sitting.current:
        named["item"] = sitting.current
    grounds = why_not(office, "close_record", sitting=sitting.id) if sitting.opened_at else ()
    return {
        "notes": _notes(sitting, happenings) if office.is_open("record", sitting.id) else [],
        "note": named if stands(office, "note_record", **named) else None,
        "missing": lasting(grounds, "record_contents"),
    }


def _notes(sitting: Sitting, happenings: Iterable[Told]) -> list[Told]:
    """The last few notes of the record."""
    return [t for t in of(happenings, "record_noted") if t.event.sitting == sitting.id][-5:]


def _mixed(
    sitting: Sitting, talk: Talk | None, people: list[dict[str, Any]], does: dict[str, Any]
) -> Iterator[str]:
    """The parts that this person sees with something of their own in between."""
    if talk is not None and any(one.enter or one.passing or one.calling for one in talk.speakers):
        yield "speakers"
    enters = does["entering"] or any(one["presses"] or one["tap"] for one in people)
    if does["keeping"]["note"] or enters:
        yield "roll"
    if any(one["admit"] or one["decline"] for one in does["floor"]["raised"]):
        yield "agenda"
    ends = does["closing"] if sitting.current is None else None
    opens = does["opening"] or does["opening_closed"] or does["me"]["ahead"]
    if opens or does["beginning"] or ends:
        yield "stage"


def _quiet(sitting: Sitting, talk: Talk | None, does: dict[str, Any]) -> bool:
    """Whether nothing on the page is being written."""
    if sitting.status == "closed" or does["keeping"]["note"] or does["assigning"]:
        return False
    if does["reporting"]:
        return False
    forms = talk is not None and (
        talk.mine
        or talk.present
        or talk.adding
        or talk.add_for
        or talk.deciding is not None
        or any(speaker.enter for speaker in talk.speakers)
    )
    return not forms


ALONE = (
    "ahead",
    "called",
    "calling",
    "mine",
    "mine_closed",
    "settle",
    "recuse",
    "present",
    "present_link",
    *("asking", "adding", "add_for"),
)
DECIDES = ("deciding", "closed", "putting_off")


def _alone(talk: Talk | None) -> dict[str, Any]:
    """What of the item in hand only one person is told."""
    if talk is None:
        return {}
    enters = [(s.enter, s.passing, s.calling) for s in talk.speakers]
    return {name: getattr(talk, name) for name in (*ALONE, *DECIDES)} | {"enters": enters}


def _name(shown: object) -> str:
    return hashlib.blake2b(repr(_plain(shown)).encode(), digest_size=6).hexdigest()


def _plain(value: Any) -> Any:
    """What is shown, without the keys that are new each time a form is made."""
    match value:
        case ActForm():
            return value.name, *(
                (i.name, i.values, [c.value for c in i.choices]) for i in value.inputs
            )
        case Line():
            return value.item
        case Item():
            return value.id
        case msgspec.Struct():
            names = (n for n in value.__struct_fields__ if n != "key")
            return [(n, _plain(getattr(value, n))) for n in names]
        case dict():
            return [(n, _plain(value[n])) for n in sorted(value)]
        case tuple() | list():
            return [_plain(one) for one in value]
    return str(value)
