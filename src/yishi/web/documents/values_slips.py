"""What fields of templates say of items, decisions and tasks, and of how all of them stand."""

from yishi.documents.model import Table
from yishi.procedure.state import Task
from yishi.web.decisions.published import of as published
from yishi.web.documents.pen import Pen
from yishi.web.documents.reading import Asked, Values, beside, first, listed, opening, parts
from yishi.web.tasks.views import readable


def item(asked: Asked) -> Values:
    """The form on which an item is handed in."""
    pen = asked.pen
    return beside(
        asked.document,
        题名=pen.say("paper.item.name"),
        提交会议=pen.say("paper.item.body"),
        事项类别=pen.say("page.items.column_matter"),
        提出科室=pen.say("page.items.column_lead_unit"),
        会办科室=pen.word("fields", "co_units"),
        报送人=pen.say("page.items.column_submitted_by"),
        报送时间=pen.say("page.items.column_submitted_at"),
        内容=pen.word("fields", "content"),
        建议=pen.word("fields", "proposal"),
        材料=pen.say("page.papers.title"),
        判断=pen.say("paper.item.judged"),
        汇总意见=pen.say("paper.item.collated"),
        审定意见=pen.say("paper.item.approved"),
    )


def collation(asked: Asked) -> Values:
    """The list of the items that wait for a meeting."""
    names = ("序号", "题名", "提出科室", "事项类别", "报送", "汇总意见", "审定意见")
    return {"截至": asked.document.under, "议题": listed(asked.document, *names)}


def decision(asked: Asked) -> Values:
    """One decision for one unit."""
    pen = asked.pen
    held = pen.office.state.decisions[asked.subject]
    return {
        "会议": pen.sitting(held.sitting),
        "题名": pen.plain(pen.office.state.items[held.item].title),
        "决定": pen.plain(held.words),
        "任务": listed(asked.document, "序号", "内容", "责任人", "办结时限"),
    }


def excerpt(asked: Asked) -> Values:
    """What is public of a decision, masked as it is there."""
    pen = asked.pen
    held = pen.office.state.decisions[asked.subject]
    public = published(pen.office, held)
    return {
        "会议": pen.sitting(held.sitting),
        "题名": public.title if public else "",
        "决定": public.words if public else "",
        "任务": listed(asked.document, "序号", "内容", "责任单位", "责任人", "办结时限"),
    }


# ── tasks ─────────────────────────────────────────────────────────────────────────────────────


def task(asked: Asked) -> Values:
    """What is to be carried out, by whom, until when."""
    return _facts(asked.pen, readable(asked.pen.office, asked.subject))


def _facts(pen: Pen, held: Task) -> Values:
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


def reminder(asked: Asked) -> Values:
    """The latest reminder of a task."""
    return {**task(asked), "情况": first(asked.document)}


def feedback(asked: Asked) -> Values:
    """What has been reported of a task."""
    return {**task(asked), "经过": listed(asked.document, "时间", "类别", "人员", "内容")}


def adjustment(asked: Asked) -> Values:
    """A change asked for, and the answer to it."""
    pen = asked.pen
    held = pen.office.state.adjustments[asked.subject]
    return {
        **_facts(pen, readable(pen.office, held.task)),
        **beside(
            asked.document,
            原因=pen.word("fields", "cause"),
            影响=pen.word("fields", "effect"),
            意见=pen.word("fields", "opinion"),
            申请调整=pen.say("page.tasks.asked_for"),
            申请人=pen.say("paper.adjustment.asker"),
            审批=pen.say("paper.adjustment.answer"),
        ),
    }


# ── how it all stands ─────────────────────────────────────────────────────────────────────────


def bulletin(asked: Asked) -> Values:
    """How the tasks of a body stand, group by group."""
    names = ("序号", "内容", "责任", "办结时限", "情况")
    return {
        "截至": asked.document.under,
        "概况": opening(asked.document),
        "分类": [
            {"题名": title, "事项": listed(under, *names)}
            for title, under in parts(asked.document)
            if any(isinstance(block, Table) for block in under)
        ],
    }


def report(asked: Asked) -> Values:
    """The compliance report: what was found, clause by clause, and each note."""
    document = asked.document
    every = [under for _, under in parts(document)]
    found, clauses, notes = every[:3]
    return {
        "范围": document.under,
        "概况": first(document),
        "发现": listed(found, "结论", "条款", "说明"),
        "逐条": listed(clauses, "条款", "遵守", "偏离", "拦下", "未遵守"),
        "逐次": listed(notes, "时间", "结论", "条款", "人员", "说明"),
    }
