"""Members speak to the item before them, in turn, the chair last (审议, 表态)."""

from datetime import datetime
from typing import ClassVar, Literal

from msgspec.structs import replace

from yishi.procedure import evolve, seats
from yishi.procedure.act import Act, Event
from yishi.procedure.setting import Setting
from yishi.procedure.state import Deliberation, Position, Settling, Stance, State
from yishi.procedure.succession import passed_on
from yishi.values.maps import Map
from yishi.values.text import Id, Text

# ── events ────────────────────────────────────────────────────────────────────────────────────


class SittingOpened(Event, frozen=True, kw_only=True):
    """The chair opens the meeting; it takes its number in the year (第N次)."""

    sitting: Id
    by: Id
    year: int
    number: int

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        log = state.bodies[held.body]
        # On another day than announced, it counts for the day on which it was held.
        when = held.starts_at if held.starts_at.date() == at.date() else at
        state = evolve.log(
            state,
            held.body,
            numbers=log.numbers.set(self.year, self.number),
            held=(*log.held, when),
            extra=(*log.extra, when) if held.kind == "extra" else log.extra,
        )
        return evolve.sitting(
            state,
            self.sitting,
            status="open",
            opened_at=at,
            year=self.year,
            number=self.number,
        )


class ChairTaken(Event, frozen=True, kw_only=True):
    """A deputy takes the chair (代为主持)."""

    sitting: Id
    person: Id

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        before = (*held.chairs, (held.chair, at))
        changes = {"chair": self.person, "deputed": True, "chairs": before}
        return evolve.sitting(state, self.sitting, **changes)


class ItemBegun(Event, frozen=True, kw_only=True):
    """The item is before the meeting."""

    sitting: Id
    item: Id

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        floor = self.item in held.floor
        talks = held.deliberations.set(self.item, Deliberation(self.item, at, floor))
        return evolve.sitting(state, self.sitting, deliberations=talks, current=self.item)


class ItemPresented(Event, frozen=True, kw_only=True):
    """The item has been reported to the meeting (汇报)."""

    sitting: Id
    item: Id
    rapporteur: Id
    parts: tuple[str, ...] = ()
    words: Text | None = None

    def apply(self, state: State, at: datetime) -> State:
        state = evolve.item(state, self.item, status="begun")
        said = {"rapporteur": self.rapporteur, "parts": self.parts, "presented_at": at}
        return evolve.talk(state, self.sitting, self.item, **said)


class PositionStated(Event, frozen=True, kw_only=True):
    """Somebody has spoken to the item, with a stance or with words only (表态)."""

    sitting: Id
    item: Id
    member: Id
    stance: Stance
    source: Literal["member", "secretary"]
    words: Text | None = None

    def apply(self, state: State, at: datetime) -> State:
        talk = state.sittings[self.sitting].talk_on(self.item)
        said = Position(self.member, self.stance, self.source, self.words)
        positions, turns = (*talk.positions, said), (*talk.turns, (self.member, at))
        return evolve.talk(state, self.sitting, self.item, positions=positions, turns=turns)


class TurnPassed(Event, frozen=True, kw_only=True):
    """Somebody lets the turn pass without speaking (放弃发言)."""

    sitting: Id
    item: Id
    member: Id

    def apply(self, state: State, at: datetime) -> State:
        talk = state.sittings[self.sitting].talk_on(self.item)
        passed, turns = (*talk.passed, self.member), (*talk.turns, (self.member, at))
        return evolve.talk(state, self.sitting, self.item, passed=passed, turns=turns)


class PositionSettled(Event, frozen=True, kw_only=True):
    """It is settled, with a reason, which stance of a member holds (更正表态)."""

    sitting: Id
    item: Id
    member: Id
    stance: Stance
    reason: Text

    def apply(self, state: State, at: datetime) -> State:
        talk = state.sittings[self.sitting].talk_on(self.item)
        settling = Settling(self.member, self.stance, len(talk.positions))
        settlings = (*talk.settlings, settling)
        return evolve.talk(state, self.sitting, self.item, settlings=settlings)


class WorkReported(Event, frozen=True, kw_only=True):
    """A section has reported its work under the standing item (汇报工作)."""

    sitting: Id
    unit: Id
    by: Id
    words: Text | None = None

    def apply(self, state: State, at: datetime) -> State:
        reports = state.sittings[self.sitting].reports.set(self.unit, self.by)
        return evolve.sitting(state, self.sitting, reports=reports)


class SittingClosed(Event, frozen=True, kw_only=True):
    """The chair closes the meeting (散会)."""

    sitting: Id

    def apply(self, state: State, at: datetime) -> State:
        state = evolve.resumed(state, self.sitting, at)
        held = state.sittings[self.sitting]
        unfinished = (i for i in held.agenda if held.talk_on(i).outcome in (None, "postpone"))
        left = Map({item: state.items[item] for item in unfinished})
        closed = {"status": "closed", "closed_at": at, "current": None, "left": left}
        return evolve.sitting(state, self.sitting, **closed)


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


class OpenSitting(Act, frozen=True, kw_only=True):
    """The chair opens the meeting (宣布开会)."""

    sitting: Id

    def events(self, setting: Setting) -> tuple[Event, ...]:
        assert setting.sitting is not None
        year = setting.on.year
        number = setting.log.numbers.get(year, 0) + 1
        opened = SittingOpened(sitting=self.sitting, by=setting.actor, year=year, number=number)
        today = replace(setting.sitting, starts_at=setting.at)
        return (*passed_on(setting, setting.state.roster, (today,)), opened)


class TakeChair(Act, frozen=True, kw_only=True):
    """A deputy takes the chair of a meeting whose chair cannot preside (代为主持)."""

    reasoned: ClassVar[bool] = True
    sitting: Id

    def events(self, setting: Setting) -> tuple[ChairTaken, ...]:
        return (ChairTaken(sitting=self.sitting, person=setting.actor),)


class BeginItem(Act, frozen=True, kw_only=True):
    """The chair brings an item before the meeting (进入议题)."""

    sitting: Id
    item: Id

    def events(self, setting: Setting) -> tuple[ItemBegun, ...]:
        return (ItemBegun(sitting=self.sitting, item=self.item),)


class PresentItem(Act, frozen=True, kw_only=True):
    """The item is reported: by whom, and which parts the report has (汇报议题)."""

    sitting: Id
    item: Id
    rapporteur: Id
    parts: tuple[Literal["content", "proposal"], ...] = ()
    """Which parts the report has."""
    words: Text | None = None

    def events(self, setting: Setting) -> tuple[ItemPresented, ...]:
        return (
            ItemPresented(
                sitting=self.sitting,
                item=self.item,
                rapporteur=self.rapporteur,
                parts=self.parts,
                words=self.words,
            ),
        )


class StatePosition(Act, frozen=True, kw_only=True):
    """Somebody says where they stand on the item, or the secretary enters it (表态)."""

    sitting: Id
    item: Id
    member: Id
    stance: Stance
    words: Text | None = None

    def events(self, setting: Setting) -> tuple[PositionStated, ...]:
        return (
            PositionStated(
                sitting=self.sitting,
                item=self.item,
                member=self.member,
                stance=self.stance,
                source=source_of(setting),
                words=self.words,
            ),
        )


class PassTurn(Act, frozen=True, kw_only=True):
    """Somebody lets their turn pass (放弃发言)."""

    sitting: Id
    item: Id
    member: Id

    def events(self, setting: Setting) -> tuple[TurnPassed, ...]:
        return (TurnPassed(sitting=self.sitting, item=self.item, member=self.member),)


class SettlePosition(Act, frozen=True, kw_only=True):
    """It is settled, with the reason, which stance of a member holds (更正表态)."""

    reasoned: ClassVar[bool] = True
    sitting: Id
    item: Id
    member: Id
    stance: Stance

    def events(self, setting: Setting) -> tuple[PositionSettled, ...]:
        return (
            PositionSettled(
                sitting=self.sitting,
                item=self.item,
                member=self.member,
                stance=self.stance,
                reason=setting.reason or "",
            ),
        )


class ReportWork(Act, frozen=True, kw_only=True):
    """A section reports its current work under the standing item (汇报当前主要工作)."""

    sitting: Id
    item: Id
    unit: Id
    words: Text | None = None

    def events(self, setting: Setting) -> tuple[WorkReported, ...]:
        return (
            WorkReported(sitting=self.sitting, unit=self.unit, by=setting.actor, words=self.words),
        )


class CloseSitting(Act, frozen=True, kw_only=True):
    """The chair closes the meeting (宣布散会)."""

    sitting: Id

    def events(self, setting: Setting) -> tuple[SittingClosed, ...]:
        return (SittingClosed(sitting=self.sitting),)


def source_of(setting: Setting) -> Literal["member", "secretary"]:
    """Whether the entry comes from the member or from the secretary for the member."""
    own = setting.entered_by is None and setting.actor == setting.act.member
    return "member" if own else "secretary"


def covered(setting: Setting, who: tuple[str, ...]) -> tuple[str, ...]:
    """The people of those seats who are in the room and not recused, in the frozen order."""
    sitting, talk = setting.sitting, setting.talk
    if sitting is None or talk is None:
        return ()
    people = dict.fromkeys(p for seat in who for p in seats.holders(setting, seat))
    return tuple(p for p in people if sitting.is_present(p) and p not in talk.recused)
