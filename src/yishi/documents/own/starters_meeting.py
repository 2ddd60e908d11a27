"""Templates to begin with for the papers of a meeting: all that our own papers say (pure)."""

from typing import Any

from yishi.documents import columns
from yishi.documents.marks import mark
from yishi.documents.model import (
    Block,
    Cell,
    Document,
    Gap,
    Heading,
    Para,
    People,
    Signed,
    Span,
    Table,
    para,
)
from yishi.documents.own.labels import label
from yishi.documents.own.starting import (
    ANY_DAY,
    DAY,
    Look,
    beside,
    cells,
    centred,
    each,
    either,
    field,
    foot,
    inner,
    listed,
    pair,
    people,
    rows_when,
    say,
    signed,
    told,
    when,
    word,
)

# ── minutes ───────────────────────────────────────────────────────────────────────────────────


def minutes(look: Look) -> Document:
    """The minutes in their own format."""
    line = look.profile.head_line
    return _out(
        look,
        format="minutes",
        mark=look.mark,
        left=field("编发机关") if line else "",
        right=field("印发日期") if line else "",
        body=_placed(look, (*_people(), *_sign_off(look))),
        foot=foot(look, "分送", look.profile.distribution),
    )


def general(look: Look) -> Document:
    """The minutes in the general format, to be sealed."""
    return _letter(look, (*_placed(look, _people()), _signed_by(look)))


def correction(look: Look) -> Document:
    """A correction of minutes."""
    body = (
        para(field("开头")),
        para(field("更正")),
        para(say("paper.correction.reason", reason=field("理由"))),
        para(say("paper.correction.facts")),
        Gap(),
        *_sign_off(look),
        _signed_by(look),
    )
    return _letter(look, body)


def _letter(look: Look, body: tuple[Block, ...]) -> Document:
    """A paper in the general format."""
    return _out(
        look,
        format="general",
        mark=look.letterhead,
        title=field("标题分行"),
        body=body,
        foot=foot(look, "抄送", look.profile.copies),
    )


def _out(look: Look, **more: Any) -> Document:
    """A paper that goes out under a mark and a number, and before that as a draft."""
    more |= {"number": field("编号"), "draft": field("稿"), "typefaces": look.profile.typefaces}
    return Document(called="模板", dated=DAY, **more)


def _signed_by(look: Look) -> Signed:
    return Signed(look.organ, ANY_DAY, seal=look.profile.seal)


def _placed(look: Look, lists: tuple[Block, ...]) -> tuple[Block, ...]:
    if look.profile.attendance == "before":
        return (*lists, Gap(), *_settled())
    return (*_settled(), Gap(), *lists)


def _settled() -> tuple[Block, ...]:
    number = "{% if not (loop.first and loop.last) %}{{ 任务.序号 }}.{% endif %}"
    task = para(f"{number}{{{{ 任务.全文 }}}}")
    return (
        para(field("开头")),
        *told("开头说明"),
        *each(
            "项",
            "议题",
            Heading(1, "{{ 项.序号 }}、{{ 项.题名 }}"),
            para("{{ 项.决定 }}"),
            *told("项.说明"),
            *each("任务", "项.任务", task),
            *told("项.终止"),
        ),
        *when("其他任务", Heading(1, field("其他标题"))),
        *each("任务", "其他任务", task),
        *told("结尾"),
    )


def _people() -> tuple[Block, ...]:
    return (*people("出席", "请假", "列席", "缺席", "记录"), *told("补录"))


def _sign_off(look: Look) -> tuple[Block, ...]:
    if not look.profile.sign_off:
        return ()
    return (People(say("paper.minutes.signed"), either("签发人", say("paper.blank"))),)


# ── the record ────────────────────────────────────────────────────────────────────────────────

SPOKEN = (
    Span("{{ 条.导语 }}", "kai"),
    Span("{{ 条.划去 }}", "struck"),
    Span("{{ 条.内容 }}"),
)
"""What was said: who, struck out where it was corrected, the words."""


def record(look: Look) -> Document:
    """The record of a meeting."""
    head = ("name", "post", "as", "presence")
    facts = (
        beside("record", "开会时间", 3),
        *rows_when("地点", 4, beside("record", "地点", 3)),
        *rows_when("补录", 4, beside("record", "补录", 3)),
        (*beside("record", "主持人"), *beside("record", "记录")),
        beside("record", "到会人数", 3),
    )
    named = tuple(say(f"page.record.{name}") for name in head)
    return inner(
        look,
        Table((3, 7, 3, 5), facts),
        Heading(1, say("page.record.people")),
        listed("名单", columns.RECORD, named, cells("姓名", "职务", "身份", "到会")),
        *each("条", "惯例", para("{{ 条.文字 }}")),
        *each("项", "部分", Heading(1, "{{ 项.题名 }}"), *each("条", "项.经过", Para(SPOKEN))),
        Para((Span(field("散会")),), place="right"),
        Table(
            (2, 7, 2, 7),
            ((*_by_hand("page.record.presides"), *_by_hand("page.record.keeps")),),
        ),
        under=field("会议"),
        draft=field("稿"),
    )


def _by_hand(key: str, span: int = 1) -> tuple[Cell, ...]:
    return pair(say(key), "", span, 3, say("paper.sign"))


def record_sheet(look: Look) -> Document:
    """The sheet on which a record is kept by hand."""
    facts = (
        (*beside("record-sheet", "主持人"), *beside("record-sheet", "记录")),
        (*pair(say("paper.sheet.began"), "", least=2), *pair(say("paper.sheet.ended"), "")),
        (*beside("record-sheet", "应到"), *pair(say("paper.sheet.present"), "", least=2)),
    )
    head = ("paper.number", "page.record.name", "page.record.post", "paper.sheet.stance")
    who = (
        Cell(field("行.序号"), place="centre", least=3),
        *cells("姓名", "职务", "态度"),
        Cell(),
    )
    named = (*map(say, head), say("paper.sheet.words"))
    return inner(
        look,
        Table((4, 8, 4, 8), facts),
        *each(
            "项",
            "议题",
            Heading(1, "{{ 项.题名 }}"),
            listed("项.名单", columns.SHEET, named, who),
            Table((4, 24), (pair(say("paper.sheet.decision"), "", least=6),)),
        ),
        Gap(),
        Table((4, 20), (_by_hand("page.record.presides"), _by_hand("page.record.keeps"))),
        under=field("时间地点"),
    )


# ── before the meeting ────────────────────────────────────────────────────────────────────────


def notice(look: Look) -> Document:
    """The notice of a meeting, with the list of who confirms it."""
    heads = ("paper.number", "page.record.name", "page.record.post", "paper.notice.receipt")
    number, *between, answer = (f"行.{n}" for n in ("序号", "姓名", "职务", "回执"))
    row = (
        Cell(field(number), place="centre"),
        *(Cell(field(name)) for name in between),
        Cell(field(answer), place="centre"),
    )
    by = "{% if 项.提出科室 %}" + say("paper.notice.by", unit="{{ 项.提出科室 }}") + "{% endif %}"
    return inner(
        look,
        para(field("开头")),
        Heading(1, mark(1, 1) + say("paper.notice.when")),
        para(field("开会时间"), say("paper.notice.time")),
        para(either("地点", say("paper.blank")), say("paper.notice.place")),
        Heading(1, mark(1, 2) + say("paper.notice.who")),
        *people("出席", "列席"),
        *told("按议题列席"),
        Heading(1, mark(1, 3) + word("fields", "items")),
        *when("not 议题", para(say("paper.notice.no_agenda"))),
        *each("项", "议题", para(f"{{{{ 项.序号 }}}}.{{{{ 项.题名 }}}}{by}")),
        Heading(1, mark(1, 4) + say("paper.notice.wanted")),
        *each("项", "要求", para("{{ 项.序号 }}.{{ 项.内容 }}")),
        signed(look, look.profile.notice_seal),
        Gap(),
        Para((Span(say("paper.notice.receipts"), "hei"),), place="centre"),
        listed("回执", columns.RECEIPTS, map(say, heads), row),
        addressee=field("主送"),
        draft=field("稿"),
    )


def agenda(look: Look) -> Document:
    """The order of business."""
    heads = ("paper.number", "paper.agenda.item", "page.items.column_lead_unit", "paper.guests")
    item = "{{ 行.题名 }}\n{%p if 行.材料 %}\n{{ 行.材料行 }}\n{%p endif %}"
    row = (*centred("序号"), Cell(item), *cells("提出科室", "列席"))
    return inner(
        look,
        People(say("page.record.presides"), field("主持人")),
        People(say("page.record.keeps"), field("记录")),
        listed("议题", columns.AGENDA, map(say, heads), row),
        under=field("时间地点"),
    )


def attendance(look: Look) -> Document:
    """The sheet on which people sign in."""
    heads = (
        *("paper.number", "page.record.name", "page.record.post", "page.record.as"),
        *("paper.attendance.sign", "paper.attendance.remark"),
    )
    row = (
        Cell(field("行.序号"), place="centre", least=2),
        *cells("姓名", "职务"),
        *centred("身份"),
        Cell(),
        *centred("备注"),
    )
    return inner(
        look,
        listed("名单", columns.ATTENDANCE, map(say, heads), row),
        under=field("时间地点"),
    )


def leave(look: Look) -> Document:
    """The slip on which leave is asked for and granted."""
    rows = (
        (*beside("leave", "姓名"), *beside("leave", "职务")),
        beside("leave", "会议", 3),
        beside("leave", "时间地点", 3),
        beside("leave", "事由", 3, 6),
        beside("leave", "申请时间", 3),
        pair(label("leave", "审批"), field("审批结果"), 3, 6, field("审批签字")),
        beside("leave", "告知", 3, 2),
    )
    return inner(look, Table((4, 7, 4, 7), rows))
