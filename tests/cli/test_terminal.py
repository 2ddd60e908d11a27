import pytest

from yishi.cli.terminal import hanging, row, table, width, wrap


def test_a_chinese_character_is_two_wide() -> None:
    assert width("处务会 a") == 8


@pytest.mark.parametrize("columns", [12, 13, 20, 41])
def test_no_line_is_wider_than_it_may_be_and_nothing_is_lost(columns: int) -> None:
    text = "会议由主任召集并主持，由办公室负责组织（第十四条）。Convened by the director."
    lines = wrap(text, columns)

    assert max(map(width, lines)) <= columns
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_line_does_not_begin_with_a_mark_that_closes() -> None:
    lines = wrap("一二三，四五六。七八九）十", 6)

    assert not any(line[0] in "，。）" for line in lines)


def test_words_of_letters_are_not_broken() -> None:
    assert wrap("one two three", 8) == ["one two", "three"]


def test_further_lines_hang_beneath_the_first_word() -> None:
    assert hanging("  ✗ ", "一二三四五六七八九十", 16) == "  ✗ 一二三四五六\n    七八九十"


def test_cells_wrap_side_by_side() -> None:
    assert row(["一二三", "b"], [4, 2]) == "一二  b\n三"


def test_the_widest_column_of_a_table_gives_way() -> None:
    out = table(["事项", "人"], [["一" * 40, "李强"]], 40).splitlines()

    assert max(map(width, out)) <= 40
    assert out[2].endswith("李强")
