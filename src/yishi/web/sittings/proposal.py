"""When the next meeting of a body might begin, by its own rules: a proposal, never a decision."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from django.urls import reverse

from yishi.procedure.act import Deed
from yishi.procedure.calling import Cadence, ExtraSittings, NoticeLead, UsualDay, period_of
from yishi.procedure.charters import GENERAL
from yishi.procedure.convening import Convene
from yishi.procedure.decide import place
from yishi.procedure.enact import Rulebook, book_of, digests_on
from yishi.procedure.offers import Offer
from yishi.procedure.rule import Bound, Kind
from yishi.procedure.setting import Setting
from yishi.procedure.submission import SubmissionDeadline
from yishi.web.acts.views import link_to
from yishi.web.office import Office
from yishi.web.sittings.pressing import asked
from yishi.wording.norms import norm_of

DAYS_AHEAD: Final = 75
HOURS: Final = (9, 15)
LATELY: Final = 12
"""Meetings back that show at which hour a body meets."""
RULES: Final[tuple[type[Kind], ...]] = (
    Cadence,
    UsualDay,
    ExtraSittings,
    NoticeLead,
    SubmissionDeadline,
)
"""What a convener wants to know before naming a time."""


class Proposal(msgspec.Struct, frozen=True):
    """A body that this person may convene, the proposed start, and what its rules say."""

    body: str
    start: datetime | None
    notice_until: datetime | None
    rules: tuple[dict[str, Any], ...]
    link: str


def proposals(office: Office) -> tuple[Proposal, ...]:
    """One for each body that this person may call together."""
    bodies = (b for b in sorted(office.state.bodies) if b != GENERAL)
    return tuple(_proposal(office, body) for body in bodies if convenes(office, body))


def convenes(office: Office, body: str) -> bool:
    """Whether this person may call the body together."""
    return isinstance(asked(office, "convene", body=body), Offer)


def _proposal(office: Office, body: str) -> Proposal:
    book = book_of(office.state, digests_on(office.state, body, office.now.date()))
    start = next((at for at in _starts(office, body) if _fits(office, book, body, at)), None)
    preset = {"starts_at": f"{start:%Y-%m-%dT%H:%M}"} if start else {}
    return Proposal(
        body=body,
        start=start,
        notice_until=_notice_until(office, book, body, start) if start else None,
        rules=_told(office, book, body),
        link=link_to(
            "convene", {"body": body}, kind="ordinary", next=reverse("sittings"), **preset
        ),
    )


def _starts(office: Office, body: str) -> Iterator[datetime]:
    """Every morning and afternoon ahead, first at the hour at which the body mostly meets."""
    held = [at.astimezone(office.zone) for at in office.state.bodies[body].held[-LATELY:]]
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
    latest = _notice_until(office, book, body, at)
    return latest is None or office.now <= latest


def met(office: Office, body: str, cadence: Cadence) -> set[str]:
    """Periods in which the body has met or is convened to meet."""
    log, sittings = office.state.bodies[body], office.state.sittings
    planned = [sittings[s].starts_at for s in log.planned if sittings[s].status == "convened"]
    days = (at.astimezone(office.zone).date() for at in (*log.held[-60:], *planned))
    return {period_of(day, cadence.every) for day in days}


def _notice_until(office: Office, book: Rulebook, body: str, at: datetime) -> datetime | None:
    rule = book.rule(NoticeLead)
    act = Convene(sitting="proposed", body=body, starts_at=at)
    setting = place(Deed(act=act, actor=office.person, at=office.now), office.state)
    if rule is None or not isinstance(setting, Setting):
        return None
    return rule.latest(setting, setting.act)


def _told(office: Office, book: Rulebook, body: str) -> tuple[dict[str, Any], ...]:
    bounds = (book.bound(rule) for kind in RULES for rule in book.all_of(kind))
    return tuple(_rule(office, bound, body) for bound in bounds)


def _rule(office: Office, bound: Bound, body: str) -> dict[str, Any]:
    return {
        "norm": norm_of(bound, office.catalogue, office.names_for(body)),
        "modality": bound.modality,
        "citation": bound.citation,
    }
