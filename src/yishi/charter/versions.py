"""Which version of a body's charter binds on a day."""

from collections.abc import Iterable
from datetime import date

from yishi.charter.model import Charter, Fault


def in_force(versions: Iterable[Charter], on: date) -> Charter | None:
    """The latest of one body's versions in force on the day; None before the first."""
    begun = [charter for charter in versions if charter.in_force <= on]
    return max(begun, key=lambda charter: charter.in_force, default=None)


def same_day(versions: Iterable[Charter]) -> tuple[Fault, ...]:
    """A fault for each version that comes into force on the day of an earlier one in the list."""
    seen: set[tuple[str, date]] = set()
    faults = []
    for charter in versions:
        key = (charter.body, charter.in_force)
        if key in seen:
            faults.append(_clash(charter))
        seen.add(key)
    return tuple(faults)


def _clash(charter: Charter) -> Fault:
    line = charter.header_lines.get("in_force", 1)
    day = charter.in_force.isoformat()
    return Fault(line, "charter.versions_same_day", {"body": charter.body, "in_force": day})
