"""When the next ordinary meeting of a body might begin by its own rules, as a form proposes it."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from yishi.procedure.act import Deed
from yishi.procedure.bodylog import BodyLog
from yishi.procedure.calling import Cadence, NoticeLead, UsualDay, period_of
from yishi.procedure.convening import Convene
from yishi.procedure.decide import place
from yishi.procedure.enact import Rulebook, book_of, digests_on, version_on
from yishi.procedure.setting import Setting
from yishi.web.office import Office

DAYS_AHEAD: Final = 75
HOURS: Final = (9, 15)
LATELY: Final = 12
"""Meetings back that show at which hour a body meets."""


def proposed_start(office: Office, body: str) -> datetime | None:
    """The first time ahead that is as the rules usually have it; None where there is none soon."""
    if version_on(office.state, body, office.now.date()) is None:
        return None
    book = book_of(office.state, digests_on(office.state, body, office.now.date()))
    return next((at for at in _starts(office, body) if _fits(office, book, body, at)), None)


def as_typed(start: datetime) -> str:
    """A time as the field of a form holds it."""
    return f"{start:%Y-%m-%dT%H:%M}"


def _starts(office: Office, body: str) -> Iterator[datetime]:
    """Every morning and afternoon ahead, first at the hour at which the body mostly meets."""
    held = [at.astimezone(office.zone) for at in _ordinary(office.state.bodies[body], LATELY)]
    hours = dict.fromkeys(HOURS, 0)
    for usual, _ in Counter((at.hour, at.minute) for at in reversed(held)).most_common(1):
        hours = {usual[0]: usual[1], **{h: 0 for h in HOURS if h != usual[0]}}
    today = office.now.replace(second=0, microsecond=0)
    for days in range(1, DAYS_AHEAD):
        for hour, minute in hours.items():
            yield today.replace(hour=hour, minute=minute) + timedelta(days=days)


def _fits(office: Office, book: Rulebook, body: str, at: datetime) -> bool:
    """Whether a start is as the rules usually have it and can still be made known in time."""
    usual, cadence = book.rule(UsualDay), book.rule(Cadence)
    if usual is not None and not usual.covers(at):
        return False
    if not office.state.calendar.is_workday(at.date()):
        return False
    if cadence is not None and period_of(at.date(), cadence.every) in met(office, body, cadence):
        return False
    latest = notice_until(office, book, body, at)
    return latest is None or office.now <= latest


def _ordinary(log: BodyLog, most: int) -> list[datetime]:
    """Starts of the latest sittings, without those called on need."""
    return [at for at in log.held[-most:] if at not in log.extra[-most:]]


def met(office: Office, body: str, cadence: Cadence) -> set[str]:
    """Periods in which the body has had its ordinary meeting, or is convened to have it.

    One called on need stands beside it (每月召开一次……如有工作需要，可随时召开).
    """
    log, sittings = office.state.bodies[body], office.state.sittings
    ahead = (sittings[s] for s in log.planned)
    planned = [s.starts_at for s in ahead if s.status == "convened" and s.kind != "extra"]
    days = (at.astimezone(office.zone).date() for at in (*_ordinary(log, 60), *planned))
    return {period_of(day, cadence.every) for day in days}


def notice_until(office: Office, book: Rulebook, body: str, at: datetime) -> datetime | None:
    rule = book.rule(NoticeLead)
    act = Convene(sitting="proposed", body=body, starts_at=at)
    setting = place(Deed(act=act, actor=office.person, at=office.now), office.state)
    if rule is None or not isinstance(setting, Setting):
        return None
    return rule.latest(setting, setting.act)
