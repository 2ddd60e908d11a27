"""The compliance report as a paper (议事合规报告), of a meeting or of a body's year."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404

from yishi.documents import columns
from yishi.documents.marks import mark
from yishi.documents.model import Block, Cell, Document, Heading, Table, para
from yishi.web.documents.pen import Pen, entered_from_paper
from yishi.web.reports import views as page
from yishi.web.reports.views import STATUSES

NOTES = 400
"""Notes that a report takes in; beyond them it says how many there are and leads to the sheet."""


def report(pen: Pen, subject: str, about: str) -> Document:
    """Each clause kept, departed from with its reason, held against an attempt, or broken."""
    asked = page.asked_about(pen.office, subject, about)
    if about and (asked["sitting"] or about != str(asked["year"])):
        raise Http404
    found = page.checked(pen.office, asked)
    title = pen.say("page.reports.title")
    of = pen.sitting(subject) if asked["sitting"] else _year(pen, asked)
    return Document(
        called=f"{of}{title}",
        **pen.inner(asked["body"], title, pen.office.now),
        under=of,
        body=(
            para(_counted(pen, page.lines(pen.office, asked, found))),
            *_from_paper(pen, asked),
            *_found(pen, found),
            *_clauses(pen, asked, found),
            *_notes(pen, asked),
            *_practice(pen, asked),
        ),
    )


def _from_paper(pen: Pen, asked: dict[str, Any]) -> Iterator[Block]:
    held = pen.office.state.sittings.get(asked["sitting"])
    said = entered_from_paper(pen, held) if held else ""
    if said:
        yield para(said)


def _year(pen: Pen, asked: dict[str, Any]) -> str:
    return pen.say("paper.report.year", body=asked["body"], year=asked["year"])


def _counted(pen: Pen, lines: list[page.Line]) -> str:
    """How often what was found, over all clauses."""
    totals = dict.fromkeys(STATUSES, 0)
    for status, n, _ in (count for line in lines for count in line.counts):
        totals[status] += n
    return pen.say("paper.report.counts", at=pen.office.now, n=len(lines), **totals)


def _found(pen: Pen, found: list[Any]) -> Iterator[Block]:
    """What was found afterwards and not kept."""
    unkept = page.unkept(found)
    yield Heading(1, mark(1, 1) + pen.say("page.reports.found"))
    if not unkept:
        yield para(pen.say("paper.report.nothing"))
        return
    rows = []
    for row in unkept:
        said = page.checked_note(pen.office, row)["said"]
        reason = pen.say("paper.why", why=pen.plain(row.reason)) if row.reason else ""
        cited = page.cited(pen.office, row.citation.charter, row.citation.label)
        rows.append(
            (
                Cell(pen.word("report", row.status), place="centre"),
                Cell(cited),
                Cell(said + reason),
            )
        )
    head = ("page.reports.column_status", "page.reports.column_clause", "page.reports.column_said")
    yield Table(columns.FOUND, tuple(rows), tuple(pen.say(key) for key in head))


def _clauses(pen: Pen, asked: dict[str, Any], found: list[Any]) -> Iterator[Block]:
    yield Heading(1, mark(1, 2) + pen.say("page.reports.by_clause"))
    head = (pen.say("page.reports.clause"), *(pen.word("report", s) for s in STATUSES))
    rows = []
    for line in page.lines(pen.office, asked, found):
        general = pen.say("page.clause.general") + " " if line.general else ""
        name = page.cited(pen.office, line.charter, line.label) if not line.general else line.label
        numbers = (Cell(str(n or ""), place="centre") for _, n, _ in line.counts)
        rows.append((Cell(f"{general}{name} {line.heading}".strip()), *numbers))
    yield Table(columns.CLAUSES, tuple(rows), head)


def _notes(pen: Pen, asked: dict[str, Any]) -> Iterator[Block]:
    """Every departure with its reason, and every attempt that was held back."""
    notes = page.notes_of(pen.office, asked)
    count = notes.count()
    yield Heading(1, mark(1, 3) + pen.say("page.reports.notes", n=count))
    if not count:
        yield para(pen.say("page.reports.no_notes"))
        return
    head = ("at", "status", "clause", "actor", "said")
    rows = []
    for row in notes[:NOTES]:
        note = page.noted(pen.office, row)
        reason = pen.say("paper.why", why=note["reason"]) if note["reason"] else ""
        said = f"{pen.word('acts', row.act)}{pen.word('shapes', 'colon')}{note['said']}{reason}"
        rows.append(
            (
                Cell(f"{pen.day(row.at)}\n{row.at.astimezone(pen.office.zone):%H:%M}"),
                Cell(pen.word("report", row.status), place="centre"),
                Cell(page.cited(pen.office, row.charter, row.clause)),
                Cell(pen.person(row.actor), place="centre"),
                Cell(said),
            )
        )
    labels = tuple(pen.say(f"page.reports.column_{name}") for name in head)
    yield Table(columns.NOTES, tuple(rows), labels)
    if count > NOTES:
        yield para(pen.say("paper.report.more", n=count - NOTES))


def _practice(pen: Pen, asked: dict[str, Any]) -> Iterator[Block]:
    """What house practice remarked: apart, since no rule asks for it."""
    found = page.remarked(pen.office, asked)
    if not found:
        return
    yield Heading(1, mark(1, 4) + pen.say("page.habits.remarks"))
    yield para(pen.say("page.habits.remarks_hint"))
    for sitting, one in found[:NOTES]:
        at = pen.when(one.at) if asked["sitting"] else pen.sitting(sitting)
        yield para(pen.say(one.message.id, **one.message.params), f"{at}　", "kai")
    if len(found) > NOTES:
        yield para(pen.say("paper.report.more", n=len(found) - NOTES))
