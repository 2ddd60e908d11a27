"""A template to begin with: how we set a paper ourselves, with its fields in it."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from yishi.documents import word
from yishi.documents.model import Block, Document, Foot, Gap, Heading, People, Signed, para

DAY: Final = date(2000, 1, 1)


def _if(name: str, *blocks: Block) -> tuple[Block, ...]:
    return (para(f"{{%p if {name} %}}"), *blocks, para("{%p endif %}"))


def _each(one: str, of: str, *blocks: Block) -> tuple[Block, ...]:
    return (para(f"{{%p for {one} in {of} %}}"), *blocks, para("{%p endfor %}"))


def _people(*names: str) -> tuple[Block, ...]:
    return tuple(b for name in names for b in _if(name, People(name, f"{{{{ {name} }}}}")))


_MINUTES: Final = Document(
    called="会议纪要模板",
    dated=DAY,
    format="minutes",
    mark="{{ 标志 }}",
    number="{{ 编号 }}",
    left="{{ 编发机关 }}",
    right="{{ 印发日期 }}",
    body=(
        para("{{ 开头 }}"),
        *_each(
            "项",
            "议题",
            Heading(1, "{{ 项.序号 }}、{{ 项.题名 }}"),
            para("{{ 项.决定 }}"),
            *_each("任务", "项.任务", para("{{ 任务.全文 }}")),
        ),
        *_each("任务", "其他任务", para("{{ 任务.全文 }}")),
        Gap(),
        *_people("出席", "请假", "列席", "缺席", "记录"),
    ),
    foot=Foot("{{ 编发机关 }}", "{{ 印发日期 }}印发", "{{ 分送 }}", "分送"),
)

_NOTICE: Final = Document(
    called="会议通知模板",
    dated=DAY,
    title="{{ 标题 }}",
    addressee="{{ 主送 }}",
    body=(
        para("{{ 开会时间 }}", "时间："),
        *_if("地点", para("{{ 地点 }}", "地点：")),
        *_people("出席", "列席"),
        *_each("项", "议题", para("{{ 项.序号 }}.{{ 项.题名 }}（{{ 项.提出科室 }}）")),
        Signed("{{ 落款 }}", "{{ 成文日期 }}"),
    ),
)

_TASK: Final = Document(
    called="督办通知单模板",
    dated=DAY,
    title="{{ 标题 }}",
    addressee="{{ 主送 }}",
    body=(
        para("{{ 事项 }}", "督办事项："),
        para("{{ 会议 }}", "出自会议："),
        *_if("决定", para("{{ 决定 }}", "会议决定：")),
        para("{{ 责任单位 }}", "责任单位："),
        para("{{ 责任人 }}", "责任人："),
        para("{{ 办结时限 }}", "办结时限："),
        *_each("步", "进度", para("{{ 步.日期 }}　{{ 步.内容 }}")),
        Signed("{{ 落款 }}", "{{ 成文日期 }}"),
    ),
)

STARTERS: Final[Mapping[str, Document]] = {"minutes": _MINUTES, "notice": _NOTICE, "task": _TASK}


def starter(paper: str) -> bytes:
    """The template of a paper, for Word."""
    return word.write(STARTERS[paper])
