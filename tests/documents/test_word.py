"""A paper as DOCX: margins, fonts and places as the standard has them, each by its number."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn

from tests.documents import papers
from tests.documents.reading import opened, words
from yishi.documents import geometry, word
from yishi.documents.model import Cell, Gap, Para, Signed, Span, Table, para
from yishi.documents.xml import ORDERS, w


def style(raw: bytes, name: str) -> dict[str, str]:
    """What a style says of its face, and how it is set."""
    element = opened(raw).styles[name].element
    run, paragraph = element.rPr, element.pPr
    found = {
        "font": run.find(w("rFonts")).get(w("eastAsia")),
        "size": run.find(w("sz")).get(w("val")),
        "color": run.find(w("color")).get(w("val")),
        "bold": run.find(w("b")).get(w("val")),
    }
    for tag in ("spacing", "ind", "jc"):
        node = paragraph.find(w(tag))
        for key, value in node.attrib.items() if node is not None else ():
            found[f"{tag}.{key.partition('}')[2]}"] = value
    return found


RAW = word.write(papers.minutes())
LETTER = word.write(papers.letter())


def section(raw: bytes = RAW) -> object:
    return opened(raw).sections[0]._sectPr


def test_gw_b1_b2_b3_the_page_and_its_margins() -> None:
    size, margins = section().find(w("pgSz")), section().find(w("pgMar"))

    assert (size.get(w("w")), size.get(w("h"))) == ("11906", "16838")
    wanted = {"top": 2098, "left": 1587, "bottom": 1984, "right": 1474}
    assert {side: int(margins.get(w(side))) for side in wanted} == wanted
    assert 11906 - 1587 - 1474 == 8845


def test_gw_b4_b5_b6_22_lines_of_28_characters() -> None:
    grid, normal = section().find(w("docGrid")), style(RAW, "Normal")
    run = opened(RAW).styles["Normal"].element.rPr

    assert dict(grid.attrib) == {w("type"): "lines", w("linePitch"): "579"}
    assert (normal["spacing.line"], normal["spacing.lineRule"]) == ("579", "exact")
    assert run.find(w("spacing")).get(w("val")) == "-5"


def test_gw_b7_all_is_black_but_the_mark_and_its_rule() -> None:
    root = opened(LETTER)
    marked = {
        s.name
        for s in root.styles
        for c in s.element.iter(w("color"))
        if c.get(w("val")) == "FF0000"
    }
    rules = [b.get(w("color")) for b in root.element.body.iter(w("bottom")) if b.get(w("color"))]

    assert marked == {"发文机关标志"}
    assert rules == ["FF0000"]


def test_what_is_signed_by_hand_is_kept_with_the_words_before_it() -> None:
    sign = Table((2, 7), ((Cell("主持", label=True), Cell(least=3, signed="签字：")),))
    closed = Para((Span("某某完成本记录。"),), place="right")
    raw = word.write(papers.plain(body=(para("第一句。"), para("第二句。"), closed, sign)))
    kept = [p.text for p in opened(raw).paragraphs if p._p.find(f".//{w('keepNext')}") is not None]

    assert kept[-2:] == ["第二句。", "某某完成本记录。"]
    assert "第一句。" not in kept


@pytest.mark.parametrize(
    ("number", "name", "font", "size"),
    [
        ("GW-C1", "公文正文", "仿宋_GB2312", "32"),
        ("GW-C1", "发文字号", "仿宋_GB2312", "32"),
        ("GW-C1", "主送机关", "仿宋_GB2312", "32"),
        ("GW-C1", "署名", "仿宋_GB2312", "32"),
        ("GW-C3", "Title", "方正小标宋简体", "44"),
        ("GW-C4", "Heading 1", "黑体", "32"),
        ("GW-C5", "Heading 2", "楷体_GB2312", "32"),
        ("GW-C6", "Heading 3", "仿宋_GB2312", "32"),
        ("GW-C6", "Heading 4", "仿宋_GB2312", "32"),
        ("GW-C10", "版记", "仿宋_GB2312", "28"),
        ("GW-C11", "页码", "宋体", "28"),
    ],
)
def test_gw_c_fonts_and_sizes(number: str, name: str, font: str, size: str) -> None:
    told = style(RAW, name)

    assert (told["font"], told["size"], told["bold"]) == (font, size, "0"), number


def test_gw_c2_d1_the_mark_is_red_and_35_millimetres_below_the_type_area() -> None:
    told = style(RAW, "发文机关标志")

    assert (told["font"], told["color"]) == ("方正小标宋简体", "FF0000")
    assert told["spacing.before"] == "1984"
    assert told["jc.val"] == "center"


def test_gw_c7_labels_of_attendance_are_in_hei() -> None:
    line = next(p for p in opened(RAW).paragraphs if p.text.startswith("出席"))

    assert line.runs[0].text == "出席："
    assert line.runs[0]._r.rPr.rFonts.get(w("eastAsia")) == "黑体"


def test_gw_d6_the_rule_is_four_millimetres_below_the_number() -> None:
    [rule] = [b for b in opened(LETTER).element.body.iter(w("bottom")) if b.get(w("color"))]

    assert rule.get(w("space")) == "11"


def test_gw_e4_a_paragraph_begins_two_characters_in_told_both_ways() -> None:
    told = style(RAW, "公文正文")

    assert (told["ind.firstLineChars"], told["ind.firstLine"]) == ("200", "630")


def test_gw_e6_marks_are_words_and_headings_are_headings() -> None:
    file = opened(RAW)
    found = [(p.style.name, p.text) for p in file.paragraphs if p.style.name.startswith("Head")]

    assert found == [("Heading 1", "一、关于预算"), ("Heading 2", "（一）落实事项")]
    assert not list(file.element.body.iter(w("numPr")))


def test_gw_f1_later_names_hang_under_the_first_told_both_ways() -> None:
    line = next(p for p in opened(RAW).paragraphs if p.text.startswith("出席"))
    told = {k.partition("}")[2]: v for k, v in line._p.pPr.find(w("ind")).attrib.items()}

    assert told == {"leftChars": "500", "hangingChars": "300", "left": "1575", "hanging": "945"}


def test_gw_f1_units_stand_in_the_same_paragraph_as_their_people() -> None:
    said = "办公室　张三、李四，业务科　王五"
    raw = word.write(papers.minutes(body=(para("纪要。"), papers.People("列席", said))))
    [line] = [p for p in opened(raw).paragraphs if p.style.name == "人员名单"]

    assert [run.text for run in line.runs] == ["列席：", said]
    assert line._p.pPr.find(w("ind")).get(w("hanging")) == "945"


def test_lists_of_people_stay_together_and_a_signature_with_the_last_words() -> None:
    alone = word.write(papers.minutes(foot=None))
    people = [p for p in opened(alone).paragraphs if p.style.name == "人员名单"]
    assert [bool(p.paragraph_format.keep_with_next) for p in people] == [True, False]

    last = next(p for p in opened(LETTER).paragraphs if p.text == "请准时参加。")
    assert last.paragraph_format.keep_with_next


def test_gw_g5_words_go_with_who_signs_them_over_blank_lines() -> None:
    body = (para("更正如下。"), Gap(2), Signed("某中心", "2026年11月2日"))
    held = opened(word.write(papers.letter_with(body=body))).paragraphs
    at = next(n for n, p in enumerate(held) if p.text == "更正如下。")

    assert [bool(p.paragraph_format.keep_with_next) for p in held[at : at + 3]] == [True] * 3
    assert held[at + 4].text == "某中心"


def test_gw_g3_the_day_begins_two_characters_after_the_name() -> None:
    name, day = [p for p in opened(LETTER).paragraphs if p.style.name == "署名" and p.text]
    left = [int(p._p.pPr.find(w("ind")).get(w("left"))) for p in (name, day)]

    assert left[1] - left[0] == 2 * 315
    assert (name.text, day.text) == ("某某市政务服务中心", "2026年11月2日")


def test_gw_h1_h4_the_foot_has_thick_rules_without_and_thin_ones_within() -> None:
    [box] = opened(RAW).element.body.iter(w("txbxContent"))
    rules = [b.get(w("sz")) for b in box.iter(w("bottom"))]
    said = ["".join(t.text or "\t" for t in p.iter(w("t"), w("tab"))) for p in box]

    assert rules == ["8", "6", "8"]
    assert [one for one in said if one] == ["抄送：各科室，各窗口。", "办公室\t2026年11月2日印发"]


def test_gw_h6_the_foot_hangs_at_the_bottom_of_the_type_area_from_where_the_text_ends() -> None:
    *_, last, holder = opened(RAW).paragraphs
    [anchor] = holder._p.iter(qn("wp:anchor"))

    assert [(one.tag.partition("}")[2], one.get("relativeFrom")) for one in anchor[1:3]] == [
        ("positionH", "margin"),
        ("positionV", "margin"),
    ]
    assert anchor[2][0].text == "bottom"
    assert int(anchor[3].get("cy")) == 635 * holder.paragraph_format.line_spacing.twips
    assert last.paragraph_format.keep_with_next


def test_gw_h7_h8_page_numbers_differ_on_odd_and_even_pages() -> None:
    file = opened(RAW)
    made = file.sections[0]
    odd, even = made.footer.paragraphs[0], made.even_page_footer.paragraphs[0]

    assert file.settings.odd_and_even_pages_header_footer
    assert made.footer_distance.twips == 1304
    assert odd._p.pPr.find(w("jc")).get(w("val")) == "right"
    assert even._p.pPr.find(w("jc")).get(w("val")) == "left"
    assert (odd.text, even.text) == ("— 1 —", "— 1 —")
    assert "PAGE" in odd._p.xml


def test_gw_i2_heads_are_repeated_rows_are_whole_and_the_table_is_as_wide_as_the_text() -> None:
    table = opened(word.write(papers.plain())).tables[0]
    head, *rest = table._tbl.tr_lst

    assert head.trPr.find(w("tblHeader")) is not None
    assert all(row.trPr.find(w("cantSplit")) is not None for row in (head, *rest))
    assert table._tbl.tblPr.find(w("tblW")).get(w("w")) == "8845"
    assert [len(row.tc_lst) for row in (head, *rest)] == [3, 2, 2]


def test_no_child_stands_out_of_the_order_of_the_schema() -> None:
    for raw in (RAW, LETTER, word.write(papers.plain(draft="送审稿"))):
        file = opened(raw)
        for root in (file.element, file.styles.element):
            for name, order in ORDERS.items():
                for held in root.iter(w(name)):
                    tags = [one.tag.partition("}")[2] for one in held]
                    assert set(tags) <= set(order)
                    assert tags == sorted(tags, key=order.index)


def test_a_draft_says_so_on_every_page() -> None:
    made = opened(word.write(papers.plain(1, draft="送审稿"))).sections[0]

    assert made.header.paragraphs[0].text == made.even_page_header.paragraphs[0].text == "送审稿"


def test_where_a_font_is_not_installed_the_file_says_what_to_take() -> None:
    table = ZipFile(BytesIO(RAW)).read("word/fontTable.xml").decode()

    assert 'w:name="方正小标宋简体"><w:altName w:val="华文中宋"/>' in table
    assert 'w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>' in table


def test_the_same_paper_has_the_same_bytes() -> None:
    assert word.write(papers.minutes()) == RAW
    assert {p.date_time for p in ZipFile(BytesIO(RAW)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_words_that_look_like_markup_stay_words() -> None:
    hostile = '<w:t>&amp;</w:t>{{ x }}{%p for %}=1+1]]><!--"'

    assert "".join(hostile.split()) in words(word.write(papers.minutes(number=hostile)))


def test_what_a_paper_is_called_is_cut_to_what_a_file_may_say_of_itself() -> None:
    made = opened(word.write(papers.plain(1, called="长" * 300)))

    assert made.core_properties.title == "长" * 255


def test_characters_of_one_offices_own_are_known() -> None:
    assert word.private(papers.minutes(number="\ue001喆\U00100000")) == ("\ue001", "\U00100000")
    assert word.private(papers.minutes()) == ()


def test_a_list_has_real_widths_and_its_head_stays_with_its_first_row() -> None:
    table = Table(
        (13, 78, 25, 40),
        ((Cell("1"), Cell("事"), Cell("人"), Cell("日")),) * 3,
        ("序", "事项", "人", "限"),
    )
    held = opened(word.write(papers.plain(body=(table,)))).tables[0]._tbl

    wide = [int(column.get(w("w"))) for column in held.tblGrid.iterchildren()]
    assert sum(wide) == pytest.approx(geometry.twips(geometry.WIDTH), abs=4)
    assert wide[3] / wide[0] == pytest.approx(40 / 13, abs=0.01)
    for row in held.tr_lst:
        assert [int(cell.tcPr.find(w("tcW")).get(w("w"))) for cell in row.tc_lst] == wide
        assert row.trPr.find(w("cantSplit")) is not None
    head, *others = held.tr_lst
    assert head.trPr.find(w("tblHeader")) is not None
    assert all(p.pPr.find(w("keepNext")) is not None for p in head.iter(w("p")))
    kept = [row for row in others if row.find(f".//{w('keepNext')}") is not None]
    assert kept == []
    assert held.tblPr.find(w("tblLayout")).get(w("type")) == "fixed"
