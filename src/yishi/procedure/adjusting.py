"""What cannot be done as decided is changed by the charter's own way (调整, 变更)."""

from datetime import date, datetime
from typing import ClassVar, Literal

from msgspec.structs import replace

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.requests import Adjustment
from yishi.procedure.resting import changed_instead, stands_on, superseded
from yishi.procedure.rule import KEPT, Kind
from yishi.procedure.setting import Setting
from yishi.procedure.state import CARRIED, Decision, Item, State, Task
from yishi.procedure.verdict import Message
from yishi.values.text import Id, Text

# ── events ────────────────────────────────────────────────────────────────────────────────────


class AdjustmentRequested(Event, frozen=True, kw_only=True):
    """A unit has asked in writing for a change of what it is to do (书面意见)."""

    adjustment: Id
    task: Id
    by: Id
    cause: Text | None = None
    effect: Text | None = None
    opinion: Text | None = None
    unit: Id | None = None
    due_on: date | None = None
    words: Text | None = None

    def apply(self, state: State, at: datetime) -> State:
        asked = Adjustment(
            id=self.adjustment,
            task=self.task,
            unit=self.unit,
            by=self.by,
            opinion=self.opinion,
            status="requested",
            asked_on=at.date(),
            due_on=self.due_on,
            words=self.words,
        )
        return replace(state, adjustments=state.adjustments.set(self.adjustment, asked))


class AdjustmentGranted(Event, frozen=True, kw_only=True):
    """The change is approved and made (批准后作出调整或变更)."""

    adjustment: Id
    task: Id
    by: Id
    due_on: date | None = None
    words: Text | None = None

    def apply(self, state: State, at: datetime) -> State:
        held, task = state.adjustments[self.adjustment], state.tasks[self.task]
        granted = replace(held, status="granted")
        state = replace(state, adjustments=state.adjustments.set(self.adjustment, granted))
        return evolve.task(
            state,
            self.task,
            due_on=self.due_on or task.due_on,
            words=self.words or task.words,
            adjusted=(*task.adjusted, self.adjustment),
        )


class AdjustmentRefused(Event, frozen=True, kw_only=True):
    """The change is not approved (不予调整)."""

    adjustment: Id
    by: Id
    reason: Text

    def apply(self, state: State, at: datetime) -> State:
        refused = replace(state.adjustments[self.adjustment], status="refused")
        return replace(state, adjustments=state.adjustments.set(self.adjustment, refused))


class ItemCarried(Event, frozen=True, kw_only=True):
    """An item comes to the body's next sitting without anybody asking again (提交下次会议)."""

    item: Id
    body: Id
    by: Id
    title: Text
    matter: Id
    lead_unit: Id | None = None
    changes: Id | None = None
    adjustment: Id | None = None
    sitting: Id | None = None
    """The next sitting, when it is already convened."""

    def stream(self) -> str:
        return f"item/{self.item}"

    def apply(self, state: State, at: datetime) -> State:
        item = Item(
            id=self.item,
            body=self.body,
            lead_unit=self.lead_unit,
            co_units=(),
            title=self.title,
            matter=self.matter,
            status="on_agenda" if self.sitting else "approved",
            origin="carried",
            submitted_at=at,
            submitted_by=self.by,
            written=True,
            changes=self.changes,
            adjustment=self.adjustment,
            sitting=self.sitting,
        )
        state = evolve.waits(evolve.put_item(state, item), self.item)
        if self.adjustment:
            linked = replace(state.adjustments[self.adjustment], item=self.item)
            adjustments = state.adjustments.set(self.adjustment, linked)
            state = replace(state, adjustments=adjustments)
        if self.sitting:
            agenda = (*state.sittings[self.sitting].agenda, self.item)
            return evolve.sitting(state, self.sitting, agenda=agenda)
        log = state.bodies[self.body]
        return evolve.log(state, self.body, carried=(*log.carried, self.item))


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


class RequestAdjustment(Act, frozen=True, kw_only=True):
    """The unit that carries a task asks for a change, with cause and effect (提出调整意见)."""

    new: ClassVar[str] = "adjustment"
    adjustment: Id
    task: Id
    cause: Text | None = None
    """New circumstances or problems (新情况、新问题)."""
    effect: Text | None = None
    """What cannot be completed as decided (无法正常完成)."""
    opinion: Text | None = None
    """The written opinion (书面意见)."""
    due_on: date | None = None
    words: Text | None = None
    """What is to be done instead."""

    def events(self, setting: Setting) -> tuple[AdjustmentRequested, ...]:
        assert setting.task is not None
        return (
            AdjustmentRequested(
                adjustment=self.adjustment,
                task=self.task,
                by=setting.actor,
                cause=self.cause,
                effect=self.effect,
                opinion=self.opinion,
                unit=setting.task.unit,
                due_on=self.due_on,
                words=self.words,
            ),
        )


class GrantAdjustment(Act, frozen=True, kw_only=True):
    """The approver grants a change; what follows from it is in the charter (批准调整)."""

    new: ClassVar[str] = "item"
    adjustment: Id
    item: Id
    """The id of the item that goes to the next sitting."""

    def events(self, setting: Setting) -> tuple[Event, ...]:
        asked = setting.adjustment
        assert asked is not None
        task = setting.state.tasks[asked.task]
        granted = AdjustmentGranted(
            adjustment=asked.id,
            task=asked.task,
            by=setting.actor,
            due_on=asked.due_on,
            words=asked.words,
        )
        rule = setting.book.rule(AdjustedBy)
        if rule is None or rule.then != "next_sitting":
            return (granted,)
        stands = stands_on(setting.state, task)
        decision = setting.state.decisions.get(stands or "")
        item = setting.state.items[decision.item] if decision else None
        carried = ItemCarried(
            item=self.item,
            body=task.body,
            by=asked.by,
            title=item.title if item else task.words,
            matter=item.matter if item else rule.matter,
            lead_unit=asked.unit,
            changes=stands,
            adjustment=asked.id,
            sitting=next_sitting(setting.state, task.body),
        )
        return (granted, carried)


class RefuseAdjustment(Act, frozen=True, kw_only=True):
    """The approver refuses a change, with the reason (不予调整)."""

    reasoned: ClassVar[bool] = True
    adjustment: Id

    def events(self, setting: Setting) -> tuple[AdjustmentRefused, ...]:
        reason = setting.reason or ""
        return (AdjustmentRefused(adjustment=self.adjustment, by=setting.actor, reason=reason),)


def next_sitting(state: State, body: str) -> str | None:
    """The earliest sitting of the body that is convened and not yet held.

    One that is being entered from paper has been.
    """
    planned = (state.sittings[s] for s in state.bodies[body].planned)
    convened = [s for s in planned if s.status == "convened" and s.entering is None]
    return min(convened, key=lambda s: s.starts_at).id if convened else None


# ── kinds of rules ────────────────────────────────────────────────────────────────────────────


class AdjustedBy(Kind, frozen=True, kw_only=True):
    """How a decision is changed: by approval on a written opinion, or only by the meeting."""

    topic: ClassVar[str] = "change"
    governs: ClassVar[tuple[str, ...]] = ("request_adjustment", "submit_item")
    by: Literal["approval", "decision"]
    """By the approver on a written opinion, or only by a decision of the meeting."""
    then: Literal["", "next_sitting"] = ""
    """Whether the matter comes to the next sitting without anybody asking again."""
    matter: Id = "other"
    """The matter under which a task without a decision is carried to the next sitting."""

    def judge(self, setting: Setting) -> Message | None:
        if setting.act.name() == "submit_item":
            return KEPT if setting.act.changes or setting.act.changes_task else None
        if self.by == "approval":
            return KEPT
        task = setting.task.id if setting.task else ""
        return Message("adjusted_by.meeting_only", {"task": task})


class ChangesKnown(Kind, frozen=True, kw_only=True):
    """An item that changes a decision names one of the same body that was carried.

    A task that rests on no such decision is named itself: one handed out there and then, one from
    before, one drawn out of a decision after that was changed.
    """

    topic: ClassVar[str] = "change_of"
    governs: ClassVar[tuple[str, ...]] = ("submit_item",)

    def judge(self, setting: Setting) -> Message | None:
        if setting.act.changes and setting.act.changes_task:
            return Message("changes_known.both")
        if setting.act.changes_task:
            return self._of_a_task(setting, setting.state.tasks[setting.act.changes_task])
        if setting.act.changes is None:
            return None
        decision = setting.state.decisions[setting.act.changes]
        if decision.body != setting.body:
            return Message("changes_known.other_body", {"body": decision.body})
        if decision.outcome not in CARRIED:
            return Message("changes_known.not_carried", {"decision": decision.id})
        if superseded(setting.state, decision):
            return Message("changes_known.changed_already", {})
        return KEPT

    def _of_a_task(self, setting: Setting, task: Task) -> Message:
        if task.body != setting.body:
            return Message("changes_known.task_of_other_body", {"body": task.body})
        if task.id not in setting.state.open_tasks:
            return Message("changes_known.task_at_an_end", {"task": task.id})
        if stands := changed_instead(setting.state, task):
            said = {"task": task.id, "decision": stands}
            return Message("changes_known.task_under_decision", said)
        return KEPT


class OldTasksSaid(Kind, frozen=True, kw_only=True):
    """A decision that changes another says of each task still in hand whether it goes on or ends.

    An item that an adjustment brought about concerns the task of that adjustment only, one that
    changes a task that task.
    """

    topic: ClassVar[str] = "old_tasks"
    happens: ClassVar[bool] = False
    governs: ClassVar[tuple[str, ...]] = ("decide_item",)

    def judge(self, setting: Setting) -> Message | None:
        act, item = setting.act, setting.item
        said = (*act.continues, *act.ends)
        concerned = old_tasks(setting.state, item) if item and act.outcome in CARRIED else ()
        if twice := tuple(sorted({t for t in said if said.count(t) > 1})):
            return Message("old_tasks_said.twice", {"tasks": twice})
        if foreign := tuple(t for t in said if t not in concerned):
            return Message("old_tasks_said.not_of_it", {"tasks": foreign})
        if unsaid := tuple(t for t in concerned if t not in said):
            return Message("old_tasks_said.unsaid", {"tasks": unsaid})
        return KEPT if said else None

    def hinges(self) -> frozenset[str]:
        return frozenset({"outcome", "continues", "ends"})


def ended_with(state: State, decision: Decision) -> tuple[str, ...]:
    """The tasks that it changed, or of the decision that it changed, which ended with it."""
    every = _changed_by(state, state.items[decision.item])
    return tuple(task for task in every if state.tasks[task].ended_by == decision.id)


def old_tasks(state: State, item: Item) -> tuple[str, ...]:
    """The tasks in hand that an item would change, or of the decision that it would change."""
    if item.adjustment is not None and item.changes:
        every: tuple[str, ...] = (state.adjustments[item.adjustment].task,)
    else:
        every = _changed_by(state, item)
    return tuple(task for task in every if task in state.open_tasks)


def _changed_by(state: State, item: Item) -> tuple[str, ...]:
    if item.changes_task is not None:
        return (item.changes_task,)
    return state.decisions[item.changes].tasks if item.changes else ()
