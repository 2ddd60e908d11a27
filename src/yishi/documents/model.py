"""What a paper says, as plain values: the same for PDF and DOCX (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Final, Literal

import msgspec
from msgspec.structs import force_setattr, replace

from yishi.documents.profile import Typefaces
from yishi.values.text import NONCHARACTERS

Face = Literal["", "hei", "kai", "struck"]
"""How a span is printed: as the body is, in 黑体, in 楷体, or struck through."""

Format = Literal["minutes", "general", "plain"]
"""纪要格式, 公文的通用格式 (GB/T 9704), or an inner form without a masthead."""


class Span(msgspec.Struct, frozen=True):
    """Some words in one face."""

    text: str
    face: Face = ""


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """A heading with its mark: 一、 · （一） · 1. · （1）."""

    level: int
    """1 to 4, as the mark says."""
    text: str


class Para(msgspec.Struct, frozen=True, tag="para"):
    """A paragraph."""

    spans: tuple[Span, ...]
    indent: bool = True
    """Whether its first line begins two characters in."""
    place: Literal["", "centre", "right"] = ""


class People(msgspec.Struct, frozen=True, tag="people"):
    """A list of people behind its label: 出席：…, later lines under the first name."""

    label: str
    names: str


class Cell(msgspec.Struct, frozen=True):
    """A cell of a table."""

    text: str = ""
    span: int = 1
    label: bool = False
    """Whether it names what stands beside it."""
    place: Literal["", "centre", "right"] = ""
    least: int = 1
    """Lines that it is high at least."""
    signed: str = ""
    """What is written at its foot, for a hand to sign beside."""


class Table(msgspec.Struct, frozen=True, tag="table"):
    """A table or a form; the head is repeated on every page."""

    widths: tuple[int, ...]
    """The widths of the columns, in proportion."""
    rows: tuple[tuple[Cell, ...], ...]
    head: tuple[str, ...] = ()

    @property
    def by_hand(self) -> bool:
        """Whether it is a form that somebody signs."""
        return not self.head and any(cell.signed for row in self.rows for cell in row)


class Signed(msgspec.Struct, frozen=True, tag="signed"):
    """Who issues the paper, of which day (署名, 成文日期); with room for the seal, or without."""

    by: str
    on: str
    seal: bool = False


class Gap(msgspec.Struct, frozen=True, tag="gap"):
    """Blank lines."""

    lines: int = 1


Block = Heading | Para | People | Table | Signed | Gap


class Foot(msgspec.Struct, frozen=True):
    """The lines at the foot of the last page (版记): copies, who issues it, the day of issue."""

    by: str
    on: str
    copies: str = ""
    label: str = "抄送"
    """What leads whom the copies go to: 抄送, or 分送 of minutes."""


_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    f"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff{NONCHARACTERS}]"
)
"""What nobody sees, comes along in pasting and is in no font: Default_Ignorable_Code_Point of
Unicode, with variation selectors; controls; and what is no character."""


class Unfit(ValueError):  # noqa: N818
    """A paper that its format does not allow."""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A paper."""

    called: str
    """What it is called among files, without an ending."""
    dated: date
    """The day that its content is of; the same paper has the same bytes."""
    body: tuple[Block, ...]
    format: Format = "plain"
    mark: str = ""
    """The red mark at the head (发文机关标志, 纪要标志)."""
    number: str = ""
    left: str = ""
    """On the line above the red rule, at its left: who compiled the minutes."""
    right: str = ""
    title: str = ""
    under: str = ""
    """A line under the title."""
    addressee: str = ""
    note: str = ""
    """附注, in round brackets."""
    foot: Foot | None = None
    draft: str = ""
    """What every page of a draft says at its head."""
    landscape: bool = False
    profile: str = ""
    """Which version it was made by: the file says so of itself (GW-A4)."""
    typefaces: Typefaces = "gb2312"

    def __post_init__(self) -> None:
        """Nothing unseen is in a paper; minutes have no addressee, no sign or seal (GW-A3)."""
        for name in self.__struct_fields__:
            force_setattr(self, name, _each(getattr(self, name), seen))
        if self.format == "minutes":
            signs = any(isinstance(block, Signed) for block in self.body)
            if self.addressee or signs or not self.mark:
                raise Unfit(self.called)

    def words(self) -> Iterator[str]:
        """Everything that is printed."""
        yield from (self.mark, self.number, self.left, self.right, self.title, self.under)
        yield from (self.addressee, self.note, self.draft)
        if self.foot is not None:
            yield from (self.foot.by, self.foot.on, self.foot.copies, self.foot.label)
        for block in self.body:
            yield from _words(block)


def beginning(document: Document, lines: int) -> Document:
    """The paper up to a block by which there are so many lines, however short its letters are."""
    left: float = lines
    for place, block in enumerate(document.body):
        if left <= 0:
            return replace(document, body=document.body[:place])
        # A line holds 28 characters of the script, and about twice as many Latin ones.
        left -= max(1, sum(map(len, _words(block))) / 56)
    return document


def instead(document: Document, characters: Iterable[str], sign: str, remark: str) -> Document:
    """The paper with a sign in place of each of these characters, and a remark below its body."""
    told: Document = signed_over(document, characters, sign)
    return replace(told, body=(*told.body, Gap(), para(remark)))


def signed_over(held: Any, characters: Iterable[str], sign: str) -> Any:
    """The same with a sign in place of each of these characters, wherever it is said."""
    signs = dict.fromkeys(map(ord, characters), sign)
    return _each(held, lambda said: said.translate(signs))


def said_otherwise(document: Document, change: Callable[[str], str]) -> Document:
    """The paper with all its words changed: those of its name and of its profile too."""
    told: Document = _each(document, change)
    return told


def seen(said: str) -> str:
    """Words without what nobody sees in them."""
    return _UNSEEN.sub("", said)


def _each(held: Any, change: Callable[[str], str]) -> Any:
    """A part of a paper with all its words changed."""
    if isinstance(held, str):
        return change(held)
    if isinstance(held, tuple):
        return tuple(_each(one, change) for one in held)
    if isinstance(held, msgspec.Struct):
        names = held.__struct_fields__
        return replace(held, **{name: _each(getattr(held, name), change) for name in names})
    return held


def _words(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
        case Para():
            yield from (span.text for span in block.spans)
        case People():
            yield from (block.label, block.names)
        case Table():
            yield from block.head
            for row in block.rows:
                for cell in row:
                    yield from (cell.text, cell.signed)
        case Signed():
            yield from (block.by, block.on)
        case Gap():
            pass


def para(text: str, lead: str = "", face: Face = "hei") -> Para:
    """A paragraph, with what leads into it in another face."""
    spans = (Span(lead, face), Span(text)) if lead else (Span(text),)
    return Para(spans)


def paras(text: str, lead: str = "", face: Face = "hei") -> tuple[Para, ...]:
    """Somebody's words: a paragraph of each of their lines."""
    lines = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    first, *rest = lines
    return (para(first, lead, face), *(para(line) for line in rest))


def struck(lines: tuple[Para, ...]) -> tuple[Para, ...]:
    """Somebody's words struck out; what leads into them stays."""
    (lead, *spans), *rest = (one.spans for one in lines)
    first = (lead, *(Span(s.text, "struck") for s in spans))
    return (Para(first), *(Para(tuple(Span(s.text, "struck") for s in one)) for one in rest))
