"""The foot of a DOCX paper (版记): on the last line of the last page, wherever the text ends."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import quoteattr

from yishi.documents import geometry
from yishi.documents.geometry import twips
from yishi.documents.model import Foot
from yishi.documents.styles import line
from yishi.documents.xml import NAMESPACE, child

if TYPE_CHECKING:
    from docx.document import Document as Word

EMU: Final = 635
"""English metric units in a twip: drawings are measured in them."""
LINE: Final = 420
"""Twips that a line of the foot is high."""
CHARACTERS: Final = 28
"""Characters that a line of the foot holds, at the least."""
RULE: Final = 40
"""Twips that a rule takes: a line of nothing with the rule below it."""
THICK: Final = "8"
THIN: Final = "6"
"""Rules in eighths of a point: 0.35 and 0.25 mm (GW-H1)."""

_WORDS: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_MAIN: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SHAPE: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"

_BOX: Final = """
<w:r xmlns:w="{w}" xmlns:wp="{wp}" xmlns:a="{a}" xmlns:wps="{wps}"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1"
 behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>
<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>
<wp:extent cx="{wide}" cy="{high}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>
<wp:docPr id="1" name={name}/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{wps}">
<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>
<a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
<wps:txbx><w:txbxContent/></wps:txbx>
<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr>
</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>
"""
"""A box at the bottom of the type area of the page on which the paragraph stands that holds it."""


def put(made: Word, foot: Foot) -> None:
    """The foot in a box at the bottom of the page, held by a paragraph as high behind the text.

    That paragraph keeps the room free, and goes to another page with the last of the text where
    there is none: nothing runs into the foot, and no page has nothing but it.
    """
    said = [f"{foot.label}：{foot.copies}"] if foot.copies else []
    said.append(f"{foot.by}\t{foot.on}")
    lines = [_ruled(made, THICK)]
    for place, words in enumerate(said):
        last = place == len(said) - 1
        lines += [line(made, "版记", words), _ruled(made, THICK if last else THIN)]
    high = sum(map(_lines, said)) * LINE + (len(said) + 1) * RULE
    holder = line(made, "版记")
    properties = holder._p.get_or_add_pPr()
    child(properties, "spacing", line=str(high), lineRule="exact")
    holder._p.append(_box(high, [one._p for one in lines]))


def _ruled(made: Word, size: str) -> Any:
    """A rule as wide as the type area."""
    ruled = line(made, "版记")
    properties = ruled._p.get_or_add_pPr()
    child(properties, "spacing", line=str(RULE - 20), lineRule="exact")
    child(properties, "ind", left="0", right="0")
    borders = child(properties, "pBdr")
    child(borders, "bottom", val="single", sz=size, space="0", color="000000")
    return ruled


def _box(high: int, held: list[Any]) -> Any:
    from docx.oxml import parse_xml

    sides = {"wide": twips(geometry.WIDTH) * EMU, "high": high * EMU}
    spaces = {"w": NAMESPACE, "wp": _WORDS, "a": _MAIN, "wps": _SHAPE}
    box = parse_xml(_BOX.replace("\n", "").format(**spaces, **sides, name=quoteattr("版记")))
    inside = next(box.iter(f"{{{NAMESPACE}}}txbxContent"))
    inside.extend(held)
    return box


def _lines(words: str) -> int:
    """How many lines of the foot some words take."""
    wide = sum(2 if ord(c) > 0x2E7F else 1 for c in words)
    return max(1, ceil(wide / 2 / CHARACTERS))
