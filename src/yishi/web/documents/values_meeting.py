"""What fields of templates say of a meeting: its papers before it, its record, its minutes."""

from yishi.documents.marks import chinese, mark
from yishi.documents.model import Block, Para, Table
from yishi.documents.own.labels import label, labels
from yishi.web.documents.correction import DRAFT, made_of
from yishi.web.documents.gathering import agenda_of, begins, titled, where
from yishi.web.documents.minutes import carried, settled, unbound
from yishi.web.documents.pen import Pen, entered_from_paper
from yishi.web.documents.reading import (
    Asked,
    Values,
    answered,
    beside,
    first,
    in_words,
    lined,
    listed,
    paragraphs,
    parts,
    spoken,
)
from yishi.web.sittings.minutes import Matter, Point, opening, says


def minutes(asked: Asked) -> Values:
    """The minutes, in either of their formats."""
    subject, sitting = asked.subject, asked.pen.office.state.sittings[asked.subject]
    pen = asked.pen.of(sitting)
    said = says(pen.office, sitting)
    issued = said["issued"]
    at = issued.issued_at if issued else pen.office.now
    face = pen.face(sitting.body, at, said["office_name"])
    return {
        "编发机关": face.issuer,
        "印发日期": pen.day(issued.issued_at) if issued else "",
        "会议": pen.sitting(subject),
        "开头": pen.sentence(opening(pen.office, sitting, said)),
        "开头说明": lined(pen.plain(said["opening"])),
        "结尾": lined(pen.plain(said["closing"])),
        "补录": entered_from_paper(pen, sitting),
        "主持人": pen.person(sitting.chair),
        **asked.people("出席", "请假", "列席", "缺席", "记录"),
        "签发人": pen.of(sitting, signs=True).people(issued.signed_by) if issued else "",
        "分送": face.profile.distribution,
        "抄送": face.profile.copies,
        "议题": [_point(pen, n, one) for n, one in enumerate(said["points"], 1)],
        "其他任务": _matters(pen, said["unbound"]),
        "其他标题": unbound(pen, len(said["points"]) + 1) if said["unbound"] else "",
    }


def _point(pen: Pen, place: int, point: Point) -> Values:
    return {
        "序号": chinese(place) if place < 100 else str(place),
        "题名": pen.plain(point.item.title),
        "决定": "\n".join(filter(None, map(in_words, settled(pen, point)))),
        "说明": lined(pen.plain(point.words)),
        "任务": _matters(pen, point.matters),
        "终止": "\n".join(pen.say("page.minutes.ended", words=words) for words in point.ended),
    }


def _matters(pen: Pen, matters: tuple[Matter, ...]) -> list[Values]:
    return [
        {
            "序号": str(n),
            "内容": pen.plain(one.words),
            "责任单位": pen.unit(one.unit, one.counter),
            "责任人": pen.person(one.owner),
            "办结时限": pen.day(one.due_on),
            "全文": carried(pen, one),
        }
        for n, one in enumerate(matters, 1)
    ]


def correction(asked: Asked) -> Values:
    """A correction of minutes: what it says instead, and why."""
    pen, sitting = asked.pen, asked.pen.office.state.sittings[asked.subject]
    made = made_of(pen, sitting, asked.about)
    assert made is not None
    face = pen.face(sitting.body, made.at, pen.secretariat(sitting.body))
    return {
        "编发机关": face.issuer,
        "印发日期": "" if asked.about == DRAFT else pen.day(made.at),
        "抄送": face.profile.copies,
        "开头": first(asked.document),
        "更正": lined(asked.pen.plain(made.words)),
        "理由": asked.pen.plain(made.reason),
        "签发人": pen.of(sitting, signs=True).people(made.signed_by),
    }


def record(asked: Asked) -> Values:
    """The record: its facts, who was there, and each part with what was said."""
    document = asked.document
    return {
        "会议": document.under,
        **beside(document, **labels("record")),
        "名单": listed(document, "姓名", "职务", "身份", "到会"),
        "惯例": _course(next(under for _, under in parts(document) if _of_people(under))),
        "部分": [
            {"题名": title, "经过": _course(under)}
            for title, under in parts(document)
            if not _of_people(under)
        ],
        "散会": next((in_words(block) for block in document.body if _ends(block)), ""),
    }


def _of_people(under: tuple[Block, ...]) -> bool:
    return any(isinstance(block, Table) and block.head for block in under)


def _course(under: tuple[Block, ...]) -> list[Values]:
    """The paragraphs of a part, without the last one of the record, which is of no part."""
    return [spoken(block) for block in under if in_words(block) and not _ends(block)]


def _ends(block: Block) -> bool:
    return isinstance(block, Para) and block.place == "right"


def record_sheet(asked: Asked) -> Values:
    """The sheet on which a record is kept by hand: who may speak to each item."""
    document = asked.document
    return {
        "时间地点": document.under,
        **beside(document, **labels("record-sheet")),
        "议题": [
            {
                "题名": title,
                "名单": [
                    {name: row[name] for name in ("序号", "姓名", "职务", "态度")}
                    for row in listed(under, "序号", "姓名", "职务", "态度", "发言")
                ],
            }
            for title, under in parts(document)
        ],
    }


def notice(asked: Asked) -> Values:
    """The notice of a meeting."""
    pen = asked.pen
    sitting = pen.office.state.sittings[asked.subject]
    return {
        "会议": pen.sitting(asked.subject),
        "开头": first(asked.document),
        "开会时间": begins(pen, sitting),
        "地点": pen.plain(sitting.venue),
        **asked.people("出席", "列席"),
        "按议题列席": "\n".join(paragraphs(_under(asked, 2))),
        "要求": [
            {"序号": str(n), "内容": told.removeprefix(mark(3, n))}
            for n, told in enumerate(paragraphs(_under(asked, 4)), 1)
        ],
        "回执": listed(asked.document, "序号", "姓名", "职务", "回执"),
        "议题": [
            {
                "序号": str(line.place),
                "题名": titled(pen, line),
                "提出科室": pen.unit(line.held.lead_unit) if line.held else "",
            }
            for line in agenda_of(pen, sitting)
        ],
    }


def _under(asked: Asked, place: int) -> tuple[Block, ...]:
    """What stands under a heading of the first level, from 1."""
    return list(parts(asked.document))[place - 1][1]


def agenda(asked: Asked) -> Values:
    """The order of business."""
    pen = asked.pen
    sitting = pen.office.state.sittings[asked.subject]
    return {
        "会议": pen.sitting(asked.subject),
        "时间地点": where(pen, sitting),
        "主持人": pen.person(sitting.chair),
        "记录": pen.people(sitting.keepers),
        "议题": [
            {
                "序号": str(line.place),
                "题名": titled(pen, line),
                "提出科室": pen.unit(line.held.lead_unit) if line.held else "",
                "列席": pen.people(line.guests),
                "材料": "\n".join(pen.plain(title) for _, title, _ in line.papers),
                "材料行": "\n".join(
                    pen.say("paper.agenda.paper", title=pen.plain(title))
                    for _, title, _ in line.papers
                ),
            }
            for line in agenda_of(pen, sitting)
        ],
    }


def attendance(asked: Asked) -> Values:
    """The sheet on which people sign in; the place to sign is the template's."""
    rows = listed(asked.document, "序号", "姓名", "职务", "身份", "签到", "备注")
    return {
        "会议": asked.pen.sitting(asked.subject),
        "时间地点": asked.document.under,
        "名单": [{name: row[name] for name in row if name != "签到"} for row in rows],
    }


def leave(asked: Asked) -> Values:
    """The slip for leave."""
    form = beside(asked.document, **labels("leave"))
    return {**form, **answered(asked.document, "审批", label("leave", "审批"))}
