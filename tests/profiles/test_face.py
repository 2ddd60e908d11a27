"""Numbers of minutes by a profile: in the order of issue, without those of before the journal."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import msgspec

from yishi.documents.profile import Profile
from yishi.procedure.issued import Corrected
from yishi.profiles.models import Held, in_force, latest
from yishi.web.answers import Answers
from yishi.web.profiles.face import corrections_serial, serial_of

NOW = datetime(2027, 2, 1, tzinfo=UTC)


class Issued(msgspec.Struct, frozen=True):
    number: int
    issued_at: datetime
    corrected: tuple[Corrected, ...] = ()
    nth: int = 0


class Sitting(msgspec.Struct, frozen=True):
    id: str
    body: str
    year: int
    minutes: Issued | None
    number: int = 0
    opened_at: datetime | None = None


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


def held(number: int, minutes: Issued | None, year: int = 2027) -> Sitting:
    """A meeting of the first days of a month, the one after the other."""
    opened = at(1, number, year)
    return Sitting(f"{year}-{number}", "a", year, minutes, number, opened)


def correction(number: int, when: datetime, year: int = 0, issue: int = 0) -> Corrected:
    return Corrected(number, when, "xiao", "甲", "乙", issue or number, year)


CORRECTED = (correction(2, at(7), 2027), correction(3, at(8), 2027))


def numbers_in(style: str) -> tuple[list[str], list[str]]:
    """Of three meetings: the first is corrected twice before the second goes out, and the third
    goes out before it.
    """
    every = (
        held(12, Issued(9, at(20, 12, 2026), nth=12), 2026),
        held(1, Issued(1, at(5), CORRECTED, nth=1)),
        held(2, Issued(5, at(20, 3), nth=2)),
        held(3, Issued(4, at(10, 3), nth=3)),
        held(4, None),
    )
    asked = office(Profile(numbering=style, before=92), *every)  # type: ignore[arg-type]
    told = [serial_of(asked, one) for one in every]  # type: ignore[arg-type]
    return told, [corrections_serial(asked, every[1], one) for one in CORRECTED]  # type: ignore[arg-type]


def test_where_meetings_are_counted_no_correction_is_a_meeting() -> None:
    told, corrections = numbers_in("year_nth")

    assert told == [
        *("2026年第12次", "2027年第1次", "2027年第2次", "2027年第3次"),
        "2027年第4次",
    ]
    assert corrections == ["2027年第1次（更正1）", "2027年第1次（更正2）"]


def test_meetings_are_counted_on_over_the_years_in_the_order_of_their_numbers() -> None:
    told, corrections = numbers_in("running_nth")

    assert told == ["第93次", "第94次", "第95次", "第96次", "第97次"]
    assert corrections == ["第94次（更正1）", "第94次（更正2）"]


def test_a_meeting_that_is_entered_from_paper_later_changes_no_number_that_is_out() -> None:
    one, two = held(1, Issued(1, at(5), nth=1)), held(2, Issued(2, at(20, 3), nth=2))
    late = Sitting("late", "a", 2027, None, 3, at(15))
    asked = office(Profile(numbering="running_nth"), one, two, late)

    assert [serial_of(asked, each) for each in (one, two, late)] == ["第1次", "第2次", "第3次"]


def test_corrections_of_one_moment_are_told_apart_and_a_draft_is_the_next() -> None:
    every = (correction(3, at(7), 2027), correction(2, at(7), 2027))
    one = held(1, Issued(1, at(5), every, nth=1))
    asked = office(Profile(numbering="year_nth"), one)

    told = [corrections_serial(asked, one, made) for made in (*every, correction(4, at(7), 2027))]
    assert told == [f"2027年第1次（更正{place}）" for place in (1, 2, 3)]


def test_where_issues_are_counted_a_correction_is_one() -> None:
    told, corrections = numbers_in("year_issue")

    assert told == [
        *("2026年第9期", "2027年第1期", "2027年第5期", "2027年第4期"),
        "2027年第6期",
    ]
    assert corrections == ["2027年第2期", "2027年第3期"]


def test_what_went_out_by_the_count_of_issues_keeps_that_number() -> None:
    old = (correction(2, at(7)),)
    one = held(1, Issued(1, at(5), old))
    late = correction(5, at(9, 4), 2027)
    two = held(2, Issued(3, at(10, 2), (late,)))
    three = held(3, Issued(4, at(10, 3), nth=3))
    asked = office(Profile(numbering="year_nth"), one, two, three)

    assert serial_of(asked, one) == "2027年第1次"
    assert corrections_serial(asked, one, old[0]) == "2027年第2次"
    assert serial_of(asked, two) == "2027年第3次"
    assert serial_of(asked, three) == "2027年第3次"
    assert corrections_serial(asked, two, late) == "2027年第3次（更正1）"
    asked.profiles = (Held("general", 1, at(1, 1, 2020), "xiao", Profile(numbering="running_nth")),)
    assert [serial_of(asked, each) for each in (one, two, three)] == ["第1次", "第3次", "第3次"]


def test_a_correction_is_numbered_in_the_year_of_its_issue_and_an_older_one_in_its_meetings() -> (
    None
):
    new, older = correction(3, at(7), 2027, issue=1), correction(2, at(6))
    one = held(12, Issued(1, at(20, 12, 2026), (older, new)), 2026)
    asked = office(Profile(code="甲"), one)

    assert corrections_serial(asked, one, new) == "甲〔2027〕1号"
    assert corrections_serial(asked, one, older) == "甲〔2026〕2号"
