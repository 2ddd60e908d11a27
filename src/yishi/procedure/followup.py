"""What was decided is carried out, watched over and reported (督办: 反馈, 催办, 报告, 办结)."""

from datetime import date, datetime
from typing import ClassVar

import msgspec

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.setting import Setting
from yishi.procedure.state import State
from yishi.values.text import Id, Text


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of a plan and the day by which it is done."""

    by: date
    words: Text


# ── events ────────────────────────────────────────────────────────────────────────────────────


class TaskPlanned(Event, frozen=True, kw_only=True):
    """The unit has laid out its steps (安排进度)."""

    task: Id
    steps: tuple[Step, ...]

    def apply(self, state: State, at: datetime) -> State:
        return evolve.task(state, self.task, steps=tuple((s.by, s.words) for s in self.steps))


class ProgressReported(Event, frozen=True, kw_only=True):
    """The unit has told the office how it goes (反馈进展)."""

    task: Id
    by: Id
    words: Text

    def apply(self, state: State, at: datetime) -> State:
        feedback = (*state.tasks[self.task].feedback, at)
        return evolve.task(state, self.task, feedback=feedback)


class TaskChecked(Event, frozen=True, kw_only=True):
    """The office has looked how it goes (督促检查)."""

    task: Id
    words: Text

    def apply(self, state: State, at: datetime) -> State:
        checked = (*state.tasks[self.task].checked, at)
        return evolve.task(state, self.task, checked=checked)


class OwnerReminded(Event, frozen=True, kw_only=True):
    """The office has pressed the owner (催办)."""

    task: Id
    words: Text | None = None

    def apply(self, state: State, at: datetime) -> State:
        reminded = (*state.tasks[self.task].reminded, at)
        return evolve.task(state, self.task, reminded=reminded)


class ProgressReportedUp(Event, frozen=True, kw_only=True):
    """The office has reported to the head or the leader in charge; which one is kept (报告)."""

    task: Id
    to: Id
    words: Text

    def apply(self, state: State, at: datetime) -> State:
        reported = (*state.tasks[self.task].reported, (at, self.to))
        return evolve.task(state, self.task, reported=reported)


class TaskCompleted(Event, frozen=True, kw_only=True):
    """The owner says that it is done (办结)."""

    task: Id
    words: Text

    def apply(self, state: State, at: datetime) -> State:
        return evolve.task(state, self.task, status="completed")


class TaskClosed(Event, frozen=True, kw_only=True):
    """The office has checked it and struck it off (销号)."""

    task: Id

    def apply(self, state: State, at: datetime) -> State:
        state = evolve.task(state, self.task, status="closed", closed_at=at)
        return evolve.task_ends(state, self.task)


class TaskSentBack(Event, frozen=True, kw_only=True):
    """The office has found it not done and sent it back (退回继续办理)."""

    task: Id
    reason: Text

    def apply(self, state: State, at: datetime) -> State:
        sent_back = state.tasks[self.task].sent_back + 1
        return evolve.task(state, self.task, status="open", sent_back=sent_back)


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


class PlanTask(Act, frozen=True, kw_only=True):
    """The unit lays out its steps with their days (合理安排进度)."""

    overwrites: ClassVar[bool] = True
    task: Id
    steps: tuple[Step, ...]
    """Each step with the day by which it is done."""

    def events(self, setting: Setting) -> tuple[TaskPlanned, ...]:
        return (TaskPlanned(task=self.task, steps=self.steps),)


class ReportBack(Act, frozen=True, kw_only=True):
    """The unit tells the office how it goes (反馈事项进展情况)."""

    task: Id
    words: Text

    def events(self, setting: Setting) -> tuple[ProgressReported, ...]:
        return (ProgressReported(task=self.task, by=setting.actor, words=self.words),)


class CheckTask(Act, frozen=True, kw_only=True):
    """The office looks how it goes (督促检查落实)."""

    task: Id
    words: Text

    def events(self, setting: Setting) -> tuple[TaskChecked, ...]:
        return (TaskChecked(task=self.task, words=self.words),)


class RemindOwner(Act, frozen=True, kw_only=True):
    """The office presses the owner (催办)."""

    task: Id
    words: Text | None = None

    def events(self, setting: Setting) -> tuple[OwnerReminded, ...]:
        return (OwnerReminded(task=self.task, words=self.words),)


class ReportUp(Act, frozen=True, kw_only=True):
    """The office reports to the head or the leader in charge (报告主任或其他分管领导)."""

    task: Id
    to: Id
    words: Text

    def events(self, setting: Setting) -> tuple[ProgressReportedUp, ...]:
        return (ProgressReportedUp(task=self.task, to=self.to, words=self.words),)


class CompleteTask(Act, frozen=True, kw_only=True):
    """The owner says that it is done, and how (办结)."""

    task: Id
    words: Text

    def events(self, setting: Setting) -> tuple[TaskCompleted, ...]:
        return (TaskCompleted(task=self.task, words=self.words),)


class CloseTask(Act, frozen=True, kw_only=True):
    """The office strikes a completed task off (销号)."""

    task: Id

    def events(self, setting: Setting) -> tuple[TaskClosed, ...]:
        return (TaskClosed(task=self.task),)


class SendBackTask(Act, frozen=True, kw_only=True):
    """The office finds it not done and sends it back, with the reason (退回继续办理)."""

    reasoned: ClassVar[bool] = True
    task: Id

    def events(self, setting: Setting) -> tuple[TaskSentBack, ...]:
        return (TaskSentBack(task=self.task, reason=setting.reason or ""),)
