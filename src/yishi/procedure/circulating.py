"""The draft of minutes or of a correction sent to members, and what they would change (pure)."""

from datetime import date, datetime
from typing import ClassVar

from msgspec.structs import replace

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.drafting import no_point
from yishi.procedure.issued import Correction, Draft, Round
from yishi.procedure.reading import readers_in
from yishi.procedure.setting import Setting
from yishi.procedure.state import State
from yishi.procedure.verdict import Message, Rejected
from yishi.values.text import Id, Text

# ── events ────────────────────────────────────────────────────────────────────────────────────


class MinutesCirculated(Event, frozen=True, kw_only=True):
    """The draft has been sent to these members (征求意见)."""

    sitting: Id
    people: tuple[Id, ...]
    by: Id
    answer_by: date | None = None

    def apply(self, state: State, at: datetime) -> State:
        earlier = len(state.sittings[self.sitting].pending.corrections)
        sent = Round(at, self.people, self.by, self.answer_by, earlier=earlier)
        return _drafted(state, self.sitting, sent=sent)


class CorrectionRequested(Event, frozen=True, kw_only=True):
    """A member has asked for something to be corrected (提出修改意见)."""

    sitting: Id
    note: Id
    by: Id
    words: Text
    reason: Text
    item: Id | None = None

    def apply(self, state: State, at: datetime) -> State:
        draft = state.sittings[self.sitting].pending
        made = Correction(self.note, self.by, at, self.words, self.reason, self.item)
        return _drafted(state, self.sitting, corrections=(*draft.corrections, made))


class DraftAgreed(Event, frozen=True, kw_only=True):
    """A member has nothing to correct (没有意见)."""

    sitting: Id
    by: Id

    def apply(self, state: State, at: datetime) -> State:
        sent = state.sittings[self.sitting].pending.sent
        if sent is None:
            return state
        agreed = tuple(dict.fromkeys((*sent.agreed, self.by)))
        return _drafted(state, self.sitting, sent=replace(sent, agreed=agreed))


class CorrectionAnswered(Event, frozen=True, kw_only=True):
    """The office has taken what a member asked for, or not and why (采纳, 不采纳)."""

    sitting: Id
    request: Id
    taken: bool
    reason: Text | None = None

    def apply(self, state: State, at: datetime) -> State:
        draft = state.sittings[self.sitting].pending
        status = "taken" if self.taken else "declined"
        answered = tuple(
            replace(one, status=status, answer=self.reason) if one.id == self.request else one
            for one in draft.corrections
        )
        return _drafted(state, self.sitting, corrections=answered)


def _drafted(state: State, sitting: str, **changes: object) -> State:
    draft: Draft = state.sittings[sitting].pending
    return evolve.pending(state, sitting, replace(draft, **changes))


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


class CirculateMinutes(Act, frozen=True, kw_only=True):
    """The office sends the draft to the members who may read the minutes (征求意见)."""

    sitting: Id
    answer_by: date | None = None
    """Until when they are asked to answer; nobody is held to it."""

    def amiss(self, setting: Setting) -> Rejected | None:
        if self.answer_by is not None and self.answer_by < setting.on:
            return Rejected("answer_by", Message("circulating.day_passed", {"today": setting.on}))
        if setting.sitting is not None and not _asked(setting):
            return Rejected("sitting", Message("circulating.nobody"))
        return None

    def events(self, setting: Setting) -> tuple[MinutesCirculated, ...]:
        sent = MinutesCirculated(
            sitting=self.sitting,
            people=_asked(setting),
            by=setting.actor,
            answer_by=self.answer_by,
        )
        return (sent,)


class RequestCorrection(Act, frozen=True, kw_only=True):
    """A member asks for something in the draft to be corrected, and says why (提出修改意见)."""

    reasoned: ClassVar[bool] = True
    sitting: Id
    note: Id
    words: Text
    """What it should say."""
    item: Id | None = None
    """The point that it is about; none: the minutes as a whole."""

    def amiss(self, setting: Setting) -> Rejected | None:
        held = setting.sitting
        if held is not None and any(one.id == self.note for one in held.pending.corrections):
            return Rejected("note", Message("place.taken", {"field": "note", "id": self.note}))
        return no_point(setting)

    def events(self, setting: Setting) -> tuple[CorrectionRequested, ...]:
        made = CorrectionRequested(
            sitting=self.sitting,
            note=self.note,
            by=setting.actor,
            words=self.words,
            reason=setting.reason or "",
            item=self.item,
        )
        return (made,)


class AgreeMinutes(Act, frozen=True, kw_only=True):
    """A member has nothing to correct in the draft (没有意见)."""

    sitting: Id

    def events(self, setting: Setting) -> tuple[DraftAgreed, ...]:
        return (DraftAgreed(sitting=self.sitting, by=setting.actor),)


class TakeCorrection(Act, frozen=True, kw_only=True):
    """The office takes what a member asked for (采纳修改意见)."""

    sitting: Id
    request: Id
    """The id of what was asked for."""

    def amiss(self, setting: Setting) -> Rejected | None:
        return _not_open(setting)

    def events(self, setting: Setting) -> tuple[CorrectionAnswered, ...]:
        return (CorrectionAnswered(sitting=self.sitting, request=self.request, taken=True),)


class DeclineCorrection(Act, frozen=True, kw_only=True):
    """The office does not take what a member asked for, and says why (不采纳修改意见)."""

    reasoned: ClassVar[bool] = True
    sitting: Id
    request: Id
    """The id of what was asked for."""

    def amiss(self, setting: Setting) -> Rejected | None:
        return _not_open(setting)

    def events(self, setting: Setting) -> tuple[CorrectionAnswered, ...]:
        why = setting.reason
        answered = CorrectionAnswered(
            sitting=self.sitting, request=self.request, taken=False, reason=why
        )
        return (answered,)


def _asked(setting: Setting) -> tuple[str, ...]:
    """The members who may read the minutes: nobody else is sent a draft of them."""
    members = [seat.person for seat in setting.sitting.members] if setting.sitting else []
    readers = readers_in(setting, "minutes")
    return tuple(p for p in dict.fromkeys(members) if readers is None or p in readers)


def _not_open(setting: Setting) -> Rejected | None:
    """Whether nobody asked for that, or it has been answered."""
    held, request = setting.sitting, setting.act.request
    if held is None or any(one.id == request for one in held.pending.open):
        return None
    return Rejected("request", Message("circulating.not_open"))
