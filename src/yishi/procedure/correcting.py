"""Issued minutes corrected by a document of its own that names them (更正会议纪要; pure).

What is asked of minutes before they go out is asked of it too, by the same rules: it is drafted,
and the acts that send round, check and sign are about the draft that is on its way.
"""

from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.drafting import DraftReopened, reopened
from yishi.procedure.issued import Corrected, Corrigendum, Draft, Original
from yishi.procedure.issuing import Number, next_number, number_gone
from yishi.procedure.setting import Setting
from yishi.procedure.state import State
from yishi.procedure.verdict import Rejected
from yishi.values.text import Id, Text

# ── events ────────────────────────────────────────────────────────────────────────────────────


class CorrigendumDrafted(Event, frozen=True, kw_only=True):
    """The office has drafted what is to correct issued minutes, or worded it anew (起草更正)."""

    sitting: Id
    by: Id
    words: Text
    reason: Text

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting].corrigendum or Corrigendum(self.words, self.reason)
        draft = held.draft.changed(at)
        made = replace(held, words=self.words, reason=self.reason, draft=draft)
        return evolve.sitting(state, self.sitting, corrigendum=made)


class CorrigendumDropped(Event, frozen=True, kw_only=True):
    """What was drafted to correct the minutes does not go out (撤销更正稿)."""

    sitting: Id
    by: Id
    reason: Text

    def apply(self, state: State, at: datetime) -> State:
        return evolve.sitting(state, self.sitting, corrigendum=None)


class MinutesCorrected(Event, frozen=True, kw_only=True):
    """A document is out that corrects issued minutes, with its own number (更正会议纪要)."""

    sitting: Id
    number: int
    year: int = 0
    """The year in which it was issued, of which the number is; 0: that of the meeting."""
    by: Id
    words: Text
    reason: Text
    files: tuple[Original, ...] = ()

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        numbers = state.bodies[held.body].minutes.set(self.year or held.year, self.number)
        state = evolve.log(state, held.body, minutes=numbers)
        if held.minutes is None:
            return state
        draft = held.corrigendum.draft if held.corrigendum else Draft()
        made = Corrected(
            number=held.minutes.free(self.number),
            issue=self.number,
            year=self.year,
            at=at,
            by=self.by,
            words=self.words,
            reason=self.reason,
            files=self.files,
            signed_by=held.corrigendum.signed if held.corrigendum else (),
            passed=draft.passed,
            asked=draft.corrections,
        )
        minutes = replace(held.minutes, corrected=(*held.minutes.corrected, made))
        return evolve.sitting(state, self.sitting, minutes=minutes, corrigendum=None)


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


class DraftCorrigendum(Act, frozen=True, kw_only=True):
    """The office drafts what is to correct issued minutes, or words it anew (起草更正)."""

    reasoned: ClassVar[bool] = True
    overwrites: ClassVar[bool] = True
    sitting: Id
    words: Text
    """Which words of the minutes are wrong, and what is right."""

    def events(self, setting: Setting) -> tuple[CorrigendumDrafted | DraftReopened, ...]:
        made = CorrigendumDrafted(
            sitting=self.sitting, by=setting.actor, words=self.words, reason=setting.reason or ""
        )
        # Signatures under the minutes are under those; only those under this draft fall.
        drafted = setting.sitting is not None and setting.sitting.corrigendum is not None
        return (made, *(reopened(setting) if drafted else ()))


class DropCorrigendum(Act, frozen=True, kw_only=True):
    """The office gives a drafted correction up, and says why (撤销更正稿)."""

    reasoned: ClassVar[bool] = True
    sitting: Id

    def events(self, setting: Setting) -> tuple[CorrigendumDropped, ...]:
        why = setting.reason or ""
        return (CorrigendumDropped(sitting=self.sitting, by=setting.actor, reason=why),)


class IssueCorrigendum(Act, frozen=True, kw_only=True):
    """The office issues the correction that was drafted (印发更正)."""

    sitting: Id
    expects: Number | None = None
    """The number that the files carry; where it is no longer the next, nothing is issued."""
    files: tuple[Original, ...] = ()
    """What goes out, by its digests; the bytes are kept with the entry."""

    def amiss(self, setting: Setting) -> Rejected | None:
        return number_gone(setting)

    def events(self, setting: Setting) -> tuple[MinutesCorrected, ...]:
        held = setting.sitting.corrigendum if setting.sitting else None
        return (_corrected(setting, held.words, held.reason),) if held else ()


class CorrectMinutes(Act, frozen=True, kw_only=True):
    """The office corrects issued minutes at once, without a draft (更正会议纪要)."""

    reasoned: ClassVar[bool] = True
    sitting: Id
    words: Text
    """Which words of the minutes are wrong, and what is right."""
    expects: Number | None = None
    """The number that the files carry; where it is no longer the next, nothing is issued."""
    files: tuple[Original, ...] = ()
    """What goes out, by its digests; the bytes are kept with the entry."""

    def amiss(self, setting: Setting) -> Rejected | None:
        return number_gone(setting)

    def events(self, setting: Setting) -> tuple[MinutesCorrected, ...]:
        return (_corrected(setting, self.words, setting.reason or ""),)


def _corrected(setting: Setting, words: str, reason: str) -> MinutesCorrected:
    """What goes out under the next number, drafted before or not."""
    return MinutesCorrected(
        sitting=setting.act.sitting,
        number=next_number(setting),
        year=setting.on.year,
        by=setting.actor,
        words=words,
        reason=reason,
        files=setting.act.files,
    )
