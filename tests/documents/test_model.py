"""Papers as values, their marks, and what a process loads before it makes one."""

import subprocess
import sys
from typing import Any

import msgspec
import pytest

from tests.documents import papers
from tests.documents.reading import made
from yishi.documents import word
from yishi.documents.marks import chinese, mark
from yishi.documents.model import Document, Signed, Unfit, paras


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


UNSEEN = (
    "\u200b\u200c\u200d\u200e\u2060\ufe0e\ufe0f\u202a\u202c\xad\ufeff\U000e0100\ufffe\uffff\x01"
)


def test_what_nobody_sees_and_no_font_has_is_in_no_paper() -> None:
    def strewn(held: Any) -> Any:
        if isinstance(held, dict):
            whole = {"type", "dated", "face", "place", "format", "typefaces"}
            return {k: v if k in whole else strewn(v) for k, v in held.items()}
        if isinstance(held, list):
            return [strewn(one) for one in held]
        return UNSEEN.join(held) + UNSEEN if isinstance(held, str) and held else held

    for clean in (papers.minutes(draft="送审稿", note="公开"), papers.letter(), papers.plain()):
        spoilt = msgspec.convert(strewn(msgspec.to_builtins(clean)), Document)
        assert spoilt == clean
        assert made(spoilt) == made(clean)
        assert word.write(spoilt) == word.write(clean)


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
