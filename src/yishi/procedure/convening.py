"""Calling the meeting: convened, agenda, moved, called off (召集, 议程, 改期, 取消)."""

from datetime import datetime
from typing import Annotated, Any, ClassVar, Final, Literal

import msgspec
from msgspec.structs import replace

from yishi.procedure import evolve, seats
from yishi.procedure.act import Act, Event
from yishi.procedure.adjusting import next_sitting
from yishi.procedure.bodylog import Explanation
from yishi.procedure.composition import (
    Composition,
    PresidedBy,
    RecordedBy,
    SeatGiven,
    StandingItem,
)
from yishi.procedure.setting import Setting
from yishi.procedure.state import Sitting, State
from yishi.procedure.succession import passed_on
from yishi.procedure.whereabouts import Seat
from yishi.values.maps import Map
from yishi.values.text import Id, Label, Text

MOST_MINUTES: Final = 600
"""Minutes that an item may be planned to take."""

Minutes = Annotated[int, msgspec.Meta(ge=0, le=MOST_MINUTES)]
"""How long an item is planned to take."""

# ── events ────────────────────────────────────────────────────────────────────────────────────


class SittingConvened(Event, frozen=True, kw_only=True):
    """A meeting is called; what later questions depend on is frozen here."""

    sitting: Id
    body: Id
    kind: str
    by: Id
    starts_at: datetime
    charters: tuple[str, ...]
    members: tuple[SeatGiven, ...]
    in_attendance: tuple[SeatGiven, ...] = ()
    chair: Id | None = None
    secretary: Id | None = None
    need: Text | None = None
    venue: Label | None = None

    def apply(self, state: State, at: datetime) -> State:
        log = state.bodies[self.body]
        carried = tuple(i for i in log.carried if state.items[i].status == "approved")
        sitting = Sitting(
            id=self.sitting,
            body=self.body,
            kind=self.kind,
            status="convened",
            convened_at=at,
            convened_by=self.by,
            starts_at=self.starts_at,
            charters=self.charters,
            members=tuple(Seat(s.person, s.post, s.unit) for s in self.members),
            in_attendance=tuple(Seat(s.person, s.post, s.unit) for s in self.in_attendance),
            chair=self.chair,
            secretary=self.secretary,
            need=self.need,
            venue=self.venue,
            agenda=carried,
        )
        state = evolve.put_sitting(state, sitting)
        for item in carried:
            state = evolve.item(state, item, status="on_agenda", sitting=self.sitting)
        return evolve.log(state, self.body, planned=(*log.planned, self.sitting), carried=())


class AgendaSet(Event, frozen=True, kw_only=True):
    """The order of business is laid down or changed (议程)."""

    sitting: Id
    items: tuple[Id, ...]
    durations: tuple[Minutes, ...] = ()
    """Minutes planned for each item in its order, 0 for none; left out, nothing is planned."""

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        for item in held.agenda:
            if item not in self.items:
                state = evolve.off_agenda(state, item, status="approved")
        for item in self.items:
            if item not in held.agenda:
                placed: dict[str, Any] = {"sitting": self.sitting, "ready_at": at}
                state = evolve.item(state, item, status="on_agenda", **placed)
        lasts = {i: n for i, n in zip(self.items, self.durations, strict=False) if n}
        return evolve.sitting(state, self.sitting, agenda=self.items, durations=Map(lasts))


class SittingMoved(Event, frozen=True, kw_only=True):
    """Another time or place (改期): notice is owed anew, who signed in does so again."""

    sitting: Id
    starts_at: datetime
    reason: Text
    venue: Label | None = None
    """The new place; where none is named, the meeting stays where it was to be."""

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        return evolve.sitting(
            state,
            self.sitting,
            starts_at=self.starts_at,
            venue=self.venue or held.venue,
            notice=None,
            moved=held.moved + 1,
            presence=Map(),
        )


class SittingCalledOff(Event, frozen=True, kw_only=True):
    """The sitting does not take place; its items wait (取消)."""

    sitting: Id
    reason: Text

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        carried: list[str] = []
        for item in held.agenda:
            origin = state.items[item].origin
            if origin == "standing":
                state = evolve.off_agenda(state, item, status="withdrawn")
                state = evolve.ends(state, item)
                continue
            state = evolve.off_agenda(state, item, status="approved")
            carried += [item] if origin == "carried" else []
        planned = tuple(s for s in state.bodies[held.body].planned if s != self.sitting)
        state = evolve.log(state, held.body, planned=planned)
        state = evolve.sitting(state, self.sitting, status="called_off", agenda=())
        return carried_on(state, held.body, tuple(carried), at)


def carried_on(state: State, body: str, items: tuple[str, ...], at: datetime) -> State:
    """What is carried comes to the next sitting, convened already or not (提交下次会议)."""
    following = next_sitting(state, body)
    if following is None:
        return evolve.log(state, body, carried=(*state.bodies[body].carried, *items))
    for item in items:
        placed: dict[str, Any] = {"sitting": following, "ready_at": at}
        state = evolve.item(state, item, status="on_agenda", **placed)
    agenda = (*state.sittings[following].agenda, *items)
    return evolve.sitting(state, following, agenda=agenda)


class ItemsCarriedOn(Event, frozen=True, kw_only=True):
    """What the rules carry to the next sitting stands on the agenda of the one that is next now.

    Another sitting has become the next: an earlier one was convened, one was moved, or one that
    was being entered from paper is still to come.
    """

    sitting: Id
    items: tuple[Id, ...]

    def apply(self, state: State, at: datetime) -> State:
        # Each agenda is left in one step: what goes together makes one new edition of it.
        for left in dict.fromkeys(state.items[item].sitting for item in self.items):
            if left:
                stay = tuple(one for one in state.sittings[left].agenda if one not in self.items)
                state = evolve.sitting(state, left, agenda=stay)
        for item in self.items:
            placed: dict[str, Any] = {"sitting": self.sitting, "ready_at": at}
            state = evolve.item(state, item, status="on_agenda", **placed)
        held = state.sittings[self.sitting]
        waiting = tuple(i for i in state.bodies[held.body].carried if i not in self.items)
        state = evolve.log(state, held.body, carried=waiting)
        return evolve.sitting(state, self.sitting, agenda=(*held.agenda, *self.items))


class OthersInvited(Event, frozen=True, kw_only=True):
    """People called in for one item (其他列席人员)."""

    sitting: Id
    item: Id
    people: tuple[Id, ...]
    by: Id

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        people = tuple(dict.fromkeys((*held.guests(self.item), *self.people)))
        return evolve.sitting(state, self.sitting, invited=held.invited.set(self.item, people))


class GapExplained(Event, frozen=True, kw_only=True):
    """Why a period went by without a sitting (未召开说明); what was said before stays."""

    body: Id
    period: Id
    words: Text
    by: Id

    def apply(self, state: State, at: datetime) -> State:
        held = state.bodies[self.body].explained
        said = (*held.get(self.period, ()), Explanation(self.words, self.by, at))
        return evolve.log(state, self.body, explained=held.set(self.period, said))


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


class Convene(Act, frozen=True, kw_only=True):
    """The convener calls a meeting for a time (召集会议)."""

    new: ClassVar[str] = "sitting"
    sitting: Id
    body: Id
    starts_at: datetime
    kind: Literal["ordinary", "extra"] = "ordinary"
    """`extra`: outside the usual rhythm."""
    need: Text | None = None
    """Why an extra sitting is needed (工作需要)."""
    venue: Label | None = None
    """Where it is to be held (会议地点), where that is known already."""

    def events(self, setting: Setting) -> tuple[Event, ...]:
        book = setting.book
        made_up = book.all_of(Composition)
        chairs = seats_of(setting, PresidedBy)
        secretaries = seats_of(setting, RecordedBy)
        convened = SittingConvened(
            sitting=self.sitting,
            body=self.body,
            kind=self.kind,
            by=setting.actor,
            starts_at=self.starts_at,
            charters=book.digests,
            members=tuple(s for rule in made_up for s in rule.seats(setting, rule.members)),
            in_attendance=tuple(
                s for rule in made_up for s in rule.seats(setting, rule.in_attendance)
            ),
            chair=chairs[0] if chairs else None,
            secretary=secretaries[0] if secretaries else None,
            need=self.need,
            venue=self.venue,
        )
        standing = tuple(rule.placed(setting) for rule in book.all_of(StandingItem))
        coming = {**_coming(setting), self.sitting: self.starts_at}
        held = convened.apply(setting.state, setting.at).sittings[self.sitting]
        on = passed_on(setting, setting.state.roster, (held,))
        return (convened, *on, *standing, *_moved_up(setting, coming))


def seats_of(setting: Setting, kind: type[PresidedBy] | type[RecordedBy]) -> tuple[str, ...]:
    """Who holds the seats that the one rule of this kind names."""
    rule = setting.book.rule(kind)
    return tuple(p for seat in rule.by for p in seats.holders(setting, seat)) if rule else ()


class SetAgenda(Act, frozen=True, kw_only=True):
    """The office lays down which items are taken, in which order (编排议程)."""

    overwrites: ClassVar[bool] = True
    sitting: Id
    items: tuple[Id, ...]
    durations: tuple[Minutes, ...] = ()
    """Minutes planned for each item in its order (预计时长), 0 for none: an estimate only."""

    def events(self, setting: Setting) -> tuple[AgendaSet, ...]:
        return (AgendaSet(sitting=self.sitting, items=self.items, durations=self.durations),)


class MoveSitting(Act, frozen=True, kw_only=True):
    """The convener gives a convened meeting another time or place, with the reason (改期)."""

    overwrites: ClassVar[bool] = True
    reasoned: ClassVar[bool] = True
    sitting: Id
    starts_at: datetime
    venue: Label | None = None
    """Another place (会议地点); left out, it stays where it was to be."""

    def events(self, setting: Setting) -> tuple[Event, ...]:
        moved = SittingMoved(
            sitting=self.sitting,
            starts_at=self.starts_at,
            reason=setting.reason or "",
            venue=self.venue,
        )
        coming = {**_coming(setting), self.sitting: self.starts_at}
        assert setting.sitting is not None
        then = replace(setting.sitting, starts_at=self.starts_at)
        on = passed_on(setting, setting.state.roster, (then,))
        return (moved, *on, *_moved_up(setting, coming))


class CallOff(Act, frozen=True, kw_only=True):
    """The convener calls a convened meeting off, with the reason (取消会议)."""

    reasoned: ClassVar[bool] = True
    sitting: Id

    def events(self, setting: Setting) -> tuple[SittingCalledOff, ...]:
        return (SittingCalledOff(sitting=self.sitting, reason=setting.reason or ""),)


def _coming(setting: Setting) -> dict[str, datetime]:
    """The body's sittings that are convened and not yet held, on paper or here: their starts."""
    sittings = (setting.state.sittings[one] for one in setting.log.planned)
    coming = (one for one in sittings if one.status == "convened" and one.entering is None)
    return {one.id: one.starts_at for one in coming}


def come_again(setting: Setting) -> tuple[ItemsCarriedOn, ...]:
    """What is carried comes to the next sitting, which one no longer entered from paper may be."""
    sitting = setting.sitting
    if sitting is None or sitting.status != "convened":
        return ()
    coming = {**_coming(setting), sitting.id: sitting.starts_at}
    items, next_ = setting.state.items, min(coming, key=lambda one: coming[one])
    waiting = tuple(i for i in setting.log.carried if items[i].status == "approved")
    waiting += tuple(i for one in _moved_up(setting, coming) for i in one.items)
    return (ItemsCarriedOn(sitting=next_, items=waiting),) if waiting else ()


def _moved_up(setting: Setting, coming: dict[str, datetime]) -> tuple[ItemsCarriedOn, ...]:
    """What was carried to the next sitting moves with the next."""
    soonest = min(coming, key=lambda one: coming[one])
    items = setting.state.items
    waiting = tuple(
        item
        for one in coming
        if one != soonest and one in setting.state.sittings
        for item in setting.state.sittings[one].agenda
        if items[item].origin == "carried"
    )
    return (ItemsCarriedOn(sitting=soonest, items=waiting),) if waiting else ()


class InviteOthers(Act, frozen=True, kw_only=True):
    """The chair names others who attend for one item (确定其他列席人员)."""

    sitting: Id
    item: Id
    people: tuple[Id, ...]

    def events(self, setting: Setting) -> tuple[OthersInvited, ...]:
        return (
            OthersInvited(
                sitting=self.sitting, item=self.item, people=self.people, by=setting.actor
            ),
        )


class ExplainGap(Act, frozen=True, kw_only=True):
    """Somebody says why a period went by without a sitting (说明未召开原因)."""

    body: Id
    period: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2]|W[0-5]\d)\Z")]
    """A month `2026-08` or an ISO week `2026-W33`."""
    words: Text

    def events(self, setting: Setting) -> tuple[GapExplained, ...]:
        return (
            GapExplained(body=self.body, period=self.period, words=self.words, by=setting.actor),
        )
