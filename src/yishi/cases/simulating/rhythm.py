"""Period after period: a sitting, or a gap that somebody explains (每月, 每周)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from yishi.cases.simulating.gathering import sitting
from yishi.cases.simulating.habits import days
from yishi.cases.simulating.matters import handed_in, thought_of
from yishi.cases.simulating.office import Begin, Office, Story
from yishi.cases.simulating.plans import Plan
from yishi.procedure.calling import Cadence, ExtraSittings, UsualDay, period_of, period_start
from yishi.procedure.charters import ConfirmCalendar
from yishi.procedure.convening import ExplainGap

MONTH, WEEK = "month", "week"


def calendars(office: Office) -> Story[None]:
    """Each year's holiday notice is entered once it is out, late in the year before."""
    for year, notice in sorted(days().confirmed.items()):
        out = office.moment(date(int(year) - 1, 11, 10), 10)
        if office.state.calendar.is_confirmed(int(year)) or int(year) < office.now.year:
            continue
        yield max(out, office.now + timedelta(hours=9))
        for body in office.bodies()[:1]:
            act = ConfirmCalendar(
                body=body, year=int(year), holidays=notice.holidays, workdays=notice.workdays
            )
            yield from office.do(act)


def body(office: Office, key: str) -> Story[None]:
    """What a body does for as long as the simulation runs, from the day it has rules."""
    if office.begins(key) > office.now.date():
        yield office.moment(office.begins(key), 8)
    rule = office.book(key).rule(Cadence)
    every = rule.every if rule else MONTH
    start = office.now.date()
    first = period_start(start, every)
    for begins in _periods(first if first >= start else _next(first, every), every):
        yield office.moment(begins, 8)
        yield from _period(office, key, every, begins)


def _periods(first: date, every: str) -> Iterator[date]:
    while True:
        yield first
        first = _next(first, every)


def _next(start: date, every: str) -> date:
    return (start + timedelta(days=32)).replace(day=1) if every == MONTH else start + _WEEK


def _period(office: Office, key: str, every: str, begins: date) -> Story[None]:
    last = _next(begins, every) - timedelta(days=1)
    plan = planned(office, key, every, begins, last)
    why = "gap_closed" if plan is None else "gap_called_off"
    if plan is not None and office.chance("gap"):
        plan, why = None, "gap"
    if plan is not None:
        yield Begin(sitting(office, plan))
        yield from _brought(office, key, every, plan.starts_at.date(), begins)
        allowed = office.book(key).rule(ExtraSittings)
        if allowed and allowed.allowed and office.chance("extra"):
            yield Begin(_extra(office, key, begins, plan))
    yield Begin(_gap(office, key, every, last, why))


def _brought(office: Office, key: str, every: str, day: date, begins: date) -> Story[None]:
    """Sections bring what they want decided, each in its own time."""
    least, most = office.habits.ahead[every]
    for _ in range(office.between(*office.habits.items[every])):
        on = max(begins, day - timedelta(days=office.between(least, most)))
        matter = thought_of(office, key, on)
        if matter is not None:
            yield Begin(handed_in(office, matter, office.in_hours(on)))


def planned(office: Office, key: str, every: str, begins: date, last: date) -> Plan | None:
    """The day of the period's sitting, usual or not; None when the office is closed throughout."""
    span = [begins + timedelta(days=n) for n in range((last - begins).days + 1)]
    book = office.book(key)
    rule = book.rule(UsualDay)
    hour = office.habits.afternoon if rule and rule.half == "afternoon" else office.habits.hour
    open_days = [office.moment(day, hour) for day in span if office.is_workday(day)]
    usual = [at for at in open_days if rule is None or rule.covers(at)]
    other = [at for at in open_days if at not in usual and at.date() > begins + timedelta(days=1)]
    strict = rule is not None and book.is_strict(rule)
    if usual and not (other and not strict and office.chance("off_day")):
        return Plan(key, every, _settled(office, usual))
    if other and not strict:
        why = "off_day" if usual else "holiday"
        return Plan(key, every, office.pick(other[-5:]), reason=office.phrases.say(why))
    return None


def _settled(office: Office, usual: list[datetime]) -> datetime:
    return office.pick(usual[:-1] or usual)


def _extra(office: Office, key: str, begins: date, usual: Plan) -> Story[None]:
    """What cannot wait is handed in some days before the sitting called for it."""
    plan = extra(office, key, begins, usual)
    on = plan.starts_at.date() - timedelta(days=office.habits.convened[plan.every] + 4)
    matter = thought_of(office, key, on)
    if matter is not None:
        yield Begin(handed_in(office, matter, office.in_hours(on)))
    yield Begin(sitting(office, plan))


def extra(office: Office, key: str, begins: date, plan: Plan) -> Plan:
    """A sitting beside the usual rhythm, because something cannot wait."""
    day = office.workday(begins + timedelta(days=office.between(6, 14)))
    at = office.moment(day, office.habits.hour, 30)
    at = at if day != plan.starts_at.date() else at.replace(hour=16)
    return Plan(key, plan.every, at, kind="extra", need=office.phrases.say("need"))


def _gap(office: Office, key: str, every: str, last: date, why: str) -> Story[None]:
    """A period that went by without a sitting is explained in the days after it."""
    yield office.moment(office.workday(last + timedelta(days=1)), 9, office.between(0, 50))
    period = period_of(last, every)
    if period not in {period_of(day.date(), every) for day in office.state.bodies[key].held}:
        words = office.phrases.say(why)
        yield from office.do(ExplainGap(body=key, period=period, words=words))


_WEEK = timedelta(days=7)
