"""What the fields of an office's own template are filled with: what our own paper says."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from yishi.documents.marks import chinese
from yishi.documents.model import Block, Document, Heading, Para, People, Signed, seen
from yishi.web.documents.gathering import agenda_of, begins, titled
from yishi.web.documents.minutes import carried, settled
from yishi.web.documents.pen import Pen
from yishi.web.sittings.minutes import Matter, Point, says
from yishi.web.tasks.views import readable

Values = dict[str, Any]


def values(pen: Pen, name: str, subject: str, document: Document) -> Values:
    """The fields of a paper that this person has been given; nothing unseen is in them."""
    people = {b.label: b.names for b in document.body if isinstance(b, People)}
    signed = next((b for b in document.body if isinstance(b, Signed)), Signed("", ""))
    common: Values = {
        "标志": document.mark,
        "编号": document.number,
        "标题": document.title.replace("\n", ""),
        "主送": document.addressee,
        "稿": document.draft,
        "落款": signed.by,
        "成文日期": signed.on,
        "正文": [{"文字": said} for block in document.body if (said := _said(block))],
    }
    own: Values = _OWN[name](pen, subject, document, people)
    found: Values = _seen({**common, **own})
    return found


def _said(block: Block) -> str:
    match block:
        case Heading():
            return block.text
        case Para():
            return "".join(span.text for span in block.spans)
        case People():
            return f"{block.label}：{block.names}"
    return ""


def _seen(held: Any) -> Any:
    if isinstance(held, str):
        return seen(held)
    if isinstance(held, list):
        return [_seen(one) for one in held]
    return {name: _seen(one) for name, one in held.items()}


# ── the minutes ───────────────────────────────────────────────────────────────────────────────


def _minutes(pen: Pen, subject: str, document: Document, people: dict[str, str]) -> Values:
    sitting = pen.office.state.sittings[subject]
    said = says(pen.office, sitting)
    issued = said["issued"]
    face = pen.face(sitting.body, issued.issued_at if issued else None, said["office_name"])
    labels = ("出席", "请假", "列席", "缺席", "记录")
    return {
        "编发机关": face.issuer,
        "印发日期": pen.day(issued.issued_at) if issued else "",
        "会议": pen.sitting(subject),
        "开头": pen.say("page.minutes.opening", at=sitting.opened_at, who=sitting.chair, s=subject),
        "主持人": pen.person(sitting.chair),
        **{label: people.get(label, "") for label in labels},
        "签发人": pen.people(issued.signed_by) if issued else "",
        "分送": face.profile.distribution,
        "议题": [_point(pen, n, one) for n, one in enumerate(said["points"], 1)],
        "其他任务": _matters(pen, said["unbound"]),
    }


def _point(pen: Pen, place: int, point: Point) -> Values:
    return {
        "序号": chinese(place) if place < 100 else str(place),
        "题名": pen.plain(point.item.title),
        "决定": "\n".join(filter(None, map(_said, settled(pen, point)))),
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


# ── the notice and the slip of a task ─────────────────────────────────────────────────────────


def _notice(pen: Pen, subject: str, document: Document, people: dict[str, str]) -> Values:
    sitting = pen.office.state.sittings[subject]
    return {
        "会议": pen.sitting(subject),
        "开会时间": begins(pen, sitting),
        "地点": pen.plain(sitting.venue),
        "出席": people.get("出席", ""),
        "列席": people.get("列席", ""),
        "议题": [
            {
                "序号": str(line.place),
                "题名": titled(pen, line),
                "提出科室": pen.unit(line.held.lead_unit) if line.held else "",
            }
            for line in agenda_of(pen, sitting)
        ],
    }


def _task(pen: Pen, subject: str, document: Document, people: dict[str, str]) -> Values:
    held = readable(pen.office, subject)
    made = pen.office.state.decisions.get(held.decision or "")
    reads = made is not None and pen.office.reads("decision", made.id).allowed
    return {
        "事项": pen.plain(held.words),
        "会议": pen.sitting(held.sitting),
        "决定": pen.plain(made.words) if made is not None and reads else "",
        "责任单位": pen.unit(held.unit, held.counter),
        "责任人": pen.person(held.owner),
        "布置日期": pen.day(held.assigned_at),
        "办结时限": pen.day(held.due_on),
        "进度": [
            {"日期": pen.day(by), "内容": pen.plain(words)} for by, words in sorted(held.steps)
        ],
    }


_OWN: Final[Mapping[str, Callable[[Pen, str, Document, dict[str, str]], Values]]] = {
    "minutes": _minutes,
    "notice": _notice,
    "task": _task,
}
