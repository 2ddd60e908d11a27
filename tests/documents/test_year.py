"""Every paper of the demonstration's year: it is set without a warning, and says what is known.

What it says is read back from the PDF and held against the register, field by field.
"""

import re
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from tests.documents.reading import text
from tests.playing import PLACE, client_of
from tests.web.demonstration import demonstrate
from yishi.documents import pdf
from yishi.documents.fonts import Faces
from yishi.documents.model import Document
from yishi.documents.proofreading import proofread
from yishi.procedure.state import State
from yishi.register.models import DecisionRow, ItemRow, SittingRow, TaskRow

pytestmark = pytest.mark.django_db

CLOSED = ("closed", "ended")


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
    """Every paragraph, cell and line of the papers that are made meanwhile."""
    said: set[str] = set()
    write = pdf.write

    def noting(document: Document, faces: Faces) -> bytes:
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
        client = self.clients.setdefault(person, client_of(person))
        answer = client.get(f"/documents/{name}/{'/'.join(about)}/pdf")
        assert answer.status_code == 200, (person, name, about, answer.status_code)
        self.read += 1
        self.called.setdefault(answer["Content-Disposition"], set()).add("/".join((name, *about)))
        return re.sub(r"—\d+—", "", text(answer.content))

    @property
    def namesakes(self) -> list[set[str]]:
        """Papers that are called the same as files."""
        return [about for about in self.called.values() if len(about) > 1]

    def person(self, who: str) -> str:
        return self.state.roster.people[who]

    def unit(self, unit: str) -> str:
        return self.state.roster.units[unit].name


def bare(words: str) -> str:
    return "".join(words.split())


def day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def known_of(reader: Reader, task: TaskRow) -> Iterator[str]:
    """What the register knows of a task, as papers write it."""
    yield bare(task.words).rstrip("。；")
    yield from (reader.unit(unit) for unit in (task.unit, task.counter) if unit)
    if task.owner:
        yield reader.person(task.owner)
    if task.due_on:
        yield day(task.due_on)


def test_papers_of_meetings_say_what_the_register_says(
    warned: list[str], written: set[str]
) -> None:
    state = demonstrate(12)
    reader, missing = Reader(state), []
    held = SittingRow.objects.filter(institution=PLACE, status="closed")
    for row in held:
        sitting = state.sittings[row.subject]
        told = reader.says(row.chair, "minutes", row.subject) if row.minutes else ""
        record = reader.says(row.chair, "record", row.subject)
        for decision in DecisionRow.objects.filter(institution=PLACE, sitting=row.subject):
            words = bare(decision.words)
            missing += [
                (row.subject, decision.subject)
                for one in (told, record)
                if one and words not in one
            ]
        if told:
            missing += [] if f"〔{row.year}〕{row.minutes}号" in told else [(row.subject, "number")]
            for task in TaskRow.objects.filter(institution=PLACE, sitting=row.subject, adjusted=0):
                missing += [(row.subject, one) for one in known_of(reader, task) if one not in told]
        for name in ("notice", "agenda", "attendance"):
            paper = reader.says(row.chair, name, row.subject)
            if name == "attendance":
                people = [p for p in sitting.people if reader.person(p) not in paper]
                missing += [(row.subject, name, p) for p in people]

        for person in sitting.leaves:
            reader.says(row.chair, "leave", row.subject, person)

    assert held.count() > 40
    assert reader.namesakes == []
    assert missing == []
    assert warned == []
    assert lapses(written) == []


def test_papers_of_items_decisions_and_tasks_say_what_the_register_says(
    warned: list[str], written: set[str]
) -> None:
    state = demonstrate(12)
    reader, missing = Reader(state), []
    for task in TaskRow.objects.filter(institution=PLACE):
        chair = state.sittings[task.sitting].chair
        names = ("task", "feedback") + (("reminder",) if task.reminded else ())
        for name in names:
            paper = reader.says(chair, name, task.subject)
            missing += [
                (name, task.subject, one) for one in known_of(reader, task) if one not in paper
            ]
        if task.decision and task.unit:
            paper = reader.says(chair, "decision", task.decision, task.unit)
            decided = DecisionRow.objects.get(institution=PLACE, subject=task.decision)
            missing += [] if bare(decided.words) in paper else [("decision", task.decision)]
    for item in ItemRow.objects.filter(institution=PLACE, origin="submitted").exclude(title=""):
        sitting = state.sittings.get(item.sitting)
        if sitting is not None:
            paper = reader.says(sitting.chair, "item", item.subject)
            missing += [] if bare(item.title) in paper else [("item", item.subject)]

    for asked in state.adjustments.values():
        chair = state.sittings[state.tasks[asked.task].sitting].chair
        reader.says(chair, "adjustment", asked.id)

    assert reader.read > 300
    assert reader.namesakes == []
    assert missing == []
    assert warned == []
    assert lapses(written) == []
