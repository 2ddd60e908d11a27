"""The calendar (日历): a month of meetings, with what the rules say of its days."""

import re
from calendar import Calendar
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

import msgspec
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yishi.procedure.calling import Cadence, NoticeLead, UsualDay, period_of
from yishi.procedure.charters import GENERAL
from yishi.procedure.enact import Rulebook, book_of, digests_on, version_on
from yishi.procedure.submission import SubmissionDeadline
from yishi.procedure.verdict import Citation
from yishi.register.models import DutyRow, SittingRow, TaskRow
from yishi.web.acts.proposed import met
from yishi.web.acts.views import link_to, page_of
from yishi.web.lists import readable
from yishi.web.office import Office
from yishi.web.sittings.proposal import convenes

MONTH: Final = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])\Z")
"""A month as an address says it."""

HALVES: Final = {"morning": time(9), "afternoon": time(15)}
"""An hour in each half of a day."""


class Named(msgspec.Struct, frozen=True):
    """A day that the rules of a body name: the last day for items, or the usual day to meet."""

    kind: str
    body: str
    citation: Citation
    link: str = ""
    """The form to convene a meeting on that day, for whoever may; of a notice, its meeting."""


class Day(msgspec.Struct, frozen=True):
    """One day, with all that this person may know of it."""

    on: date
    inside: bool
    """Whether it belongs to the month that is shown."""
    today: bool
    rests: bool
    """A public holiday, or a weekend that is not worked."""
    moved: bool
    """Whether it rests or is worked otherwise than its weekday says."""
    sittings: tuple[tuple[SittingRow, str], ...]
    """Each with the hour at which it begins."""
    named: tuple[Named, ...]
    tasks: tuple[TaskRow, ...]
    duties: tuple[tuple[DutyRow, str], ...]
    """What waits for this person until then, each with its page."""

    @property
    def anything(self) -> bool:
        """Whether there is something to say of it."""
        return bool(self.sittings or self.named or self.tasks or self.duties)


def month(request: HttpRequest) -> HttpResponse:
    """Show a month; without a word, the one that is running."""
    office: Office = request.office  # type: ignore[attr-defined]
    first = _asked(office, request)
    weeks = [
        [_blank(office, first, day) for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    span = (weeks[0][0].on, weeks[-1][-1].on)
    held = _held(office, span)
    named, tasks, duties = _named(office, span), _tasks(office, span), _duties(office, span)
    filled = [
        [
            msgspec.structs.replace(
                day,
                sittings=tuple(held.get(day.on, ())),
                named=tuple(named.get(day.on, ())),
                tasks=tuple(tasks.get(day.on, ())),
                duties=tuple(duties.get(day.on, ())),
            )
            for day in week
        ]
        for week in weeks
    ]
    years = {day.on.year for week in filled for day in week if day.inside}
    context = {
        "shown": f"{first:%Y-%m}",
        "weeks": filled,
        "before": first - timedelta(days=1),
        "after": first + timedelta(days=31),
        "this": office.now.date().replace(day=1) == first,
        "unconfirmed": sorted(years - office.state.calendar.confirmed),
    }
    return render(request, "calendar/month.html", context)


def _asked(office: Office, request: HttpRequest) -> date:
    said = MONTH.match(request.GET.get("month", ""))
    if said is None:
        return office.now.date().replace(day=1)
    return date(int(said[1]), int(said[2]), 1)


def _blank(office: Office, first: date, on: date) -> Day:
    works = office.state.calendar.is_workday(on)
    return Day(
        on=on,
        inside=on.month == first.month,
        today=on == office.now.date(),
        rests=not works,
        moved=works == (on.isoweekday() > 5),
        sittings=(),
        named=(),
        tasks=(),
        duties=(),
    )


Span = tuple[date, date]


def _held(office: Office, span: Span) -> dict[date, list[tuple[SittingRow, str]]]:
    """Meetings by their day. That a body meets is known to the whole institution: one query."""
    since = datetime.combine(span[0], time.min, office.zone)
    until = datetime.combine(span[1], time.max, office.zone)
    rows = SittingRow.objects.filter(
        institution=office.institution, starts_at__range=(since, until)
    ).order_by("starts_at", "id")
    found: dict[date, list[tuple[SittingRow, str]]] = {}
    for row in rows:
        starts = row.starts_at.astimezone(office.zone)
        found.setdefault(starts.date(), []).append((row, f"{starts:%H:%M}"))
    return found


def _tasks(office: Office, span: Span) -> dict[date, list[TaskRow]]:
    """Tasks in hand that this person owns or that this person's unit carries, by their day."""
    units = office.state.roster.units_of(office.person, office.now.date())
    mine = Q(owner=office.person) | Q(unit__in=units) | Q(counter__in=units)
    rows = TaskRow.objects.filter(
        mine,
        readable(office, "task"),
        institution=office.institution,
        status__in=("open", "assigned"),
        due_on__range=span,
    ).order_by("due_on", "id")
    found: dict[date, list[TaskRow]] = {}
    for row in rows:
        if row.due_on is not None:
            found.setdefault(row.due_on, []).append(row)
    return found


def _duties(office: Office, span: Span) -> dict[date, list[tuple[DutyRow, str]]]:
    """What waits for this person until a day; tasks stand there as such."""
    until = datetime.combine(span[1], time.max, office.zone)
    since = datetime.combine(span[0], time.min, office.zone)
    rows = (
        DutyRow.objects.filter(
            institution=office.institution, person=office.person, due__range=(since, until)
        )
        .exclude(kind="task")
        .order_by("due", "id")
    )
    found: dict[date, list[tuple[DutyRow, str]]] = {}
    for row in rows:
        on = row.due.astimezone(office.zone).date() if row.due else span[0]
        found.setdefault(on, []).append((row, page_of({row.kind: row.subject})))
    return found


def _named(office: Office, span: Span) -> dict[date, list[Named]]:
    """The days that the rules in force then name."""
    found: dict[date, list[Named]] = {}
    days = [span[0] + timedelta(days=n) for n in range((span[1] - span[0]).days + 1)]
    for body in (b for b in office.state.bodies if b != GENERAL):
        may = convenes(office, body)
        for on in days:
            if version_on(office.state, body, on) is None:
                continue
            book = book_of(office.state, digests_on(office.state, body, on))
            for one in _of_day(office, book, body, on, may):
                found.setdefault(on, []).append(one)
        for on, one in _notices(office, body):
            found.setdefault(on, []).append(one)
    return found


def _notices(office: Office, body: str) -> Iterator[tuple[date, Named]]:
    """The last day for the notice of each meeting that is convened and not yet made known."""
    for sitting in (office.state.sittings[s] for s in office.state.bodies[body].planned):
        book = book_of(office.state, sitting.charters)
        lead = book.rule(NoticeLead)
        if lead is None or sitting.status != "convened" or sitting.notice is not None:
            continue
        last = lead.last_moment(office.state.calendar, sitting.starts_at.astimezone(office.zone))
        cited = book.bound(lead).citation
        yield last.date(), Named("notice", body, cited, page_of({"sitting": sitting.id}))


def _of_day(office: Office, book: Rulebook, body: str, on: date, may: bool) -> list[Named]:
    found = []
    deadline, usual = book.rule(SubmissionDeadline), book.rule(UsualDay)
    # Put off over a rest, the last day of a month may come in the next one.
    months = (on, on.replace(day=1) - timedelta(days=1))
    if deadline is not None and on in (deadline.last_in(office.state.calendar, m) for m in months):
        found.append(Named("last_day", body, book.bound(deadline).citation))
    if usual is not None and office.state.calendar.is_workday(on):
        fits = [at for at in _hours(office, usual, on) if usual.covers(at)]
        if fits:
            ahead = may and fits[0] > office.now and not _met(office, book, body, on)
            link = _convening(body, fits[0]) if ahead else ""
            found.append(Named("usual_day", body, book.bound(usual).citation, link))
    return found


def _met(office: Office, book: Rulebook, body: str, on: date) -> bool:
    """Whether the body has met in that month or week, or is convened to meet."""
    cadence = book.rule(Cadence)
    return cadence is not None and period_of(on, cadence.every) in met(office, body, cadence)


def _hours(office: Office, usual: UsualDay, on: date) -> list[datetime]:
    halves = [HALVES[usual.half]] if usual.half else list(HALVES.values())
    return [datetime.combine(on, half, office.zone) for half in halves]


def _convening(body: str, start: datetime) -> str:
    """The form to convene a body, with that start in it."""
    return link_to("convene", {"body": body}, kind="ordinary", starts_at=f"{start:%Y-%m-%dT%H:%M}")
