"""All meetings: those ahead first, then by body and year; as a page and as a spreadsheet."""

from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yishi.procedure.charters import GENERAL
from yishi.procedure.verdict import Message
from yishi.register.models import SittingRow
from yishi.web.exports import xlsx
from yishi.web.lists import searched
from yishi.web.office import Office
from yishi.web.profiles.face import serial_of
from yishi.web.sittings.named import named
from yishi.web.sittings.proposal import proposals

AHEAD = ("convened", "open")
STATES = ("convened", "open", "closed", "called_off")
PAGE = 25


def sittings(request: HttpRequest) -> HttpResponse:
    """The list. That a body meets is known to the whole institution; what it says there is not."""
    office: Office = request.office  # type: ignore[attr-defined]
    years = _years(office)
    rows = _asked_for(office, request, years)
    ahead = list(rows.filter(status__in=AHEAD).order_by("starts_at", "id"))
    past = rows.exclude(status__in=AHEAD).order_by("-starts_at", "-id")
    page = Paginator(past, PAGE).get_page(request.GET.get("page"))
    context = {
        "ahead": [_row(office, row) for row in ahead],
        "past": [_row(office, row) for row in page],
        "page": page,
        "asked": request.GET,
        "said": searched(request.GET.get("q", "")),
        "bodies": _bodies(office),
        "years": years,
        "states": STATES,
        "proposals": proposals(office),
    }
    return render(request, "sittings/list.html", context)


def export(request: HttpRequest) -> HttpResponse:
    """The same list as a spreadsheet."""
    office: Office = request.office  # type: ignore[attr-defined]
    words = office.catalogue
    columns = ("sitting", "body", "kind", "time", "status", "chair", "items", "record", "minutes")
    head = [words.text(f"page.sittings.column_{name}") for name in columns]
    rows = _asked_for(office, request, _years(office)).order_by("-starts_at", "-id")
    return xlsx(words.text("page.sittings.title"), head, [_cells(office, row) for row in rows])


def _cells(office: Office, row: SittingRow) -> list[Any]:
    words, names = office.catalogue, office.names
    record, minutes = _record_state(row), _minutes_state(row)
    return [
        words.sentence(Message("page.sitting_name", {"s": row.subject}), names),
        names.body(row.body),
        words.word("sitting_kinds", row.kind),
        row.starts_at.astimezone(office.zone),
        words.word("states.sitting", row.status),
        names.person(row.chair) if row.chair else "",
        row.items,
        words.word("states.record", record) if record else "",
        _serial(office, row) or (words.word("states.minutes", minutes) if minutes else ""),
    ]


def _asked_for(office: Office, request: HttpRequest, years: list[int]) -> QuerySet[SittingRow]:
    said = searched(request.GET.get("q", ""))
    every = SittingRow.objects.filter(institution=office.institution)
    rows = named(office, said) if said else every
    body, year, state = (request.GET.get(name, "") for name in ("body", "year", "state"))
    if body:
        rows = rows.filter(body=body) if body in office.state.bodies else rows.none()
    if year in map(str, years):
        rows = rows.filter(starts_at__range=_in_year(office, int(year)))
    if state in STATES:
        rows = rows.filter(status=state)
    return rows


def _row(office: Office, row: SittingRow) -> dict[str, Any]:
    """A row with what of it this person may open."""
    return {
        "row": row,
        "record": _record_state(row),
        "minutes": _minutes_state(row),
        "reads_record": row.status == "closed" and office.reads("record", row.subject).allowed,
        "reads_minutes": row.minutes is not None and office.reads("minutes", row.subject).allowed,
        "serial": _serial(office, row),
    }


def _serial(office: Office, row: SittingRow) -> str:
    """The number of the minutes, for whoever may read them."""
    held = office.state.sittings.get(row.subject)
    if row.minutes is None or held is None or held.minutes is None:
        return ""
    return serial_of(office, held) if office.reads("minutes", row.subject).allowed else ""


def _record_state(row: SittingRow) -> str:
    return ("closed" if row.record_closed else "open") if row.status == "closed" else ""


def _minutes_state(row: SittingRow) -> str:
    return ("issued" if row.minutes is not None else "owed") if row.status == "closed" else ""


def _bodies(office: Office) -> list[tuple[str, str]]:
    found = (b for b in sorted(office.state.bodies) if b != GENERAL)
    return [(body, office.names.body(body)) for body in found]


def _years(office: Office) -> list[int]:
    """The years from the first meeting to the last, the latest first."""
    rows = SittingRow.objects.filter(institution=office.institution)
    found = rows.aggregate(first=Min("starts_at"), last=Max("starts_at"))
    if found["first"] is None:
        return []
    first, last = (found[name].astimezone(office.zone).year for name in ("first", "last"))
    return list(range(last, first - 1, -1))


def _in_year(office: Office, year: int) -> tuple[datetime, datetime]:
    """The first and the last moment of a year on the institution's clock."""
    first, after = (datetime(y, 1, 1, tzinfo=office.zone) for y in (year, year + 1))
    return first, after - timedelta(microseconds=1)
