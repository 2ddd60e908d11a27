import pytest

from tests.charter.town import BODY, TOWN, faults_of, with_body
from yishi.charter.model import Fault
from yishi.charter.reader import read

# A header that cannot be read.


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_an_empty_file(text: str) -> None:
    assert faults_of(text) == [(1, "charter.empty")]


def test_a_file_that_is_too_long() -> None:
    _, faults = read("议" * 70_000)

    assert faults == (Fault(1, "charter.too_long", {"size": 210_000, "limit": 200_000}),)


@pytest.mark.parametrize("bad", ["\t", "\x00", "\u202e", "\ud800", "\ufffc"])
def test_a_character_that_cannot_be_seen(bad: str) -> None:
    _, faults = read(TOWN.replace("目的", f"目{bad}的"))

    assert faults == (Fault(24, "charter.character", {"code": f"U+{ord(bad):04X}"}),)


def test_no_header() -> None:
    assert faults_of(BODY) == [(1, "charter.header_missing")]


def test_a_header_without_end() -> None:
    assert faults_of("---\nbody: town\n") == [(1, "charter.header_open")]


@pytest.mark.parametrize("key", ["body", "title", "name", "in_force"])
def test_a_header_without_a_key_that_is_needed(key: str) -> None:
    _, faults = read(TOWN.replace(f"\n{key}:", f"\nno_{key}:", 1))

    assert faults == (Fault(1, "charter.header_key_missing", {"key": key}),)


@pytest.mark.parametrize("day", ["2024-5-1", "20240501", "2024-02-30", "明天"])
def test_a_day_that_is_none(day: str) -> None:
    assert faults_of(TOWN.replace("2024-05-01", day)) == [(5, "charter.date_malformed")]


def test_posts_without_a_list_of_names() -> None:
    _, faults = read(TOWN.replace("[镇长, 一把手]", "镇长"))

    assert faults == (Fault(10, "charter.value_not_list", {"key": "posts.mayor"}),)


def test_posts_that_are_no_mapping() -> None:
    text = TOWN.replace("units:\n  office: [办公室, 党政办]", "units: 办公室")

    assert faults_of(text) == [(12, "charter.value_not_mapping")]


# Headings that mislead.


def test_a_title_unlike_the_header_s() -> None:
    assert faults_of(TOWN.replace("# 桃源", "# 杏源")) == [(15, "charter.title_differs")]


def test_no_title() -> None:
    assert faults_of(TOWN.replace("# 桃源镇镇长办公会议事规则\n\n", "")) == [
        (15, "charter.title_missing")
    ]


def test_a_second_title() -> None:
    assert faults_of(with_body("# 附则\n")) == [(16, "charter.title_repeated")]


def test_text_above_the_first_clause() -> None:
    assert faults_of(with_body("无主的话。\n")) == [(16, "charter.outside_clause")]


def test_a_label_given_twice() -> None:
    _, faults = read(TOWN.replace("### (二)", "### (一)"))

    assert Fault(42, "charter.label_repeated", {"label": "一(一)", "first": 29}) in faults


@pytest.mark.parametrize("heading", ["## ", "## ：附则"])
def test_a_heading_without_a_label(heading: str) -> None:
    assert faults_of(with_body(heading)) == [(16, "charter.heading_unlabelled")]


def test_a_heading_that_markdown_does_not_see() -> None:
    text = with_body("## 一、召集\n话。\n##二、表态\n")

    assert faults_of(text) == [(18, "charter.heading_malformed")]


# Blocks that would be read otherwise than they look.


def test_a_line_that_slips_into_the_quote_above() -> None:
    text = with_body("## 一、召集\n> 由镇长召集\n也可以由别人。\n")

    assert faults_of(text) == [(18, "charter.quote_unmarked")]


@pytest.mark.parametrize("before", ["> ", "- "])
def test_a_rule_hidden_in_a_quote_or_a_list(before: str) -> None:
    fence = "\n".join(
        (before if before == "> " or n == 0 else "  ") + line
        for n, line in enumerate(["```rule", "kind: calls", "```"])
    )

    assert faults_of(with_body("## 一、召集\n" + fence)) == [(17, "charter.block_nested")]


def test_a_ruler_between_paragraphs() -> None:
    assert faults_of(with_body("## 一、召集\n话。\n\n---\n")) == [(19, "charter.block_unknown")]


def test_a_block_that_is_not_closed() -> None:
    assert faults_of(TOWN.removesuffix("```\n")) == [(56, "charter.fence_open")]


def test_a_block_of_another_kind() -> None:
    _, faults = read(TOWN.replace("```silent", "```python"))

    assert faults == (Fault(56, "charter.fence_unknown", {"info": "python"}),)


def test_all_faults_are_told_at_once() -> None:
    text = TOWN.replace("kind: calls", "kin: calls").replace("topics:", "topic:")

    assert faults_of(text) == [
        (34, "charter.key_missing"),
        (56, "charter.key_missing"),
        (57, "charter.key_unknown"),
    ]
