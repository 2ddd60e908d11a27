"""One task from its assignment to its closing, as its readers may see it."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import msgspec
from django.urls import reverse

from yishi.procedure.act import Deed
from yishi.procedure.adjusting import AdjustedBy, RequestAdjustment
from yishi.procedure.decide import place
from yishi.procedure.items import SubmitItem
from yishi.procedure.kinds import EVENTS
from yishi.procedure.offers import Offer
from yishi.procedure.requests import Adjustment
from yishi.procedure.resting import changed_instead
from yishi.procedure.rule import KEPT
from yishi.procedure.state import Task
from yishi.procedure.verdict import Citation, Message, Rejected
from yishi.web.acts.views import link_to
from yishi.web.items.chronicle import Told, tell
from yishi.web.items.listing import plain
from yishi.web.office import Office
from yishi.web.tasks import listing


def told_of(office: Office, task: Task) -> list[Told]:
    """What the journal tells of a task and of the changes asked for, in order: four queries."""
    every = office.state.adjustments.values()
    asked = (f"adjustment/{one.id}" for one in every if one.task == task.id)
    return tell(office, task.body, dict.fromkeys((f"task/{task.id}", *asked), EVENTS))


def asked_for(office: Office, told: list[Told]) -> list[Adjustment]:
    """Every change that was asked for, in order."""
    asked = (one.event.adjustment for one in told if one.name == "adjustment_requested")
    return [office.state.adjustments[key] for key in asked]


# ── how far it has come ──────────────────────────────────────────────────────────────────────


STAGES: Final = ("assigned", "issued", "planned", "reported", "completed", "closed")
"""What a task goes through."""


def stages(office: Office, task: Task) -> list[dict[str, Any]]:
    """Each stage: behind it, where it stands, or still ahead."""
    status = listing.status_of(office, task)
    if status == "ended":
        passed = [name for name, there in zip(STAGES, _passed(task), strict=False) if there]
        return [
            {"name": name, "n": n, "state": "done"} for n, name in enumerate((*passed, "ended"), 1)
        ]
    done = (
        True,
        status != "assigned",
        bool(task.steps),
        bool(task.feedback),
        status in ("completed", "closed"),
        status == "closed",
    )
    ahead = done.index(False) if False in done else None
    now = 5 if status == "completed" else ahead
    return [
        {"name": name, "n": n + 1, "state": "done" if done[n] else "now" if n == now else ""}
        for n, name in enumerate(STAGES)
    ]


def _passed(task: Task) -> tuple[bool, ...]:
    """What a task that was ended by a decision had gone through before."""
    return True, True, bool(task.steps), bool(task.feedback)


def plan_of(office: Office, task: Task) -> list[dict[str, Any]]:
    """The steps of the plan, each with how far its day is away."""
    today, over = office.now.date(), task.status != "open"
    return [
        {
            "by": by,
            "words": plain(office, words),
            "left": (by - today).days,
            "past": max((today - by).days, 0),
            "over": over,
        }
        for by, words in sorted(task.steps, key=lambda step: step[0])
    ]


# ── what happened ────────────────────────────────────────────────────────────────────────────


def moments(office: Office, told: list[Told]) -> list[dict[str, Any]]:
    """Each thing that happened with its words, the latest first."""
    return [{"one": one, "said": said_of(office, one)} for one in reversed(told)]


def said_of(office: Office, one: Told) -> str:
    """What was said at a moment; empty where its name says all."""
    event = one.event
    made = SAID.get(one.name)
    words = made(office, event) if made else ""
    return plain(office, words or getattr(event, "words", None) or getattr(event, "reason", None))


def _assigned(office: Office, event: Any) -> str:
    names = office.names
    found = [
        *(names.unit(u) for u in (event.unit, event.counter) if u),
        *([names.person(event.owner)] if event.owner else []),
    ]
    if event.due_on:
        found.append(office.catalogue.sentence(_due(event.due_on), names))
    return office.catalogue.word("shapes", "comma").join(found)


def _planned(office: Office, event: Any) -> str:
    words = office.catalogue
    steps = (
        words.sentence(Message("page.tasks.step", {"day": s.by, "words": s.words}), office.names)
        for s in event.steps
    )
    return "\n".join(steps)


def _ended(office: Office, event: Any) -> str:
    """By which decision, where this person may read it."""
    if not office.reads("decision", event.decision).allowed:
        return ""
    said = Message("page.tasks.ended_by", {"decision": event.decision})
    return office.catalogue.sentence(said, office.names)


def _due(day: date) -> Message:
    return Message("page.tasks.due_by", {"day": day})


def _handed_over(office: Office, event: Any) -> str:
    said = Message("page.tasks.handed_to", {"who": event.owner, "why": event.reason})
    return office.catalogue.sentence(said, office.names)


def _reported_up(office: Office, event: Any) -> str:
    said = Message("page.tasks.reported_to", {"who": event.to, "words": event.words})
    return office.catalogue.sentence(said, office.names)


def _requested(office: Office, event: Any) -> str:
    return str(event.opinion or event.cause or event.effect or "")


SAID: Final[dict[str, Callable[[Office, Any], str]]] = {
    "task_assigned": _assigned,
    "task_set": _assigned,
    "task_planned": _planned,
    "task_handed_over": _handed_over,
    "task_ended": _ended,
    "progress_reported_up": _reported_up,
    "adjustment_requested": _requested,
}
"""Events of which more is to be said than their own words."""


# ── how it can be changed ────────────────────────────────────────────────────────────────────


class Change(msgspec.Struct, frozen=True):
    """How a task can be changed: by approval, or only by a new decision; by which clause."""

    citation: Citation
    message: Message | None = None
    """Why no approval can change it; None where an approval can."""
    link: str = ""
    """The form for an item that would change it, where this person may hand one in."""


def change_of(office: Office, task: Task) -> Change | None:
    """Asked of the rules that bind today: a change follows the version in force when asked for."""
    act = RequestAdjustment(adjustment="new", task=task.id)
    setting = place(Deed(act=act, actor=office.person, at=office.now), office.state)
    rule = None if isinstance(setting, Rejected) else setting.book.rule(AdjustedBy)
    if rule is None or isinstance(setting, Rejected):
        return None
    citation, message = setting.book.bound(rule).citation, rule.judge(setting)
    if message is KEPT or message is None:
        return Change(citation)
    return Change(citation, message, _to_submit(office, task))


def _to_submit(office: Office, task: Task) -> str:
    about = {"body": task.body}
    if not isinstance(office.ask(SubmitItem, about), Offer):
        return ""
    stands = changed_instead(office.state, task)
    more = {"changes": stands} if stands else {"changes_task": task.id}
    return link_to("submit_item", about, **more, next=reverse("items"))
