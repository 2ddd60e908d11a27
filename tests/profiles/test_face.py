"""Numbers of minutes by a profile: in the order of issue, without those of before the journal."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import msgspec

from yishi.documents.profile import Profile
from yishi.profiles.models import Held, in_force, latest
from yishi.web.answers import Answers
from yishi.web.profiles.face import serial_of

NOW = datetime(2027, 2, 1, tzinfo=UTC)


class Issued(msgspec.Struct, frozen=True):
    number: int
    issued_at: datetime
    corrected: tuple[()] = ()


class Sitting(msgspec.Struct, frozen=True):
    id: str
    body: str
    year: int
    minutes: Issued | None


def office(profile: Profile, *sittings: Sitting) -> Any:
    numbers: dict[str, dict[int, int]] = {}
    for one in sittings:
        if one.minutes:
            held = numbers.setdefault(one.body, {})
            held[one.year] = max(held.get(one.year, 0), one.minutes.number)
    state = SimpleNamespace(
        sittings={one.id: one for one in sittings},
        bodies={one.body: SimpleNamespace(minutes=numbers.get(one.body, {})) for one in sittings},
    )
    held = Held("general", 1, datetime(2020, 1, 1, tzinfo=UTC), "xiao", profile)
    return SimpleNamespace(state=state, now=NOW, profiles=(held,), facts=Answers())


def at(day: int, month: int = 1, year: int = 2027) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


def test_running_numbers_follow_the_order_of_issue_over_the_years() -> None:
    late = Sitting("late", "a", 2026, Issued(2, at(20)))
    every = (
        Sitting("old", "a", 2025, Issued(0, at(1, 1, 2025))),
        Sitting("one", "a", 2026, Issued(1, at(5, 12, 2026))),
        Sitting("new", "a", 2027, Issued(1, at(10))),
        late,
        Sitting("other", "b", 2026, Issued(1, at(3, 12, 2026))),
        Sitting("next", "a", 2027, None),
    )
    asked = office(Profile(numbering="running_issue", before=92), *every)

    numbers = {one.id: serial_of(asked, one) for one in every}
    assert numbers == {
        "old": "",
        "one": "第93期",
        "new": "第94期",
        "late": "第95期",
        "other": "第93期",
        "next": "第96期",
    }


def test_what_is_out_keeps_the_number_of_its_day() -> None:
    one = Sitting("one", "a", 2026, Issued(1, at(5, 12, 2026)))
    two = Sitting("two", "a", 2027, None)
    asked = office(Profile(code="甲"), one, two)
    asked.profiles = (*asked.profiles, Held("a", 1, at(1), "xiao", Profile(numbering="issue")))

    assert serial_of(asked, one) == "甲〔2026〕1号"
    assert serial_of(asked, two) == "第1期"


def test_what_is_given_up_is_no_longer_in_force_and_was_before() -> None:
    held = (
        Held("general", 1, at(1), "xiao", Profile(code="总")),
        Held("a", 1, at(2), "xiao", Profile(code="甲")),
        Held("a", 2, at(3), "xiao", None),
    )

    def code(day: int) -> str:
        found = in_force(held, ("a", "general"), at(day))
        return found.profile.code if found and found.profile else ""

    assert [code(day) for day in (1, 2, 3)] == ["总", "甲", "总"]
    given_up = latest(held, "a", at(9))
    assert given_up is not None
    assert given_up.number == 2
    assert in_force((), ("a", "general"), at(1)) is None
