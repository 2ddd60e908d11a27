"""The compliance report (议事合规报告) of a meeting, or of a body's year, clause by clause.

Each clause kept, departed from with its reason, held against an attempt, or broken.
"""

from collections import Counter
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yishi.charter.labels import numbered
from yishi.procedure.charters import GENERAL
from yishi.procedure.practising import Remark, remarks
from yishi.procedure.report import Row, checks, held_in
from yishi.procedure.verdict import Message
from yishi.register.models import Finding, Kept, SittingRow
from yishi.web.acts.views import link_to, page_of
from yishi.web.exports import xlsx
from yishi.web.items.listing import plain
from yishi.web.lists import searched
from yishi.web.office import Office
from yishi.web.sittings.pressing import stands
from yishi.wording.names import Names

STATUSES = ("kept", "departed", "refused", "broken")
ROWS = 40
"""Notes that one page of the report holds."""

COLUMNS = ("at", "sitting", "status", "clause", "actor", "act", "said", "reason")
"""Columns of the spreadsheet."""


class Line(msgspec.Struct, frozen=True):
    """One clause of the report, with how often each thing was found."""

    body: str
    charter: str
    label: str
    heading: str
    general: bool
    counts: tuple[tuple[str, int, str], ...]
    """How often, and on which part of the page it is told: what was found, or the notes."""


def reports(request: HttpRequest) -> HttpResponse:
    """The report that was asked for; without a question, of the first body's year."""
    office: Office = request.office  # type: ignore[attr-defined]
    asked = _asked(office, request)
    if asked is None:
        bodies = [b for b in sorted(office.state.bodies) if b != GENERAL]
        closed = [(b, office.reads("report", b)) for b in bodies]
        return render(request, "reports/none.html", {"closed": closed})
    found = checked(office, asked)
    notes = Paginator(notes_of(office, asked), ROWS).get_page(request.GET.get("page"))
    context = {
        **asked,
        "held": office.state.sittings.get(asked["sitting"]),
        "lines": lines(office, asked, found),
        "broken": [checked_note(office, row) for row in unkept(found) if _is_asked(row, asked)],
        "postings": [checked_note(office, row) for row in _postings(office, found)],
        "explain": _explaining(office, asked, found),
        "remarks": remarked(office, asked),
        "page": notes,
        "notes": [noted(office, row) for row in notes],
        "statuses": STATUSES,
        "years": _years(office),
        "bodies": _bodies(office),
        "query": _query(asked),
    }
    return render(request, "reports/report.html", context)


def export(request: HttpRequest) -> HttpResponse:
    """What the same report found and noted, as a spreadsheet: all pages of it."""
    office: Office = request.office  # type: ignore[attr-defined]
    asked = _asked(office, request)
    if asked is None:
        raise Http404
    words = office.catalogue
    head = [words.text(f"page.reports.column_{name}") for name in COLUMNS]
    found = checked(office, asked)
    rows = [_checked_cells(office, row) for row in (*unkept(found), *_postings(office, found))]
    rows += [_cells(office, row) for row in notes_of(office, asked)]
    rows += [_remark_cells(office, subject, one) for subject, one in remarked(office, asked)]
    return xlsx(words.text("page.reports.title"), head, rows)


def unkept(found: list[Row]) -> list[Row]:
    """What was not kept, the broken before the departures, the latest meetings first."""
    rows = [row for row in reversed(found) if row.status != "kept"]
    return sorted(rows, key=lambda row: row.status != "broken")


def _is_asked(row: Row, asked: dict[str, Any]) -> bool:
    """Whether it is of the clause and of the kind that were asked for, if any were."""
    cited = row.citation
    of = {"clause": cited.label, "charter": cited.charter, "status": row.status}
    return all(asked[name] in ("", value) for name, value in of.items())


def _postings(office: Office, found: list[Row]) -> list[Row]:
    """The changes of posts that took effect, with who proposed and who confirmed them."""
    return [row for row in found if row.subject in office.state.postings]


def _explaining(office: Office, asked: dict[str, Any], found: list[Row]) -> dict[str, str]:
    """By period without a meeting, the form to say why; nothing for whoever may not say it."""
    gaps = [row.subject for row in found if row.message.id == "cadence.broken"]
    if not gaps or not stands(office, "explain_gap", body=asked["body"]):
        return {}
    back = f"{reverse('reports')}?{_query(asked)}"
    about = {"body": asked["body"]}
    return {gap: link_to("explain_gap", about, period=gap, next=back) for gap in gaps}


def remarked(office: Office, asked: dict[str, Any]) -> list[tuple[str, Remark]]:
    """What house practice remarked, by meeting, the latest first: beside the rules."""
    state = office.state
    if asked["sitting"]:
        held = [state.sittings[asked["sitting"]]]
    else:
        held = list(held_in(state, asked["body"], _span(office, asked["year"])))
    held.sort(key=lambda one: (one.starts_at, one.id), reverse=True)
    return [(one.id, remark) for one in held for remark in remarks(state, one, office.now)]


def _remark_cells(office: Office, sitting: str, one: Remark) -> list[Any]:
    words = office.catalogue
    practice = words.text("page.habits.column")
    said = words.sentence(one.message, office.names)
    at = one.at.astimezone(office.zone)
    return [at, _sitting_name(office, sitting), practice, "", "", "", said, ""]


def _query(asked: dict[str, Any]) -> str:
    """The question without what narrows it down."""
    if asked["sitting"]:
        return urlencode({"sitting": asked["sitting"]})
    return urlencode({"body": asked["body"], "year": asked["year"]})


def _cells(office: Office, row: Finding) -> list[Any]:
    words, note = office.catalogue, noted(office, row)
    sitting = _sitting_name(office, row.sitting)
    return [
        row.at.astimezone(office.zone),
        sitting,
        words.word("report", row.status),
        cited(office, row.charter, row.clause),
        office.names.person(row.actor),
        words.word("acts", row.act),
        note["said"],
        row.reason,
    ]


def _checked_cells(office: Office, row: Row) -> list[Any]:
    said = checked_note(office, row)["said"]
    status = office.catalogue.word("report", row.status)
    clause = cited(office, row.citation.charter, row.citation.label)
    return [None, _sitting_name(office, row.sitting), status, clause, "", "", said, row.reason]


def _sitting_name(office: Office, key: str) -> str:
    if not key:
        return ""
    return office.catalogue.sentence(Message("page.sitting_name", {"s": key}), office.names)


def cited(office: Office, charter: str, label: str) -> str:
    """A clause by the name of its charter and its label."""
    held = office.state.charters.get(charter)
    return f"{held.name} {label}" if held else label


def _bodies(office: Office) -> list[str]:
    every = (b for b in sorted(office.state.bodies) if b != GENERAL)
    return [b for b in every if office.reads("report", b).allowed]


def _founded(office: Office) -> int:
    on = office.state.founded_on
    return on.year if on else office.now.year


def _asked(office: Office, request: HttpRequest) -> dict[str, Any] | None:
    """What is asked for, once it is known that this person may read it."""
    subject = request.GET.get("sitting", "")
    if subject:
        if subject not in office.state.sittings or not office.reads("report", subject).allowed:
            raise Http404
        return {
            "sitting": subject,
            "body": office.state.sittings[subject].body,
            "year": 0,
            **_narrowed(request),
        }
    bodies = _bodies(office)
    body = request.GET.get("body", "") or next(iter(bodies), "")
    if not bodies and not request.GET.get("body"):
        return None
    if body not in bodies:
        raise Http404
    said = request.GET.get("year", "")
    year = next((y for y in _years(office) if str(y) == said), office.now.year)
    return {"sitting": "", "body": body, "year": year, **_narrowed(request)}


def _years(office: Office) -> range:
    """The years of which there is a report, the latest first."""
    return range(office.now.year, max(office.now.year - 12, _founded(office) - 1), -1)


def asked_about(office: Office, subject: str, year: str) -> dict[str, Any]:
    """What is asked for by a meeting, or by a body and a year; for whoever may not read it, 404."""
    sitting = subject if subject in office.state.sittings else ""
    if not office.reads("report", subject).allowed or not (sitting or subject in _bodies(office)):
        raise Http404
    body = office.state.sittings[sitting].body if sitting else subject
    given = next((y for y in _years(office) if str(y) == year), office.now.year)
    narrowed = {"clause": "", "charter": "", "status": ""}
    return {"sitting": sitting, "body": body, "year": given, **narrowed}


def _narrowed(request: HttpRequest) -> dict[str, str]:
    status = request.GET.get("status", "")
    return {
        "clause": searched(request.GET.get("clause", ""))[:64],
        "charter": searched(request.GET.get("charter", "")),
        "status": status if status in STATUSES[1:] else "",
    }


def _span(office: Office, year: int) -> tuple[datetime, datetime]:
    start = datetime(year, 1, 1, tzinfo=office.zone)
    end = datetime(year, 12, 31, 23, 59, 59, tzinfo=office.zone)
    return start, min(end, office.now)


def checked(office: Office, asked: dict[str, Any]) -> list[Row]:
    """What is found afterwards: periods without a meeting, papers, minutes and tasks owed."""
    if asked["sitting"]:
        return list(checks(office.state, asked["body"], office.now, asked["sitting"]))
    period = _span(office, asked["year"])
    return list(checks(office.state, asked["body"], period[1], None, period))


def _findings(office: Office, asked: dict[str, Any]) -> QuerySet[Finding]:
    rows = Finding.objects.filter(institution=office.institution)
    if asked["sitting"]:
        return rows.filter(sitting=asked["sitting"])
    return rows.filter(body=asked["body"], at__range=_span(office, asked["year"]))


def notes_of(office: Office, asked: dict[str, Any]) -> QuerySet[Finding]:
    """What was found when acts were judged, narrowed down as asked, the latest first."""
    rows = _findings(office, asked)
    narrowed = {name: asked[name] for name in ("clause", "charter", "status") if asked[name]}
    return rows.filter(**narrowed).order_by("-seq", "place")


def _kept(office: Office, asked: dict[str, Any]) -> QuerySet[Kept]:
    rows = Kept.objects.filter(institution=office.institution)
    if asked["sitting"]:
        return rows.filter(sitting=asked["sitting"])
    held = SittingRow.objects.filter(institution=office.institution, body=asked["body"])
    start, end = _span(office, asked["year"])
    rows = rows.filter(month__range=(f"{start:%Y-%m}", f"{end:%Y-%m}"))
    return rows.filter(sitting__in=held.values("subject")) | rows.filter(
        sitting="", body=asked["body"]
    )


def lines(office: Office, asked: dict[str, Any], found: list[Row]) -> list[Line]:
    """Each clause once, in the order of its charter: two queries and what was checked."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for charter, clause, times in (
        _kept(office, asked).values_list("charter", "clause").annotate(n=Sum("times"))
    ):
        counts.setdefault((charter, clause), Counter())["kept"] += times
    for charter, clause, status, times in (
        _findings(office, asked).values_list("charter", "clause", "status").annotate(n=Count("id"))
    ):
        counts.setdefault((charter, clause), Counter())[status] += times
    checked = Counter((row.citation.charter, row.citation.label, row.status) for row in found)
    for (charter, clause, status), times in checked.items():
        counts.setdefault((charter, clause), Counter())[status] += times
    return sorted(
        (_line(office, *key, tally, checked) for key, tally in counts.items()),
        key=lambda line: (line.general, line.charter, _place(office, line)),
    )


def _line(
    office: Office,
    charter: str,
    label: str,
    tally: Counter[str],
    checked: Counter[tuple[str, str, str]],
) -> Line:
    held = office.state.charters[charter]
    clause = held.clause(label)
    heading = numbered(clause.heading)[1] if clause else ""
    heading = "" if heading == label else heading
    counts = tuple(
        (s, tally[s], "found" if checked[charter, label, s] else "notes") for s in STATUSES
    )
    return Line(held.body, charter, label, heading, held.body == GENERAL, counts)


def _place(office: Office, line: Line) -> int:
    labels = [clause.label for clause in office.state.charters[line.charter].clauses]
    return labels.index(line.label) if line.label in labels else len(labels)


def noted(office: Office, row: Finding) -> dict[str, Any]:
    """Something found when an act was judged, in words, with the clause it is of."""
    held = office.state.charters.get(row.charter)
    params = {k: tuple(v) if isinstance(v, list) else v for k, v in row.params.items()}
    names = Names(office.state, held)
    return {
        "row": row,
        "said": office.catalogue.sentence(Message(row.message, params), names),
        "reason": plain(office, row.reason),
        "clause_body": held.body if held else row.body,
        "general": held is not None and held.body == GENERAL,
        "page": page_of({"sitting": row.sitting}) if row.sitting else "",
    }


def checked_note(office: Office, row: Row) -> dict[str, Any]:
    """Something found afterwards, in words, with the page it is about."""
    state = office.state
    page = ""
    for kind in ("item", "task", "sitting", "posting"):
        if row.subject in getattr(state, f"{kind}s"):
            page = page_of({kind: row.subject})
            break
    names = Names(state, state.charters.get(row.citation.charter))
    said = office.catalogue.sentence(row.message, names)
    return {"row": row, "said": said, "page": page}
