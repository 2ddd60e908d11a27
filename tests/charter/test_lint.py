import pytest

from tests.charter.town import TOWN, charter
from yishi.charter.lint import lint
from yishi.charter.model import Fault


def linted(old: str, new: str) -> tuple[Fault, ...]:
    """The faults of the town's charter after one change."""
    assert old in TOWN
    return lint(charter(TOWN.replace(old, new)))


def test_a_charter_that_accounts_for_every_clause_is_clean() -> None:
    assert lint(charter()) == ()


def test_a_charter_that_does_not_say_who_adopted_it() -> None:
    assert linted("adopted_by: {body: town_meeting, year: 2024, number: 2}\n", "") == (
        Fault(1, "charter.header_key_expected", {"key": "adopted_by"}, "warning"),
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "said"),
    [
        ("units:", "unit:", 12, "header_key_unknown", {"key": "unit", "near": "units"}),
        (
            "number: 2",
            "number: 2, befor_journal: true",
            8,
            "header_key_unknown",
            {"key": "adopted_by.befor_journal", "near": "before_journal"},
        ),
        ("year: 2024,", "", 8, "header_key_missing", {"key": "adopted_by.year"}),
        ("number: 2", "number: 二", 8, "value_not_number", {"key": "adopted_by.number"}),
        (
            "number: 2",
            "number: 2, before_journal: yes",
            8,
            "value_not_truth",
            {"key": "adopted_by.before_journal"},
        ),
        (
            "{body: town_meeting, year: 2024, number: 2}",
            "镇长办公会",
            8,
            "value_not_mapping",
            {"key": "adopted_by"},
        ),
        ("reading: 2024-04-20", "reading: 4月20日", 7, "date_malformed", {"key": "issued.reading"}),
    ],
)
def test_a_header_that_nobody_would_read(
    old: str, new: str, line: int, message: str, said: dict[str, str | int | list[str]]
) -> None:
    assert linted(old, new) == (Fault(line, f"charter.{message}", said),)


def test_a_charter_need_not_declare_posts_of_its_own() -> None:
    assert linted("posts:\n  mayor: [镇长, 一把手]\n  deputy: [副镇长]\n", "") == ()


def test_one_name_for_two_posts() -> None:
    assert linted("[副镇长]", "[副镇长, 一把手]") == (
        Fault(11, "charter.name_ambiguous", {"name": "一把手", "first": "posts.mayor"}),
    )


def test_a_rule_without_plain_words() -> None:
    assert linted("主持人最后一个发言。\n", "") == (
        Fault(43, "charter.meaning_missing", {"label": "一(二)1"}),
    )


def test_a_clause_with_nothing_under_it() -> None:
    assert linted("### (二)表态\n", "### (二)表态\n话。\n### (三)记录\n") == (
        Fault(42, "charter.clause_unaccounted", {"label": "一(二)"}),
    )


def test_a_part_with_a_rule_and_without() -> None:
    assert linted("parts: [0.1]", "parts: [1.1]") == (
        Fault(22, "charter.part_contradicted", {"part": "1.1", "rule": "一(一)/calls"}),
    )


def test_a_part_may_have_two_rules() -> None:
    assert linted("parts: [1.1]", "parts: [1.1, 1.2a]") == ()


def test_a_silence_declared_twice() -> None:
    assert linted("[quorum, tie]", "[quorum, quorum]") == (
        Fault(57, "charter.silence_repeated", {"topic": "quorum"}, "warning"),
    )


def test_a_quote_that_is_too_long() -> None:
    assert linted("最后一个表态发言", "言" * 121) == (
        Fault(
            43, "charter.quote_long", {"label": "一(二)1", "length": 121, "limit": 120}, "warning"
        ),
    )
