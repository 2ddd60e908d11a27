from datetime import date

import pytest

from yishi.charter.workdays import WorkCalendar
from yishi.procedure.submission import SubmissionDeadline

NOTHING = WorkCalendar()
"""No holidays: a deadline that stays on them does not ask."""


@pytest.mark.parametrize(
    ("month", "last"),
    [(date(2026, 2, 10), date(2026, 2, 28)), (date(2028, 2, 1), date(2028, 2, 29))],
)
def test_a_month_without_the_day_ends_its_deadline_on_its_last(month: date, last: date) -> None:
    assert SubmissionDeadline(day=31).last_in(NOTHING, month) == last


def test_the_day_before_ends_a_deadline_that_does_not_count_its_day() -> None:
    deadline = SubmissionDeadline(day=1, inclusive=False)

    assert deadline.last_in(NOTHING, date(2026, 3, 10)) == date(2026, 2, 28)
