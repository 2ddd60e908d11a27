"""The minutes worded, looked through, signed off before they go out (整理, 核对, 签批; pure).

What was decided, by whom and until when, is no wording: no act here has a field for it.
"""

from datetime import datetime
from typing import ClassVar, Final, Literal

from msgspec.structs import replace

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.issued import Draft, Passed
from yishi.procedure.rule import KEPT, Kind
from yishi.procedure.setting import Setting
from yishi.procedure.state import State
from yishi.procedure.verdict import Message, Rejected
from yishi.values.maps import Map
from yishi.values.text import Id, Text

# ── events ────────────────────────────────────────────────────────────────────────────────────


class MinutesWorded(Event, frozen=True, kw_only=True):
    """The office has worded what opens and what closes the minutes (整理会议纪要)."""

    sitting: Id
    opening: Text | None = None
    closing: Text | None = None

    def apply(self, state: State, at: datetime) -> State:
        draft = state.sittings[self.sitting].draft
        worded = draft.changed(at, opening=self.opening, closing=self.closing)
        return evolve.sitting(state, self.sitting, draft=worded)


class PointWorded(Event, frozen=True, kw_only=True):
    """The office has explained a point beside what was decided (补充说明)."""

    sitting: Id
    item: Id
    words: Text | None = None

    def apply(self, state: State, at: datetime) -> State:
        draft = state.sittings[self.sitting].draft
        points = {**draft.points, self.item: self.words}
        kept = Map({item: words for item, words in points.items() if words is not None})
        return evolve.sitting(state, self.sitting, draft=draft.changed(at, points=kept))


class PointMoved(Event, frozen=True, kw_only=True):
    """A point of the minutes stands one place further up (上移)."""

    sitting: Id
    item: Id

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        order = list(held.draft.in_order(held.taken))
        place = order.index(self.item)
        order.insert(max(place - 1, 0), order.pop(place))
        moved = held.draft.changed(at, order=tuple(order))
        return evolve.sitting(state, self.sitting, draft=moved)


class DraftReopened(Event, frozen=True, kw_only=True):
    """The draft is another than was signed or sent round: both are done anew (作废)."""

    sitting: Id
    signed: tuple[Id, ...] = ()
    """Whose signatures were under other words."""
    asked: tuple[Id, ...] = ()
    """Who was sent other words."""

    def apply(self, state: State, at: datetime) -> State:
        draft = state.sittings[self.sitting].pending.reopened(at, self.signed)
        return evolve.pending(state, self.sitting, draft, signed=())


class MinutesPassed(Event, frozen=True, kw_only=True):
    """Somebody has looked the draft through, or put their name to it (核对, 签批)."""

    sitting: Id
    step: Literal["check", "sign_off"]
    by: Id

    def apply(self, state: State, at: datetime) -> State:
        draft = state.sittings[self.sitting].pending
        passed = (*draft.passed, Passed(self.step, self.by, at))
        return evolve.pending(state, self.sitting, replace(draft, passed=passed))


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


class WordMinutes(Act, frozen=True, kw_only=True):
    """The office words what opens and what closes the minutes (整理会议纪要)."""

    overwrites: ClassVar[bool] = True
    sitting: Id
    opening: Text | None = None
    """After the sentence that says when, who and which meeting, which stays."""
    closing: Text | None = None
    """Behind the last point."""

    def events(self, setting: Setting) -> tuple[MinutesWorded | DraftReopened, ...]:
        worded = MinutesWorded(sitting=self.sitting, opening=self.opening, closing=self.closing)
        return (worded, *reopened(setting))


class WordPoint(Act, frozen=True, kw_only=True):
    """The office explains a point of the minutes, beside what was decided (补充说明)."""

    overwrites: ClassVar[bool] = True
    sitting: Id
    item: Id
    words: Text | None = None
    """Stands between the decision and what is to be done; none: nothing stands there."""

    def amiss(self, setting: Setting) -> Rejected | None:
        return no_point(setting)

    def events(self, setting: Setting) -> tuple[PointWorded | DraftReopened, ...]:
        worded = PointWorded(sitting=self.sitting, item=self.item, words=self.words)
        return (worded, *reopened(setting))


class MovePoint(Act, frozen=True, kw_only=True):
    """The office puts a point of the minutes one place further up (上移)."""

    sitting: Id
    item: Id

    def amiss(self, setting: Setting) -> Rejected | None:
        held = setting.sitting
        fault = no_point(setting)
        if fault is None and held and held.draft.in_order(held.taken)[0] == self.item:
            return Rejected("item", Message("drafting.first_already"))
        return fault

    def events(self, setting: Setting) -> tuple[PointMoved | DraftReopened, ...]:
        return (PointMoved(sitting=self.sitting, item=self.item), *reopened(setting))


class CheckMinutes(Act, frozen=True, kw_only=True):
    """Somebody has looked the draft of the minutes through (核对会议纪要)."""

    sitting: Id

    def events(self, setting: Setting) -> tuple[MinutesPassed, ...]:
        return (MinutesPassed(sitting=self.sitting, step="check", by=setting.actor),)


class SignOffMinutes(Act, frozen=True, kw_only=True):
    """The chair puts their name to the draft, where nothing asks for it (签批会议纪要)."""

    sitting: Id

    def events(self, setting: Setting) -> tuple[MinutesPassed, ...]:
        return (MinutesPassed(sitting=self.sitting, step="sign_off", by=setting.actor),)


def reopened(setting: Setting) -> tuple[DraftReopened, ...]:
    """What falls with a change of the draft: signatures, and what members have answered."""
    held = setting.sitting
    if held is None:
        return ()
    sent, signed = held.pending.sent, held.signatures
    asked = sent.people if sent and held.pending.in_round else ()
    if not signed and not asked:
        return ()
    return (DraftReopened(sitting=held.id, signed=signed, asked=asked),)


def no_point(setting: Setting) -> Rejected | None:
    """Whether the act is about an item that is no point of these minutes."""
    held, item = setting.sitting, setting.act.item
    if held is None or item is None or item in held.taken:
        return None
    return Rejected("item", Message("drafting.no_point"))


# ── kinds of rules ────────────────────────────────────────────────────────────────────────────

DRAFTING: Final = "draft_corrigendum"
"""The act by which a correction has a draft."""

Step = Literal["circulated", "answered", "checked", "signed_off"]
"""征求意见 · 意见都有答复 · 核对 · 签批."""


class MinutesPrepared(Kind, frozen=True, kw_only=True):
    """What is done before minutes or a correction of them go out: members asked, answered, …"""

    topic: ClassVar[str] = "minutes_steps"
    governs: ClassVar[tuple[str, ...]] = ("issue_minutes", "correct_minutes", "issue_corrigendum")
    steps: tuple[Step, ...]
    """The steps, in words of the list above; a draft changed since was not checked."""

    def judge(self, setting: Setting) -> Message | None:
        going = going_out(setting)
        if going is None:
            return None
        done = steps_done(going[0])
        missing = tuple(step for step in self.steps if step not in done)
        if not missing:
            return KEPT
        which = "missing" if setting.act.name() == "issue_minutes" else "correction_missing"
        return Message(f"minutes_prepared.{which}", {"steps": missing})

    def hinges(self) -> frozenset[str]:
        return frozenset()


def going_out(setting: Setting) -> tuple[Draft, tuple[str, ...]] | None:
    """The draft that an act would issue, with who has signed it; of a correction too.

    None where nothing can be asked of it: rules of before corrections had a draft know of nothing
    that could be signed or sent round.
    """
    held, act = setting.sitting, setting.act.name()
    if held is None or (act == "correct_minutes" and not setting.book.entrusts(DRAFTING)):
        return None
    if act == "issue_minutes":
        return held.draft, held.signed
    made = held.corrigendum if act == "issue_corrigendum" else None
    return (made.draft, made.signed) if made else (Draft(), ())


def steps_done(draft: Draft) -> tuple[Step, ...]:
    """The steps that have been done to a draft as it stands."""
    done: dict[Step, bool] = {
        "circulated": draft.in_round,
        "answered": draft.in_round and not draft.open and not draft.waiting,
        "checked": draft.stands("check") is not None,
        "signed_off": draft.stands("sign_off") is not None,
    }
    return tuple(step for step, is_done in done.items() if is_done)
