"""Who is there: leave, roll call, coming and going, recusal (请假, 签到, 回避)."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar, Literal

from msgspec.structs import replace

from yishi.charter.model import Charter
from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.rule import KEPT, Count, Kind
from yishi.procedure.setting import Setting
from yishi.procedure.state import Sitting, State
from yishi.procedure.verdict import Message
from yishi.procedure.whereabouts import Leave, Presence
from yishi.values.text import Id, Text

Where = Literal["present", "left", "leave", "absent"]
"""Where somebody is."""

# ── events ────────────────────────────────────────────────────────────────────────────────────


class LeaveRequested(Event, frozen=True, kw_only=True):
    """Somebody asks to be excused (请假)."""

    sitting: Id
    person: Id
    reason: Text

    def apply(self, state: State, at: datetime) -> State:
        return _leave(state, self.sitting, self.person, Leave("requested"))


class LeaveGranted(Event, frozen=True, kw_only=True):
    """The absence is approved (批准请假)."""

    sitting: Id
    person: Id
    by: Id

    def apply(self, state: State, at: datetime) -> State:
        held = _held(state, self.sitting, self.person)
        starts = state.sittings[self.sitting].starts_at
        granted = replace(held, status="granted", by=self.by, starts_at=starts)
        return _leave(state, self.sitting, self.person, granted)


class LeaveRefused(Event, frozen=True, kw_only=True):
    """The absence is not approved (不准假)."""

    sitting: Id
    person: Id
    by: Id
    reason: Text

    def apply(self, state: State, at: datetime) -> State:
        held = _held(state, self.sitting, self.person)
        return _leave(state, self.sitting, self.person, replace(held, status="refused"))


class OfficeTold(Event, frozen=True, kw_only=True):
    """The office has been told of the absence (告知办公室)."""

    sitting: Id
    person: Id
    by: Id

    def apply(self, state: State, at: datetime) -> State:
        held = _held(state, self.sitting, self.person)
        return _leave(state, self.sitting, self.person, replace(held, told=True))


class PresenceNoted(Event, frozen=True, kw_only=True):
    """Somebody is present, has left or come back, is on leave or absent (到会情况)."""

    sitting: Id
    person: Id
    status: Where
    source: Literal["self", "code", "secretary"]
    """On one's own page, by the code on the big screen (签到码), or by the secretary's hand."""
    late: bool = False

    def apply(self, state: State, at: datetime) -> State:
        sitting = state.sittings[self.sitting]
        held = sitting.presence.get(self.person)
        log = (*(held.log if held else ()), (self.status, at))
        late = self.late or (held.late if held else False)
        ways = (*(held.ways if held else ()), self.source)
        noted = Presence(self.status, late, log, ways)
        presence = sitting.presence.set(self.person, noted)
        return evolve.sitting(state, self.sitting, presence=presence)


class MemberRecused(Event, frozen=True, kw_only=True):
    """Somebody keeps out of one item (回避)."""

    sitting: Id
    item: Id
    person: Id
    reason: Text

    def apply(self, state: State, at: datetime) -> State:
        talk = state.sittings[self.sitting].talk_on(self.item)
        recused = (*talk.recused, self.person)
        return evolve.talk(state, self.sitting, self.item, recused=recused)


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


class RequestLeave(Act, frozen=True, kw_only=True):
    """Somebody who cannot come asks for leave, with the reason (请假)."""

    reasoned: ClassVar[bool] = True
    sitting: Id
    person: Id

    def events(self, setting: Setting) -> tuple[LeaveRequested, ...]:
        reason = setting.reason or ""
        return (LeaveRequested(sitting=self.sitting, person=self.person, reason=reason),)


class GrantLeave(Act, frozen=True, kw_only=True):
    """The approver grants a leave (批准请假)."""

    sitting: Id
    person: Id

    def events(self, setting: Setting) -> tuple[LeaveGranted, ...]:
        return (LeaveGranted(sitting=self.sitting, person=self.person, by=setting.actor),)


class RefuseLeave(Act, frozen=True, kw_only=True):
    """The approver refuses a leave, with the reason (不准假)."""

    reasoned: ClassVar[bool] = True
    sitting: Id
    person: Id

    def events(self, setting: Setting) -> tuple[LeaveRefused, ...]:
        return (
            LeaveRefused(
                sitting=self.sitting,
                person=self.person,
                by=setting.actor,
                reason=setting.reason or "",
            ),
        )


class TellOffice(Act, frozen=True, kw_only=True):
    """The absentee tells the office of a granted leave, or the office enters that it was told."""

    sitting: Id
    person: Id

    def events(self, setting: Setting) -> tuple[OfficeTold, ...]:
        return (OfficeTold(sitting=self.sitting, person=self.person, by=setting.actor),)


class MarkPresent(Act, frozen=True, kw_only=True):
    """Somebody signs in, or the secretary enters that they have come or come back (签到)."""

    sitting: Id
    person: Id
    way: Literal["page", "code"] = "page"
    """`code`: by the code on the big screen; only its page says so."""

    def events(self, setting: Setting) -> tuple[PresenceNoted, ...]:
        sitting = setting.sitting
        assert sitting is not None
        held = sitting.presence.get(self.person)
        came = held is not None and any(status == "present" for status, _ in held.log)
        # Who is called in for one item need not be there from the beginning.
        expected = self.person in sitting.people
        late = sitting.opened_at is not None and expected and not came
        return (_noted(setting, self.person, "present", late),)


class LeaveRoom(Act, frozen=True, kw_only=True):
    """Somebody leaves the room, for a while or early (离席, 早退)."""

    sitting: Id
    person: Id

    def events(self, setting: Setting) -> tuple[PresenceNoted, ...]:
        return (_noted(setting, self.person, "left"),)


class RecordAbsence(Act, frozen=True, kw_only=True):
    """The secretary enters at roll call that somebody is on leave or absent (请假, 缺席)."""

    sitting: Id
    person: Id
    status: Literal["leave", "absent"]

    def events(self, setting: Setting) -> tuple[PresenceNoted, ...]:
        return (_noted(setting, self.person, self.status),)


class Recuse(Act, frozen=True, kw_only=True):
    """Somebody keeps out of an item, with the reason (回避)."""

    reasoned: ClassVar[bool] = True
    sitting: Id
    item: Id
    person: Id

    def events(self, setting: Setting) -> tuple[MemberRecused, ...]:
        return (
            MemberRecused(
                sitting=self.sitting,
                item=self.item,
                person=self.person,
                reason=setting.reason or "",
            ),
        )


# ── kinds of rules ────────────────────────────────────────────────────────────────────────────


class SignsInOnTheDay(Kind, frozen=True, kw_only=True):
    """Whoever comes is entered as present on the day of the meeting, not ahead of it (签到)."""

    topic: ClassVar[str] = "sign_in"
    default_modality: ClassVar[str] = "presumed"
    modalities: ClassVar[tuple[str, ...]] = ("must", "presumed")
    governs: ClassVar[tuple[str, ...]] = ("mark_present",)

    def judge(self, setting: Setting) -> Message | None:
        sitting = setting.sitting
        if sitting is None or sitting.opened_at is not None:
            return None
        if setting.on >= sitting.starts_at.date():
            return KEPT
        return Message("signs_in_on_the_day.ahead", {"start": sitting.starts_at})

    def hinges(self) -> frozenset[str]:
        return frozenset()


class LeaveGrantedFirst(Kind, frozen=True, kw_only=True):
    """Nobody counts as on leave before the approver has granted it (需经批准).

    A leave stays granted when the meeting is moved, and is shown as granted for the old time.
    """

    topic: ClassVar[str] = "leave"
    governs: ClassVar[tuple[str, ...]] = ("record_absence", "correct_presence", "move_sitting")

    def judge(self, setting: Setting) -> Message | None:
        if setting.act.name() == "move_sitting":
            _leaves_from_before(setting)
            return None
        if setting.act.status != "leave":
            return None
        leave, sitting = _leave_of(setting), setting.sitting
        if leave and sitting and leave.status == "granted":
            if leave.starts_at and leave.starts_at != sitting.starts_at:
                said = {"person": setting.act.person, "start": leave.starts_at}
                setting.notes.append(Message("leave.other_time", said))
            return KEPT
        return Message("leave.not_granted", {"person": setting.act.person})

    def hinges(self) -> frozenset[str]:
        return frozenset({"person", "status"})


class LeaveTold(Kind, frozen=True, kw_only=True):
    """Nobody counts as on leave before the office has been told (并告知办公室)."""

    topic: ClassVar[str] = "leave_told"
    governs: ClassVar[tuple[str, ...]] = ("record_absence", "correct_presence")

    def judge(self, setting: Setting) -> Message | None:
        if setting.act.status != "leave":
            return None
        leave = _leave_of(setting)
        if leave and leave.told:
            return KEPT
        return Message("leave.not_told", {"person": setting.act.person})

    def hinges(self) -> frozenset[str]:
        return frozenset({"person", "status"})


class Quorum(Kind, frozen=True, kw_only=True):
    """So many members are present (法定人数), counted with integers."""

    topic: ClassVar[str] = "quorum"
    governs: ClassVar[tuple[str, ...]] = ("open_sitting", "decide_item")
    num: Count
    """So many …"""
    den: Count
    """… in so many of all members."""
    strict: bool = False
    """True: more than the share (过); False: at least the share (以上)."""

    def faults(self, charter: Charter) -> Iterator[tuple[str, Message]]:
        return beyond_all(self.num, self.den, self.strict)

    def judge(self, setting: Setting) -> Message | None:
        sitting = setting.sitting
        if sitting is None:
            return None
        present = sum(sitting.is_present(seat.person) for seat in sitting.members)
        needed = threshold(len(sitting.members), self.num, self.den, self.strict)
        if present >= needed:
            return KEPT
        base = len(sitting.members)
        return Message("quorum.short", {"present": present, "base": base, "needed": needed})

    def hinges(self) -> frozenset[str]:
        return frozenset()


def threshold(base: int, num: int, den: int, strict: bool) -> int:
    """The smallest whole number that is more than, or at least, num/den of the base."""
    return base * num // den + 1 if strict else -(-base * num // den)


def beyond_all(num: int, den: int, strict: bool) -> Iterator[tuple[str, Message]]:
    """The fault of a share that everybody together does not reach."""
    if num > den or (strict and num == den):
        yield "num", Message("lint.beyond_all", {"num": num, "den": den})


def _leaves_from_before(setting: Setting) -> None:
    """Say whose leave was granted for the time that the meeting is moved away from."""
    leaves = setting.sitting.leaves if setting.sitting else {}
    people = tuple(sorted(p for p, leave in leaves.items() if leave.status == "granted"))
    if people:
        setting.notes.append(Message("leave.before_moving", {"people": people}))


def _leave_of(setting: Setting) -> Leave | None:
    sitting: Sitting | None = setting.sitting
    return sitting.leaves.get(setting.act.person) if sitting else None


def _held(state: State, where: str, person: str) -> Leave:
    """The leave as it stands; an empty one where the rules let it be granted unasked."""
    return state.sittings[where].leaves.get(person) or Leave("none")


def _leave(state: State, where: str, person: str, leave: Leave) -> State:
    """The leave as it is now; whoever asks for one no longer comes, as they had answered."""
    held = state.sittings[where]
    notice = held.notice
    if notice is not None and leave.status in ("requested", "granted"):
        notice = notice.without(person)
    return evolve.sitting(state, where, leaves=held.leaves.set(person, leave), notice=notice)


def _noted(setting: Setting, person: str, status: Where, late: bool = False) -> PresenceNoted:
    own: Literal["self", "code"] = "code" if getattr(setting.act, "way", "") == "code" else "self"
    himself = setting.actor == person and setting.entered_by is None
    source: Literal["self", "code", "secretary"] = own if himself else "secretary"
    where = setting.act.sitting
    return PresenceNoted(sitting=where, person=person, status=status, source=source, late=late)
