"""Templates to begin with for items, decisions and tasks: all that our own papers say (pure)."""

from yishi.documents import columns
from yishi.documents.marks import mark
from yishi.documents.model import (
    Block,
    Cell,
    Document,
    Gap,
    Heading,
    Para,
    Span,
    Table,
    para,
)
from yishi.documents.own.labels import label
from yishi.documents.own.starting import (
    Look,
    Rows,
    beside,
    cells,
    centred,
    each,
    either,
    field,
    inner,
    listed,
    pair,
    rows_when,
    say,
    signed,
    told,
    when,
    word,
)


def item(look: Look) -> Document:
    """The form on which an item is handed in."""
    readable = (
        beside("item", "内容", 3, 5),
        beside("item", "建议", 3, 3),
        beside("item", "材料", 3, 2),
    )
    rows = (
        beside("item", "题名", 3),
        (*beside("item", "提交会议"), *beside("item", "事项类别")),
        (*beside("item", "提出科室"), *beside("item", "会办科室")),
        *rows_when("来源", 4, beside("item", "来源", 3)),
        *rows_when("报送人", 4, (*beside("item", "报送人"), *beside("item", "报送时间"))),
        *rows_when("可查阅", 4, *readable),
        *rows_when("判断", 4, beside("item", "判断", 3)),
        *_answer("汇总"),
        *_answer("审定"),
    )
    return inner(look, Table((4, 8, 4, 8), rows))


def _answer(name: str) -> Rows:
    """What was answered, or where it is to be signed."""
    cells = pair(label("item", f"{name}意见"), field(f"{name}结果"), 3, 3, field(f"{name}签字"))
    return rows_when(f"{name}签字", 4, cells)


def collation(look: Look) -> Document:
    """The list of the items that wait for a meeting."""
    heads = (
        *("paper.number", "paper.item.name", "page.items.column_lead_unit"),
        *("page.items.column_matter", "paper.collation.handed_in", "paper.collation.office"),
        "paper.item.approved",
    )
    names = ("题名", "提出科室", "事项类别", "报送", "汇总意见", "审定意见")
    row = (*centred("序号"), *cells(*names))
    sign = pair(say("paper.collation.approver"), "", least=4, signed=say("paper.sign"))
    return inner(
        look,
        listed("议题", columns.COLLATION, map(say, heads), row),
        Gap(),
        Table((4, 16), (sign,)),
        under=field("截至"),
        landscape=True,
    )


# ── of a decision ─────────────────────────────────────────────────────────────────────────────


def decision(look: Look) -> Document:
    """One decision for one unit."""
    heads = ("paper.number", "page.tasks.column_words", "page.tasks.column_owner")
    row = (*centred("序号"), *cells("内容"), *centred("责任人", "办结时限"))
    named = (*map(say, heads), say("page.tasks.column_due"))
    return inner(
        look,
        para(field("开头")),
        Heading(1, mark(1, 1) + say("paper.slip.settled")),
        para(field("决定全文")),
        *told("变更"),
        Heading(1, mark(1, 2) + say("paper.slip.yours")),
        listed("任务", columns.DECISION, named, row),
        para(field("办理要求")),
        signed(look),
        addressee=field("主送"),
        draft=field("稿"),
    )


def excerpt(look: Look) -> Document:
    """What is public of a decision."""
    heads = ("paper.number", "page.tasks.column_words", "page.tasks.column_unit")
    last = ("page.tasks.column_owner", "page.tasks.column_due")
    row = (
        *centred("序号"),
        *cells("内容"),
        *centred("责任单位", "责任人", "办结时限"),
    )
    return inner(
        look,
        para(field("开头")),
        *when("任务", Heading(1, mark(1, 1) + say("paper.slip.settled"))),
        para(field("决定全文")),
        *when(
            "任务",
            Heading(1, mark(1, 2) + say("paper.excerpt.tasks")),
            listed("任务", columns.EXCERPT, map(say, (*heads, *last)), row),
        ),
        *told("外加说明", "摘录说明"),
        signed(look),
    )


# ── of a task ─────────────────────────────────────────────────────────────────────────────────


def _facts() -> Rows:
    blank = say("page.tasks.not_said")
    steps = "{%p for 步 in 进度 %}\n{{ 步.日期 }}　{{ 步.内容 }}\n{%p endfor %}"
    return (
        pair(say("page.tasks.column_words"), field("事项"), 3, 2),
        pair(say("page.tasks.column_sitting"), field("会议"), 3),
        *rows_when("决定", 4, pair(word("fields", "decision"), field("决定"), 3)),
        (
            *pair(say("page.tasks.column_unit"), either("责任单位", blank)),
            *pair(say("page.tasks.column_owner"), either("责任人", blank)),
        ),
        (
            *pair(say("page.tasks.assigned_at"), field("布置日期")),
            *pair(say("page.tasks.column_due"), either("办结时限", blank)),
        ),
        *rows_when("进度", 4, pair(say("page.tasks.plan"), steps, 3)),
    )


def task(look: Look) -> Document:
    """What is to be carried out, by whom, until when."""
    return inner(
        look,
        para(say("paper.task.opening")),
        Table((4, 8, 4, 8), _facts()),
        para(field("办理要求")),
        signed(look),
        addressee=field("主送"),
        draft=field("稿"),
    )


def reminder(look: Look) -> Document:
    """The latest reminder of a task."""
    return inner(
        look,
        para(field("情况")),
        *told("催办内容"),
        Table((4, 8, 4, 8), _facts()),
        para(field("催办次数")),
        para(field("办理要求")),
        signed(look),
        addressee=field("主送"),
    )


def feedback(look: Look) -> Document:
    """What has been reported of a task, and room for more while it runs."""
    heads = ("paper.feedback.at", "paper.feedback.kind", "paper.feedback.who")
    made = listed(
        "经过",
        columns.FEEDBACK,
        (*map(say, heads), say("paper.feedback.words")),
        (*cells("时间"), *centred("类别", "人员"), *cells("内容")),
    )
    empty = rows_when("在办", 4, (Cell(), Cell(), Cell(), Cell(least=4)))
    sign = pair(say("paper.feedback.unit"), "", least=3, signed=say("paper.sign"))
    return inner(
        look,
        Table((4, 8, 4, 8), _facts()),
        Heading(1, say("page.tasks.process")),
        Table(made.widths, (*made.rows, *empty), made.head),
        *when("在办", Table((4, 16), (sign,))),
        draft=field("稿"),
    )


def adjustment(look: Look) -> Document:
    """A change asked for, and the answer to it."""
    said = ("原因", "影响", "意见")
    rows = (
        *_facts(),
        *(row for name in said for row in rows_when(name, 4, beside("adjustment", name, 3, 2))),
        beside("adjustment", "申请调整", 3),
        *rows_when("申请人", 4, beside("adjustment", "申请人", 3, 2)),
        pair(label("adjustment", "审批"), field("审批结果"), 3, 3, field("审批签字")),
    )
    return inner(look, Table((4, 8, 4, 8), rows))


# ── how it all stands ─────────────────────────────────────────────────────────────────────────


def bulletin(look: Look) -> Document:
    """How the tasks of a body stand."""
    heads = ("paper.number", "page.tasks.column_words", "paper.bulletin.who")
    row = (*centred("序号"), *cells("内容", "责任"), *centred("办结时限", "情况"))
    named = (*map(say, heads), say("page.tasks.column_due"), "{{ 项.末栏 }}")
    return inner(
        look,
        para(field("概况")),
        *each(
            "项",
            "分类",
            Heading(1, "{{ 项.题名 }}"),
            listed("项.事项", columns.BULLETIN, named, row),
        ),
        para(say("paper.bulletin.end")),
        signed(look),
        under=field("截至"),
    )


def report(look: Look) -> Document:
    """The compliance report."""
    found = tuple(say(f"page.reports.column_{name}") for name in ("status", "clause", "said"))
    statuses = ("kept", "departed", "refused", "broken")
    clauses = (say("page.reports.clause"), *(word("report", one) for one in statuses))
    said = (Span("{{ 条.导语 }}", "kai"), Span("{{ 条.划去 }}", "struck"), Span("{{ 条.内容 }}"))
    return inner(
        look,
        para(field("概况")),
        *told("补录"),
        Heading(1, mark(1, 1) + say("page.reports.found")),
        *when("not 发现", para(say("paper.report.nothing"))),
        *when(
            "发现",
            listed("发现", columns.FOUND, found, (*centred("结论"), *cells("条款", "说明"))),
        ),
        Heading(1, mark(1, 2) + say("page.reports.by_clause")),
        listed(
            "逐条",
            columns.CLAUSES,
            clauses,
            (*cells("条款"), *centred("遵守", "偏离", "拦下", "未遵守")),
        ),
        *_one_by_one(),
        *told("逐次未列"),
        *when("惯例", Heading(1, mark(1, 4) + say("page.habits.remarks"))),
        *each("条", "惯例", Para(said)),
        under=field("范围"),
    )


def _one_by_one() -> tuple[Block, ...]:
    """What was departed from, refused or broken, one by one."""
    row = (*cells("时间"), *centred("结论"), *cells("条款"), *centred("人员"), *cells("说明"))
    notes = ("at", "status", "clause", "actor", "said")
    heads = (say(f"page.reports.column_{name}") for name in notes)
    return (
        Heading(1, field("逐次标题")),
        *when("not 逐次", para(say("page.reports.no_notes"))),
        *when("逐次", listed("逐次", columns.NOTES, heads, row)),
    )
