"""Issued minutes corrected by a document of its own that names them (更正会议纪要; pure)."""

from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.issued import Corrected, Original
from yishi.procedure.issuing import Number, next_number, number_gone
from yishi.procedure.setting import Setting
from yishi.procedure.state import State
from yishi.procedure.verdict import Rejected
from yishi.values.text import Id, Text


class MinutesCorrected(Event, frozen=True, kw_only=True):
    """A document is out that corrects issued minutes, with its own number (更正会议纪要)."""

    sitting: Id
    number: int
    by: Id
    words: Text
    reason: Text
    files: tuple[Original, ...] = ()

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        numbers = state.bodies[held.body].minutes.set(held.year, self.number)
        state = evolve.log(state, held.body, minutes=numbers)
        if held.minutes is None:
            return state
        made = Corrected(self.number, at, self.by, self.words, self.reason, self.files)
        minutes = replace(held.minutes, corrected=(*held.minutes.corrected, made))
        return evolve.sitting(state, self.sitting, minutes=minutes)


class CorrectMinutes(Act, frozen=True, kw_only=True):
    """The office corrects issued minutes by a document that names them (更正会议纪要)."""

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
        made = MinutesCorrected(
            sitting=self.sitting,
            number=next_number(setting),
            by=setting.actor,
            words=self.words,
            reason=setting.reason or "",
            files=self.files,
        )
        return (made,)
