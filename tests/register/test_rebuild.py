"""The register made anew from the journal is the register that followed it."""

from collections import Counter
from datetime import datetime

import pytest
from django.db import connection

from tests.playing import CHARTERS, MONTH, PLACE, WEEK, keep, play_into
from yishi.cases.casting import set_up
from yishi.cases.simulation import after, deeds
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY, Held
from yishi.journal.tables.store import TableStore
from yishi.procedure.access import EVERYBODY, may_read
from yishi.procedure.verdict import outcome
from yishi.register.models import Reader, TaskRow
from yishi.register.rebuild import TABLES, rebuild

pytestmark = pytest.mark.django_db


def contents() -> dict:
    return {
        table.__name__: sorted(
            tuple(sorted((k, str(v)) for k, v in row.items() if k != "id"))
            for row in table.objects.values()
        )
        for table in TABLES
    }


@pytest.mark.parametrize(
    ("case", "until"),
    [
        (MONTH, ""),
        (WEEK, ""),
        (MONTH, "closed"),
        (MONTH, "minutes"),
        (MONTH, "granted"),
        (WEEK, "minutes"),
    ],
)
def test_rebuilt_rows_equal_the_live_ones(case: str, until: str) -> None:
    play_into(case, until)
    live = contents()

    state = rebuild(PLACE)

    assert contents() == live
    assert state == MEMORY.at(PLACE).state
    assert all(live[name] for name in ("ItemRow", "SittingRow", "TaskRow", "Reader", "Kept"))


def test_rebuilt_rows_equal_the_live_ones_after_half_a_year_done_deed_by_deed() -> None:
    """The seeded simulation through the one door, each deed followed as it is done."""
    stage = set_up(CHARTERS / "cast.yaml", {})
    keep(stage)
    start = datetime(2026, 10, 1, 8, tzinfo=stage.zone)
    office = deeds(MEMORY.at(PLACE).state, seed="half", start=start, until=after(start, 6))
    verdicts: Counter[str] = Counter()
    deed = next(office)
    while deed is not None:
        told = {"at": deed.at, "reason": deed.reason, "behalf": deed.behalf, "retold": True}
        done = do(PLACE, deed.actor, deed.act, **told)
        MEMORY.put(PLACE, Held(TableStore(PLACE).head(), done.state))
        verdicts[outcome(done.verdict)] += 1
        try:
            deed = office.send(done.verdict)
        except StopIteration:
            deed = None
    live = contents()

    state = rebuild(PLACE)

    assert contents() == live
    assert state == MEMORY.at(PLACE).state
    assert verdicts["accepted"] > 500
    assert verdicts["refused"] > 0
    assert verdicts["departed"] > 0


def test_tasks_are_under_way_in_the_ledger_from_the_moment_the_minutes_are_out() -> None:
    play_into(MONTH, "minutes")

    assert set(TaskRow.objects.values_list("status", flat=True)) == {"open"}


@pytest.mark.parametrize(("case", "until"), [(MONTH, ""), (WEEK, ""), (MONTH, "budget-presented")])
def test_who_stands_as_a_reader_is_who_may_read(case: str, until: str) -> None:
    stage = play_into(case, until)
    state = MEMORY.at(PLACE).state
    things = {"item": state.items, "decision": state.decisions, "minutes": state.sittings}
    things |= {"record": state.sittings, "task": state.tasks, "paper": state.items}

    for thing, held in things.items():
        for subject in held:
            rows = Reader.objects.filter(thing=thing, subject=subject)
            listed = set(rows.values_list("person", flat=True))
            people = stage.history.state.roster.people
            allowed = {
                p for p in people if may_read(state, p, thing, subject, state.latest).allowed
            }
            assert (set(people) if listed == EVERYBODY else listed) == allowed, (thing, subject)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL is told")
def test_after_rebuilding_the_planner_knows_how_many_rows_there_are() -> None:
    play_into(MONTH)

    rebuild(PLACE)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples FROM pg_class WHERE relname = %s", [TaskRow._meta.db_table]
        )
        assert cursor.fetchone() == (TaskRow.objects.count(),)
