"""What fields of templates say of a meeting: its papers before it, its record, its minutes."""

from yishi.documents.marks import chinese
from yishi.documents.model import Table
from yishi.web.documents.correction import made_of
from yishi.web.documents.gathering import agenda_of, begins, titled, where
from yishi.web.documents.minutes import carried, settled
from yishi.web.documents.pen import Pen
from yishi.web.documents.reading import Asked, Values, beside, in_words, listed, parts
from yishi.web.sittings.minutes import Matter, Point, says


def minutes(asked: Asked) -> Values:
    """The minutes, in either of their formats."""
    pen, subject = asked.pen, asked.subject
    sitting = pen.office.state.sittings[subject]
    said = says(pen.office, sitting)
    issued = said["issued"]
    at = issued.issued_at if issued else pen.office.now
    face = pen.face(sitting.body, at, said["office_name"])
    return {
        "编发机关": face.issuer,
        "印发日期": pen.day(issued.issued_at) if issued else "",
        "会议": pen.sitting(subject),
        "开头": pen.say("page.minutes.opening", at=sitting.opened_at, who=sitting.chair, s=subject),
        "主持人": pen.person(sitting.chair),
        **asked.people("出席", "请假", "列席", "缺席", "记录"),
        "签发人": pen.people(issued.signed_by) if issued else "",
        "分送": face.profile.distribution,
        "抄送": face.profile.copies,
        "议题": [_point(pen, n, one) for n, one in enumerate(said["points"], 1)],
        "其他任务": _matters(pen, said["unbound"]),
    }


def _point(pen: Pen, place: int, point: Point) -> Values:
    return {
        "序号": chinese(place) if place < 100 else str(place),
        "题名": pen.plain(point.item.title),
        "决定": "\n".join(filter(None, map(in_words, settled(pen, point)))),
        "任务": _matters(pen, point.matters),
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
    made = made_of(asked.pen, asked.pen.office.state.sittings[asked.subject], asked.about)
    assert made is not None
    return {"更正": asked.pen.plain(made.words), "理由": asked.pen.plain(made.reason)}


def record(asked: Asked) -> Values:
    """The record: its facts, who was there, and each part with what was said."""
    pen, document = asked.pen, asked.document
    return {
        "会议": document.under,
        **beside(
            document,
            开会时间=pen.word("fields", "at"),
            地点=pen.word("fields", "venue"),
            主持人=pen.say("page.record.presides"),
            记录=pen.say("page.record.keeps"),
            到会人数=pen.say("page.record.numbers"),
        ),
        "名单": listed(document, "姓名", "职务", "身份", "到会"),
        "部分": [
            {"题名": title, "经过": [{"文字": told} for b in under if (told := in_words(b))]}
            for title, under in parts(document)
            if not any(isinstance(block, Table) and block.head for block in under)
        ],
    }


def record_sheet(asked: Asked) -> Values:
    """The sheet on which a record is kept by hand: who may speak to each item."""
    pen, document = asked.pen, asked.document
    return {
        "时间地点": document.under,
        **beside(
            document,
            主持人=pen.say("page.record.presides"),
            记录=pen.say("page.record.keeps"),
            应到=pen.say("page.sittings.entitled"),
        ),
        "议题": [
            {
                "题名": title,
                "名单": [
                    {name: row[name] for name in ("序号", "姓名", "职务")}
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
        "开会时间": begins(pen, sitting),
        "地点": pen.plain(sitting.venue),
        **asked.people("出席", "列席"),
        "议题": [
            {
                "序号": str(line.place),
                "题名": titled(pen, line),
                "提出科室": pen.unit(line.held.lead_unit) if line.held else "",
            }
            for line in agenda_of(pen, sitting)
        ],
    }


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
    pen = asked.pen
    return beside(
        asked.document,
        姓名=pen.say("paper.leave.who"),
        职务=pen.say("page.record.post"),
        会议=pen.say("paper.leave.sitting"),
        时间地点=pen.say("paper.leave.time"),
        事由=pen.say("paper.leave.reason"),
        申请时间=pen.say("paper.leave.asked"),
        审批=pen.say("paper.leave.answer"),
        告知=pen.say("paper.leave.told"),
    )
