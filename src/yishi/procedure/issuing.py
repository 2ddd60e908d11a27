"""The minutes of what was settled: signed, issued, kept as they went out (会议纪要)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, ClassVar, Final

import msgspec
from msgspec.structs import replace

from yishi.charter.model import Charter
from yishi.procedure import evolve, seats
from yishi.procedure.act import Act, Event
from yishi.procedure.drafting import going_out
from yishi.procedure.issued import Minutes, Original
from yishi.procedure.rule import KEPT, Check, Due, Kind, View
from yishi.procedure.setting import Setting
from yishi.procedure.state import State
from yishi.procedure.verdict import Message, Rejected, Value
from yishi.values.text import Id

Number = Annotated[int, msgspec.Meta(ge=1)]
"""The number of minutes within their year."""

NUMBER_GONE: Final = "minutes.number_gone"
"""The message of minutes whose files carry a number that is no longer the next."""

# ── events ────────────────────────────────────────────────────────────────────────────────────


class MinutesSigned(Event, frozen=True, kw_only=True):
    """Somebody whom the charter names has signed the minutes, or their correction (签发)."""

    sitting: Id
    by: Id

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        draft = replace(held.pending, unsigned=())
        return evolve.pending(state, self.sitting, draft, signed=(*held.signatures, self.by))


class MinutesIssued(Event, frozen=True, kw_only=True):
    """The minutes are out; the tasks in them run (印发会议纪要)."""

    sitting: Id
    number: int
    nth: int = 0
    """The how many-th meeting of its year it was (第N次); 0 where no such thing was told yet."""
    files: tuple[Original, ...] = ()

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        log = state.bodies[held.body]
        numbers = log.minutes.set(held.year, self.number)
        state = evolve.log(state, held.body, minutes=numbers)
        minutes = Minutes(self.number, at, held.signed, self.files, nth=self.nth)
        state = evolve.sitting(state, self.sitting, minutes=minutes)
        return evolve.settled(state, self.sitting)


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


class SignMinutes(Act, frozen=True, kw_only=True):
    """Somebody signs the minutes, or their correction, where the charter asks for it (签发)."""

    sitting: Id

    def events(self, setting: Setting) -> tuple[MinutesSigned, ...]:
        return (MinutesSigned(sitting=self.sitting, by=setting.actor),)


class IssueMinutes(Act, frozen=True, kw_only=True):
    """The office issues the minutes (印发会议纪要)."""

    sitting: Id
    expects: Number | None = None
    """The number that the files carry; where it is no longer the next, nothing is issued."""
    files: tuple[Original, ...] = ()
    """What goes out, by its digests; the bytes are kept with the entry."""

    def amiss(self, setting: Setting) -> Rejected | None:
        return number_gone(setting)

    def events(self, setting: Setting) -> tuple[MinutesIssued, ...]:
        nth = setting.sitting.number if setting.sitting else 0
        number = next_number(setting)
        return (MinutesIssued(sitting=self.sitting, number=number, nth=nth, files=self.files),)


def number_gone(setting: Setting) -> Rejected | None:
    """Whether the number that an act's files carry is no longer the next."""
    expects, following = setting.act.expects, next_number(setting)
    if expects is None or expects == following:
        return None
    said: dict[str, Value] = {"number": expects, "following": following}
    return Rejected("expects", Message("minutes.number_gone", said))


def next_number(setting: Setting) -> int:
    """The number that goes out now: the next of its year, without a gap.

    Minutes are of the year of their meeting, what corrects them of the year in which it is issued.
    """
    held = setting.sitting
    year = held.year if held is not None and held.minutes is None else setting.on.year
    return setting.log.minutes.get(year, 0) + 1


# ── kinds of rules ────────────────────────────────────────────────────────────────────────────


class MinutesOwed(Kind, frozen=True, kw_only=True):
    """Minutes are made after every sitting (形成会议纪要)."""

    topic: ClassVar[str] = "minutes"

    def inspect(self, view: View) -> Iterator[Check]:
        sitting = view.sitting
        if sitting is not None and sitting.status == "closed":
            status = "kept" if sitting.minutes else "broken"
            said = {"sitting": sitting.id}
            yield Check(status, sitting.id, Message(f"minutes_owed.{status}", said))

    def remind(self, view: View) -> Iterator[Due]:
        for sitting in (view.state.sittings[s] for s in view.state.bodies[view.body].planned):
            if sitting.status == "closed" and sitting.minutes is None:
                yield Due((), sitting.id, Message("minutes_owed.due", {"sitting": sitting.id}))


class SignedBy(Kind, frozen=True, kw_only=True):
    """Who signs the minutes, and what corrects them, before they are issued (签发)."""

    topic: ClassVar[str] = "minutes_signature"
    governs: ClassVar[tuple[str, ...]] = (
        *("issue_minutes", "sign_minutes"),
        *("correct_minutes", "issue_corrigendum"),
    )
    by: tuple[str, ...] = ()
    """Seats; one signature is enough, and none is needed where nobody is named."""

    def judge(self, setting: Setting) -> Message | None:
        if setting.act.name() == "sign_minutes":
            if any(seats.holds(setting, seat, setting.actor) for seat in self.by):
                return KEPT
            which = "other" if self.by else "nobody_named"
            return Message(f"signed_by.{which}", {"by": self.by})
        going = going_out(setting)
        if going is None:
            return None
        if not self.by or going[1]:
            return KEPT
        which = "missing" if setting.act.name() == "issue_minutes" else "correction_missing"
        return Message(f"signed_by.{which}", {"by": self.by})

    def says_whose(self, act: str) -> bool:
        return act in ("issue_minutes", "sign_minutes")

    def hinges(self) -> frozenset[str]:
        return seats.fields_of_any(self.by)

    def faults(self, charter: Charter) -> Iterator[tuple[str, Message]]:
        return seats.unknown(self.by, charter, "by")
