"""The fields that a template may hold, paper by paper; lists hold fields of their own (pure)."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec


class Field(msgspec.Struct, frozen=True):
    """One field: a text, or a list of things that have fields."""

    name: str
    of: tuple["Field", ...] = ()


def _texts(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name) for name in names)


def _list(name: str, *names: str) -> Field:
    return Field(name, _texts(*names))


TEXT: Final = _list("正文", "文字")
SIGNED: Final = _texts("落款", "成文日期")
TASKS: Final = _texts("序号", "内容", "责任单位", "责任人", "办结时限", "全文")
STEPS: Final = _list("进度", "日期", "内容")
ATTENDED: Final = _texts("主持人", "出席", "请假", "列席", "缺席", "记录")
SETTLED: Final = (
    Field("议题", (*_texts("序号", "题名", "决定"), Field("任务", TASKS))),
    Field("其他任务", TASKS),
)
OF_TASK: Final = _texts("事项", "会议", "决定", "责任单位", "责任人", "布置日期", "办结时限")

FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    "minutes": (
        *_texts("标志", "编号", "编发机关", "印发日期", "会议", "开头"),
        *(*ATTENDED, *_texts("签发人", "分送", "稿"), *SETTLED, TEXT),
    ),
    "minutes-general": (
        *_texts("标志", "编号", "标题", "会议", "开头"),
        *(*ATTENDED, *_texts("签发人"), *SETTLED, *SIGNED),
        *(*_texts("抄送", "编发机关", "印发日期", "稿"), TEXT),
    ),
    "correction": (*_texts("标志", "编号", "标题", "更正", "理由", "稿"), *SIGNED, TEXT),
    "record": (
        *_texts("标题", "会议", "开会时间", "地点", "主持人", "记录", "到会人数", "稿"),
        *(_list("名单", "姓名", "职务", "身份", "到会"), TEXT),
        Field("部分", (*_texts("题名"), _list("经过", "文字"))),
    ),
    "record-sheet": (
        *_texts("标题", "时间地点", "主持人", "记录", "应到"),
        Field("议题", (*_texts("题名"), _list("名单", "序号", "姓名", "职务"))),
    ),
    "notice": (
        *_texts("标题", "主送", "会议", "开会时间", "地点", "出席", "列席"),
        *(*SIGNED, *_texts("稿"), _list("议题", "序号", "题名", "提出科室"), TEXT),
    ),
    "agenda": (
        *_texts("标题", "会议", "时间地点", "主持人", "记录"),
        _list("议题", "序号", "题名", "提出科室", "列席", "材料"),
    ),
    "attendance": (
        *_texts("标题", "会议", "时间地点"),
        _list("名单", "序号", "姓名", "职务", "身份", "备注"),
    ),
    "leave": _texts("标题", "姓名", "职务", "会议", "时间地点", "事由", "申请时间", "审批", "告知"),
    "item": _texts(
        *("标题", "题名", "提交会议", "事项类别", "提出科室", "会办科室", "报送人", "报送时间"),
        *("内容", "建议", "材料", "判断", "汇总意见", "审定意见"),
    ),
    "collation": (
        *_texts("标题", "截至"),
        _list("议题", "序号", "题名", "提出科室", "事项类别", "报送", "汇总意见", "审定意见"),
    ),
    "decision": (
        *_texts("标题", "主送", "会议", "题名", "决定", "稿"),
        *(*SIGNED, _list("任务", "序号", "内容", "责任人", "办结时限"), TEXT),
    ),
    "excerpt": (
        *(*_texts("标题", "会议", "题名", "决定"), *SIGNED),
        *(_list("任务", "序号", "内容", "责任单位", "责任人", "办结时限"), TEXT),
    ),
    "task": (*_texts("标题", "主送"), *OF_TASK, *SIGNED, *_texts("稿"), STEPS, TEXT),
    "reminder": (*_texts("标题", "主送", "情况"), *OF_TASK, *SIGNED, STEPS, TEXT),
    "feedback": (
        *(*_texts("标题"), *OF_TASK, *_texts("稿"), STEPS),
        _list("经过", "时间", "类别", "人员", "内容"),
    ),
    "adjustment": (
        *(*_texts("标题"), *OF_TASK, STEPS),
        *_texts("原因", "影响", "意见", "申请调整", "申请人", "审批"),
    ),
    "bulletin": (
        *(*_texts("标题", "截至", "概况"), *SIGNED),
        Field("分类", (*_texts("题名"), _list("事项", "序号", "内容", "责任", "办结时限", "情况"))),
        TEXT,
    ),
    "report": (
        *_texts("标题", "范围", "概况"),
        _list("发现", "结论", "条款", "说明"),
        _list("逐条", "条款", "遵守", "偏离", "拦下", "未遵守"),
        _list("逐次", "时间", "结论", "条款", "人员", "说明"),
        TEXT,
    ),
}
"""Papers for which an office may have a template of its own, and what it may say in it."""


def named(fields: Iterable[Field], name: str) -> Field | None:
    """The field of this name."""
    return next((one for one in fields if one.name == name), None)


def sample(fields: Iterable[Field]) -> dict[str, Any]:
    """Something in every field, to try a template on."""
    return {
        one.name: [sample(one.of), sample(one.of)] if one.of else f"〈{one.name}〉"
        for one in fields
    }
