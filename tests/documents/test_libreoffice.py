"""A DOCX as LibreOffice sets it: on the page it stands where the PDF does."""

import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pypdf import PdfReader

from tests.documents import papers
from yishi.documents import columns, geometry, word
from yishi.documents.model import Cell, Document, Foot, Heading, Signed, Table, para

pytestmark = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")

CHARACTER = 16 / geometry.MM


class Put(msgspec.Struct, frozen=True):
    """Some words, and where they begin, from the left and the top, in millimetres."""

    text: str
    x: float
    y: float
    size: float


Set = Callable[[Document], list[list[Put]]]
SetAll = Callable[[list[Document]], list[list[list[Put]]]]


@pytest.fixture(scope="module")
def put_all(tmp_path_factory: pytest.TempPathFactory) -> SetAll:
    """Sets papers in LibreOffice, all in one go; what stands on each of their pages."""
    home = tmp_path_factory.mktemp("office")

    def set_(documents: list[Document]) -> list[list[list[Put]]]:
        files = [home / f"{place}.docx" for place in range(len(documents))]
        for file, document in zip(files, documents, strict=True):
            file.write_bytes(word.write(document))
        profile = f"-env:UserInstallation=file://{home}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(home)]
        subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=180)
        return [pages(file.with_suffix(".pdf")) for file in files]

    return set_


@pytest.fixture(scope="module")
def put(put_all: SetAll) -> Set:
    """The same of one paper."""
    return lambda document: put_all([document])[0]


def pages(path: Path) -> list[list[Put]]:
    """What stands on each page, from the top."""
    every = []
    for page in PdfReader(BytesIO(path.read_bytes())).pages:
        found: list[Put] = []

        def note(
            text: str, cm: Any, tm: Any, font: Any, size: float, into: list[Put] = found
        ) -> None:
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            if text.strip():
                high = geometry.PAGE[1] - y / geometry.MM
                into.append(Put(text.strip(), x / geometry.MM, high, size))

        page.extract_text(visitor_text=note)
        every.append(sorted(found, key=lambda one: (round(one.y, 1), one.x)))
    return every


def test_gw_b4_a_page_of_words_has_22_lines_of_28_characters(put: Set) -> None:
    body = [one for one in put(papers.plain(40))[1] if one.size == 16]
    heights = sorted({round(one.y, 1) for one in body})

    assert len(heights) == geometry.LINES
    assert {len(one.text) for one in body} == {geometry.CHARACTERS}
    assert {round(one.x, 1) for one in body} == {geometry.LEFT}
    assert heights[0] - 0.88 * CHARACTER > geometry.TOP - 1
    assert heights[-1] < geometry.TOP + geometry.HEIGHT


def test_minutes_stand_where_the_standard_has_them(put: Set) -> None:
    first, *rest = put(papers.minutes())
    mark = next(one for one in first if one.size > 40)
    label = next(one for one in first if one.text.startswith("出席"))
    names = [one for one in first if label.y - 1 < one.y < label.y + 35 and one.size == 16]
    names = [one for one in names if one.text[0] in "陈刘曾志远" and one.x < 60]

    assert mark.y - 0.88 * mark.size / geometry.MM == pytest.approx(72, abs=2)
    assert mark.x + len(mark.text) * mark.size / geometry.MM / 2 == pytest.approx(106, abs=1)
    assert label.x == pytest.approx(28 + 2 * 315 / 1440 * 25.4, abs=0.5)
    assert {round(one.x - label.x - 3 * 315 / 1440 * 25.4) for one in names} == {0}
    said = [[one.text for one in page] for page in (first, *rest)]
    [foot] = [page for page in said if any(one.startswith("抄送") for one in page)]
    assert any("印发" in one for one in foot), "the foot stays together"


FOOT = Foot("办公室", "2026年11月2日印发", "各科室，各窗口。", "分送")


def test_gw_h2_h6_the_foot_ends_on_the_last_line_of_the_last_page_which_has_words_too(
    put_all: SetAll,
) -> None:
    """Short, nearly full, exactly full, over it; one long paragraph; copies that take lines."""
    rows = (1, 19, 20, 21, 22, 23, 44)
    bodies = [tuple(para("请准时参加。") for _ in range(n)) for n in rows]
    bodies += [(*bodies[0], para(papers.SENTENCE * n)) for n in (11, 12, 25)]
    papers_ = [papers.plain(body=body, foot=FOOT) for body in bodies]
    many = Foot("办公室", "2026年11月2日印发", "各科室，" * 30, "分送")
    papers_ += [papers.plain(body=bodies[2], foot=many), papers.letter_with(foot=FOOT)]

    for set_ in put_all(papers_):
        [where] = [n for n, page in enumerate(set_) for one in page if one.text.endswith("印发")]
        last = set_[where]
        [issued] = [one for one in last if one.text.endswith("印发")]
        words = [one for one in last if one.size == 16]
        first = min(one.y for one in last if one.size == 14)
        assert where == len(set_) - 1
        assert issued.y == pytest.approx(geometry.TOP + geometry.HEIGHT - 1.9, abs=0.6)
        assert words, "a page has nothing but the foot"
        assert max(one.y for one in words) < first - 5, "words run into the foot"


def test_gw_g3_h7_the_day_and_the_page_number(put: Set) -> None:
    [said] = put(papers.letter())
    name = [one for one in said if one.text == "某某市政务服务中心"][-1]
    day = next(one for one in said if one.y > name.y and one.text.startswith("2026"))
    folio = [one for one in said if one.text == "—"]

    assert day.x - name.x == pytest.approx(2 * 315 / 1440 * 25.4, abs=0.5)
    assert folio[0].y == pytest.approx(geometry.TOP + geometry.HEIGHT + 7 + 4.3, abs=1)
    assert folio[-1].x > 165


DAYS = {
    "collation": (columns.COLLATION, 4, "2026年11月18日"),
    "decision": (columns.DECISION, 3, "2026年11月18日"),
    "excerpt": (columns.EXCERPT, 4, "2026年11月18日"),
    "feedback": (columns.FEEDBACK, 0, "2026年11月18日11:06"),
    "notes": (columns.NOTES, 0, "2026年11月18日"),
    "bulletin": (columns.BULLETIN, 3, "11月18日"),
}


def test_a_day_and_the_heading_of_numbers_stand_in_one_line(put_all: SetAll) -> None:
    def listed(widths: tuple[int, ...], place: int, day: str) -> Document:
        cells = tuple(Cell(day if n == place else "") for n in range(len(widths)))
        table = Table(widths, (cells,), ("序号", *("",) * (len(widths) - 1)))
        return papers.plain(body=(table,), landscape=sum(widths) > geometry.WIDTH + 1)

    for name, said in zip(DAYS, put_all([listed(*one) for one in DAYS.values()]), strict=True):
        lines = {round(one.y, 1) for one in said[0] if one.size == 12}
        assert len(lines) == 2, name


def test_a_list_whose_head_comes_last_on_a_page_begins_on_the_next_and_loses_no_row(
    put: Set,
) -> None:
    opening = para(
        "主任办公会2026年第9次会议于2026年11月30日研究了“窗口工作人员轮班和午间值守安排”，现将需由你单位办理的决定事项通知如下。"
    )
    settled = para("会议决定：下周一起试行午间轮值一个月，由督查科检查，月底汇报办件量。")
    row = (Cell("安排午间轮值并统计办件量"), Cell("周琳"), Cell())
    rows = tuple((Cell(str(n), place="centre"), *row) for n in range(1, 61))
    head = ("序号", "事项", "责任人", "办结时限")
    said = put(
        papers.plain(
            title="\n决定事项通知单",
            draft="会议纪要尚未印发，以印发的为准",
            addressee="督查科",
            body=(
                *(opening,) * 3,
                Heading(1, "一、会议决定"),
                *(settled,) * 3,
                Heading(1, "二、由你单位承办的事项"),
                Table(columns.DECISION, rows, head),
                para("请在时限以前办结，并及时向办公室反馈进展情况。"),
                Signed("办公室", "2026年11月30日", seal=True),
            ),
        )
    )

    numbers = {one.text for page in said for one in page if one.size == 12}
    assert {str(n) for n in range(1, 61)} - numbers == set()
    assert not any(one.text == "序号" for one in said[0])
