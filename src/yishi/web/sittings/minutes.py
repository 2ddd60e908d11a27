"""The minutes of a meeting (会议纪要): a document to print, and before it is out its preview."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import msgspec
from django.http import Http404
from django.urls import reverse

from yishi.procedure.adjusting import ended_with
from yishi.procedure.state import Decision, Item, Sitting
from yishi.procedure.verdict import Message
from yishi.web.acts.views import link_to
from yishi.web.office import Office
from yishi.web.profiles.face import serial_of
from yishi.web.sittings.draft import wording
from yishi.web.sittings.pressing import Press, stands
from yishi.web.sittings.preview import previews, reviews
from yishi.web.sittings.seated import everybody
from yishi.web.sittings.told import Told, of, told

SAY: Final = ("task_assigned", "task_set", "task_handed_over", "adjustment_granted")
"""Events that say of a task what it is, whose, and until when."""


class Matter(msgspec.Struct, frozen=True):
    """What is to be carried out, as the minutes say it."""

    task: str
    words: str
    unit: str | None
    counter: str | None
    owner: str | None
    due_on: date | None
    continues: bool = False
    """Whether it comes from an earlier decision and goes on."""
    set: str = ""
    """The link to fill in what is missing; empty when that is over or not this person's."""


class Point(msgspec.Struct, frozen=True):
    """An item with what came of it."""

    place: int
    """Where it stands in the minutes, on page and paper alike."""
    item: Item
    outcome: str
    decision: Decision | None
    matters: tuple[Matter, ...]
    ended: tuple[str, ...]
    """In words, what was to be carried out and is at an end with this decision."""
    draft: str = ""
    """The link to draw out another matter."""
    words: str = ""
    """What the office explains beside the decision."""
    wording: str = ""
    """The link to explain it; empty when that is over or not this person's."""
    up: Press | None = None


def told_in(office: Office, sitting: Sitting) -> dict[str, Any]:
    """What the minutes say, for whoever may read them; nobody else finds that there are any."""
    issued = sitting.minutes is not None
    allowed = office.reads("minutes", sitting.id).allowed or reviews(office, sitting)
    if not (allowed if issued else previews(office, sitting)):
        raise Http404
    return says(office, sitting)


def says(office: Office, sitting: Sitting) -> dict[str, Any]:
    """What the minutes say, whoever reads them."""
    happenings = told(office, _streams(office, sitting))
    return {
        "issued": sitting.minutes,
        "serial": serial_of(office, sitting),
        "people": _people(office, sitting),
        "points": _points(office, sitting, happenings),
        "unbound": _unbound(office, sitting, happenings),
        "office_name": issued_by(office, sitting),
        "opening": sitting.draft.opening or "",
        "closing": sitting.draft.closing or "",
    }


def opening(office: Office, sitting: Sitting, said: dict[str, Any]) -> Message:
    """Who held which meeting, when and where; and that nothing follows where nothing does."""
    more = "" if said["points"] or said["unbound"] else "_empty"
    key = f"page.minutes.opening{'_in' if sitting.venue else ''}{more}"
    at = sitting.opened_at and sitting.opened_at.astimezone(office.zone)
    told: dict[str, Any] = {"at": at, "who": sitting.chair, "s": sitting.id}
    return Message(key, {**told, "venue": sitting.venue or ""})


def _people(office: Office, sitting: Sitting) -> dict[str, list[str]]:
    """Who attended, sat in, was on leave or absent, in the frozen order."""
    found: dict[str, list[str]] = {
        "present": [],
        "in_attendance": [],
        "leave": [],
        "absent": [],
    }
    for one in everybody(office, sitting):
        was_here = any(status == "present" for status, _ in one.log)
        if was_here:
            found["present" if one.place == "member" else "in_attendance"].append(one.person)
        elif one.status in ("leave", "absent"):
            found[one.status].append(one.person)
    return found


def _streams(office: Office, sitting: Sitting) -> list[str]:
    """Where the journal tells of the tasks in the minutes: new ones, and those that go on."""
    state = office.state
    held = (state.decisions.get(state.items[i].decision or "") for i in sitting.taken)
    made = [one for one in held if one is not None and one.sitting == sitting.id]
    tasks = dict.fromkeys((*sitting.tasks, *(t for one in made for t in one.tasks)))
    changed = (a for t in tasks for a in state.tasks[t].adjusted)
    return [*(f"task/{t}" for t in tasks), *(f"adjustment/{a}" for a in changed)]


def _points(office: Office, sitting: Sitting, happenings: Iterable[Told]) -> list[Point]:
    state = office.state
    points = []
    order = sitting.draft.in_order(sitting.taken)
    for place, item in enumerate(order, 1):
        outcome = sitting.deliberations[item].outcome
        held = state.items[item].decision
        decision = state.decisions.get(held or "")
        mine = decision if decision is not None and decision.sitting == sitting.id else None
        points.append(
            Point(
                place=place,
                item=state.items[item],
                outcome=outcome or "",
                decision=mine,
                matters=_matters(office, sitting, happenings, mine.tasks if mine else ()),
                ended=tuple(state.tasks[t].words for t in ended_with(state, mine)) if mine else (),
                draft=_drafting(office, sitting, mine),
                words=sitting.draft.points.get(item, ""),
                **wording(office, sitting, item),
            )
        )
    return points


def _unbound(office: Office, sitting: Sitting, happenings: Iterable[Told]) -> tuple[Matter, ...]:
    """Tasks that the chair handed out there and then, under no decision."""
    free = tuple(t for t in sitting.tasks if office.state.tasks[t].decision is None)
    return _matters(office, sitting, happenings, free)


def _matters(
    office: Office, sitting: Sitting, happenings: Iterable[Told], tasks: tuple[str, ...]
) -> tuple[Matter, ...]:
    """The tasks as they stood when the minutes went out: what was adjusted later is not in them."""
    out = sitting.minutes.issued_at if sitting.minutes else office.now
    events = [one.event for one in of(happenings, *SAY) if one.at <= out]
    return tuple(
        _matter(office, sitting, task, [event for event in events if event.task == task])
        for task in tasks
    )


def _matter(office: Office, sitting: Sitting, task: str, events: list[Any]) -> Matter:
    said: dict[str, Any] = dict.fromkeys(("words", "unit", "counter", "owner", "due_on"))
    for event in events:
        said |= {name: getattr(event, name, None) or value for name, value in said.items()}
    back = reverse("minutes", args=[sitting.id])
    link = link_to("set_task", {"task": task}, next=back)
    fill_in = link if stands(office, "set_task", task=task) else ""
    return Matter(task, **said, continues=task not in sitting.tasks, set=fill_in)


def _drafting(office: Office, sitting: Sitting, decision: Decision | None) -> str:
    if decision is None or decision.outcome not in ("adopt", "agree_in_principle", "reject"):
        return ""
    named = {"sitting": sitting.id, "decision": decision.id}
    if not stands(office, "draft_task", **named):
        return ""
    return link_to("draft_task", named, next=reverse("minutes", args=[sitting.id]))


def issued_by(office: Office, sitting: Sitting) -> str:
    """The office that issues the minutes, as the charter's header names it."""
    charter = office.state.charters.get(sitting.charters[0])
    names = charter.units.get("secretariat", ()) if charter else ()
    return names[0] if names else ""
