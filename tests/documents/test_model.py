"""Papers as values, their marks, and what a process loads before it makes one."""

import subprocess
import sys

import pytest

from tests.documents import papers
from yishi.documents.marks import chinese, mark
from yishi.documents.model import Signed, Unfit, paras


@pytest.mark.parametrize(
    ("n", "said"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (43, "四十三"), (99, "九十九")],
)
def test_numbers_as_marks_write_them(n: int, said: str) -> None:
    assert chinese(n) == said


def test_the_four_levels_have_their_marks() -> None:
    assert [mark(level, 3) for level in (1, 2, 3, 4)] == ["三、", "（三）", "3.", "（3）"]
    assert mark(1, 100) == "100、"


@pytest.mark.parametrize("n", [0, 100, -1])
def test_other_numbers_have_no_mark_of_that_kind(n: int) -> None:
    with pytest.raises(ValueError, match=str(n)):
        chinese(n)


@pytest.mark.parametrize(
    "more",
    [
        {"addressee": "各科室"},
        {"body": (Signed("办公室", "2026年11月2日"),)},
        {"body": (Signed("办公室", "2026年11月2日", seal=True),)},
        {"mark": ""},
    ],
)
def test_gw_a3_minutes_in_their_own_format_are_neither_sent_nor_signed(more: dict) -> None:
    with pytest.raises(Unfit):
        papers.minutes(**more)


def test_everything_printed_is_among_the_words() -> None:
    said = "\n".join(papers.minutes(draft="送审稿", note="此件公开发布").words())

    for one in (
        "处务会会议纪要",
        "〔2026〕1号",
        "办公室",
        "一、关于预算",
        "责任人：",
        "出席",
        "何立",
    ):
        assert one in said
    for one in ("送审稿", "此件公开发布", "各科室，各窗口。", "2026年11月2日印发"):
        assert one in said
    assert "签字：" in "\n".join(papers.plain().words())


def test_somebodys_lines_are_paragraphs() -> None:
    first, second = paras("甲。\n\n 乙。", "意见：")

    assert [span.text for span in first.spans] == ["意见：", "甲。"]
    assert [span.text for span in second.spans] == ["乙。"]


def test_a_process_that_makes_no_paper_loads_no_engine() -> None:
    code = (
        "import sys; import yishi.documents.pdf, yishi.documents.word, yishi.documents.fonts;"
        "print([m for m in ('typst', 'docx', 'fontTools', 'lxml') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"
