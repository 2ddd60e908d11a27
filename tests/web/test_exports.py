"""Lists as spreadsheets: opened again by a reader of spreadsheets."""

from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO
from urllib.parse import quote

import pytest
from openpyxl import load_workbook

from yishi.web.exports import TYPE, inert, xlsx


def opened(*args):
    return load_workbook(BytesIO(xlsx(*args).content)).active


def test_a_list_comes_with_its_head_frozen_and_its_rows_below() -> None:
    sheet = opened("议题", ("标题", "日期"), [("预算", date(2026, 10, 12)), ("规划", None)])

    assert [c.value for c in sheet[1]] == ["标题", "日期"]
    assert [c.value for c in sheet[2]] == ["预算", datetime(2026, 10, 12)]  # noqa: DTZ001
    assert sheet[2][1].number_format == "yyyy-mm-dd"
    assert [c.value for c in sheet[3]] == ["规划", None]
    assert sheet.freeze_panes == "A2"
    assert sheet[1][0].font.bold
    assert sheet.auto_filter.ref == "A1:B3"


def test_the_file_has_its_chinese_name_and_is_not_kept_by_anybody() -> None:
    response = xlsx("督办台账", ("任务",), [])

    assert response["Content-Type"] == TYPE
    assert quote("督办台账.xlsx") in response["Content-Disposition"]
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@x", " =HYPERLINK(1)", "\t=1"])
def test_words_never_become_a_formula(words: str) -> None:
    cell = opened("x", ("=A1",), [(words,)])[2][0]

    assert cell.data_type == "s"
    assert cell.value == f"'{words}"


@pytest.mark.parametrize("words", ["预算 = 180", "a-b", "", "1"])
def test_plain_words_stay_as_they_are(words: str) -> None:
    assert inert(words) == words


def test_numbers_stay_numbers_and_times_keep_their_own_clock() -> None:
    there = timezone(timedelta(hours=8))
    at = datetime(2026, 10, 30, 1, 5, tzinfo=UTC).astimezone(there)

    row = opened("x", ("n", "at"), [(-5, at)])[2]

    assert row[0].value == -5
    assert row[1].value == datetime(2026, 10, 30, 9, 5)  # noqa: DTZ001


def test_characters_that_no_spreadsheet_can_hold_are_left_out() -> None:
    assert opened("x", ("a",), [("a\x00b\x07c",)])[2][0].value == "abc"


def test_a_name_that_is_no_name_of_a_sheet_still_makes_one() -> None:
    assert opened("a/b:c?" * 10, ("a",), []).title == "abc" * 10
