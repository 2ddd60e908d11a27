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


TEXT: Final = Field("正文", _texts("文字"))
TASKS: Final = _texts("序号", "内容", "责任单位", "责任人", "办结时限", "全文")

FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    "minutes": (
        *_texts("标志", "编号", "编发机关", "印发日期", "会议", "开头"),
        *_texts("主持人", "出席", "请假", "列席", "缺席", "记录", "签发人", "分送", "稿"),
        Field("议题", (*_texts("序号", "题名", "决定"), Field("任务", TASKS))),
        Field("其他任务", TASKS),
        TEXT,
    ),
    "notice": (
        *_texts(
            "标题", "主送", "会议", "开会时间", "地点", "出席", "列席", "落款", "成文日期", "稿"
        ),
        Field("议题", _texts("序号", "题名", "提出科室")),
        TEXT,
    ),
    "task": (
        *_texts("标题", "主送", "事项", "会议", "决定", "责任单位", "责任人"),
        *_texts("布置日期", "办结时限", "落款", "成文日期", "稿"),
        Field("进度", _texts("日期", "内容")),
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
