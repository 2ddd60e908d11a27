"""What was before the journal comes in: numbers, decisions, open tasks, marked as such (从前)."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Final

import msgspec
from msgspec.structs import replace

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.issued import Minutes
from yishi.procedure.rule import KEPT, Kind
from yishi.procedure.setting import Setting
from yishi.procedure.state import (
    Decision,
    Deliberation,
    Item,
    Outcome,
    Sitting,
    State,
    Task,
)
from yishi.procedure.verdict import Message
from yishi.values.text import Id, Text

BEFORE: Final = "before"
"""The kind of a sitting, and the origin of an item, from before the journal."""

Year = Annotated[int, msgspec.Meta(ge=1949, le=9998)]
Number = Annotated[int, msgspec.Meta(ge=0, le=9999)]

# ── events ────────────────────────────────────────────────────────────────────────────────────


class NumbersBroughtIn(Event, frozen=True, kw_only=True):
    """Sittings and minutes of a year are numbered on from here (接续届次、文号)."""

    body: Id
    year: Year
    sittings: Number
    minutes: Number

    def apply(self, state: State, at: datetime) -> State:
        held = state.bodies[self.body]
        return evolve.log(
            state,
            self.body,
            numbers=held.numbers.set(self.year, self.sittings),
            minutes=held.minutes.set(self.year, self.minutes),
        )


class SittingBroughtIn(Event, frozen=True, kw_only=True):
    """A sitting held before the journal began; nothing of it but what came of it (从前的会议)."""

    sitting: Id
    body: Id
    on: date
    year: Year
    number: Number
    by: Id
    charters: tuple[str, ...]

    def apply(self, state: State, at: datetime) -> State:
        if self.sitting in state.sittings:
            return state
        then = datetime(self.on.year, self.on.month, self.on.day, tzinfo=at.tzinfo)
        sitting = Sitting(
            id=self.sitting,
            body=self.body,
            kind=BEFORE,
            status="closed",
            convened_at=then,
            convened_by=self.by,
            starts_at=then,
            charters=self.charters,
            members=(),
            in_attendance=(),
            chair=None,
            secretary=None,
            year=self.year,
            number=self.number,
            closed_at=then,
            minutes=Minutes(0, then),
        )
        closed = replace(sitting, record=replace(sitting.record, closed=True))
        return evolve.put_sitting(state, closed)


class DecisionBroughtIn(Event, frozen=True, kw_only=True):
    """A decision made before the journal began (从前的决定)."""

    decision: Id
    sitting: Id
    body: Id
    title: Text
    words: Text
    outcome: Outcome
    matter: Id | None = None
    unit: Id | None = None
    by: Id

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        item = Item(
            id=self.decision,
            body=self.body,
            lead_unit=self.unit,
            co_units=(),
            title=self.title,
            matter=self.matter or BEFORE,
            status="decided",
            origin=BEFORE,
            submitted_at=held.starts_at,
            submitted_by=self.by,
            sitting=self.sitting,
            decision=self.decision,
        )
        made = Decision(
            id=self.decision,
            item=self.decision,
            sitting=self.sitting,
            body=self.body,
            outcome=self.outcome,
            words=self.words,
            at=held.starts_at,
            tally=(0, 0),
        )
        state = evolve.put_item(state, item)
        state = replace(state, decisions=state.decisions.set(self.decision, made))
        talk = Deliberation(self.decision, held.starts_at, outcome=self.outcome)
        return evolve.sitting(
            state,
            self.sitting,
            agenda=(*held.agenda, self.decision),
            deliberations=held.deliberations.set(self.decision, talk),
        )


class TaskBroughtIn(Event, frozen=True, kw_only=True):
    """A task given before the journal began and not closed yet; it is followed on (从前的任务)."""

    task: Id
    sitting: Id
    body: Id
    words: Text
    unit: Id | None = None
    counter: Id | None = None
    owner: Id | None = None
    due_on: date | None = None

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        task = Task(
            id=self.task,
            sitting=self.sitting,
            body=self.body,
            words=self.words,
            decision=None,
            assigned_at=held.starts_at,
            unit=self.unit,
            counter=self.counter,
            owner=self.owner,
            due_on=self.due_on,
        )
        state = evolve.put_task(state, task)
        state = replace(state, open_tasks=state.open_tasks.set(self.task, True))
        return evolve.sitting(state, self.sitting, tasks=(*held.tasks, self.task))


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


class BringNumbers(Act, frozen=True, kw_only=True):
    """The latest numbers of a year are brought in, so that numbering goes on (接续届次、文号)."""

    body: Id
    year: Year
    sittings: Number
    minutes: Number

    def events(self, setting: Setting) -> tuple[NumbersBroughtIn, ...]:
        return (
            NumbersBroughtIn(
                body=self.body, year=self.year, sittings=self.sittings, minutes=self.minutes
            ),
        )


class BringDecision(Act, frozen=True, kw_only=True):
    """A decision from before the journal is brought in (录入从前的决定)."""

    new: ClassVar[str] = "decision"
    decision: Id
    body: Id
    on: date
    number: Number = 0
    title: Text
    words: Text
    outcome: Outcome = "adopt"
    matter: Id | None = None
    unit: Id | None = None

    def events(self, setting: Setting) -> tuple[msgspec.Struct, ...]:
        held = held_before(setting)
        made = DecisionBroughtIn(
            decision=self.decision,
            sitting=held.sitting,
            body=self.body,
            title=self.title,
            words=self.words,
            outcome=self.outcome,
            matter=self.matter,
            unit=self.unit,
            by=setting.actor,
        )
        return (held, made)


class BringTask(Act, frozen=True, kw_only=True):
    """An open task from before the journal is brought in, to be followed on (录入从前的任务)."""

    new: ClassVar[str] = "task"
    task: Id
    body: Id
    on: date
    number: Number = 0
    words: Text
    unit: Id | None = None
    counter: Id | None = None
    owner: Id | None = None
    due_on: date | None = None

    def events(self, setting: Setting) -> tuple[msgspec.Struct, ...]:
        held = held_before(setting)
        made = TaskBroughtIn(
            task=self.task,
            sitting=held.sitting,
            body=self.body,
            words=self.words,
            unit=self.unit,
            counter=self.counter,
            owner=self.owner,
            due_on=self.due_on,
        )
        return (held, made)


def held_before(setting: Setting) -> SittingBroughtIn:
    """The sitting that an act is about, known from its body, day and number only."""
    act = setting.act
    name = f"{BEFORE}.{act.on:%Y%m%d}.{act.number}.{setting.body}"[:64]
    return SittingBroughtIn(
        sitting=name,
        body=setting.body,
        on=act.on,
        year=act.on.year,
        number=act.number,
        by=setting.actor,
        charters=setting.book.digests,
    )


class FromBefore(Kind, frozen=True, kw_only=True):
    """What is from before lies before the founding; numbers come in before the first sitting."""

    topic: ClassVar[str] = "before"
    governs: ClassVar[tuple[str, ...]] = ("bring_numbers", "bring_decision", "bring_task")

    def judge(self, setting: Setting) -> Message | None:
        act, state = setting.act, setting.state
        founded = state.founded_on or setting.on
        if isinstance(act, BringNumbers):
            if act.year > founded.year:
                first = date(act.year, 1, 1)
                return Message("from_before.later", {"on": first, "founded": founded})
            sittings = state.sittings.values()
            mine = (s for s in sittings if s.body == setting.body and s.year == act.year)
            if any(s.kind != BEFORE for s in mine):
                return Message("from_before.begun", {"body": setting.body, "year": act.year})
            return KEPT
        if act.on > founded:
            return Message("from_before.later", {"on": act.on, "founded": founded})
        return KEPT

    def hinges(self) -> frozenset[str]:
        return frozenset({"on", "year"})
