"""What a package says of itself, with the element names of DA/T 46, and a list of its files.

The names are the standard's own, which is why they stand here in Chinese; what stands in the
elements comes from outside.
"""

import re
from collections.abc import Iterable
from typing import Final
from xml.etree import ElementTree as Xml

import msgspec

from yishi.values.text import NONCHARACTERS

SCHEME: Final = "DA/T 46-2009"
_NONE: Final = re.compile(f"[{NONCHARACTERS}]")

Pairs = tuple[tuple[str, str], ...]
"""Elements with what stands in them, in order."""


class Piece(msgspec.Struct, frozen=True):
    """One file of the package, as it is described."""

    title: str
    kind: str
    name: str
    size: int
    digest: str
    program: str
    dated: str
    by: str
    period: str
    basis: str
    state: str = ""
    pages: int = 0
    original: str = ""
    """What the file was called when it was handed in."""


class Done(msgspec.Struct, frozen=True):
    """One thing that was done, as the journal has it."""

    seq: int
    type: str
    called: str
    at: str
    by: str
    basis: str
    about: str


class Person(msgspec.Struct, frozen=True):
    """Somebody who had a part in it."""

    id: str
    called: str
    post: str
    role: str


class Absent(msgspec.Struct, frozen=True):
    """A paper that one might look for, with why it is not there."""

    said: str
    digest: str = ""
    """Of the file that the journal names; empty where it names none."""


class Facts(msgspec.Struct, frozen=True):
    """All that is said of a package; `Pairs` are told element by element, empty ones too."""

    source: Pairs
    number: str
    reference: Pairs
    content: Pairs
    form: Pairs
    sitting: Pairs
    matters: tuple[Pairs, ...]
    pieces: tuple[Piece, ...]
    done: tuple[Done, ...]
    people: tuple[Person, ...]
    gaps: tuple[str, ...]
    absent: tuple[Absent, ...]


def described(facts: Facts, program: str) -> bytes:
    """The description of the package as XML."""
    root = Xml.Element("电子档案", {"元数据方案": SCHEME, "生成": program})
    _leaf(root, "聚合层次", "卷")
    _table(root, "来源", facts.source)
    _leaf(root, "电子文件号", facts.number)
    _table(root, "档号", facts.reference)
    _table(root, "内容描述", facts.content)
    _table(root, "形式特征", facts.form)
    _table(root, "会议", facts.sitting)
    for matter in facts.matters:
        _table(root, "议题", matter)
    for place, piece in enumerate(facts.pieces, 1):
        _piece(root, piece, place)
    course = Xml.SubElement(root, "业务实体")
    for one in facts.done:
        _table(course, "业务行为", _deed(one), {"行为": one.type})
    people = Xml.SubElement(root, "机构人员实体")
    for person in facts.people:
        said = (("编号", person.id), ("名称", person.called), ("职务", person.post))
        _table(people, "机构人员", (*said, ("角色", person.role)))
    for gap in facts.gaps:
        _leaf(root, "缺项", gap)
    for absent in facts.absent:
        _leaf(root, "未列入", absent.said)
        if absent.digest:
            root[-1].set("摘要", absent.digest)
    return _written(root)


def _piece(root: Xml.Element, piece: Piece, place: int) -> None:
    said = [
        *(("题名", piece.title), ("文种", piece.kind), ("责任者", piece.by), ("日期", piece.dated)),
        *(("保管期限", piece.period), ("期限依据", piece.basis), ("稿本", piece.state)),
        *(("页数", str(piece.pages or "")), ("格式信息", piece.name.rpartition(".")[2])),
        *(("计算机文件名", piece.name), ("文件大小", str(piece.size))),
        *(("原文件名", piece.original), ("文档创建程序", piece.program)),
        ("数字摘要", piece.digest),
    ]
    node = _table(root, "文件", tuple(said), {"序号": str(place)})
    node[-1].set("算法", "SHA-256")


def _deed(one: Done) -> Pairs:
    return (
        *(("行为描述", one.called), ("时间", one.at), ("机构人员", one.by), ("依据", one.basis)),
        *(("对象", one.about), ("日志序号", str(one.seq))),
    )


def listed(facts: Facts) -> bytes:
    """The list of files as XML."""
    root = Xml.Element("目录文件")
    for place, piece in enumerate(facts.pieces, 1):
        said = (
            *(("序号", str(place)), ("题名", piece.title), ("责任者", piece.by)),
            *(("日期", piece.dated), ("页数", str(piece.pages or "")), ("保管期限", piece.period)),
            ("路径", piece.name),
        )
        _table(root, "条目", said)
    return _written(root)


def _table(
    above: Xml.Element,
    tag: str,
    pairs: Iterable[tuple[str, str]],
    marks: dict[str, str] | None = None,
) -> Xml.Element:
    node = Xml.SubElement(above, tag, marks or {})
    for name, said in pairs:
        _leaf(node, name, said)
    return node


def _leaf(above: Xml.Element, tag: str, said: str) -> None:
    Xml.SubElement(above, tag).text = _NONE.sub("\ufffd", said)


def _written(root: Xml.Element) -> bytes:
    Xml.indent(root)
    made: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"
