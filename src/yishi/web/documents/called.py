"""What papers are called as files: each otherwise, however often the same matter comes back."""

from typing import Final

from yishi.procedure.state import Item, Task
from yishi.web.documents.pen import Pen

SHORT: Final = 20
"""Characters that are told of a title; what makes the name its own comes after them."""


def of_decision(pen: Pen, title: str, decision: str, unit: str) -> str:
    """A slip on a decision for a unit: of which item, of which meeting, which item of it."""
    held = pen.office.state.decisions[decision]
    sitting = pen.office.state.sittings[held.sitting]
    about = pen.plain(pen.office.state.items[held.item].title)
    place = _place(sitting.agenda, held.item)
    return _placed(pen, title, f"{unit}，{_short(about)}", sitting.id, place)


def of_task(pen: Pen, title: str, task: Task, more: str = "") -> str:
    """A slip on a task: its words, of which meeting, the how manieth of it."""
    given = pen.office.state.sittings[task.sitting].tasks
    about = _short(pen.plain(task.words)) + more
    said = {"title": title, "about": about, "s": task.sitting}
    return pen.say("paper.called.placed_task", **said, number=_place(given, task.id))


def of_adjustment(pen: Pen, title: str, adjustment: str) -> str:
    """A change asked for of a task; the second and later ones by their number."""
    state = pen.office.state
    task = state.tasks[state.adjustments[adjustment].task]
    mine = [one.id for one in state.adjustments.values() if one.task == task.id]
    number = _place(sorted(mine), adjustment)
    more = pen.say("paper.called.again", number=number) if number > 1 else ""
    return of_task(pen, title, task, more)


def of_item(pen: Pen, title: str, item: Item) -> str:
    """The form of an item: of which meeting, the how manieth of it; of none yet, since when."""
    about, state = _short(pen.plain(item.title)), pen.office.state
    sitting = item.sitting or item.last_sitting
    agenda = state.sittings[sitting].agenda if sitting else ()
    if sitting and item.id in agenda:
        return _placed(pen, title, about, sitting, _place(agenda, item.id))
    unit = pen.unit(item.lead_unit) if item.lead_unit else ""
    said = {"title": title, "about": about, "unit": unit, "at": item.submitted_at}
    return pen.say("paper.called.since", **said)


def of_leave(pen: Pen, title: str, sitting: str, person: str) -> str:
    """A slip on leave: whose, of which meeting."""
    return pen.say("paper.called.leave", title=title, who=pen.person(person), s=sitting)


def of_excerpt(pen: Pen, title: str, about: str, sitting: str) -> str:
    """What is public of a decision: under which title, of which meeting; no more than it says."""
    return pen.say("paper.called.public", title=title, about=_short(about), s=sitting)


def _placed(pen: Pen, title: str, about: str, sitting: str, number: int) -> str:
    said = {"title": title, "about": about, "s": sitting, "number": number}
    return pen.say("paper.called.placed", **said)


def _short(words: str) -> str:
    return words if len(words) <= SHORT else f"{words[: SHORT - 1]}…"


def _place(every: list[str] | tuple[str, ...], one: str) -> int:
    """Where it stands, from 1; 0 where it does not stand there."""
    return every.index(one) + 1 if one in every else 0
