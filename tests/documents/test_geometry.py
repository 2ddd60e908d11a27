"""Papers measured on their pages: red rule, distances, the foot, and what is long, many or none."""

import re
from collections.abc import Iterable
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from pypdf import PdfReader

from tests.documents import papers
from tests.documents.reading import Said, lines, made, rules
from yishi.documents import geometry
from yishi.documents.marks import mark
from yishi.documents.model import (
    Cell,
    Document,
    Foot,
    Gap,
    Heading,
    Para,
    People,
    Signed,
    Span,
    Table,
    para,
)
from yishi.documents.profile import Profile, serial
from yishi.documents.titles import LONGEST, NEAR, broken

LINE = geometry.PITCH / geometry.MM
FOOT = Foot("办公室", "2026年11月2日印发", "各科室，各窗口。", "分送")


def top(one: Said) -> float:
    return one.y - 0.88 * one.size / geometry.MM


def bottom(one: Said) -> float:
    return one.y + 0.12 * one.size / geometry.MM


def pages(raw: bytes) -> int:
    return len(PdfReader(BytesIO(raw)).pages)


def find(said: Iterable[Said], text: str) -> Said:
    return next(one for one in said if one.text.startswith(text))


def blank_lines(above: Said, below: Said) -> float:
    """How many empty lines would go between two lines, on the grid of the body."""
    return (below.y - above.y) / LINE - 1


# ── the head ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("document", [papers.minutes(left="", right=""), papers.letter()])
def test_gw_d6_the_red_rule_is_as_wide_as_the_text_and_four_millimetres_below_the_number(
    document: Document,
) -> None:
    raw = made(document)
    [red] = [one for one in rules(raw) if one.red]
    number = find(lines(raw), document.number[:3])

    assert (red.x, red.x + red.wide) == pytest.approx((28, 184), abs=0.5)
    assert red.y - bottom(number) == pytest.approx(4, abs=0.5)


def test_gw_d3_e1_the_number_stands_two_lines_below_the_mark_and_the_title_below_the_rule() -> None:
    raw = made(papers.letter())
    said = lines(raw)
    head = find(said, "某某市政务服务中心文件")
    number, title = find(said, "政服"), next(o for o in said if o.size == 22)
    [red] = [one for one in rules(raw) if one.red]

    assert (top(number) - bottom(head)) / LINE == pytest.approx(2.4, abs=0.4)
    assert (top(title) - red.y) / LINE == pytest.approx(2, abs=0.2)


def test_gw_d11_office_and_day_stand_on_one_line_a_character_in() -> None:
    raw = made(papers.minutes())
    left = find(lines(raw), "办公室")
    right = next(one for one in lines(raw) if one.text == "2026年11月2日")
    [red] = [one for one in rules(raw) if one.red]
    character = geometry.PRINTED_3 / geometry.MM

    assert left.y == right.y
    assert left.x == pytest.approx(28 + character, abs=0.5)
    assert red.y - bottom(left) == pytest.approx(4, abs=0.5)


def test_a_long_title_wraps_in_the_middle_and_the_first_page_holds_words_of_the_body() -> None:
    title = "关于进一步优化政务服务大厅综合窗口设置和工作人员配备以及运行经费保障有关事项"
    raw = made(papers.letter_with(title=f"某某市政务服务中心\n{title}的通知"))
    said = [one for one in lines(raw) if one.size == 22]

    assert "".join(one.text for one in said).endswith("有关事项的通知")
    assert len(said) == 4
    assert min(len(one.text) for one in said[1:]) >= 10
    for one in said:
        wide = len(one.text) * 22 / geometry.MM
        assert one.x + wide / 2 == pytest.approx(106, abs=1)
        assert one.x >= 27.9
    assert any(one.text.startswith("请准时") for one in lines(raw))


@pytest.mark.parametrize("long", range(1, 90))
def test_gw_e1_no_line_of_a_title_is_short_of_the_others_or_too_long(long: int) -> None:
    parts = broken(("关于召开会议和印发纪要的" * 9)[:long])

    assert sum(map(len, parts)) == long
    assert max(map(len, parts)) <= LONGEST
    assert max(map(len, parts)) - min(map(len, parts)) <= 2 * NEAR + 2
    assert len(parts) <= -(-long // LONGEST)


def test_gw_e1_a_line_of_a_title_ends_where_a_word_does() -> None:
    said = broken("某中心\n关于政务服务大厅窗口设置和工作人员配备有关事项的通知")

    assert said == ["某中心", "关于政务服务大厅窗口设置和", "工作人员配备有关事项的通知"]


@pytest.mark.parametrize("body", ["主任办公会", "处务会", "政务服务中心主任办公会", "办公会"])
@pytest.mark.parametrize(
    "on", ["2026年12月4日", "2026年第41次", "二〇二六年十二月三十一日", "第12届3次"]
)
def test_gw_e1_no_number_is_taken_apart_in_a_title(body: str, on: str) -> None:
    for more in range(12):
        said = broken(f"关于召开{body}{on}{'会议情况和有关事项通报'[:more]}会议的通知")

        assert max(map(len, said)) <= LONGEST
        for one, after in pairwise(said):
            both = one[-1] + after[0]
            assert not re.fullmatch(r"[0-9〇一二三十][0-9〇一二三十年月日次届]|第[0-9]", both), said


def test_a_title_of_digits_alone_still_has_an_end() -> None:
    assert "".join(broken("1" * 90)) == "1" * 90
    assert max(map(len, broken("1" * 90))) <= LONGEST


# ── people and matters ────────────────────────────────────────────────────────────────────────


def test_gw_f1_people_come_after_one_blank_line_two_characters_in() -> None:
    said = lines(made(papers.minutes()))
    label, before = find(said, "出席"), find(said, "责任人")
    character = geometry.PRINTED_3 / geometry.MM

    assert blank_lines(before, label) == pytest.approx(1, abs=0.05)
    assert label.x == pytest.approx(28 + 2 * character, abs=0.3)


def test_sixty_members_are_all_printed_each_line_under_the_first_name() -> None:
    names = [f"欧阳甲乙{mark(1, n)[:-1]}" for n in range(1, 61)]
    raw = made(papers.minutes(body=(para("纪要。"), Gap(), People("出席", "、".join(names)))))
    said = [one for page in range(pages(raw)) for one in lines(raw, page)]
    held = [one for one in said if abs(one.x - 28 - 5 * geometry.PRINTED_3 / geometry.MM) < 0.3]

    printed = "".join(one.text for one in held)
    assert printed.replace("、", "") == "".join(names)
    assert all(len(one.text) <= geometry.CHARACTERS - 3 for one in held)


UNITS = ("办公室", "政务服务管理科", "郴州市政务服务中心")


@pytest.mark.parametrize("label", ["出席", "请假", "列席", "缺席"])
def test_gw_f1_sixty_people_with_their_units_begin_under_the_first_unit_on_every_line(
    label: str,
) -> None:
    held = [
        f"{UNITS[n % 3]}　" + "、".join(f"欧阳{mark(1, 5 * n + k)[:-1]}" for k in range(1, 6))
        for n in range(12)
    ]
    body = (para("纪要。"), Gap(), People(label, "，".join(held)), People("记录", "某某"))
    raw = made(papers.minutes(body=body))
    said = [one for page in range(pages(raw)) for one in lines(raw, page)]
    left = 28 + 5 * geometry.PRINTED_3 / geometry.MM
    mine = [one for one in said if one.size == geometry.PRINTED_3]
    listed = mine[1 + [one.text for one in mine].index(f"{label}：") :]
    listed = listed[: [one.text for one in listed].index("记录：")]

    assert [one.x for one in listed] == pytest.approx([left] * len(listed), abs=0.5)
    printed = "".join(one.text for one in listed).replace(" ", "").replace("　", "")
    assert printed == "，".join(held).replace("　", "")
    assert len(listed) > 12


def test_forty_decided_matters_keep_their_order_over_the_pages_and_no_heading_ends_a_page() -> None:
    body = [
        b
        for n in range(1, 41)
        for b in (Heading(1, f"{mark(1, n)}事项"), para("会议决定：同意。" * 9))
    ]
    raw = made(papers.minutes(body=tuple(body), foot=FOOT))
    count = pages(raw)
    every = [[o for o in lines(raw, page) if o.size == geometry.PRINTED_3] for page in range(count)]
    headings = [one.text for said in every for one in said if one.text.endswith("、事项")]

    assert count > 4
    assert headings == [f"{mark(1, n)}事项" for n in range(1, 41)]
    assert not any(said[-1].text.endswith("、事项") for said in every if said)


def test_an_empty_list_and_an_empty_body_are_a_page_all_the_same() -> None:
    for body in ((), (People("出席", ""),), (para(""),)):
        raw = made(papers.minutes(body=body, foot=FOOT))
        assert pages(raw) == 1
        assert find(lines(raw), "处务会会议纪要")


# ── the foot ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("copies", ["", "各科室，各窗口。", "某某单位，" * 40 + "某某局。"])
@pytest.mark.parametrize("rows", [1, 17, 18, 19, 20, 21, 22, 23, 40, 41, 42])
def test_gw_h1_h2_the_foot_ends_on_the_last_line_of_the_last_page_however_long_the_paper_is(
    rows: int, copies: str
) -> None:
    foot = Foot("办公室", "2026年11月2日印发", copies, "分送")
    raw = made(papers.plain(body=tuple(para("请准时参加。") for _ in range(rows)), foot=foot))
    last = pages(raw) - 1
    drawn = rules(raw, last)

    assert [one.thick for one in drawn] == pytest.approx(
        [0.35, 0.25, 0.35] if copies else [0.35, 0.35], abs=0.02
    )
    assert drawn[-1].y == pytest.approx(geometry.TOP + geometry.HEIGHT, abs=0.5)
    for one in drawn:
        assert (one.x, one.wide) == pytest.approx((28, 156), abs=0.5)
        assert not one.red
    assert all(rules(raw, page) == [] for page in range(last))
    above = [o for o in lines(raw, last) if o.size == geometry.PRINTED_3]
    assert all(bottom(one) < drawn[0].y for one in above)


TAILS = {
    "words": (),
    "people": (People("出席", "，".join(f"某某{n}" for n in range(20))),),
    "signed": (Signed("某中心", "2026年11月2日"),),
    "lines, then signed": (Gap(1), Signed("某中心", "2026年11月2日", seal=True)),
    "people, then signed": (People("请假", "某某"), Signed("某中心", "2026年11月2日", seal=True)),
}


@pytest.mark.parametrize("long", [False, True], ids=["short", "long"])
@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("rows", range(11, 23))
def test_gw_g5_h9_neither_signature_nor_foot_stands_on_a_page_without_words(
    rows: int, tail: str, long: bool
) -> None:
    said = "请各科室准时参加会议并带齐材料，" * 30 if long else "请准时参加会议。"
    body = (*(para("请准时参加。") for _ in range(rows)), para(said), *TAILS[tail])
    raw = made(papers.plain(body=body, foot=FOOT))
    last = pages(raw) - 1
    above = [one for one in lines(raw, last) if one.size == geometry.PRINTED_3]
    drawn = rules(raw, last)

    assert any(one.text.startswith(("请", "某某", "科", "会")) or "，" in one.text for one in above)
    assert drawn[-1].y == pytest.approx(geometry.TOP + geometry.HEIGHT, abs=0.5)
    assert all(bottom(one) < drawn[0].y for one in above)
    heights = sorted({round(one.y, 1) for one in above})
    assert all(abs((b - a) / LINE - round((b - a) / LINE)) < 0.03 for a, b in pairwise(heights))


@pytest.mark.parametrize("rows", range(14, 22))
def test_gw_g5_who_signs_before_the_end_does_not_stand_alone_either(rows: int) -> None:
    after = Table((1, 4), ((Cell("回执", label=True), Cell("参加", least=20)),))
    body = (*(para("请准时参加。") for _ in range(rows)), Signed("某中心", "2026年11月2日"), after)
    raw = made(papers.letter_with(body=body))
    page = next(n for n in range(pages(raw)) if any(o.text == "某中心" for o in lines(raw, n)))

    assert any(one.text == "请准时参加。" for one in lines(raw, page))


@pytest.mark.parametrize("rows", range(11, 22))
def test_what_is_signed_by_hand_at_the_end_stands_with_the_last_words(rows: int) -> None:
    sign = Table((2, 7), ((Cell("主持", label=True), Cell(least=3, signed="签字：")),))
    closed = Para((Span("某某完成本记录。"),), place="right")
    body = (*(para("请准时参加。") for _ in range(rows)), closed, sign)
    raw = made(papers.plain(body=body))
    last = [one.text for one in lines(raw, pages(raw) - 1)]

    # The end of the last words is set by itself, as what keeps the rest with it.
    assert last[0].startswith("请准时参")
    assert last.index("某某完成本记录。") < last.index("签字：")
    again = made(papers.plain(body=(*body, *body)))
    assert pages(again) > 1
    assert "签字：" in [one.text for one in lines(again, pages(again) - 1)]


@pytest.mark.parametrize("body", [(), (Signed("某中心", "2026年11月2日"),), (para("请参加。"),)])
def test_a_note_is_printed_whatever_stands_before_it(body: tuple[Any, ...]) -> None:
    said = "".join(
        one.text for one in lines(made(papers.letter_with(body=body, note="联系人：某某")))
    )

    assert "（联系人：某某）" in said


@pytest.mark.parametrize("headed", [True, False])
@pytest.mark.parametrize("widths", [(1, 4), (6, 1)])
def test_words_longer_than_a_page_are_printed_whole_within_the_page(
    headed: bool, widths: tuple[int, int]
) -> None:
    said = [f"第{n}句完。" for n in range(1, 121)]
    row = (Cell("内容", label=True), Cell("\n".join(said), least=6, signed="签字："))
    after = (Cell("意见", label=True), Cell("同意"))
    table = Table(widths, (row, after), ("栏目", "说明") if headed else ())
    raw = made(papers.plain(body=(table,)))
    found = [one for page in range(pages(raw)) for one in lines(raw, page)]
    words = "".join(one.text for one in found if one.size == 12)

    assert [one for one in said if one not in words] == []
    assert words.index("签字：") > words.index(said[-1])
    assert words.endswith("意见同意")
    assert all(bottom(one) <= geometry.TOP + geometry.HEIGHT for one in found if one.size == 12)


def test_a_row_that_fits_on_a_page_is_not_taken_apart() -> None:
    rows = tuple((Cell(str(n)), Cell("\n".join("甲乙丙丁"))) for n in range(30))
    raw = made(papers.plain(body=(Table((1, 4), rows, ("序号", "事项")),)))

    for page in range(pages(raw)):
        said = "".join(one.text for one in lines(raw, page) if one.size == 12)
        assert said.startswith("序号事项")
        assert said.count("甲") == said.count("丁") > 0


def test_gw_h3_h4_copies_hang_under_the_first_and_the_day_stands_at_the_right() -> None:
    copies = "某某单位，" * 12 + "某某局。"
    said = lines(made(papers.plain(1, foot=Foot("办公室", "2026年11月2日印发", copies, "分送"))))
    small = [one for one in said if one.size == 14 and "—" not in one.text]
    label, by = find(said, "分送"), find(said, "办公室")
    names = [one for one in small if one.text.startswith(("某", "单", "位"))]
    on = find(said, "2026")
    character = 14 / geometry.MM

    assert label.x == pytest.approx(28 + character, abs=0.3)
    assert {round(one.x - label.x - 3 * character, 1) for one in names} == {0.0}
    assert by.y == on.y
    assert on.x + len(on.text) * character > 170


@pytest.mark.parametrize("rows", range(12, 24))
@pytest.mark.parametrize("seal", [False, True])
def test_gw_g5_a_signature_never_stands_alone_wherever_the_page_ends(rows: int, seal: bool) -> None:
    body = (*(para("请准时参加。") for _ in range(rows)), Signed("某中心", "2026年11月2日", seal))
    raw = made(papers.letter_with(body=body))
    said = [one.text for one in lines(raw, pages(raw) - 1)]

    assert "某中心" in said
    assert any(one.startswith("请准时") for one in said)


def test_gw_h7_page_numbers_stand_seven_millimetres_below_the_text_a_character_in() -> None:
    raw = made(papers.plain(60))
    for page, edge in ((0, "right"), (1, "left"), (2, "right")):
        folio = lines(raw, page)[-1]
        assert folio.text == f"— {page + 1} —"
        assert top(folio) == pytest.approx(262 + 7, abs=0.5)
        if edge == "left":
            assert folio.x == pytest.approx(28 + 14 / geometry.MM, abs=0.5)


# ── numbers ───────────────────────────────────────────────────────────────────────────────────


def test_gw_d4_a_number_has_six_cornered_brackets_and_no_zeros_before_it() -> None:
    plain: Any = serial(Profile(code="政服"), 2026, 3, 1)

    assert plain == "政服〔2026〕3号"
    assert serial(Profile(numbering="running_issue", before=92), 2026, 3, 1) == "第93期"


# ── where lines break ─────────────────────────────────────────────────────────────────────────

TURNS = "会议同意《预算》按1234567.89万元编列（增长12.5%），做到“快办、好办”；其余照办……不变。"


def test_gw_j8_k5_no_line_takes_a_number_apart_nor_begins_or_ends_with_the_wrong_mark() -> None:
    paper = papers.plain(1, body=tuple(para("会" * n + TURNS * 3) for n in range(28)))
    raw = made(paper)
    rows: dict[tuple[int, float], str] = {}
    for page in range(pages(raw)):
        for one in lines(raw, page):
            if one.size > 14.5:
                key = (page, round(one.y, 1))
                rows[key] = rows.get(key, "") + one.text
    said = list(rows.values())

    assert len(said) > 100
    assert [one for one in said if one[0] in "，。、；：？！”）》%"] == []
    assert [one for one in said if one[-1] in "“（《"] == []
    assert [(a, b) for a, b in pairwise(said) if a[-1].isdigit() and b[0] in "0123456789.%"] == []
    assert [(a, b) for a, b in pairwise(said) if a[-1] == "…" and b[0] == "…"] == []
