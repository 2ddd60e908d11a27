"""Kinds of rules about calling the meeting: how often, on which day, with what notice."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, ClassVar, Literal

import msgspec

from yishi.charter.workdays import WorkCalendar
from yishi.procedure.bodylog import Explanation
from yishi.procedure.rule import KEPT, Check, Days, Due, Kind, View
from yishi.procedure.setting import Setting
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Message, Value


class Cadence(Kind, frozen=True, kw_only=True):
    """One sitting a month or a week (每月一次, 每周1次); a period without one is explained."""

    topic: ClassVar[str] = "cadence"
    default_modality: ClassVar[str] = "presumed"
    modalities: ClassVar[tuple[str, ...]] = ("must", "presumed")
    every: Literal["month", "week"]
    """A calendar month, or an ISO week."""

    def inspect(self, view: View) -> Iterator[Check]:
        log = view.state.bodies[view.body]
        if view.sitting is not None or not log.versions:
            return
        held = {period_of(day.date(), self.every) for day in log.held}
        start, end = view.period or (view.at, view.at)
        for period in self.periods(start.date(), log.last_day(min(end, view.at).date())):
            if period not in held and period in log.explained:
                yield from _why(period, log.explained[period])
                continue
            status = "kept" if period in held else "broken"
            yield Check(status, period, Message(f"cadence.{status}", {"period": period}))

    def remind(self, view: View) -> Iterator[Due]:
        log = view.state.bodies[view.body]
        founded = view.state.founded_on
        if log.version_on(view.at.date()) is None or founded is None:
            return
        last = period_start(view.at.date(), self.every) - timedelta(days=1)
        period = period_of(last, self.every)
        held = {period_of(day.date(), self.every) for day in log.held[-60:]}
        begun = period_start(last, self.every) >= founded
        if begun and period not in held and period not in log.explained:
            yield Due((), view.body, Message("cadence.unexplained", {"period": period}))

    def periods(self, first: date, last: date) -> Iterator[str]:
        """Names of the whole periods between two days, both counted."""
        day = period_start(first, self.every)
        day = day if day >= first else _next_start(day, self.every)
        while (after := _next_start(day, self.every)) <= last + timedelta(days=1):
            yield period_of(day, self.every)
            day = after


class GapThere(Kind, frozen=True, kw_only=True):
    """Only a period that has begun and in which nothing was held is explained (未召开)."""

    topic: ClassVar[str] = "order_of_steps"
    governs: ClassVar[tuple[str, ...]] = ("explain_gap",)

    def judge(self, setting: Setting) -> Message | None:
        period: str = setting.act.period
        asked = setting.book.rule(Cadence)
        every = asked.every if asked else rhythm_of(period)
        if every != rhythm_of(period):
            return Message("gap_there.rhythm", {"period": period})
        begins = begin_of(period)
        if begins is None or begins > setting.on:
            return Message("gap_there.ahead", {"period": period})
        if period in (period_of(day.date(), every) for day in setting.log.held):
            return Message("gap_there.held", {"period": period})
        return KEPT

    def hinges(self) -> frozenset[str]:
        return frozenset({"period"})


class UsualDay(Kind, frozen=True, kw_only=True):
    """The usual day of an ordinary sitting: the month's end, or a weekday's half (月底, 星期五)."""

    topic: ClassVar[str] = "usual_day"
    default_modality: ClassVar[str] = "presumed"
    modalities: ClassVar[tuple[str, ...]] = ("must", "presumed")
    governs: ClassVar[tuple[str, ...]] = ("convene", "move_sitting")
    last_days: Annotated[int, msgspec.Meta(ge=0, le=31)] = 0
    """How many calendar days before the end of the month count as its end."""
    weekday: Annotated[int, msgspec.Meta(ge=0, le=7)] = 0
    """ISO weekday, Monday is 1."""
    half: Literal["", "morning", "afternoon"] = ""
    """The afternoon begins at 12."""

    def judge(self, setting: Setting) -> Message | None:
        kind = setting.sitting.kind if setting.sitting else setting.act.kind
        if kind == "extra":
            return None
        starts: datetime = setting.act.starts_at
        self._day_off(setting, starts)
        if self.covers(starts):
            return KEPT
        strict = setting.book.is_strict(self)
        if self.last_days:
            return Message(
                "usual_day.always_month_end" if strict else "usual_day.month_end",
                {"start": starts, "days": self.last_days},
            )
        return Message(
            "usual_day.always_weekday" if strict else "usual_day.weekday",
            {"start": starts, "weekday": self.weekday, "half": self.half},
        )

    def _day_off(self, setting: Setting, starts: datetime) -> None:
        """Say that the day is a day of rest; no clause forbids it."""
        setting.confirmed(starts.date())
        if not setting.state.calendar.is_workday(starts.date()):
            setting.notes.append(Message("usual_day.day_off", {"on": starts.date()}))

    def covers(self, starts: datetime) -> bool:
        """Whether that start is on the usual day, in the usual half of it."""
        if self.last_days and (starts + timedelta(days=self.last_days)).month == starts.month:
            return False
        if self.weekday and starts.isoweekday() != self.weekday:
            return False
        return not self.half or (self.half == "afternoon") == (starts.hour >= 12)


class ExtraSittings(Kind, frozen=True, kw_only=True):
    """Whether meetings may be called outside the usual rhythm, on need (可随时召开)."""

    topic: ClassVar[str] = "extra_sittings"
    default_modality: ClassVar[str] = "may"
    modalities: ClassVar[tuple[str, ...]] = ("must", "may")
    governs: ClassVar[tuple[str, ...]] = ("convene",)
    allowed: bool
    """Whether `kind: extra` may be convened."""

    def judge(self, setting: Setting) -> Message | None:
        if setting.act.kind != "extra":
            return None
        if not self.allowed:
            return Message("extra_sittings.not_foreseen")
        return KEPT if setting.act.need else Message("extra_sittings.need_missing")

    def hinges(self) -> frozenset[str]:
        return frozenset({"kind", "need"})


class NoticeLead(Kind, frozen=True, kw_only=True):
    """The time of the meeting is made known some days ahead (1天前通知)."""

    topic: ClassVar[str] = "notice"
    default_modality: ClassVar[str] = "presumed"
    modalities: ClassVar[tuple[str, ...]] = ("must", "presumed")
    governs: ClassVar[tuple[str, ...]] = ("give_notice", "open_sitting")
    days: Days
    """How many days ahead."""
    counted: Literal["hours", "day_before", "workday_before"]
    """A day is 24 hours, a calendar day, or a working day."""

    def judge(self, setting: Setting) -> Message | None:
        sitting = setting.sitting
        if sitting is None:
            return None
        if setting.act.name() == "open_sitting":
            return self._at_opening(setting, sitting)
        latest = self.latest(setting, sitting)
        if setting.at <= latest:
            return KEPT
        said: dict[str, Value] = {"start": sitting.starts_at, "latest": latest}
        if setting.book.is_strict(self):
            return Message("notice.too_late", said)
        return Message("notice.late", said)

    def hinges(self) -> frozenset[str]:
        return frozenset()

    def _at_opening(self, setting: Setting, sitting: Sitting) -> Message | None:
        """Whether the time made known has come: the hour where hours count, else the day."""
        if sitting.notice is None or sitting.notice.starts_at != sitting.starts_at:
            if setting.book.is_strict(self):
                return Message("notice.needed", {"start": sitting.starts_at})
            return Message("notice.none_given", {"start": sitting.starts_at})
        if setting.on > sitting.starts_at.date():
            return Message("notice.day_past", {"start": sitting.starts_at})
        by_hour = self.counted == "hours"
        if setting.at < sitting.starts_at and (by_hour or setting.on < sitting.starts_at.date()):
            return Message("notice.too_early", {"start": sitting.starts_at})
        return None

    def latest(self, setting: Setting, sitting: Sitting) -> datetime:
        """The last moment at which the notice is in time; years not confirmed are noted."""
        return self.last_moment(setting.state.calendar, sitting.starts_at, setting.confirmed)

    def last_moment(
        self,
        calendar: WorkCalendar,
        starts: datetime,
        looked_up: Callable[[date], object] = lambda day: None,
    ) -> datetime:
        """The last moment at which the notice of a meeting that starts then is in time.

        In the time zone of the start. Tells each day of which it asks whether it is worked.
        """
        if self.counted == "hours":
            return starts - timedelta(days=self.days)
        day = starts
        for _ in range(self.days):
            day -= timedelta(days=1)
            while self.counted == "workday_before":
                looked_up(day.date())
                if calendar.is_workday(day.date()):
                    break
                day -= timedelta(days=1)
        return day.replace(hour=23, minute=59, second=59, microsecond=0)


class NoticeStands(Kind, frozen=True, kw_only=True):
    """A notice is not given again while what it told stands (不重复通知).

    Giving it again would undo who has read it; once the time, the place, the agenda, the guests,
    the chair or what is asked of those who come have changed, there is something new to read.
    """

    topic: ClassVar[str] = "notice"
    governs: ClassVar[tuple[str, ...]] = ("give_notice",)

    def judge(self, setting: Setting) -> Message | None:
        sitting = setting.sitting
        if sitting is None or sitting.notice is None:
            return None
        told, act = sitting.notice, setting.act
        now = (sitting.starts_at, sitting.agenda, sitting.invited, sitting.chair)
        if (told.starts_at, told.agenda, told.guests, told.chair) != now:
            return KEPT
        if (told.venue, told.bring) != (act.venue or sitting.venue, act.bring):
            return KEPT
        return Message("notice.stands", {"given": told.at})

    def hinges(self) -> frozenset[str]:
        return frozenset({"venue", "bring"})


class ApprovedAgenda(Kind, frozen=True, kw_only=True):
    """Only items that the approver has let through come onto the agenda (经审定)."""

    topic: ClassVar[str] = "agenda_approval"
    governs: ClassVar[tuple[str, ...]] = ("set_agenda",)

    def judge(self, setting: Setting) -> Message | None:
        sitting, items = setting.sitting, setting.state.items
        if sitting is None:
            return None
        unfit = [
            i
            for i in setting.act.items
            if items[i].body != sitting.body
            or not (
                items[i].status == "approved"
                or (items[i].status == "on_agenda" and items[i].sitting == sitting.id)
            )
        ]
        if not unfit:
            return KEPT
        return Message("approved_agenda.unapproved", {"items": tuple(unfit)})


class CarriedStay(Kind, frozen=True, kw_only=True):
    """What the rules carry to the next sitting stays on its agenda (提交下次会议研究)."""

    topic: ClassVar[str] = "carried_items"
    governs: ClassVar[tuple[str, ...]] = ("set_agenda", "withdraw_item")

    def judge(self, setting: Setting) -> Message | None:
        if setting.act.name() == "withdraw_item":
            return Message("carried_stay.not_withdrawn") if self._comes(setting) else None
        return self._on_the_agenda(setting)

    def _comes(self, setting: Setting) -> bool:
        """Whether the item is carried to a sitting; rules that have ended bring none."""
        item = setting.item
        if item is None or item.origin != "carried":
            return False
        return item.sitting is not None or setting.log.version_on(setting.on) is not None

    def _on_the_agenda(self, setting: Setting) -> Message | None:
        sitting, items = setting.sitting, setting.state.items
        if sitting is None:
            return None
        carried = [i for i in sitting.agenda if items[i].origin == "carried"]
        missing = [i for i in carried if i not in setting.act.items]
        if missing:
            return Message("carried_stay.left_out", {"items": tuple(missing)})
        return KEPT if carried else None


def _why(period: str, said: tuple[Explanation, ...]) -> Iterator[Check]:
    """The period with what was said of it; what somebody said later stands beside the first."""
    for number, one in enumerate(said):
        told: dict[str, Value] = {"period": period, "reason": one.words, "by": one.by, "at": one.at}
        said_of = Message("cadence.said_later" if number else "cadence.departed", told)
        yield Check("departed", period, said_of)


def period_of(day: date, every: str) -> str:
    """The name of the month or ISO week that a day is in: `2026-08`, `2026-W33`."""
    year, week, _ = day.isocalendar()
    return f"{day:%Y-%m}" if every == "month" else f"{year}-W{week:02d}"


def held_from(sitting: Sitting) -> datetime:
    """When a meeting is listed: as announced, or from its opening where that was another day."""
    opened, announced = sitting.opened_at, sitting.starts_at
    return opened if opened and sitting.held_on != announced.date() else announced


def rhythm_of(period: str) -> Literal["month", "week"]:
    """Whether a period's name means a month or an ISO week."""
    return "week" if "W" in period else "month"


def begin_of(period: str) -> date | None:
    """The first day of a period by its name; None for a week or year that there is not."""
    year, _, part = period.partition("-")
    try:
        if rhythm_of(period) == "week":
            return date.fromisocalendar(int(year), int(part[1:]), 1)
        return date(int(year), int(part), 1)
    except ValueError:
        return None


def period_start(day: date, every: str) -> date:
    """The first day of the month or ISO week that a day is in."""
    return day.replace(day=1) if every == "month" else day - timedelta(days=day.weekday())


def _next_start(start: date, every: str) -> date:
    return (start + timedelta(days=32)).replace(day=1) if every == "month" else start + _WEEK


_WEEK = timedelta(days=7)
