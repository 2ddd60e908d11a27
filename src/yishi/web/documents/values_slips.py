"""What fields of templates say of items, decisions and tasks, and of how all of them stand."""

from itertools import dropwhile, takewhile

from yishi.documents.model import Heading, Table
from yishi.documents.own.labels import label, labels
from yishi.procedure.state import Task
from yishi.web.decisions.published import of as published
from yishi.web.documents.excerpt import added, settled
from yishi.web.documents.pen import Pen
from yishi.web.documents.reading import (
    Asked,
    Values,
    after_table,
    answered,
    beside,
    first,
    lined,
    listed,
    opening,
    paragraphs,
    parts,
    spoken,
)
from yishi.web.tasks.views import readable


def item(asked: Asked) -> Values:
    """The form on which an item is handed in."""
    pen = asked.pen
    form = beside(asked.document, **labels("item"))
    reads = pen.office.reads("paper", asked.subject).allowed
    return {
        **form,
        "可查阅": pen.say("page.form.yes") if reads else "",
        **answered(asked.document, "汇总", label("item", "汇总意见")),
        **answered(asked.document, "审定", label("item", "审定意见")),
    }


def collation(asked: Asked) -> Values:
    """The list of the items that wait for a meeting."""
    names = ("序号", "题名", "提出科室", "事项类别", "报送", "汇总意见", "审定意见")
    return {"截至": asked.document.under, "议题": listed(asked.document, *names)}


def decision(asked: Asked) -> Values:
    """One decision for one unit."""
    pen = asked.pen
    held = pen.office.state.decisions[asked.subject]
    (_, settled), (_, mine) = parts(asked.document)
    changed = pen.say("paper.slip.changed")
    words = paragraphs(settled)
    later = words[1:] and words[-1] == changed
    return {
        "会议": pen.sitting(held.sitting),
        "题名": pen.plain(pen.office.state.items[held.item].title),
        "开头": first(asked.document),
        "决定": pen.plain(held.words),
        "决定全文": "\n".join(words[:-1] if later else words),
        "变更": changed if later else "",
        "办理要求": "\n".join(paragraphs(mine)),
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
        "开头": first(asked.document),
        "决定": public.words if public else "",
        "决定全文": lined(settled(pen, held, public)) if public else "",
        "外加说明": lined(added(pen, public)) if public else "",
        "摘录说明": pen.say("paper.excerpt.part") if public and public.part else "",
        "任务": listed(asked.document, "序号", "内容", "责任单位", "责任人", "办结时限"),
    }


# ── tasks ─────────────────────────────────────────────────────────────────────────────────────


def task(asked: Asked) -> Values:
    """What is to be carried out, by whom, until when."""
    held = readable(asked.pen.office, asked.subject)
    return {**_facts(asked.pen, held), "办理要求": "\n".join(after_table(asked.document))}


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
    before = takewhile(lambda block: not isinstance(block, Table), asked.document.body)
    how, *words = paragraphs(before)
    times, wanted = after_table(asked.document)
    more = {"情况": how, "催办内容": "\n".join(words), "催办次数": times, "办理要求": wanted}
    return {**task(asked), **more}


def feedback(asked: Asked) -> Values:
    """What has been reported of a task."""
    running = readable(asked.pen.office, asked.subject).status == "open"
    return {
        **task(asked),
        "经过": listed(asked.document, "时间", "类别", "人员", "内容"),
        "在办": asked.pen.word("states.task", "open") if running else "",
    }


def adjustment(asked: Asked) -> Values:
    """A change asked for, and the answer to it."""
    pen = asked.pen
    held = pen.office.state.adjustments[asked.subject]
    return {
        **_facts(pen, readable(pen.office, held.task)),
        **beside(asked.document, **labels("adjustment")),
        **answered(asked.document, "审批", label("adjustment", "审批")),
    }


# ── how it all stands ─────────────────────────────────────────────────────────────────────────


def bulletin(asked: Asked) -> Values:
    """How the tasks of a body stand, group by group."""
    names = ("序号", "内容", "责任", "办结时限", "情况")
    return {
        "截至": asked.document.under,
        "概况": opening(asked.document).removesuffix("\n" + asked.pen.say("paper.bulletin.end")),
        "分类": [
            {"题名": title, "末栏": block.head[-1], "事项": listed(under, *names)}
            for title, under in parts(asked.document)
            for block in under
            if isinstance(block, Table)
        ],
    }


def report(asked: Asked) -> Values:
    """The compliance report: what was found, clause by clause, and each note."""
    document = asked.document
    every = [under for _, under in parts(document)]
    found, clauses, notes, *practice = every
    _, _, (counted, _), *_ = parts(document)
    _, *from_paper = paragraphs(takewhile(lambda b: not isinstance(b, Heading), document.body))
    more = dropwhile(lambda block: not isinstance(block, Table), notes)
    return {
        "范围": document.under,
        "概况": first(document),
        "补录": "\n".join(from_paper),
        "逐次标题": counted,
        "逐次未列": "\n".join(paragraphs(more)),
        "惯例": [spoken(block) for under in practice for block in under],
        "发现": listed(found, "结论", "条款", "说明"),
        "逐条": listed(clauses, "条款", "遵守", "偏离", "拦下", "未遵守"),
        "逐次": listed(notes, "时间", "结论", "条款", "人员", "说明"),
    }
