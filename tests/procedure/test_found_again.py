"""What the report finds and who may read what, held against a second writing of both."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.procedure.forging import Forgery
from tests.procedure.norms.found import FINDERS, found
from tests.procedure.norms.readers import SUBJECTS, readers
from tests.procedure.retelling import retold
from tests.procedure.stages import CHARTERS, MONTH, WEEK, entries, played, reported
from tests.procedure.telling import GENERAL, Telling
from yishi.cases.casting import Stage
from yishi.cases.runner import case_files
from yishi.procedure.access import may_read
from yishi.procedure.report import checks, held_in

CASES = case_files(CHARTERS)
NAMES = [f"{file.parts[-3]}/{file.stem}" for file in CASES]
POSTS = CHARTERS / "general/cases/20-posts.yaml"
SPEAKING = CHARTERS / "chuwuhui/cases/07-speaking.yaml"


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_report_of_a_case_finds_what_its_journal_tells(case: Path) -> None:
    stage = played(case)
    at = stage.history.state.latest
    told = retold(entries(stage))
    assert at is not None
    for body in told.versions:
        if body != GENERAL:
            assert found(told, body, at) == reported(stage, body, at)


def test_a_meeting_opened_ahead_stands_in_the_year_of_its_opening() -> None:
    state = played(WEEK).history.state
    year = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC))
    announced = datetime(2027, 1, 4, 9, tzinfo=UTC)
    held = replace(state.sittings["w45"], starts_at=announced)
    ahead = replace(state, sittings=state.sittings.set("w45", held))

    before = [row for row in checks(state, "zhurenbangonghui", year[1], period=year) if row.sitting]
    found = [row for row in checks(ahead, "zhurenbangonghui", year[1], period=year) if row.sitting]

    assert "w45" in {row.sitting for row in before}
    assert {row.sitting for row in found} == {row.sitting for row in before}
    assert [one.id for one in held_in(ahead, "zhurenbangonghui", (year[1], announced))] == []


def never_looked_at(j: Forgery) -> None:
    for kind in ("task_checked", "owner_reminded", "task_completed", "task_closed"):
        j.drop(kind, task="t-budget")


FORGED: dict[str, tuple[Path, Callable[[Forgery], object]]] = {
    "cadence": (WEEK, lambda j: j.drop("gap_explained")),
    "papers_owed": (MONTH, lambda j: j.drop("paper_supplied")),
    "minutes_owed": (MONTH, lambda j: j.drop("minutes_issued")),
    "standing_item": (WEEK, lambda j: j.drop("work_reported")),
    "tasks_followed": (MONTH, never_looked_at),
    "clear_position": (SPEAKING, lambda j: j.drop("turn_passed")),
    "second_person": (POSTS, lambda j: j.drop("posting_confirmed", posting="c1")),
}
"""For each kind that looks afterwards, a journal of which it finds something else."""


@pytest.mark.parametrize("kind", FINDERS)
def test_of_a_forged_journal_something_else_is_found(kind: str) -> None:
    case, forge = FORGED[kind]
    stage, journal = played(case), Forgery(case)
    at = stage.history.state.latest
    assert at is not None
    forge(journal)
    told = retold(journal.lines)

    again = [one for b in told.versions if b != GENERAL for one in found(told, b, at)]
    before = [one for b in told.versions if b != GENERAL for one in reported(stage, b, at)]

    assert {one for one in before if one[0] == kind} != {one for one in again if one[0] == kind}


def allowed(stage: Stage, told: Telling) -> Iterator[tuple[str, str, set[str], set[str]]]:
    """Everything there is to read: who may by the procedure, and who by the second writing."""
    state = stage.history.state
    at = state.latest
    assert at is not None
    for thing, table in SUBJECTS.items():
        for subject in getattr(told, table):
            may = {p for p in told.people if may_read(state, p, thing, subject, at).allowed}  # type: ignore[arg-type]
            yield thing, subject, may, readers(told, thing, subject, at.isoformat())


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_who_may_read_a_thing_is_who_the_journal_tells(case: Path) -> None:
    stage = played(case)
    for thing, subject, may, again in allowed(stage, retold(entries(stage))):
        assert may == again, (thing, subject)


READ_OTHERWISE: dict[str, tuple[Path, Callable[[Forgery], object]]] = {
    "decision": (MONTH, lambda j: j.drop("decision_published")),
    "minutes": (MONTH, lambda j: j.drop("presence_noted", person="liu")),
    "record": (MONTH, lambda j: j.drop("presence_noted", person="liu")),
    "task": (MONTH, lambda j: j.said("task_assigned", task="t-budget").update(owner="luo")),
    "item": (MONTH, lambda j: j.said("item_submitted", item="plan").update(by="deng")),
    "paper": (MONTH, lambda j: j.said("item_submitted", item="plan").update(by="deng")),
    "report": (WEEK, lambda j: j.said("sitting_convened")["members"].pop()),
}
"""For each thing to read, a journal by which others may read it."""


@pytest.mark.parametrize("thing", SUBJECTS)
def test_by_a_forged_journal_others_may_read(thing: str) -> None:
    case, forge = READ_OTHERWISE[thing]
    journal = Forgery(case)
    forge(journal)

    differing = {one[0] for one in allowed(played(case), retold(journal.lines)) if one[2] != one[3]}

    assert thing in differing
