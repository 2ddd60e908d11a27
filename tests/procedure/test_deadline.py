from datetime import date
from typing import Any

import pytest

from yishi.procedure.submission import SubmissionDeadline

NOTHING: Any = None
"""The setting: a deadline that stays on holidays asks it nothing."""


@pytest.mark.parametrize(
    ("month", "last"),
    [(date(2026, 2, 10), date(2026, 2, 28)), (date(2028, 2, 1), date(2028, 2, 29))],
)
def test_a_month_without_the_day_ends_its_deadline_on_its_last(month: date, last: date) -> None:
    assert SubmissionDeadline(day=31).last_day(NOTHING, month) == last


def test_the_day_before_ends_a_deadline_that_does_not_count_its_day() -> None:
    deadline = SubmissionDeadline(day=1, inclusive=False)

    assert deadline.last_day(NOTHING, date(2026, 3, 10)) == date(2026, 2, 28)
