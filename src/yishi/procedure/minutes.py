"""The record of what was said, what is to be done, and what is made public (会议记录)."""

from datetime import date, datetime
from typing import ClassVar, Literal

from msgspec.structs import replace

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.publication import Publication, PublicTask, beyond
from yishi.procedure.rule import KEPT, Kind
from yishi.procedure.setting import Setting
from yishi.procedure.state import Sitting, State
from yishi.procedure.verdict import Message, Rejected
from yishi.values.text import Id, Text

# ── events ────────────────────────────────────────────────────────────────────────────────────


class RecordNoted(Event, frozen=True, kw_only=True):
    """The secretary has put something on record (记录)."""

    sitting: Id
    note: Id
    words: Text
    item: Id | None = None

    def apply(self, state: State, at: datetime) -> State:
        record = state.sittings[self.sitting].record
        notes = (*record.notes, (self.note, self.item, self.words))
        return evolve.sitting(state, self.sitting, record=replace(record, notes=notes))


class RecordCorrected(Event, frozen=True, kw_only=True):
    """A new entry names an old one and says what is right (更正)."""

    sitting: Id
    note: Id
    corrects: Id
    words: Text
    reason: Text

    def apply(self, state: State, at: datetime) -> State:
        record = state.sittings[self.sitting].record
        made = (*record.corrections, (self.note, self.corrects, self.words))
        return evolve.sitting(state, self.sitting, record=replace(record, corrections=made))


class RecordClosed(Event, frozen=True, kw_only=True):
    """The record is complete (会议记录完成)."""

    sitting: Id

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        state = evolve.sitting(state, self.sitting, record=replace(held.record, closed=True))
        return evolve.settled(state, self.sitting)


class TaskSet(Event, frozen=True, kw_only=True):
    """The office has filled in who does a task until when."""

    task: Id
    unit: Id | None = None
    counter: Id | None = None
    owner: Id | None = None
    due_on: date | None = None

    def apply(self, state: State, at: datetime) -> State:
        held = state.tasks[self.task]
        return evolve.task(
            state,
            self.task,
            unit=self.unit or held.unit,
            counter=self.counter or held.counter,
            owner=self.owner or held.owner,
            due_on=self.due_on or held.due_on,
        )


class DecisionPublished(Event, frozen=True, kw_only=True):
    """A decision has been made public, the whole of it or an excerpt (公开)."""

    decision: Id
    by: Id
    masked: tuple[Id, ...] | None = None
    title: Text | None = None
    words: Text | None = None
    without_tasks: bool | None = None
    added: Text | None = None

    def apply(self, state: State, at: datetime) -> State:
        held = state.decisions[self.decision]
        part = any((self.masked, self.title, self.words, self.without_tasks, self.added))
        tasks = () if self.without_tasks else (state.tasks[task] for task in held.tasks)
        publication = Publication(
            at=at,
            by=self.by,
            title=self.title or state.items[held.item].title,
            words=self.words or held.words,
            tasks=tuple(PublicTask(t.words, t.unit or t.counter, t.owner, t.due_on) for t in tasks),
            masked=tuple((p, state.roster.people[p]) for p in self.masked or ()),
            part=part,
            added=self.added or "",
        )
        public = replace(held, published=not part, publication=publication)
        return replace(state, decisions=state.decisions.set(self.decision, public))


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


class NoteRecord(Act, frozen=True, kw_only=True):
    """The secretary puts on record what was said (如实记录)."""

    sitting: Id
    note: Id
    words: Text
    item: Id | None = None
    """The item that it belongs to; none: the meeting as a whole."""

    def events(self, setting: Setting) -> tuple[RecordNoted, ...]:
        return (
            RecordNoted(sitting=self.sitting, note=self.note, words=self.words, item=self.item),
        )


class CorrectRecord(Act, frozen=True, kw_only=True):
    """The secretary corrects an entry by a new one that names it, with the reason (更正记录)."""

    reasoned: ClassVar[bool] = True
    sitting: Id
    note: Id
    corrects: Id
    """The id of a note, of a correction, or of an item that was taken up."""
    words: Text

    def events(self, setting: Setting) -> tuple[RecordCorrected, ...]:
        return (
            RecordCorrected(
                sitting=self.sitting,
                note=self.note,
                corrects=self.corrects,
                words=self.words,
                reason=setting.reason or "",
            ),
        )


class CloseRecord(Act, frozen=True, kw_only=True):
    """The secretary declares the record complete (完成会议记录)."""

    sitting: Id

    def events(self, setting: Setting) -> tuple[RecordClosed, ...]:
        return (RecordClosed(sitting=self.sitting),)


class SetTask(Act, frozen=True, kw_only=True):
    """The office names who carries a matter out until when (明确责任)."""

    overwrites: ClassVar[bool] = True
    task: Id
    unit: Id | None = None
    counter: Id | None = None
    owner: Id | None = None
    due_on: date | None = None

    def events(self, setting: Setting) -> tuple[TaskSet, ...]:
        return (
            TaskSet(
                task=self.task,
                unit=self.unit,
                counter=self.counter,
                owner=self.owner,
                due_on=self.due_on,
            ),
        )


class PublishDecision(Act, frozen=True, kw_only=True):
    """A decision is made public (公开决定), or an excerpt of it and no more.

    With any of the optional fields only the excerpt is public: the whole stays with its readers.
    """

    decision: Id
    masked: tuple[Id, ...] | None = None
    """People whose names are masked in what is published."""
    title: Text | None = None
    """The title under which it is published, instead of the item's."""
    words: Text | None = None
    """What is published of the decision, instead of its words: of these, and nothing else."""
    without_tasks: bool | None = None
    """Whether the tasks that follow from it are left out."""
    added: Text | None = None
    """What is explained beside it (外加说明), published as no words of the meeting's."""

    def amiss(self, setting: Setting) -> Rejected | None:
        held = setting.state.decisions.get(self.decision)
        more = beyond(self.words, held.words) if held and self.words else ""
        return Rejected("words", Message("publishing.beyond", {"words": more})) if more else None

    def events(self, setting: Setting) -> tuple[DecisionPublished, ...]:
        return (
            DecisionPublished(
                decision=self.decision,
                by=setting.actor,
                masked=self.masked or None,
                title=self.title,
                words=self.words,
                without_tasks=self.without_tasks or None,
                added=self.added,
            ),
        )


# ── kinds of rules ────────────────────────────────────────────────────────────────────────────

Content = Literal["items", "people", "opinions", "decisions"]


class RecordContents(Kind, frozen=True, kw_only=True):
    """What the record holds before it is complete (议题, 出列席人员, 发言意见, 会议决定)."""

    topic: ClassVar[str] = "record_contents"
    repeats: ClassVar[bool] = True
    governs: ClassVar[tuple[str, ...]] = ("close_record",)
    holds: tuple[Content, ...]
    """Items have been taken up, people entered, opinions noted, decisions made."""

    def slot(self, act: str) -> str:
        return f"record_contents/{','.join(self.holds)}"

    def judge(self, setting: Setting) -> Message | None:
        sitting = setting.sitting
        if sitting is None:
            return None
        for content in self.holds:
            missing = MISSING[content](setting, sitting)
            if missing:
                return Message(f"record_contents.{content}", {content: missing})
        return KEPT

    def hinges(self) -> frozenset[str]:
        return frozenset()


class CorrectsKnown(Kind, frozen=True, kw_only=True):
    """A correction names an entry that is on record (更正)."""

    topic: ClassVar[str] = "corrections"
    happens: ClassVar[bool] = False
    governs: ClassVar[tuple[str, ...]] = ("correct_record",)

    def judge(self, setting: Setting) -> Message | None:
        if setting.sitting is None:
            return None
        record = setting.sitting.record
        known = {entry[0] for entry in (*record.notes, *record.corrections)}
        known |= set(setting.sitting.deliberations)
        if setting.act.corrects in known:
            return KEPT
        return Message("corrects_known.unknown", {"id": setting.act.corrects})

    def hinges(self) -> frozenset[str]:
        return frozenset({"corrects"})


def _items_open(setting: Setting, sitting: Sitting) -> tuple[str, ...]:
    return tuple(i for i in sitting.agenda if i not in sitting.deliberations)


def _people_open(setting: Setting, sitting: Sitting) -> tuple[str, ...]:
    """Members, those in attendance, and who was called in for an item that was taken up."""
    called_in = (person for item in sitting.taken for person in sitting.guests(item))
    everybody = dict.fromkeys((*sitting.people, *called_in))
    return tuple(person for person in everybody if person not in sitting.presence)


def _opinions_open(setting: Setting, sitting: Sitting) -> tuple[str, ...]:
    return tuple(
        i
        for i in sitting.taken
        if sitting.deliberations[i].outcome not in ("postpone", "noted", None)
        and not any(p.words for p in sitting.deliberations[i].positions)
        and not any(note[1] == i for note in sitting.record.notes)
    )


def _decisions_open(setting: Setting, sitting: Sitting) -> tuple[str, ...]:
    return tuple(i for i in sitting.taken if sitting.deliberations[i].outcome is None)


MISSING = {
    "items": _items_open,
    "people": _people_open,
    "opinions": _opinions_open,
    "decisions": _decisions_open,
}
"""For each content of the record, what of it is still missing."""
