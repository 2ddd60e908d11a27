"""The meeting decides, or puts off (决定, 缓议), and hands out what is to be done."""

from datetime import date, datetime
from typing import ClassVar, Literal

import msgspec
from msgspec.structs import replace

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.convening import carried_on
from yishi.procedure.majority import Majority, count
from yishi.procedure.setting import Setting
from yishi.procedure.state import CARRIED, Decision, Outcome, State, Task
from yishi.values.text import Id, Text

# ── events ────────────────────────────────────────────────────────────────────────────────────


class TaskAssigned(Event, frozen=True, kw_only=True):
    """Something is to be carried out (交办)."""

    task: Id
    sitting: Id
    body: Id
    words: Text
    decision: Id | None = None
    unit: Id | None = None
    counter: Id | None = None
    owner: Id | None = None
    due_on: date | None = None

    def apply(self, state: State, at: datetime) -> State:
        task = Task(
            id=self.task,
            sitting=self.sitting,
            body=self.body,
            words=self.words,
            decision=self.decision,
            assigned_at=at,
            unit=self.unit,
            counter=self.counter,
            owner=self.owner,
            due_on=self.due_on,
        )
        tasks = (*state.sittings[self.sitting].tasks, self.task)
        state = evolve.sitting(evolve.put_task(state, task), self.sitting, tasks=tasks)
        if self.decision:
            held = state.decisions[self.decision]
            linked = replace(held, tasks=(*held.tasks, self.task))
            state = replace(state, decisions=state.decisions.set(self.decision, linked))
        return replace(state, open_tasks=state.open_tasks.set(self.task, True))


class ItemDecided(Event, frozen=True, kw_only=True):
    """The chair has stated the decision of the meeting (形成决定)."""

    sitting: Id
    item: Id
    decision: Id
    body: Id
    outcome: Outcome
    words: Text
    summary: Text | None = None
    votes: int = 0
    base: int = 0
    changes: Id | None = None
    continues: tuple[Id, ...] = ()
    ends: tuple[Id, ...] = ()
    """Tasks of the changed decision that go on, and those that are at an end with it."""
    source: Literal["chair", "secretary"] = "chair"
    """Whose hand entered it; the chair has stated it either way."""

    def apply(self, state: State, at: datetime) -> State:
        decision = Decision(
            id=self.decision,
            item=self.item,
            sitting=self.sitting,
            body=self.body,
            outcome=self.outcome,
            words=self.words,
            at=at,
            tally=(self.votes, self.base),
            changes=self.changes,
            tasks=self.continues,
            source=self.source,
        )
        decisions = state.decisions.set(self.decision, decision)
        if self.changes and self.outcome in CARRIED:
            old = decisions[self.changes]
            linked = replace(old, changed_by=(*old.changed_by, self.decision))
            decisions = decisions.set(self.changes, linked)
        state = replace(state, decisions=decisions)
        state = evolve.item(state, self.item, status="decided", decision=self.decision)
        return evolve.ends(_ended(state, self.sitting, self.item, self.outcome, at), self.item)


class TaskEnded(Event, frozen=True, kw_only=True):
    """A task is at an end with the decision that it came from (随决定变更终止)."""

    task: Id
    decision: Id
    """The later decision."""

    def apply(self, state: State, at: datetime) -> State:
        said = {"status": "ended", "ended_by": self.decision, "closed_at": at}
        return evolve.task_ends(evolve.task(state, self.task, **said), self.task)


class ItemPostponed(Event, frozen=True, kw_only=True):
    """Nothing is decided; the item waits for another sitting (缓议).

    It waits as what it was: one that was approved stays so, one that came from the floor has been
    before no office and no approver yet, one that is carried comes to the sitting after this by
    itself. A standing item ends: the next sitting has its own.
    """

    sitting: Id
    item: Id
    words: Text

    def apply(self, state: State, at: datetime) -> State:
        state = _ended(state, self.sitting, self.item, "postpone", at)
        held, times = state.items[self.item], state.items[self.item].postponed + 1
        if held.origin == "standing":
            state = evolve.off_agenda(state, self.item, status="withdrawn", postponed=times)
            return evolve.ends(state, self.item)
        raised = state.sittings[self.sitting].talk_on(self.item).floor
        status = "submitted" if raised else "approved"
        state = evolve.off_agenda(state, self.item, status=status, postponed=times)
        if held.origin != "carried":
            return state
        return carried_on(state, held.body, (self.item,), at)


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


class TaskDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something to be carried out, as far as it is known yet."""

    task: Id
    words: Text
    unit: Id | None = None
    counter: Id | None = None
    owner: Id | None = None
    due_on: date | None = None


class DecideItem(Act, frozen=True, kw_only=True):
    """The chair states what the meeting decides on the item, or puts it off (作出决定)."""

    new: ClassVar[str] = "decision"
    sitting: Id
    item: Id
    decision: Id
    """Its id; nothing has it where the item is put off."""
    outcome: Outcome
    """通过, 原则同意, 不予通过, 缓议, 已传达或者已听取."""
    words: Text
    summary: Text | None = None
    """What the discussion came to (总结)."""
    tasks: tuple[TaskDraft, ...] = ()
    """What is to be carried out, as far as it is known yet."""
    continues: tuple[Id, ...] = ()
    """Tasks of the decision that is changed which go on as they are (继续办理)."""
    ends: tuple[Id, ...] = ()
    """Tasks of the decision that is changed which are at an end with it (到此为止)."""

    def events(self, setting: Setting) -> tuple[Event, ...]:
        if self.outcome == "postpone":
            return (ItemPostponed(sitting=self.sitting, item=self.item, words=self.words),)
        assert setting.item is not None
        votes, base = count(setting, setting.book.rule(Majority), self.outcome)
        decided = ItemDecided(
            sitting=self.sitting,
            item=self.item,
            decision=self.decision,
            body=setting.body,
            outcome=self.outcome,
            words=self.words,
            summary=self.summary,
            votes=votes,
            base=base,
            changes=setting.item.changes,
            continues=self.continues,
            ends=self.ends,
            source="secretary" if setting.hand else "chair",
        )
        ended = (TaskEnded(task=t, decision=self.decision) for t in self.ends)
        return (decided, *ended, *(assigned(setting, t, self.decision) for t in self.tasks))


class AssignTask(Act, frozen=True, kw_only=True):
    """The chair hands out a task there and then (布置工作任务)."""

    new: ClassVar[str] = "task"
    sitting: Id
    task: Id
    words: Text
    unit: Id | None = None
    counter: Id | None = None
    owner: Id | None = None
    due_on: date | None = None

    def events(self, setting: Setting) -> tuple[TaskAssigned, ...]:
        return (assigned(setting, self, None),)


class DraftTask(Act, frozen=True, kw_only=True):
    """The office draws out of a decision what is to be carried out (整理决定事项)."""

    new: ClassVar[str] = "task"
    sitting: Id
    decision: Id
    task: Id
    words: Text
    unit: Id | None = None
    counter: Id | None = None
    owner: Id | None = None
    due_on: date | None = None

    def events(self, setting: Setting) -> tuple[TaskAssigned, ...]:
        return (assigned(setting, self, self.decision),)


def assigned(
    setting: Setting, draft: TaskDraft | AssignTask | DraftTask, decision: str | None
) -> TaskAssigned:
    """The event for a task drafted in this setting."""
    return TaskAssigned(
        task=draft.task,
        sitting=setting.act.sitting,
        body=setting.body,
        words=draft.words,
        decision=decision,
        unit=draft.unit,
        counter=draft.counter,
        owner=draft.owner,
        due_on=draft.due_on,
    )


def _ended(state: State, where: str, item: str, outcome: Outcome, at: datetime) -> State:
    state = evolve.talk(state, where, item, outcome=outcome, ended_at=at)
    return evolve.sitting(state, where, current=None)
