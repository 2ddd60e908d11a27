"""The timer: what time has made due, told once, however often and however late it looks."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from django.db import connections, transaction

from tests.journeys.place import database
from tests.playing import MONTH, PLACE, play_into
from tests.register.test_rebuild import contents
from yishi.clerk.memory import MEMORY
from yishi.clerk.models import Tick
from yishi.clerk.tick import tick, tick_all
from yishi.journal.tables.models import Chain, Entry
from yishi.outbox.models import Message
from yishi.register.models import DutyRow

ZONE = ZoneInfo("Asia/Shanghai")
LATE = datetime(2026, 12, 16, 9, tzinfo=ZONE)
"""A Wednesday after the month of the case: tasks are due, another meeting is owed."""


def told() -> list[tuple[str, str, str]]:
    rows = Message.objects.filter(institution=PLACE).exclude(key__regex=r"^[0-9]+/")
    return sorted(rows.values_list("person", "kind", "key"))


@pytest.mark.django_db
def test_what_is_due_is_told_once_to_those_whom_the_rules_name() -> None:
    play_into(MONTH, "planned")

    first = tick(PLACE, LATE)
    said = told()
    again = tick(PLACE, LATE + timedelta(hours=3))

    assert first == len(said) > 0
    assert again == 0
    assert told() == said
    assert len(said) == len(set(said))


@pytest.mark.django_db
def test_a_reminder_comes_again_in_another_week_and_only_then() -> None:
    play_into(MONTH, "planned")
    tick(PLACE, LATE)
    before = told()

    assert tick(PLACE, LATE + timedelta(days=4)) == 0
    assert tick(PLACE, LATE + timedelta(days=7)) > 0

    kinds = {(person, kind) for person, kind, _ in before}
    fresh = {(person, kind) for person, kind, key in told() if (person, kind, key) not in before}
    assert fresh & kinds


@pytest.mark.django_db
def test_tasks_are_still_pressed_when_the_rules_they_come_from_have_ended() -> None:
    play_into("chuwuhui/cases/13-after-the-end.yaml", "ended")

    tick(PLACE, LATE)

    late = {person for person, kind, key in told() if kind == "tasks_followed.overdue"}
    assert {"wang", "xiao"} <= late


@pytest.mark.django_db
def test_a_timer_that_was_off_for_a_month_says_everything_once_not_for_each_day() -> None:
    play_into(MONTH, "planned")

    tick(PLACE, LATE + timedelta(days=31))

    weeks = {key.partition("/")[0] for _, _, key in told()}
    assert len(weeks) == 1


@pytest.mark.django_db
def test_a_timer_whose_clock_runs_slow_looks_from_the_last_thing_that_happened() -> None:
    play_into(MONTH, "planned")

    tick(PLACE, datetime(2020, 1, 1, tzinfo=ZONE))

    latest = MEMORY.at(PLACE).state.latest
    assert Tick.objects.get(institution=PLACE).at == latest


@pytest.mark.django_db
def test_the_timer_writes_no_entry_and_a_new_day_brings_its_duties() -> None:
    play_into(MONTH, "planned")
    entries, head = Entry.objects.count(), Chain.objects.get(slug=PLACE).head
    DutyRow.objects.all().delete()

    tick(PLACE, LATE)

    assert (Entry.objects.count(), Chain.objects.get(slug=PLACE).head) == (entries, head)
    assert DutyRow.objects.exists()


@pytest.mark.django_db
def test_a_second_look_on_the_same_day_asks_the_database_little(
    django_assert_max_num_queries,
) -> None:
    play_into(MONTH, "planned")
    tick(PLACE, LATE)

    with django_assert_max_num_queries(9):
        tick(PLACE, LATE + timedelta(minutes=1))


@pytest.fixture(params=["sqlite", "postgresql"])
def both(request, tmp_path, django_db_blocker) -> Iterator[None]:
    """A database of its own, with an institution in it that threads can see."""
    with django_db_blocker.unblock(), database(request.param, tmp_path):
        with transaction.atomic():
            play_into(MONTH, "planned")
        yield


def test_two_timers_in_the_same_moment_say_nothing_twice(both) -> None:
    ready = Barrier(3)

    def look() -> tuple[int, int, int]:
        try:
            ready.wait(timeout=20)
            return tick_all(LATE)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        found = [one.result(timeout=60) for one in [pool.submit(look) for _ in range(3)]]

    assert sum(count for count, _, _ in found) == len(told())
    assert sorted(count > 0 for count, _, _ in found) == [False, False, True]
    assert sum(broke for _, _, broke in found) == 0
    assert contents()["DutyRow"]
