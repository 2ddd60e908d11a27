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
TITLE: Final = _texts("标题", "标题分行")
TASKS: Final = _texts("序号", "内容", "责任单位", "责任人", "办结时限", "全文")
STEPS: Final = _list("进度", "日期", "内容")
SAID: Final = ("文字", "导语", "划去", "内容")
ATTENDED: Final = _texts("主持人", "出席", "请假", "列席", "缺席", "记录", "补录")
SETTLED: Final = (
    Field("议题", (*_texts("序号", "题名", "决定", "说明", "终止"), Field("任务", TASKS))),
    Field("其他任务", TASKS),
    *_texts("开头说明", "其他标题", "结尾"),
)
OF_TASK: Final = _texts("事项", "会议", "决定", "责任单位", "责任人", "布置日期", "办结时限")

FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    "minutes": (
        *_texts("标志", "编号", "编发机关", "印发日期", "会议", "开头"),
        *(*ATTENDED, *_texts("签发人", "分送", "稿"), *SETTLED, TEXT),
    ),
    "minutes-general": (
        *(*_texts("标志", "编号"), *TITLE, *_texts("会议", "开头")),
        *(*ATTENDED, *_texts("签发人"), *SETTLED, *SIGNED),
        *(*_texts("抄送", "编发机关", "印发日期", "稿"), TEXT),
    ),
    "correction": (
        *(*_texts("标志", "编号"), *TITLE, *_texts("开头", "更正", "理由", "签发人", "稿")),
        *(*SIGNED, *_texts("抄送", "编发机关", "印发日期"), TEXT),
    ),
    "record": (
        *(*TITLE, *_texts("会议", "开会时间", "地点", "补录", "主持人", "记录", "到会人数")),
        *(*_texts("散会", "稿"), _list("名单", "姓名", "职务", "身份", "到会"), TEXT),
        *(Field("部分", (*_texts("题名"), _list("经过", *SAID))), _list("惯例", *SAID)),
    ),
    "record-sheet": (
        *(*TITLE, *_texts("时间地点", "主持人", "记录", "应到")),
        Field("议题", (*_texts("题名"), _list("名单", "序号", "姓名", "职务", "态度"))),
    ),
    "notice": (
        *(*TITLE, *_texts("主送", "会议", "开头", "开会时间", "地点", "出席", "列席")),
        *(*_texts("按议题列席"), *SIGNED, *_texts("稿")),
        *(_list("议题", "序号", "题名", "提出科室"), _list("要求", "序号", "内容")),
        *(_list("回执", "序号", "姓名", "职务", "回执"), TEXT),
    ),
    "agenda": (
        *(*TITLE, *_texts("会议", "时间地点", "主持人", "记录")),
        _list("议题", "序号", "题名", "提出科室", "列席", "材料", "材料行"),
    ),
    "attendance": (
        *(*TITLE, *_texts("会议", "时间地点")),
        _list("名单", "序号", "姓名", "职务", "身份", "备注"),
    ),
    "leave": (
        *(*TITLE, *_texts("姓名", "职务", "会议", "时间地点", "事由", "申请时间")),
        *_texts("审批", "审批结果", "审批签字", "告知"),
    ),
    "item": (
        *(*TITLE, *_texts("题名", "提交会议", "事项类别", "提出科室", "会办科室")),
        *_texts("来源", "报送人"),
        *_texts(
            "报送时间", "可查阅", "内容", "建议", "材料", "判断", "汇总意见", "汇总结果", "汇总签字"
        ),
        *_texts("审定意见", "审定结果", "审定签字"),
    ),
    "collation": (
        *(*TITLE, *_texts("截至")),
        _list("议题", "序号", "题名", "提出科室", "事项类别", "报送", "汇总意见", "审定意见"),
    ),
    "decision": (
        *(*TITLE, *_texts("主送", "会议", "题名", "开头", "决定", "决定全文", "变更")),
        *(*_texts("办理要求", "稿"), *SIGNED),
        *(_list("任务", "序号", "内容", "责任人", "办结时限"), TEXT),
    ),
    "excerpt": (
        *(*TITLE, *_texts("会议", "题名", "开头", "决定", "决定全文", "外加说明", "摘录说明")),
        *(*SIGNED, _list("任务", "序号", "内容", "责任单位", "责任人", "办结时限"), TEXT),
    ),
    "task": (
        *(*TITLE, *_texts("主送"), *OF_TASK, *_texts("办理要求"), *SIGNED),
        *(*_texts("稿"), STEPS, TEXT),
    ),
    "reminder": (
        *(*TITLE, *_texts("主送", "情况", "催办内容", "催办次数"), *OF_TASK),
        *(*_texts("办理要求"), *SIGNED, STEPS, TEXT),
    ),
    "feedback": (
        *(*TITLE, *OF_TASK, *_texts("在办", "稿"), STEPS),
        _list("经过", "时间", "类别", "人员", "内容"),
    ),
    "adjustment": (
        *(*TITLE, *OF_TASK, STEPS, *_texts("原因", "影响", "意见", "申请调整", "申请人")),
        *_texts("审批", "审批结果", "审批签字"),
    ),
    "bulletin": (
        *(*TITLE, *_texts("截至", "概况"), *SIGNED),
        Field(
            "分类",
            (*_texts("题名", "末栏"), _list("事项", "序号", "内容", "责任", "办结时限", "情况")),
        ),
        TEXT,
    ),
    "report": (
        *(*TITLE, *_texts("范围", "概况", "补录", "逐次标题", "逐次未列")),
        _list("发现", "结论", "条款", "说明"),
        _list("逐条", "条款", "遵守", "偏离", "拦下", "未遵守"),
        _list("逐次", "时间", "结论", "条款", "人员", "说明"),
        *(_list("惯例", *SAID), TEXT),
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
