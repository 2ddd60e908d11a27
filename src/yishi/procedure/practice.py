"""House practice (单位惯例): what a charter leaves silent and the institution has switched on.

A practice asks and shows. It refuses nothing and is never a ground; what it has to say of a
meeting stands in `practising`.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, ClassVar, Final, Literal

import msgspec
from msgspec.structs import replace

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.bodylog import BodyLog, Practice
from yishi.procedure.rule import KEPT, Bound, Count, Kind
from yishi.procedure.setting import Setting
from yishi.procedure.state import State
from yishi.procedure.supervising import States
from yishi.procedure.verdict import Message, Rejected, Value
from yishi.values.text import Id

Practised = Literal[
    "sign_in",
    "recusal",
    "quorum",
    "report_limit",
    "speech_limit",
    "tally",
    "circulate",
    "check",
    "sign_off",
]
"""签到 · 询问回避 · 到会人数 · 汇报时限 · 发言时限 · 投影显示票数 · 纪要征求意见 · 核对 · 签批."""

TOPICS: Final[dict[str, str]] = {
    "sign_in": "sign_in",
    "recusal": "recusal",
    "quorum": "quorum",
    "report_limit": "time_limits",
    "speech_limit": "time_limits",
    "tally": "tally_shown",
    "circulate": "minutes_steps",
    "check": "minutes_steps",
    "sign_off": "minutes_steps",
}
"""For each practice the matter on which the charter has to be silent."""

NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "quorum": ("num", "den"),
    "report_limit": ("limit",),
    "speech_limit": ("limit",),
}
"""What a practice has to say beside its kind; the others need nothing."""

Limit = Annotated[int, msgspec.Meta(ge=1, le=600)]
"""Minutes."""

# ── events ────────────────────────────────────────────────────────────────────────────────────


class PracticeStarted(Event, frozen=True, kw_only=True):
    """A house practice holds for a body from a day on, in place of what was set before (启用)."""

    body: Id
    practice: Practised
    since: date
    by: Id
    limit: Limit | None = None
    num: Count | None = None
    den: Count | None = None

    def apply(self, state: State, at: datetime) -> State:
        held = _ended(state.bodies[self.body], self.practice, self.since, at)
        begun = Practice(
            self.practice, self.since, at, self.by, self.limit or 0, self.num or 0, self.den or 0
        )
        return evolve.log(state, self.body, practices=(*held, begun))


class PracticeEnded(Event, frozen=True, kw_only=True):
    """A house practice holds no more from a day on (停用)."""

    body: Id
    practice: Practised
    until: date
    by: Id

    def apply(self, state: State, at: datetime) -> State:
        held = _ended(state.bodies[self.body], self.practice, self.until, at)
        return evolve.log(state, self.body, practices=held)


def _ended(log: BodyLog, kind: str, day: date, at: datetime) -> tuple[Practice, ...]:
    """The practices with those of the kind that would last beyond that day ended from it."""
    return tuple(
        replace(one, until=max(day, one.since), ended_at=at)
        if one.kind == kind and one.lasts(day)
        else one
        for one in log.practices
    )


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


class StartPractice(Act, frozen=True, kw_only=True):
    """A body's house practice is switched on, or set otherwise, from a day on (启用单位惯例)."""

    body: Id
    practice: Practised
    since: date
    """The first day; it has not passed."""
    limit: Limit | None = None
    """Minutes, for a limit of time."""
    num: Count | None = None
    """So many …"""
    den: Count | None = None
    """… in so many of all members, for a number present."""

    def events(self, setting: Setting) -> tuple[PracticeStarted, ...]:
        return (
            PracticeStarted(
                body=self.body,
                practice=self.practice,
                since=self.since,
                by=setting.actor,
                limit=self.limit,
                num=self.num,
                den=self.den,
            ),
        )


class EndPractice(Act, frozen=True, kw_only=True):
    """A body's house practice is switched off from a day on (停用单位惯例)."""

    body: Id
    practice: Practised
    until: date
    """The first day on which it holds no more; it has not passed."""

    def events(self, setting: Setting) -> tuple[PracticeEnded, ...]:
        body, until = self.body, self.until
        return (PracticeEnded(body=body, practice=self.practice, until=until, by=setting.actor),)


def amiss(act: StartPractice | EndPractice, today: date, log: BodyLog) -> Rejected | None:
    """A day that has passed, an end after the end, or parameters not those of the practice."""
    if isinstance(act, EndPractice):
        return _ends_amiss(act, today, log)
    if act.since < today:
        return Rejected("since", Message("practice.day_passed", {"on": act.since, "today": today}))
    needed = NEEDED.get(act.practice, ())
    for field in ("limit", "num", "den"):
        given = getattr(act, field) is not None
        said: dict[str, Value] = {"practice": act.practice, "fields": (field,)}
        if field in needed and not given:
            return Rejected(field, Message("practice.lacks", said))
        if given and field not in needed:
            return Rejected(field, Message("practice.not_of_it", said))
    if act.num and act.den and act.num > act.den:
        return Rejected("num", Message("practice.beyond_all", {"num": act.num, "den": act.den}))
    return None


def _ends_amiss(act: EndPractice, today: date, log: BodyLog) -> Rejected | None:
    """An end on a day that has passed, or not before the one that is settled already."""
    if act.until < today:
        return Rejected("until", Message("practice.end_passed", {"on": act.until, "today": today}))
    lasting = [one for one in log.practices if one.kind == act.practice and one.lasts(today)]
    ends = [one.until for one in lasting if one.until is not None]
    if lasting and not any(one.lasts(act.until) for one in lasting):
        said: dict[str, Value] = {"practice": act.practice, "on": max(ends)}
        return Rejected("until", Message("practice.ends_already", said))
    return None


# ── kinds of rules ────────────────────────────────────────────────────────────────────────────


class PracticeWhereSilent(Kind, frozen=True, kw_only=True):
    """House practice is switched on only for what the body's rules leave silent (单位惯例)."""

    topic: ClassVar[str] = "practice"
    governs: ClassVar[tuple[str, ...]] = ("start_practice",)

    def judge(self, setting: Setting) -> Message | None:
        act = setting.act
        digest = setting.log.version_on(max(act.since, setting.on))
        bounds = setting.book.beside(setting.state, (digest,)).bounds if digest else ()
        ruled = next(ruling(bounds, act.practice), None)
        if ruled is None:
            return KEPT
        clause = ruled.citation
        said = {"practice": act.practice, "charter": clause.title, "label": clause.label}
        return Message("practice_where_silent.ruled", {**said, "start": act.since})

    def hinges(self) -> frozenset[str]:
        return frozenset({"practice", "since"})


def ruling(bounds: tuple[Bound, ...], practice: str) -> Iterator[Bound]:
    """The rules of a body's own charter on what the practice is about: there it is not silent."""
    topic = TOPICS[practice]
    for bound in bounds:
        says = isinstance(bound.rule, States) and bound.rule.fact == topic
        if not bound.citation.general and (bound.rule.topic == topic or says):
            yield bound
