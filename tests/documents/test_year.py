"""Every paper of the demonstration's year: it is set without a warning, and says what is known.

What it says is read back from the PDF and held against the register, field by field.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import islice
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.documents.reading import text
from tests.playing import PLACE, client_of
from tests.web.demonstration import demonstrate
from yishi.documents import pdf
from yishi.documents.fonts import Faces
from yishi.documents.model import Document
from yishi.documents.proofreading import proofread
from yishi.procedure.issued import Hidden, Version
from yishi.procedure.state import State
from yishi.register.models import DecisionRow, Finding, ItemRow, SittingRow, TaskRow
from yishi.web.documents.makers import MAKERS
from yishi.web.documents.pen import Pen
from yishi.wording.formats import within

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def warned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the typesetter has to remark on the papers that are made meanwhile."""
    told: list[str] = []
    compiler = pdf._compiler

    def listening(faces: object) -> SimpleNamespace:
        def compiled(**given: object) -> tuple[bytes, list]:
            made, warnings = compiler(faces).compile_with_warnings(**given)
            told.extend(str(one) for one in warnings)
            return made, warnings

        return SimpleNamespace(compile_with_warnings=compiled)

    monkeypatch.setattr(pdf, "_compiler", listening)
    return told


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every paragraph, cell and line of the papers that are made meanwhile.

    But for the reports: they cite clauses by their labels, as these were adopted.
    """
    said: set[str] = set()
    write = pdf.write

    def noting(document: Document, faces: Faces) -> bytes:
        if not document.called.endswith("议事合规报告"):
            said.update(document.words())
        return write(document, faces)

    monkeypatch.setattr(pdf, "write", noting)
    return said


def lapses(written: set[str]) -> list[tuple[str, str]]:
    """What our own check of texts would have to say of our own papers."""
    found = ((one.number, words) for words in written for one in proofread(words, whole=False))
    return sorted(found)


class Reader:
    """Somebody who takes papers along and reads them."""

    def __init__(self, state: State) -> None:
        self.state, self.clients, self.read = state, dict[str, Client](), 0
        self.called: dict[str, set[str]] = {}

    def says(self, person: str, name: str, *about: str) -> str:
        """All words of a paper as PDF, without blanks."""
        answer = self.fetched(person, name, *about, "pdf")
        self.called.setdefault(answer["Content-Disposition"], set()).add("/".join((name, *about)))
        return re.sub(r"—\d+—", "", text(answer.content))

    def fetched(self, person: str, *address: str) -> HttpResponse:
        client = self.clients.setdefault(person, client_of(person))
        answer = client.get(f"/documents/{'/'.join(address)}")
        assert answer.status_code == 200, (person, address, answer.status_code)
        self.read += 1
        return answer

    def missing(self, name: str, some: int | None = None) -> list[tuple[str, ...]]:
        """What the register knows and the papers of that name do not say; of `some` of them."""
        found, papers = [], list(islice(READINGS[name](self), some))
        assert papers, name
        for person, about, known in papers:
            said = self.says(person, name, *about)
            assert known, (name, about)
            found += [(name, *about, one) for one in known if not stands(one, said)]
        return found

    @property
    def namesakes(self) -> list[set[str]]:
        """Papers that are called the same as files."""
        return [about for about in self.called.values() if len(about) > 1]

    @property
    def held(self) -> Iterator[SittingRow]:
        """The meetings that have been held."""
        rows = SittingRow.objects.filter(institution=PLACE, status="closed")
        yield from rows.order_by("starts_at")

    @property
    def versions(self) -> Iterator[tuple[SittingRow, Version]]:
        """What was published of minutes, also what was taken down since."""
        for row in self.held:
            out = self.state.sittings[row.subject].minutes
            yield from ((row, version) for version in (out.versions if out else ()))

    @property
    def tasks(self) -> Iterator[TaskRow]:
        """Every task that has gone out."""
        rows = TaskRow.objects.filter(institution=PLACE).exclude(status="assigned")
        yield from rows.order_by("subject")

    def person(self, who: str) -> str:
        return self.state.roster.people[who]

    def unit(self, unit: str) -> str:
        return self.state.roster.units[unit].name

    def clock(self, at: datetime) -> str:
        return f"{at.astimezone(ZONE):%H:%M}"

    def chair_of(self, sitting: str) -> str:
        return self.state.sittings[sitting].chair or ""


def bare(said: str) -> str:
    return "".join(said.split())


def stands(known: str, said: str) -> bool:
    """Whether something stands in a paper; with × and a number, at least so often."""
    words, times, often = known.partition("×")
    return said.count(bare(words)) >= int(often) if times else bare(known) in said


def quoted(title: str) -> str:
    """A title as it stands in quotation marks: its own are the inner ones there."""
    return f"“{within(title, '“”‘’')}”"


def day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def moment(at: datetime) -> str:
    return day(at.astimezone(ZONE).date())


def known_of(reader: Reader, task: TaskRow) -> Iterator[str]:
    """What the register knows of a task, as papers write it."""
    yield bare(task.words).rstrip("。；")
    yield from (reader.unit(unit) for unit in (task.unit, task.counter) if unit)
    if task.owner:
        yield reader.person(task.owner)
    if task.due_on:
        yield day(task.due_on)


# ── what the register knows, paper by paper ───────────────────────────────────────────────────

Paper = tuple[str, tuple[str, ...], list[str]]
"""Who takes it along, what it is about, and what the register knows that it has to say."""


def minutes(reader: Reader) -> Iterator[Paper]:
    for row in reader.held:
        if not row.minutes:
            continue
        sitting = reader.state.sittings[row.subject]
        decided = DecisionRow.objects.filter(institution=PLACE, sitting=row.subject)
        known = [f"〔{row.year}〕{row.minutes}号", moment(sitting.minutes.issued_at)]
        known += [moment(sitting.opened_at), reader.person(row.chair)]
        known += [part for one in decided for part in (one.title, one.words)]
        known += [reader.person(p) for p in sitting.people if sitting.is_present(p)]
        for task in TaskRow.objects.filter(institution=PLACE, sitting=row.subject, adjusted=0):
            known += known_of(reader, task)
        known += [part for part in (sitting.draft.opening, sitting.draft.closing) if part]
        known += sitting.draft.points.values()
        yield row.chair, (row.subject,), known


def correction(reader: Reader) -> Iterator[Paper]:
    for row in reader.held:
        out = reader.state.sittings[row.subject].minutes
        for made in out.corrected if out else ():
            known = [f"〔{made.year}〕{made.issue}号", f"〔{row.year}〕{row.minutes}号"]
            known += [made.words, made.reason, moment(made.at), moment(out.issued_at)]
            yield row.chair, (row.subject, str(made.number)), known


def published(reader: Reader) -> Iterator[Paper]:
    for row, version in reader.versions:
        sitting, hidden = reader.state.sittings[row.subject], version.proposal.hidden
        decided = DecisionRow.objects.filter(institution=PLACE, sitting=row.subject)
        told = [one for one in decided if one.item not in hidden.left_out]
        known = [part for one in told for part in (one.title, one.words)]
        known += [reader.person(p) for p in sitting.people if sitting.is_present(p)]
        known += [moment(sitting.opened_at), f"（此处略）×{_omitted(hidden)}"]
        known += [f"另有{len(hidden.left_out)}项不公开"] if hidden.left_out else []
        known += [f"公开摘录的{len(hidden.excerpts)}项"] if hidden.excerpts else []
        known += [f"该项决定公开的摘录×{len(hidden.excerpts)}"]
        known += [f"〔{row.year}〕{row.minutes}号（公开版）", moment(sitting.minutes.issued_at)]
        tasks = TaskRow.objects.filter(institution=PLACE, decision__in=[d.subject for d in told])
        for task in tasks.filter(adjusted=0):
            known += known_of(reader, task)
        names = [name for _, name in hidden.every_mask]
        said = [one for one in known if not any(name in one for name in names)]
        yield row.chair, (row.subject, str(version.number)), [*said, moment(version.at)]


def _omitted(hidden: Hidden) -> int:
    """How often a paper says that something is left out: of each item, and what it means."""
    return len(hidden.left_out) + hidden.anything


def record(reader: Reader) -> Iterator[Paper]:
    for row in reader.held:
        sitting = reader.state.sittings[row.subject]
        decided = DecisionRow.objects.filter(institution=PLACE, sitting=row.subject)
        known = [part for one in decided for part in (one.title, one.words)]
        known += [moment(sitting.opened_at), reader.clock(sitting.opened_at)]
        known += [reader.clock(sitting.closed_at), reader.person(row.chair)]
        known += [reader.person(p) for p in sitting.people]
        for talk in sitting.deliberations.values():
            known += [one.words for one in talk.positions if one.words]
        yield row.chair, (row.subject,), known


def notice(reader: Reader) -> Iterator[Paper]:
    for row in reader.held:
        sitting = reader.state.sittings[row.subject]
        if sitting.notice is None:
            continue
        known = [moment(sitting.starts_at), reader.clock(sitting.starts_at), sitting.venue or ""]
        known += [moment(sitting.notice.at)]
        known += [reader.state.items[item].title for item in sitting.agenda]
        known += [reader.person(p) for p in sitting.people]
        yield row.chair, (row.subject,), known


def agenda(reader: Reader) -> Iterator[Paper]:
    for row in reader.held:
        sitting = reader.state.sittings[row.subject]
        items = [reader.state.items[item] for item in sitting.agenda]
        if items:
            known = [reader.person(row.chair), *(one.title for one in items)]
            known += [reader.unit(one.lead_unit) for one in items if one.lead_unit]
            yield row.chair, (row.subject,), known


def attendance(reader: Reader) -> Iterator[Paper]:
    for row in reader.held:
        people = reader.state.sittings[row.subject].people
        yield row.chair, (row.subject,), [reader.person(p) for p in people]


def record_sheet(reader: Reader) -> Iterator[Paper]:
    for row in islice(reader.held, 8):
        sitting = reader.state.sittings[row.subject]
        known = [reader.state.items[item].title for item in sitting.agenda]
        known += [reader.person(p) for p in sitting.people if sitting.agenda]
        yield row.chair, (row.subject,), [*known, reader.person(row.chair)]


def leave(reader: Reader) -> Iterator[Paper]:
    for row in reader.held:
        for person in reader.state.sittings[row.subject].leaves:
            sitting = reader.state.sittings[row.subject]
            known = [reader.person(person), moment(sitting.starts_at), sitting.venue or ""]
            yield row.chair, (row.subject, person), known


def item(reader: Reader) -> Iterator[Paper]:
    rows = ItemRow.objects.filter(institution=PLACE, origin="submitted").exclude(title="")
    for row in rows.exclude(sitting="").order_by("subject"):
        held = reader.state.items[row.subject]
        known = [row.title, reader.person(row.submitted_by), moment(row.submitted_at)]
        known += [reader.unit(unit) for unit in (row.lead_unit, *held.co_units) if unit]
        known += [said for said in (held.content, held.proposal) if said]
        yield reader.chair_of(row.sitting), (row.subject,), known


def collation(reader: Reader) -> Iterator[Paper]:
    for body in ("chuwuhui", "zhurenbangonghui"):
        waits = ItemRow.objects.filter(institution=PLACE, body=body)
        rows = waits.filter(status__in=("submitted", "collated", "approved")).exclude(title="")
        known = [part for one in rows for part in (one.title, reader.person(one.submitted_by))]
        known += [reader.unit(one.lead_unit) for one in rows if one.lead_unit]
        if known:
            yield "chen", (body,), known


def decision(reader: Reader) -> Iterator[Paper]:
    for task in reader.tasks:
        if task.decision and task.unit:
            row = DecisionRow.objects.get(institution=PLACE, subject=task.decision)
            known = [quoted(row.title), row.words, moment(row.at), reader.unit(task.unit)]
            known += [*known_of(reader, task)]
            yield reader.chair_of(task.sitting), (task.decision, task.unit), known


def excerpt(reader: Reader) -> Iterator[Paper]:
    public = DecisionRow.objects.filter(institution=PLACE, published=True)
    for row in public.order_by("subject"):
        held = reader.state.decisions[row.subject]
        if held.publication is None:
            continue
        masked = [name for _, name in held.publication.masked]
        known = [quoted(row.title), row.words, moment(row.at), moment(held.publication.at)]
        said = [one for one in known if not any(name in one for name in masked)]
        said += [part for t in held.publication.tasks for part in (t.words, day(t.due_on))]
        yield reader.chair_of(row.sitting), (row.subject,), said


def task(reader: Reader) -> Iterator[Paper]:
    for row in reader.tasks:
        steps = reader.state.tasks[row.subject].steps
        known = [*known_of(reader, row), *(part for by, said in steps for part in (day(by), said))]
        yield reader.chair_of(row.sitting), (row.subject,), known


def reminder(reader: Reader) -> Iterator[Paper]:
    for row in reader.tasks:
        if row.reminded:
            yield reader.chair_of(row.sitting), (row.subject,), [*known_of(reader, row)]


def feedback(reader: Reader) -> Iterator[Paper]:
    for row in reader.tasks:
        told = reader.state.tasks[row.subject].feedback
        known = [*known_of(reader, row), *(moment(at) for at in told)]
        yield reader.chair_of(row.sitting), (row.subject,), known


def adjustment(reader: Reader) -> Iterator[Paper]:
    for asked in reader.state.adjustments.values():
        row = TaskRow.objects.get(institution=PLACE, subject=asked.task)
        known = [reader.person(asked.by), bare(row.words)]
        known += [day(asked.due_on)] if asked.due_on else []
        yield reader.chair_of(row.sitting), (asked.id,), known


def bulletin(reader: Reader) -> Iterator[Paper]:
    for body in ("chuwuhui", "zhurenbangonghui"):
        rows = TaskRow.objects.filter(institution=PLACE, body=body).exclude(status="assigned")
        running = rows.filter(status__in=("open", "completed"))
        known = [part for row in running for part in known_of(reader, row)]
        counted = {one: rows.filter(status=one).count() for one in ("open", "completed")}
        known += [f"正在办理的{counted['open']}项", f"待核实{counted['completed']}项"]
        yield "chen", (body,), known


def report(reader: Reader) -> Iterator[Paper]:
    for row in reader.held:
        notes = Finding.objects.filter(institution=PLACE, sitting=row.subject)
        known = [reader.person(one.actor) for one in notes]
        known += [part for one in notes for part in (moment(one.at), one.clause, one.reason)]
        known += [f"办理（{notes.count()}）"]
        yield row.chair, (row.subject,), known


def profile(reader: Reader) -> Iterator[Paper]:
    for body in ("general", "chuwuhui"):
        yield "tan", (body,), ["公文格式", moment(reader.state.latest)]


Reading = Callable[[Reader], Iterator[Paper]]
READINGS: dict[str, Reading] = {
    "minutes": minutes,
    "minutes-general": minutes,
    "correction": correction,
    "minutes-public": published,
    "record": record,
    "notice": notice,
    "agenda": agenda,
    "attendance": attendance,
    "record-sheet": record_sheet,
    "leave": leave,
    "item": item,
    "collation": collation,
    "decision": decision,
    "excerpt": excerpt,
    "task": task,
    "reminder": reminder,
    "feedback": feedback,
    "adjustment": adjustment,
    "bulletin": bulletin,
    "report": report,
    "profile": profile,
}
OF_MEETINGS = ("minutes", "minutes-general", "record", "notice", "agenda", "attendance", "leave")
"""The half of all papers; the other half is read by itself."""


def test_every_kind_of_paper_is_read() -> None:
    assert sorted(READINGS) == sorted(MAKERS)


@pytest.mark.parametrize("names", [OF_MEETINGS, tuple(n for n in READINGS if n not in OF_MEETINGS)])
def test_every_paper_of_the_year_says_what_the_register_says(
    names: tuple[str, ...], warned: list[str], written: set[str]
) -> None:
    reader = Reader(demonstrate(12))

    missing = [one for name in names for one in reader.missing(name)]

    assert reader.read > 250
    assert reader.namesakes == []
    assert missing == []
    assert warned == []
    assert lapses(written) == []


def nothing(*_: object) -> str:
    return ""


SPOILT = {
    "plain": {"minutes", "correction", "record", "item", "task", "feedback", "bulletin"},
    "person": {"record", "notice", "attendance", "record-sheet", "leave", "task", "bulletin"},
    "unit": {"agenda", "item", "decision", "task", "feedback", "bulletin"},
    "day": {"minutes", "decision", "excerpt", "task", "adjustment"},
}
"""How the pen may fail, and some of the papers that then lack what the register knows."""


@pytest.mark.parametrize("how", sorted(SPOILT))
def test_a_paper_that_leaves_a_field_out_is_found(
    how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(demonstrate(6))
    monkeypatch.setattr(Pen, how, nothing)

    found = {name for name in sorted(SPOILT[how]) if reader.missing(name, 3)}

    assert found == SPOILT[how]
