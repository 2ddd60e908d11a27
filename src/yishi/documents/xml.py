"""Elements of a DOCX that have no name in the library, put where the schema wants them."""

from __future__ import annotations

from typing import Any, Final

NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

ORDERS: Final[dict[str, tuple[str, ...]]] = {
    "pPr": (
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"),
        *("numPr", "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku"),
        *("wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi"),
        *("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents"),
        *("suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap"),
        *("outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange"),
    ),
    "rPr": (
        *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike"),
        *("outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden"),
        *("color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect"),
        *("bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout"),
    ),
    "tblPr": (
        *("tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize"),
        *("tblStyleColBandSize", "tblW", "jc", "tblCellSpacing", "tblInd", "tblBorders", "shd"),
        *("tblLayout", "tblCellMar", "tblLook"),
    ),
    "tcPr": (
        *("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap"),
        *("tcMar", "textDirection", "tcFitText", "vAlign", "hideMark"),
    ),
    "trPr": ("cantSplit", "trHeight", "tblHeader", "tblCellSpacing", "jc", "hidden"),
}
"""The order of an element's children; what stands out of it, Word may not read."""


def w(name: str) -> str:
    """A name in the namespace of word processing."""
    return f"{{{NAMESPACE}}}{name}"


def child(parent: Any, name: str, **attributes: str) -> Any:
    """The child of this name, made where there is none, with these attributes."""
    found = parent.find(w(name))
    if found is None:
        found = parent.makeelement(w(name))
        parent.append(found)
    for key, value in attributes.items():
        found.set(w(key), value)
    return found


def sort_all(made: Any) -> None:
    """Put the children of all properties in the order of the schema, but for the styles'."""
    sections = made.sections
    roots = [made.element]
    for section in sections:
        roots += [section.footer._element, section.even_page_footer._element]
        roots += [section.header._element, section.even_page_header._element]
    for root in roots:
        sort(root)


def sort(root: Any) -> None:
    """The same within one element."""
    for name, order in ORDERS.items():
        ranks = {w(each): rank for rank, each in enumerate(order)}
        for held in root.iter(w(name)):
            held[:] = sorted(held, key=lambda one: ranks.get(one.tag, len(ranks)))
