"""The life of an item, from its submission to the last task: only what this person may read."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

import msgspec

from yishi.procedure.reading import Thing
from yishi.procedure.state import Item
from yishi.web.items.chronicle import Told, tell
from yishi.web.office import Office

SHOWN: Final[dict[str, Thing]] = {
    "item_submitted": "item",
    "item_carried": "item",
    "item_revised": "item",
    "item_collated": "item",
    "item_returned": "item",
    "item_approved": "item",
    "late_item_admitted": "item",
    "item_put_off": "item",
    "item_refused": "item",
    "item_withdrawn": "item",
    "floor_item_admitted": "item",
    "floor_item_declined": "item",
    "others_invited": "item",
    "agenda_set": "item",
    "item_begun": "item",
    "item_presented": "item",
    "item_postponed": "item",
    "paper_supplied": "paper",
    "item_decided": "decision",
    "decision_restated": "decision",
    "decision_published": "decision",
    "minutes_issued": "minutes",
    "minutes_published": "minutes",
    "publication_withdrawn": "minutes",
    "task_assigned": "task",
    "task_planned": "task",
    "adjustment_granted": "task",
    "task_completed": "task",
    "task_closed": "task",
    "task_ended": "task",
}
"""Events of an item's life, and what one must be allowed to read for each. Whatever is not listed
(who took which stance, above all) stands in the record, for its own readers."""

STATE: Final = (
    "item_submitted",
    "item_carried",
    "item_revised",
    "item_collated",
    "item_returned",
    "item_approved",
    "late_item_admitted",
    "item_put_off",
    "item_refused",
    "item_withdrawn",
    "floor_item_admitted",
    "floor_item_declined",
    "agenda_set",
    "item_begun",
    "item_postponed",
)
"""What the submitter always sees: how far the item has come."""

OUT: Final = ("minutes_issued", "minutes_published", "publication_withdrawn")
"""What becomes of the minutes in which an item stands."""

UNSENT: Final = ("standing", "floor", "carried")
"""Origins of an item for which nobody filled in a form."""

JUDGED: Final = ("weighty", "triple_major", "within_authority")
"""Questions that only a person can answer."""


class Judgement(msgspec.Struct, frozen=True):
    """Who answered which of those questions, and how."""

    question: str
    answer: bool
    person: str
    at: datetime


class Life(msgspec.Struct, frozen=True):
    """What happened to an item, and what follows from it."""

    told: tuple[Told, ...]
    judged: tuple[Judgement, ...]
    sittings: tuple[str, ...]
    """The meetings it was and is before, in order."""
    papers: tuple[Told, ...]
    tasks: tuple[str, ...]
    """Those of its decision's tasks that this person may read."""


def life_of(office: Office, item: Item, until: datetime | None = None) -> Life:
    """An item's life as this person may read it: four queries, however long it was.

    With a moment, as far as it had come by then.
    """
    rights = _rights(office, item)
    tasks = _tasks(office, item) if rights["decision"] or item.decision else ()
    every = tell(office, item.body, _wanted(item, rights, tasks))
    shown = (one for one in every if until is None or one.at <= until)
    told = tuple(one for one in shown if _shows(one, item, rights))
    return Life(
        told=told,
        judged=tuple(j for one in told for j in _judgements(one)) if rights["item"] else (),
        sittings=_sittings(item, told),
        papers=tuple(one for one in told if one.name == "paper_supplied"),
        tasks=tasks,
    )


def _rights(office: Office, item: Item) -> dict[str, bool]:
    reads = {thing: office.reads(thing, item.id).allowed for thing in ("item", "paper")}  # type: ignore[arg-type]
    decided, sitting = item.decision, item.sitting
    reads["decision"] = bool(decided) and office.reads("decision", decided or "").allowed
    reads["minutes"] = bool(sitting) and office.reads("minutes", sitting or "").allowed
    reads["task"] = True
    return reads


def _tasks(office: Office, item: Item) -> tuple[str, ...]:
    decision = office.state.decisions.get(item.decision or "")
    every = decision.tasks if decision else ()
    return tuple(t for t in every if office.reads("task", t).allowed)


def _wanted(
    item: Item, rights: dict[str, bool], tasks: tuple[str, ...]
) -> dict[str, Collection[str]]:
    """The streams that tell of an item, and what each of them tells of it."""
    streams = [f"item/{item.id}", *(f"task/{task}" for task in tasks)]
    if rights["decision"]:
        streams.append(f"decision/{item.decision}")
    wanted: dict[str, Collection[str]] = dict.fromkeys(streams, SHOWN)
    if item.sitting:
        issued = OUT if rights["minutes"] else ()
        wanted[f"sitting/{item.sitting}"] = ("agenda_set", *issued)
    return wanted


def _shows(one: Told, item: Item, rights: dict[str, bool]) -> bool:
    if one.name == "agenda_set" and item.id not in one.event.items:
        return False
    if not rights["item"] and SHOWN[one.name] == "item":
        return one.name in STATE
    return rights[SHOWN[one.name]]


def _judgements(one: Told) -> list[Judgement]:
    answers = ((name, getattr(one.event, name, None)) for name in JUDGED)
    return [Judgement(name, said, one.actor, one.at) for name, said in answers if said is not None]


def _sittings(item: Item, told: tuple[Told, ...]) -> tuple[str, ...]:
    before: list[Any] = [getattr(one.event, "sitting", None) for one in told]
    return tuple(dict.fromkeys(s for s in (*before, item.sitting) if s))
