"""Lists as spreadsheets: opened again by a reader of spreadsheets."""

from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from yishi.web.exports import SHEET, TYPE, inert, xlsx


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


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff", "\x00\uffff"])
def test_what_no_xml_may_hold_is_left_out_of_rows_and_of_the_head(sign: str) -> None:
    sheet = opened("x", (f"a{sign}b",), [(f"c{sign}d\ufffd",)])

    assert [sheet[1][0].value, sheet[2][0].value] == ["ab", "cd\ufffd"]
    assert inert(f"{sign}=1") == "'=1"


def test_a_name_that_is_no_name_of_a_sheet_still_makes_one() -> None:
    assert opened("a/b:c?" * 10, ("a",), []).title == "abc" * 10


@pytest.mark.parametrize("words", ["<f>1</f>&amp;", "第一行\n第二行", " 前后有空 ", 'a"b', "]]>"])
def test_words_are_held_to_the_letter_and_turn_into_no_markup(words: str) -> None:
    assert opened("x", ("a",), [(words,)])[2][0].value == words


def test_nothing_in_a_sheet_is_a_formula_whatever_it_holds() -> None:
    rows = [("=1+1", "-1", True, 1.5, date(2026, 1, 1), None, "")] * 3
    raw = xlsx("x", ("=a",) * 7, rows).content

    with ZipFile(BytesIO(raw)) as file:
        sheet = file.read(SHEET).decode()
    assert "<f>" not in sheet
    assert 't="f"' not in sheet
    assert [c.value for c in opened("x", ("=a",) * 7, rows)[4]] == [
        *("'=1+1", "'-1", True, 1.5),
        datetime(2026, 1, 1),  # noqa: DTZ001
        *(None, None),
    ]


def test_every_row_looks_the_same_and_breaks_its_lines() -> None:
    at = datetime(2026, 10, 30, 9, 5, tzinfo=UTC)
    sheet = opened("x", ("a", "b", "c"), [("字", 1, at)] * 2)

    for row in (2, 3):
        assert all(cell.alignment.wrap_text for cell in sheet[row])
        assert all(cell.alignment.vertical == "top" for cell in sheet[row])
        assert sheet[row][2].number_format == "yyyy-mm-dd hh:mm"
