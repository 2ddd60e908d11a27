"""A wrong entry of who is there is put right, while nothing rests on it (更正到会登记) (pure)."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar, Literal

from msgspec.structs import replace

from yishi.charter.model import Charter
from yishi.procedure import evolve, seats
from yishi.procedure.act import Act, Event
from yishi.procedure.attendance import Quorum, SignsInOnTheDay
from yishi.procedure.rule import KEPT, Kind
from yishi.procedure.setting import Setting
from yishi.procedure.state import Deliberation, Sitting, State
from yishi.procedure.verdict import Message, Rejected
from yishi.procedure.whereabouts import Presence
from yishi.values.text import Id

Really = Literal["unknown", "present", "left", "leave", "absent"]
"""Where somebody really was; `unknown` where nothing ought to have been entered yet."""

# ── event and act ─────────────────────────────────────────────────────────────────────────────


class PresenceCorrected(Event, frozen=True, kw_only=True):
    """The last entry of where somebody is was wrong, and is taken back or replaced (更正)."""

    sitting: Id
    person: Id
    was: Really
    """What had been entered."""
    status: Really
    """How it really was. As before the wrong entry: that is taken back."""
    source: Literal["self", "secretary"]
    late: bool = False

    def apply(self, state: State, at: datetime) -> State:
        sitting = state.sittings[self.sitting]
        held = sitting.presence[self.person]
        log, ways = held.log[:-1], held.ways[:-1]
        if self.status != before(held):
            log = (*log, (self.status, held.log[-1][1]))
            ways = (*ways, self.source)
        right = replace(held, status=self.status, late=self.late, log=log, ways=ways)
        entered = sitting.presence.set(self.person, right)
        presence = entered if log else sitting.presence.delete(self.person)
        return evolve.sitting(state, self.sitting, presence=presence)


class CorrectPresence(Act, frozen=True, kw_only=True):
    """Whoever entered it wrongly, or keeps the record, puts the last entry right (更正到会登记)."""

    sitting: Id
    person: Id
    status: Really
    """How it really was; as it stood before, to take the wrong entry back."""

    def events(self, setting: Setting) -> tuple[PresenceCorrected, ...]:
        held = _held(setting)
        if held is None:
            # Where no rule of a body keeps anybody from it: nothing was entered, nothing changes.
            return ()
        return (
            PresenceCorrected(
                sitting=self.sitting,
                person=self.person,
                was=held.status,  # type: ignore[arg-type]
                status=self.status,
                source="self" if setting.actor == self.person else "secretary",
                late=_late(setting, held),
            ),
        )

    def amiss(self, setting: Setting) -> Rejected | None:
        held = _held(setting)
        if held is None or self.status in fitting(held):
            return None
        said = {"person": self.person, "was": held.status, "really": self.status}
        return Rejected("status", Message("corrects_presence.misfit", said))


def before(held: Presence) -> str:
    """Where somebody was before the last entry."""
    return held.log[-2][0] if len(held.log) > 1 else "unknown"


def fitting(held: Presence) -> tuple[str, ...]:
    """What may stand in place of the last entry: as before it, or what could be entered then."""
    then = before(held)
    follows = {"present": ("left",), "left": ("present",)}
    able = follows.get(then, ("present", "leave", "absent"))
    return tuple(dict.fromkeys(s for s in (then, *able) if s != held.status))


# ── the kind of rule ──────────────────────────────────────────────────────────────────────────


class CorrectsPresence(Kind, frozen=True, kw_only=True):
    """An entry of who is there is put right only as long as nothing rests on it (更正到会登记).

    Oneself takes back what one entered; what others entered is put right by these seats.
    """

    topic: ClassVar[str] = "corrections"
    happens: ClassVar[bool] = False
    governs: ClassVar[tuple[str, ...]] = ("correct_presence",)
    by: tuple[str, ...]
    """Seats; any one of them is enough."""

    def judge(self, setting: Setting) -> Message | None:
        held = _held(setting)
        if held is None or setting.sitting is None:
            return None
        keeps = any(seats.holds(setting, seat, setting.actor) for seat in self.by)
        own = setting.actor == setting.act.person and held.ways[-1] != "secretary"
        if not keeps and not (own and setting.act.status == before(held)):
            return Message("corrects_presence.not_own", {"by": self.by})
        return _rests(setting, setting.sitting, held.log[-1]) or KEPT

    def hinges(self) -> frozenset[str]:
        return frozenset({"person", "status"})

    def faults(self, charter: Charter) -> Iterator[tuple[str, Message]]:
        return seats.unknown(self.by, charter, "by")


def _rests(setting: Setting, sitting: Sitting, last: tuple[str, datetime]) -> Message | None:
    """What has come of an entry since it was made."""
    person, (status, since) = setting.act.person, last
    for talk in sitting.deliberations.values():
        if talk.ended_at is not None and talk.ended_at >= since:
            return Message("corrects_presence.decided", {"person": person})
        if _spoke(talk, person, since):
            return Message("corrects_presence.spoke", {"person": person})
    if status == "present" and person in sitting.reports.values():
        return Message("corrects_presence.reported", {"person": person})
    if any(at >= since for at in _presided(sitting, person)):
        return Message("corrects_presence.presided", {"person": person})
    if status != "present" and any(at >= since for at in _stood_in_for(sitting, person)):
        return Message("corrects_presence.deputed", {"person": person})
    return _counted(setting, sitting, last)


def _counted(setting: Setting, sitting: Sitting, last: tuple[str, datetime]) -> Message | None:
    """Whether the meeting was opened on the strength of it, or a rule was departed from with it."""
    (status, since), opened = last, sitting.opened_at
    rules = [bound.rule for bound in setting.book.for_act("open_sitting")]
    counts = any(isinstance(rule, Quorum) for rule in rules)
    if counts and opened is not None and opened >= since and sitting.seat_of(setting.act.person):
        return Message("corrects_presence.opened", {"at": opened})
    early = status == "present" and since.date() < sitting.starts_at.date()
    ahead = early and (opened is None or opened > since)
    if ahead and setting.book.rule(SignsInOnTheDay) is not None:
        return Message("corrects_presence.departed", {"start": sitting.starts_at})
    return None


def _spoke(talk: Deliberation, person: str, since: datetime) -> bool:
    reported = talk.rapporteur == person and talk.presented_at and talk.presented_at >= since
    added = ((one.person, one.answered_at) for one in talk.asked if one.answered_at)
    return bool(reported) or any(p == person and at >= since for p, at in (*talk.turns, *added))


def _presided(sitting: Sitting, person: str) -> Iterator[datetime]:
    """When somebody who had the chair did what only whoever presides does, in the room."""
    moments = list(_of_the_chair(sitting))
    start: datetime | None = None
    for who, until in (*sitting.chairs, (sitting.chair, None)):
        if who == person:
            done = (at for at in moments if not ((start and at < start) or (until and at > until)))
            yield from done
            if start and start != _given_back(sitting):
                yield start
        start = until


def _of_the_chair(sitting: Sitting) -> Iterator[datetime]:
    moments = [sitting.opened_at, sitting.closed_at]
    moments += [talk.begun_at for talk in sitting.deliberations.values()]
    moments += [one.at for talk in sitting.deliberations.values() for one in talk.asked]
    moments += [at for one in sitting.recesses for at in (one.began_at, one.ended_at)]
    return (at for at in moments if at is not None)


def _stood_in_for(sitting: Sitting, person: str) -> Iterator[datetime]:
    """When somebody else took the chair that this person had."""
    back = _given_back(sitting)
    return (at for who, at in sitting.chairs if who == person and at != back)


def _given_back(sitting: Sitting) -> datetime | None:
    """When a chair taken on paper went back without anybody's doing, with the end of the entry."""
    return sitting.paper.until if sitting.paper else None


def _late(setting: Setting, held: Presence) -> bool:
    """Whether somebody came late after all, reckoned from the entry as it is put right."""
    status, sitting = setting.act.status, setting.sitting
    came = any(one == "present" for one, _ in held.log[:-1])
    if came:
        return held.late
    if status != "present" or sitting is None or sitting.opened_at is None:
        return False
    return setting.act.person in sitting.people and held.log[-1][1] >= sitting.opened_at


def _held(setting: Setting) -> Presence | None:
    return setting.sitting.presence.get(setting.act.person) if setting.sitting else None
