"""A small town hall: two sections, one counter, a head, and a post that changed hands."""

from datetime import date
from functools import reduce

from yishi.roster.events import PersonEntered, PostFilled, PostVacated, RosterEvent, UnitOpened
from yishi.roster.model import Roster

SPRING, SUMMER, AUTUMN = date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1)


def enrolled(*events: RosterEvent, roster: Roster | None = None) -> Roster:
    """The roster after these events."""
    return reduce(lambda held, event: event.enrol(held), events, roster or Roster())


TOWN = enrolled(
    UnitOpened(unit="b", called="业务科", kind="section", since=SPRING),
    UnitOpened(unit="a", called="办公室", kind="section", since=SPRING),
    UnitOpened(unit="tax", called="税务窗口", kind="counter", since=SUMMER),
    PersonEntered(person="chen", called="陈"),
    PersonEntered(person="liu", called="刘"),
    PersonEntered(person="wang", called="王"),
    PostFilled(person="chen", post="主任", since=SPRING),
    PostFilled(person="liu", post="科室负责人", unit="b", since=SPRING),
    PostVacated(person="liu", post="科室负责人", unit="b", until=SUMMER),
    PostFilled(person="wang", post="科室负责人", unit="b", since=SUMMER),
    PostFilled(person="liu", post="科室负责人", unit="a", since=SUMMER),
    PostFilled(person="wang", post="科员", unit="a", since=SPRING),
)
