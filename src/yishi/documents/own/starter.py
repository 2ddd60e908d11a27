"""A template to begin with: how we set a paper ourselves, with its fields in it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from yishi.documents import word
from yishi.documents.model import (
    Block,
    Cell,
    Document,
    Foot,
    Gap,
    Heading,
    People,
    Signed,
    Table,
    para,
)
from yishi.documents.own.fields import FIELDS, Field

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


# ── all others, from their fields ─────────────────────────────────────────────────────────────

AT_A_PLACE: Final = {
    *("标志", "编号", "标题", "主送", "稿", "落款", "成文日期", "时间地点", "截至", "范围"),
    *("编发机关", "印发日期", "抄送", "正文"),
}
"""Fields that have a place of their own in a paper."""

TOLD: Final = {"开头", "情况", "概况", "更正", "理由"}
"""Fields that are paragraphs, not lines of a form."""

ONE: Final = "项"
WITHIN: Final = "条"


def _made(paper: str) -> Document:
    """A paper that holds all its fields: what is told, a form, its lists, who signs."""
    fields = FIELDS[paper]
    names = {one.name for one in fields if not one.of}
    said = {name: f"{{{{ {name} }}}}" if name in names else "" for name in AT_A_PLACE}
    signs = (Signed(said["落款"], said["成文日期"]),) if "落款" in names else ()
    foot = Foot(said["编发机关"], f"{said['印发日期']}印发", said["抄送"])
    return Document(
        called=f"{paper}模板",
        dated=DAY,
        format="general" if "标志" in names else "plain",
        mark=said["标志"],
        number=said["编号"],
        title=said["标题"],
        under=said["时间地点"] or said["截至"] or said["范围"],
        addressee=said["主送"],
        draft=said["稿"],
        body=(*_content(fields), *signs),
        foot=foot if "编发机关" in names else None,
    )


def _content(fields: tuple[Field, ...]) -> Iterator[Block]:
    plain = [one.name for one in fields if not one.of and one.name not in AT_A_PLACE]
    yield from (para(f"{{{{ {name} }}}}") for name in plain if name in TOLD)
    form = [name for name in plain if name not in TOLD]
    if form:
        rows = ((Cell(name, label=True), Cell(f"{{{{ {name} }}}}")) for name in form)
        yield Table((5, 19), tuple(rows))
    lists = [one for one in fields if one.of and one.name not in AT_A_PLACE]
    for one in lists or [one for one in fields if one.of]:
        yield Gap()
        yield from _listed(one.name, ONE, one)


def _listed(of: str, each: str, held: Field) -> Iterator[Block]:
    """A list as a table; one whose things have lists of their own, thing by thing."""
    plain = [one.name for one in held.of if not one.of]
    inner = [one for one in held.of if one.of]
    if inner:
        told = "　".join(f"{{{{ {each}.{name} }}}}" for name in plain)
        within = (b for one in inner for b in _listed(f"{each}.{one.name}", WITHIN, one))
        yield from _each(each, of, para(told), *within)
    elif len(plain) == 1:
        yield from _each(each, of, para(f"{{{{ {each}.{plain[0]} }}}}"))
    else:
        cells = tuple(Cell(f"{{{{ {each}.{name} }}}}") for name in plain)
        begins = (Cell(f"{{%tr for {each} in {of} %}}", span=len(plain)),)
        ends = (Cell("{%tr endfor %}", span=len(plain)),)
        widths = tuple(2 if name == "序号" else 5 for name in plain)
        yield Table(widths, (begins, cells, ends), tuple(plain))


STARTERS: Final[Mapping[str, Document]] = {
    **{paper: _made(paper) for paper in FIELDS},
    "minutes": _MINUTES,
    "notice": _NOTICE,
    "task": _TASK,
}


def starter(paper: str) -> bytes:
    """The template of a paper, for Word."""
    return word.write(STARTERS[paper])
