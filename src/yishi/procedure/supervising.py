"""Kinds of rules about carrying out: whom the office reports to, what is watched (督办)."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import ClassVar, Literal

from yishi.charter.model import Charter
from yishi.procedure import seats
from yishi.procedure.rule import KEPT, Check, Due, Kind, View
from yishi.procedure.setting import Setting
from yishi.procedure.state import State, Task
from yishi.procedure.verdict import Message, Value


class ReportedTo(Kind, frozen=True, kw_only=True):
    """Any one of these receives the office's reports; which one is kept (主任或其他分管领导)."""

    topic: ClassVar[str] = "report_receiver"
    governs: ClassVar[tuple[str, ...]] = ("report_up",)
    any_of: tuple[str, ...]
    """Seats."""

    def judge(self, setting: Setting) -> Message | None:
        person = setting.act.to
        if any(seats.holds(setting, seat, person) for seat in self.any_of):
            return KEPT
        return Message("reported_to.other", {"person": person, "by": self.any_of})

    def hinges(self) -> frozenset[str]:
        return frozenset({"to", *seats.fields_of_any(self.any_of)})

    def faults(self, charter: Charter) -> Iterator[tuple[str, Message]]:
        return seats.unknown(self.any_of, charter, "any_of")


class TasksFollowed(Kind, frozen=True, kw_only=True):
    """The office watches over every task until it is closed (督促检查落实)."""

    topic: ClassVar[str] = "followup"

    def inspect(self, view: View) -> Iterator[Check]:
        if view.sitting is None:
            return
        for task in (view.state.tasks[t] for t in view.sitting.tasks):
            late = overdue(task, view.at)
            status = "broken" if late and not (task.checked or task.reminded) else "kept"
            yield Check(status, task.id, Message(f"tasks_followed.{status}", {"task": task.id}))

    def remind(self, view: View) -> Iterator[Due]:
        for task in running(view.state, view.body):
            if overdue(task, view.at):
                said: dict[str, Value] = {"task": task.id, "due": task.due_on or view.at.date()}
                yield Due((), task.id, Message("tasks_followed.overdue", said))


When = Literal[
    "item_awaits",
    "item_reported",
    "item_discussed",
    "item_undecided",
    "sitting_open",
    "record_open",
    "decision_closed",
    "task_unplanned",
    "task_running",
    "task_silent",
    "task_unreported",
]
"""The moments at which an appeal is due."""


class Reminds(Kind, frozen=True, kw_only=True):
    """An appeal that has no measure (及时, 认真, 充分): said when it matters, never a refusal."""

    topic: ClassVar[str] = "appeals"
    default_modality: ClassVar[str] = "appeal"
    modalities: ClassVar[tuple[str, ...]] = ("appeal", "must")
    repeats: ClassVar[bool] = True
    when: When
    """The moment at which it is said."""
    say: str
    """The words."""

    def remind(self, view: View) -> Iterator[Due]:
        for subject, people in MOMENTS[self.when](view):
            said = {"words": self.say, "subject": subject}
            yield Due(people, subject, Message("reminds.appeal", said))


class States(Kind, frozen=True, kw_only=True):
    """Something the charter states and that asks nothing of anybody: aims, principles, facts."""

    topic: ClassVar[str] = "statements"
    default_modality: ClassVar[str] = "stated"
    modalities: ClassVar[tuple[str, ...]] = ("stated",)
    repeats: ClassVar[bool] = True
    fact: str
    """Its key."""
    value: str
    """What the charter states."""


def overdue(task: Task, at: datetime) -> bool:
    """Whether a task not yet completed has passed its day."""
    return task.status == "open" and task.due_on is not None and at.date() > task.due_on


def running(state: State, body: str) -> Iterator[Task]:
    """Tasks of a body whose minutes are out and that are not closed."""
    for subject in sorted(state.open_tasks):
        task = state.tasks[subject]
        if task.body == body and state.sittings[task.sitting].minutes is not None:
            yield task


Moment = Iterator[tuple[str, tuple[str, ...]]]


def _item_awaits(view: View) -> Moment:
    for item in (view.state.items[i] for i in view.state.bodies[view.body].waiting):
        if item.status == "on_agenda" and item.origin in ("submitted", "floor"):
            yield item.id, (item.submitted_by,)


def _discussed(view: View, presented: bool) -> Moment:
    for sitting in (view.state.sittings[s] for s in view.state.bodies[view.body].planned):
        talk = sitting.deliberations.get(sitting.current) if sitting.current else None
        if talk and bool(talk.rapporteur) == presented and talk.outcome is None:
            waiting = (p for p in sitting.people if sitting.is_present(p) and not talk.heard(p))
            yield talk.item, tuple(waiting)


def _undecided(view: View) -> Moment:
    for sitting in (view.state.sittings[s] for s in view.state.bodies[view.body].planned):
        talk = sitting.deliberations.get(sitting.current) if sitting.current else None
        chair = (sitting.chair,) if sitting.chair else ()
        if talk and talk.positions and talk.outcome is None:
            yield talk.item, chair


def _open_sittings(view: View) -> Moment:
    for sitting in (view.state.sittings[s] for s in view.state.bodies[view.body].planned):
        if sitting.status == "open":
            yield sitting.id, tuple(sorted(filter(sitting.is_present, sitting.presence)))


def _record_open(view: View) -> Moment:
    for sitting in (view.state.sittings[s] for s in view.state.bodies[view.body].planned):
        if sitting.opened_at and not sitting.record.closed and sitting.keepers:
            yield sitting.id, sitting.keepers


def _decision_closed(view: View) -> Moment:
    if view.sitting is not None:
        for made in view.state.decided_at(view.sitting):
            if not made.published:
                yield made.id, view.sitting.people


def _tasks(view: View, lacking: str) -> Moment:
    for task in running(view.state, view.body):
        if task.status == "open" and not (lacking and getattr(task, lacking)):
            yield task.id, (task.owner,) if task.owner else ()


MOMENTS: dict[str, Callable[[View], Moment]] = {
    "item_awaits": _item_awaits,
    "item_reported": lambda view: _discussed(view, False),
    "item_discussed": lambda view: _discussed(view, True),
    "item_undecided": _undecided,
    "sitting_open": _open_sittings,
    "record_open": _record_open,
    "decision_closed": _decision_closed,
    "task_unplanned": lambda view: _tasks(view, "steps"),
    "task_running": lambda view: _tasks(view, ""),
    "task_silent": lambda view: _tasks(view, "feedback"),
    "task_unreported": lambda view: _tasks(view, "reported"),
}
"""For each moment, the subjects for which it is now, and whom it concerns."""
