"""A paper as PDF: measured on the page, tagged, the same bytes each time."""

import os
import subprocess
import sys
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.documents import papers
from tests.documents.reading import lines, made, packaged, parts, text
from tests.house.source import ROOT
from yishi.documents import fonts, geometry, pdf
from yishi.documents.model import Document, Foot, Para, People, Signed, Span, Table, para

ASCENT = 0.88 * geometry.PRINTED_3 / geometry.MM
"""From the top of a line to where its words stand."""


def test_a_page_is_a4_and_says_what_it_is_to_readers_and_archives() -> None:
    reader = PdfReader(BytesIO(made(papers.minutes())))
    root, about = reader.trailer["/Root"], reader.xmp_metadata
    told = about.rdf_root.toxml()

    assert [round(float(x), 1) for x in reader.pages[0].mediabox] == [0, 0, 595.3, 841.9]
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"]
    assert "/OutputIntents" in root
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A<" in told
    assert "<pdfuaid:part>1<" in told
    assert reader.metadata.title == "处务会会议纪要〔2026〕1号"


FORKED = """
import os, signal
from tests.documents import papers
from tests.documents.reading import made
made(papers.plain())
if os.fork():
    os.wait()
else:
    signal.alarm(30)
    try:
        made(papers.plain())
    except RuntimeError as told:
        print(told, flush=True)
    os._exit(0)
"""


def test_a_process_that_was_forked_after_a_paper_was_set_says_so_and_waits_for_nothing() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", FORKED],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.stdout == "papers were set before this process was forked\n", ran.stderr


def test_headings_are_headings_in_the_tree_and_among_the_bookmarks() -> None:
    reader = PdfReader(BytesIO(made(papers.minutes())))
    outline = reader.outline

    assert outline[0].title == "处务会会议纪要"
    assert [one.title for one in outline[1] if not isinstance(one, list)] == ["一、关于预算"]
    assert outline[1][1][0].title == "（一）落实事项"


def test_each_table_has_heads_and_a_form_without_any_is_none() -> None:
    held = papers.form()
    with_heads = parts(made(papers.plain(body=(held,))))
    form = Table(held.widths, held.rows)

    assert with_heads.count("/Table") == 1
    assert with_heads.count("/TH") == 3
    assert "/Table" not in parts(made(papers.plain(body=(form,))))
    said = "".join(text(made(papers.plain(body=(form,)))).split())
    assert said.startswith("姓名喆堃珺昇镕意见同意签字：")


def test_a_full_page_has_22_lines_of_28_characters_in_the_type_area() -> None:
    said = lines(made(papers.plain(40)), 1)
    body = [one for one in said if one.size == geometry.PRINTED_3]
    heights = sorted({round(one.y, 1) for one in body})

    assert len(heights) == geometry.LINES
    assert {len(one.text) for one in body} == {geometry.CHARACTERS}
    assert {round(one.x, 1) for one in body} == {geometry.LEFT}
    assert heights[0] - ASCENT == pytest.approx(geometry.TOP, abs=0.3)
    assert heights[-1] < geometry.TOP + geometry.HEIGHT


def test_a_paragraph_begins_two_characters_in() -> None:
    first, second = lines(made(papers.plain(2)))[:2]

    assert first.x == pytest.approx(28 + 2 * geometry.PRINTED_3 / geometry.MM, abs=0.3)
    assert second.x == pytest.approx(28, abs=0.3)


def test_the_mark_stands_72_millimetres_down_in_the_middle_and_is_red() -> None:
    mark = next(one for one in lines(made(papers.minutes())) if one.size > 40)
    wide = mark.size * len(mark.text) / geometry.MM

    assert mark.text == "处务会会议纪要"
    assert mark.y - 0.88 * mark.size / geometry.MM == pytest.approx(72, abs=1)
    assert mark.x + wide / 2 == pytest.approx(106, abs=1)


@pytest.mark.parametrize("name", ["会议纪要", "某某市某某区政务服务中心管理处主任办公会议纪要"])
def test_a_mark_fills_one_line_at_most(name: str) -> None:
    marks = [one for one in lines(made(papers.minutes(mark=name))) if one.size > 16.2]

    assert [one.text for one in marks] == [name]
    assert marks[0].x >= 27.9


def test_later_names_stand_under_the_first_name() -> None:
    said = lines(made(papers.minutes()))
    label = next(one for one in said if one.text.startswith("出席"))
    names = [one for one in said if one.text.startswith(("陈", "刘", "曾", "、"))]
    character = geometry.PRINTED_3 / geometry.MM

    assert label.x == pytest.approx(28 + 2 * character, abs=0.3)
    assert len(names) > 2
    assert {round(one.x - label.x - 3 * character, 1) for one in names} == {0.0}


def test_page_numbers_stand_outside_a_character_in() -> None:
    raw = made(papers.plain(60))
    character = 14 / geometry.MM
    odd, even = (lines(raw, page)[-1] for page in (0, 1))

    assert (odd.text, even.text) == ("— 1 —", "— 2 —")
    assert even.x == pytest.approx(28 + character, abs=0.5)
    assert odd.x > 160
    for one in (odd, even):
        assert 262 + 7 < one.y < 262 + 13


@pytest.mark.parametrize("kind", ["people", "signed", "para"])
def test_no_page_has_nothing_but_the_foot(kind: str) -> None:
    foot = Foot("办公室", "2026年11月2日印发", "各科室。")
    ends = {
        "people": (People("出席", "陈志远、刘敏"), People("记录", "肖雨")),
        "signed": (Signed("某某市政务服务中心", "2026年11月2日", seal=True),),
        "para": (),
    }
    for count in range(11, 23):
        body = (*(para(f"第{n}段。") for n in range(count)), *ends[kind])
        raw = made(papers.plain(body=body, foot=foot))
        pages = len(PdfReader(BytesIO(raw)).pages)
        last = [one.text for one in lines(raw, pages - 1)]
        assert any("印发" in said for said in last)
        assert any(said[0] in "第出记某" for said in last), (count, last)


def test_the_foot_stands_on_the_last_line_of_the_last_page() -> None:
    for paragraphs in (1, 30, 38):
        foot = Foot("办公室", "2026年11月2日印发", "各科室。")
        raw = made(papers.plain(paragraphs, foot=foot))
        pages = len(PdfReader(BytesIO(raw)).pages)
        by = next(one for one in lines(raw, pages - 1) if one.text == "办公室")
        assert 255 < by.y < 262
        assert all("印发" not in one.text for p in range(pages - 1) for one in lines(raw, p))


@pytest.mark.parametrize(
    "by", ["某某中心", "某某市政务服务中心", "某某市某某区政务服务中心管理处办公室综合科"]
)
def test_without_a_seal_the_day_begins_two_characters_after_the_name(by: str) -> None:
    said = lines(made(papers.letter(by=by)))
    name = [one for one in said if one.text == by][-1]
    day = next(one for one in said if one.text == "2026年11月2日" and one.y > name.y)
    character = geometry.PRINTED_3 / geometry.MM

    assert day.x - name.x == pytest.approx(2 * character, abs=0.3)


@pytest.mark.parametrize("rows", range(14, 22))
def test_no_page_is_left_to_a_signature_or_a_part_of_the_people_alone(rows: int) -> None:
    letter = papers.letter()
    filled = tuple(para("请准时参加。") for _ in range(rows))
    told = [
        Document(**{**_fields(letter), "body": (*filled, letter.body[-1])}),
        papers.minutes(body=(*filled, *papers.minutes().body[-2:])),
    ]

    for document, last in zip(told, ("某某市政务服务中心", "请假"), strict=True):
        raw = made(document)
        pages = len(PdfReader(BytesIO(raw)).pages)
        said = [one.text for one in lines(raw, pages - 1)]
        assert any(one.startswith(last) for one in said)
        with_it = "请准时参加。" if last != "请假" else "出席"
        assert any(one.startswith(with_it) for one in said)


def _fields(document: Document) -> dict[str, object]:
    return {name: getattr(document, name) for name in document.__struct_fields__}


def test_with_a_seal_the_name_stands_in_the_middle_over_the_day() -> None:
    by = "某某市政务服务中心管理处"
    said = lines(made(papers.letter(by=by, seal=True)))
    name = [one for one in said if one.text == by][-1]
    day = next(one for one in said if one.text == "2026年11月2日" and one.y > name.y)
    character = geometry.PRINTED_3 / geometry.MM
    wide = 184 - 4 * character - day.x

    assert name.x + len(by) * character / 2 == pytest.approx(day.x + wide / 2, abs=0.6)


def test_a_head_is_repeated_on_every_page_of_a_table() -> None:
    table = papers.form()
    rows = table.rows[:1] * 80
    document = papers.plain(body=(type(table)(table.widths, rows, table.head),))
    raw = made(document)
    pages = len(PdfReader(BytesIO(raw)).pages)

    assert pages > 2
    for page in range(pages):
        assert [one.text for one in lines(raw, page)[:3]] == ["栏目", "内容", "备注"]


def test_a_wide_table_lies_on_its_side() -> None:
    page = PdfReader(BytesIO(made(papers.plain(landscape=True)))).pages[0]

    assert page.mediabox.width > page.mediabox.height


def test_the_same_paper_has_the_same_bytes_and_another_has_others() -> None:
    first, second = made(papers.minutes()), made(papers.minutes())
    fresh = pdf.write(papers.minutes(), fonts.Faces((), system=False))

    assert first == second == fresh
    assert made(papers.minutes(number="〔2026〕2号")) != first
    assert made(papers.minutes(dated=date(2026, 11, 3))) != first


HOSTILE = '#read("/etc/passwd") $x$ *b* _i_ `c` \\ <l> @r [x] {{ y }} {% z %} =1+1 // c /* d */ "q"'


def test_words_that_look_like_typesetting_stay_words() -> None:
    document = papers.minutes(mark="纪要", number=HOSTILE, body=(para(HOSTILE, HOSTILE),))

    assert text(made(document)).count("".join(HOSTILE.split())) == 3


def test_names_with_rare_characters_are_printed() -> None:
    said = text(made(papers.plain()))

    assert "喆堃珺昇镕" in said


def test_a_character_that_no_font_has_is_named_and_nothing_is_made() -> None:
    body = (Para((Span("张\ue123"), Span("王\ue456\ue123", "hei"))),)

    with pytest.raises(pdf.Unprintable) as told:
        made(papers.plain(body=body))
    assert told.value.characters == ("\ue123", "\ue456")


def test_where_there_is_no_chinese_font_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "PACKAGE", "no_such_package")

    with pytest.raises(pdf.NoFont):
        pdf.write(papers.minutes(), fonts.Faces((), system=False))


def test_what_stands_in_for_the_standards_fonts_is_known() -> None:
    faces = packaged()

    assert faces.substitutes == ("fang", "hei", "kai", "biao", "song")
    assert faces.roles["biao"].thick
    assert not faces.roles["fang"].thick


def test_a_struck_word_is_printed_all_the_same() -> None:
    body = (Para((Span("原文", "struck"), Span("更正"))),)

    assert text(made(papers.plain(body=body))) == "原文更正—1—"
