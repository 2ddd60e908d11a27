"""What stands beside a field in our own forms: by it a template is made, and read again (pure)."""

from collections.abc import Mapping
from typing import Final

from yishi.documents.saying import words

LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    "item": {
        "题名": "paper.item.name",
        "提交会议": "paper.item.body",
        "事项类别": "page.items.column_matter",
        "提出科室": "page.items.column_lead_unit",
        "会办科室": "fields/co_units",
        "来源": "paper.item.origin",
        "报送人": "page.items.column_submitted_by",
        "报送时间": "page.items.column_submitted_at",
        "内容": "fields/content",
        "建议": "fields/proposal",
        "材料": "page.papers.title",
        "判断": "paper.item.judged",
        "汇总意见": "paper.item.collated",
        "审定意见": "paper.item.approved",
    },
    "adjustment": {
        "原因": "fields/cause",
        "影响": "fields/effect",
        "意见": "fields/opinion",
        "申请调整": "page.tasks.asked_for",
        "申请人": "paper.adjustment.asker",
        "审批": "paper.adjustment.answer",
    },
    "leave": {
        "姓名": "paper.leave.who",
        "职务": "page.record.post",
        "会议": "paper.leave.sitting",
        "时间地点": "paper.leave.time",
        "事由": "paper.leave.reason",
        "申请时间": "paper.leave.asked",
        "审批": "paper.leave.answer",
        "告知": "paper.leave.told",
    },
    "record": {
        "开会时间": "fields/at",
        "地点": "fields/venue",
        "补录": "page.paper.mark",
        "主持人": "page.record.presides",
        "记录": "page.record.keeps",
        "到会人数": "page.record.numbers",
    },
    "record-sheet": {
        "主持人": "page.record.presides",
        "记录": "page.record.keeps",
        "应到": "page.sittings.entitled",
    },
}
"""By paper and field, the id of a text, or a word of a table (`table/key`)."""


def labels(paper: str) -> dict[str, str]:
    """Every label of a form, by its field."""
    return {name: label(paper, name) for name in LABELS[paper]}


def label(paper: str, name: str) -> str:
    """What stands beside one field."""
    key = LABELS[paper][name]
    table, _, word = key.rpartition("/")
    return words().word(table, word) if table else words().text(key)
