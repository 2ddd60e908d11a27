"""Periods that are reported on: a year, a quarter or a month (通报的期间)."""

import re
from datetime import date, timedelta
from typing import Final, Literal

import msgspec

from yishi.procedure.verdict import Message

_SAID: Final = re.compile(r"([1-9]\d{3})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?", re.ASCII)


class Period(msgspec.Struct, frozen=True):
    """A period of the calendar."""

    kind: Literal["year", "quarter", "month"]
    year: int
    n: int = 1
    """Which quarter or month of its year."""

    @property
    def value(self) -> str:
        """How it stands in an address: 2026 · 2026-Q4 · 2026-11."""
        ends = {"year": "", "quarter": f"-Q{self.n}", "month": f"-{self.n:02}"}
        return f"{self.year}{ends[self.kind]}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.n * self._months - self._months + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        years, month = divmod(self.n * self._months, 12)
        return date(self.year + years, month + 1, 1) - timedelta(1)

    @property
    def _months(self) -> int:
        return {"year": 12, "quarter": 3, "month": 1}[self.kind]

    @property
    def called(self) -> Message:
        """What it is called."""
        return Message(f"page.tasks.period_{self.kind}", {"year": self.year, "n": self.n})


def period_of(said: str) -> Period | None:
    """The period that an address names; None where it names none."""
    found = _SAID.fullmatch(said)
    if found is None or found[1] == "9999":
        return None
    year, quarter, month = int(found[1]), found[2], found[3]
    if quarter:
        return Period("quarter", year, int(quarter))
    return Period("month", year, int(month)) if month else Period("year", year)


def begun(since: date, today: date) -> list[Period]:
    """Every period from a day on that has begun: years, and months and quarters of the last two."""
    found = []
    for year in range(today.year, since.year - 1, -1):
        found.append(Period("year", year))
        if year > today.year - 2:
            found += [Period("quarter", year, n) for n in (4, 3, 2, 1)]
            found += [Period("month", year, n) for n in range(12, 0, -1)]
    return [one for one in found if one.first <= today and one.last >= since]
