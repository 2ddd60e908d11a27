"""A meeting held on paper is entered afterwards, as it really was (纸质补录).

What is entered carries two times: when it is entered and when it really happened. The rules judge
it by who really did it and by its real time; a rule that was broken then is kept as broken, since
what has happened cannot be refused any more.
"""

from collections.abc import Iterator
from copy import copy
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final

from msgspec.structs import replace

from yishi.charter.model import Charter
from yishi.procedure import evolve, seats
from yishi.procedure.act import Act, Deed, Event
from yishi.procedure.convening import come_again
from yishi.procedure.entry import PaperEntry
from yishi.procedure.rule import KEPT, Kind
from yishi.procedure.setting import Setting
from yishi.procedure.state import Item, Sitting, State
from yishi.procedure.verdict import Ground, Message, Rejected, Value
from yishi.values.text import Id, Text

if TYPE_CHECKING:
    from yishi.procedure.enact import Rulebook

# ── events ────────────────────────────────────────────────────────────────────────────────────


class PaperEntryBegun(Event, frozen=True, kw_only=True):
    """From here on the meeting is entered from paper (开始纸质补录)."""

    sitting: Id
    by: Id
    reason: Text

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        entry = PaperEntry(
            since=at,
            by=self.by,
            reason=self.reason,
            last=latest_of(held),
            chair=held.chair,
            deputed=held.deputed,
        )
        return evolve.sitting(state, self.sitting, paper=entry)


class PaperEntryEnded(Event, frozen=True, kw_only=True):
    """All that was on paper has been entered; the meeting goes on as any other (补录完毕)."""

    sitting: Id
    by: Id

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        if held.paper is None:
            return state
        back: dict[str, Any] = {}
        if held.deputed:
            back = {"chair": held.paper.chair, "deputed": held.paper.deputed}
            back["chairs"] = (*held.chairs, (held.chair, at))
        return evolve.sitting(state, self.sitting, paper=replace(held.paper, until=at), **back)


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


class EnterFromPaper(Act, frozen=True, kw_only=True):
    """Whoever may enter a meeting from paper begins to, with the reason (纸质补录)."""

    reasoned: ClassVar[bool] = True
    sitting: Id

    def events(self, setting: Setting) -> tuple[PaperEntryBegun, ...]:
        reason = setting.reason or ""
        return (PaperEntryBegun(sitting=self.sitting, by=setting.actor, reason=reason),)


class EndPaperEntry(Act, frozen=True, kw_only=True):
    """What was on paper has all been entered (补录完毕)."""

    sitting: Id

    def events(self, setting: Setting) -> tuple[Event, ...]:
        return (PaperEntryEnded(sitting=self.sitting, by=setting.actor), *come_again(setting))


# ── the kind of rule ──────────────────────────────────────────────────────────────────────────


class FromPaper(Kind, frozen=True, kw_only=True):
    """These acts of a meeting held on paper are entered afterwards, by these seats (纸质补录)."""

    topic: ClassVar[str] = "paper_entry"
    happens: ClassVar[bool] = False
    acts: tuple[Id, ...]
    """Names of the acts."""
    by: tuple[str, ...]
    """Seats; any one of them is enough."""

    def governed(self) -> tuple[str, ...]:
        return self.acts

    def judge(self, setting: Setting) -> Message | None:
        if setting.entered_by is None:
            return None
        # Whoever enters it holds the seat now, whoever held it on the day of the meeting.
        now = copy(setting)
        now.at = setting.entered_at
        if any(seats.holds(now, seat, setting.entered_by) for seat in self.by):
            return KEPT
        return Message("from_paper.other", {"act": setting.act.name(), "by": self.by})

    def hinges(self) -> frozenset[str]:
        return frozenset()

    def faults(self, charter: Charter) -> Iterator[tuple[str, Message]]:
        return seats.unknown(self.by, charter, "by")


# ── what is looked at before any rule ─────────────────────────────────────────────────────────


FROZEN: Final = (
    *("set_agenda", "move_sitting", "call_off", "withdraw_item", "admit_late_item"),
    *("ask_speaker", "answer_chair"),
)
"""What would change the meeting under the hands of whoever enters it, or be told as of another day.

What was asked and added at such a meeting is noted in the record.
"""


def amiss(deed: Deed, setting: Setting) -> Rejected | None:
    """What is wrong with an entry from paper, or with an act that ought to be one."""
    sitting, item, book = setting.sitting, setting.item, setting.book
    if deed.act.name() in FROZEN and on_paper(_agenda_of(setting)):
        return Rejected("sitting", Message("from_paper.frozen", {"act": deed.act.name()}))
    running, known = on_paper(sitting), enterable(book, deed.act.name())
    if isinstance(deed.act, EnterFromPaper | EndPaperEntry):
        return _switched_amiss(deed.act, running)
    if deed.held_at is None:
        wanted = running and known
        return Rejected("held_at", Message("from_paper.time_missing")) if wanted else None
    if sitting is None or not running:
        return Rejected("held_at", Message("from_paper.not_begun"))
    if not known:
        act = {"act": deed.act.name()}
        return Rejected("held_at", Message("from_paper.not_this", act))
    if deed.behalf is None:
        return Rejected("behalf", Message("from_paper.nobody"))
    return _time_amiss(deed.held_at, deed.at, sitting) or _item_amiss(deed.held_at, item)


def _agenda_of(setting: Setting) -> Sitting | None:
    """The meeting that an act is about, or on whose agenda its item is."""
    where = setting.item.sitting if setting.item else None
    return setting.sitting or (setting.state.sittings[where] if where else None)


def _item_amiss(held_at: datetime, item: Item | None) -> Rejected | None:
    """Nothing was done at a meeting about an item that was not there yet."""
    ready = max(item.submitted_at, item.ready_at or item.submitted_at) if item else held_at
    if item is None or held_at >= ready:
        return None
    said: dict[str, Value] = {"at": held_at, "item": item.id, "ready": ready}
    return Rejected("held_at", Message("from_paper.before_item", said))


def _switched_amiss(act: Act, running: bool) -> Rejected | None:
    if isinstance(act, EndPaperEntry):
        return None if running else Rejected("sitting", Message("from_paper.not_begun"))
    return Rejected("sitting", Message("from_paper.begun")) if running else None


def _time_amiss(held_at: datetime, at: datetime, sitting: Sitting) -> Rejected | None:
    if held_at > at:
        return Rejected("held_at", Message("from_paper.ahead", {"at": held_at}))
    # What was done live since the entry began is known of the meeting too.
    last = max(sitting.paper.last, latest_of(sitting)) if sitting.paper else None
    if last is not None and held_at < last:
        said = {"at": held_at, "latest": last}
        return Rejected("held_at", Message("from_paper.runs_back", said))
    return None


def enterable(book: "Rulebook", act: str) -> bool:
    """Whether the rules let such an act be entered from paper."""
    return any(isinstance(bound.rule, FromPaper) for bound in book.for_act(act))


def can_break(book: "Rulebook", ground: Ground) -> bool:
    """Whether people can have done at the meeting what the rule behind a ground forbids."""
    return any(b.citation == ground.citation and b.rule.happens for b in book.bounds)


def on_paper(sitting: Sitting | None) -> bool:
    """Whether what happens at the meeting is being entered from paper just now."""
    return sitting is not None and sitting.entering is not None


def latest_of(sitting: Sitting) -> datetime:
    """When the last thing happened that the meeting itself shows."""
    times = [sitting.convened_at, sitting.opened_at, sitting.notice.at if sitting.notice else None]
    times += [at for one in sitting.recesses for at in (one.began_at, one.ended_at)]
    times += [at for held in sitting.presence.values() for _, at in held.log]
    for talk in sitting.deliberations.values():
        times += [talk.begun_at, talk.presented_at, talk.ended_at, *(at for _, at in talk.turns)]
    return max(at for at in times if at is not None)


def entered(state: State, subject: str, held_at: datetime) -> State:
    """The state after an entry from paper: what is entered next happened no sooner."""
    entry = state.sittings[subject].paper
    if entry is None:
        return state
    more = replace(entry, last=held_at, entries=entry.entries + 1)
    return evolve.sitting(state, subject, paper=more)
