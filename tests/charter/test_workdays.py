from datetime import date

import pytest

from yishi.charter.workdays import WorkCalendar

# The National Day week of a year, with a Sunday worked in its place.
CALENDAR = WorkCalendar(
    confirmed=frozenset({2024}),
    holidays=frozenset(date(2024, 10, day) for day in range(1, 8)),
    workdays=frozenset({date(2024, 9, 29)}),
)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2024, 9, 27), True),
        (date(2024, 9, 28), False),
        (date(2024, 9, 29), True),
        (date(2024, 10, 1), False),
        (date(2024, 10, 8), True),
    ],
)
def test_weekends_holidays_and_make_up_days(day: date, worked: bool) -> None:
    assert CALENDAR.is_workday(day) is worked


def test_the_next_workday_is_after_the_holiday() -> None:
    assert CALENDAR.next_workday(date(2024, 9, 30)) == date(2024, 10, 8)


def test_the_previous_workday_may_be_a_make_up_sunday() -> None:
    assert CALENDAR.previous_workday(date(2024, 9, 30)) == date(2024, 9, 29)


def test_the_end_of_a_month_is_its_last_workdays() -> None:
    assert CALENDAR.last_workdays_of_month(2024, 9, 3) == (
        date(2024, 9, 27),
        date(2024, 9, 29),
        date(2024, 9, 30),
    )
    assert CALENDAR.last_workdays_of_month(2024, 12, 1) == (date(2024, 12, 31),)
    assert CALENDAR.last_workdays_of_month(2024, 12, 0) == ()


def test_before_the_notice_only_weekends_are_known() -> None:
    unconfirmed = WorkCalendar(holidays=frozenset({date(2025, 10, 1)}))

    assert not unconfirmed.is_confirmed(2025)
    assert unconfirmed.is_workday(date(2025, 10, 1))
