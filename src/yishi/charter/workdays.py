"""Working days: weekends, public holidays and make-up days (调休), year by year.

A year counts as confirmed once its holiday notice has been entered. Before that only weekends
are known, and the caller can see so from `is_confirmed`.
"""

from datetime import date, timedelta

import msgspec

_DAY = timedelta(days=1)
_SATURDAY = 5


class WorkCalendar(msgspec.Struct, frozen=True):
    """The years whose notice is known, their days off, and the weekend days that are worked."""

    confirmed: frozenset[int] = frozenset()
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()

    def is_confirmed(self, year: int) -> bool:
        """Whether the holidays of the year are known."""
        return year in self.confirmed

    def is_workday(self, day: date) -> bool:
        """Whether the day is worked; outside confirmed years, whether it is no weekend."""
        if self.is_confirmed(day.year):
            if day in self.workdays:
                return True
            if day in self.holidays:
                return False
        return day.weekday() < _SATURDAY

    def next_workday(self, day: date) -> date:
        """The first workday after the day."""
        day += _DAY
        while not self.is_workday(day):
            day += _DAY
        return day

    def previous_workday(self, day: date) -> date:
        """The last workday before the day."""
        day -= _DAY
        while not self.is_workday(day):
            day -= _DAY
        return day

    def last_workdays_of_month(self, year: int, month: int, count: int) -> tuple[date, ...]:
        """The last workdays of the month in order, fewer when it has fewer (月底)."""
        start = date(year, month, 1)
        days = (start + n * _DAY for n in range(_length(start)))
        worked = [day for day in days if self.is_workday(day)]
        return tuple(worked[-count:]) if count > 0 else ()


def _length(start: date) -> int:
    if start.month == 12:
        return 31
    return (start.replace(month=start.month + 1) - start).days
