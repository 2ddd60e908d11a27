from datetime import date

from tests.charter.town import TOWN, charter
from yishi.charter.model import Fault
from yishi.charter.versions import in_force, same_day

OLD = charter()
NEW = charter(TOWN.replace("in_force: 2024-05-01", "in_force: 2025-01-01"))
VERSIONS = (NEW, OLD)


def test_the_latest_version_begun_binds() -> None:
    assert in_force(VERSIONS, date(2024, 12, 31)) is OLD
    assert in_force(VERSIONS, date(2025, 1, 1)) is NEW


def test_before_the_first_version_none_binds() -> None:
    assert in_force(VERSIONS, date(2024, 4, 30)) is None


def test_two_versions_from_one_day() -> None:
    assert same_day(VERSIONS) == ()
    assert same_day((OLD, NEW, OLD)) == (
        Fault(5, "charter.versions_same_day", {"body": "town_meeting", "in_force": "2024-05-01"}),
    )


def test_two_bodies_may_begin_on_one_day() -> None:
    other = charter(TOWN.replace("body: town_meeting", "body: council", 1))

    assert same_day((OLD, other)) == ()
