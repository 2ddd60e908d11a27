"""A paper as DOCX, to be edited in Word or WPS: each look a named style, each heading a heading."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from yishi.documents import foot, geometry
from yishi.documents.geometry import twips
from yishi.documents.model import (
    Block,
    Cell,
    Document,
    Gap,
    Heading,
    Para,
    People,
    Signed,
    Span,
    Table,
)
from yishi.documents.profile import Typefaces
from yishi.documents.styles import FACES, blank, emptied, line, renamed, table_of_fonts
from yishi.documents.titles import broken
from yishi.documents.xml import child, sort_all, w

if TYPE_CHECKING:
    from docx.document import Document as Word

TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONTS: Final = "word/fontTable.xml"
CHARACTER: Final = 315
"""Twips that a character of the body is wide."""
LONGEST: Final = 255
"""Characters that a file may have in what it says of itself."""
PRIVATE: Final = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFD))
"""Characters that mean something in one office's own fonts only."""


def private(document: Document) -> tuple[str, ...]:
    """Characters that no font anywhere has but one that an office made for itself."""
    every = dict.fromkeys(c for text in document.words() for c in text)
    return tuple(c for c in every if any(a <= ord(c) <= b for a, b in PRIVATE))


def write(document: Document) -> bytes:
    """The paper as DOCX; the same paper has the same bytes."""
    made = blank(document.landscape)
    _named(made, document)
    _head(made, document)
    for block, next_ in zip_longest(document.body, document.body[1:]):
        _put(made, block, document, next_)
    if document.note:
        line(made, "公文正文", f"（{document.note}）")
    if document.foot is not None:
        _kept_with_next(made)
        foot.put(made, document.foot)
    sort_all(made)
    renamed(made, document.typefaces)
    return _packed(made, document.typefaces)


def _named(made: Word, document: Document) -> None:
    """What the file says of itself, and what every page of a draft says."""
    about = made.core_properties
    about.title, about.author, about.last_modified_by = document.called[:LONGEST], "", ""
    about.created = about.modified = datetime.combine(document.dated, time())
    about.language, about.comments, about.keywords = "zh-CN", "", document.profile[:LONGEST]
    if document.draft:
        section = made.sections[0]
        for header in (section.header, section.even_page_header):
            header.is_linked_to_previous = False
            header.paragraphs[0].style = "页眉说明"
            header.paragraphs[0].add_run(document.draft)


def _head(made: Word, document: Document) -> None:
    if document.mark:
        _masthead(made, document)
    if document.title:
        if document.mark:
            emptied(made, 1)
        title = line(made, "Title")
        for place, said in enumerate(broken(document.title)):
            if place:
                title.add_run().add_break()
            title.add_run(said)
        if document.under:
            line(made, "题注行", document.under)
        emptied(made, 1)
    if document.addressee:
        line(made, "主送机关", f"{document.addressee}：")


def _masthead(made: Word, document: Document) -> None:
    from docx.shared import Pt

    mark = line(made, "发文机关标志")
    run = mark.add_run(document.mark)
    room = (geometry.WIDTH - 4) * geometry.MM / len(document.mark)
    size = int(max(16, min(58, room)))
    run.font.size = Pt(size)
    mark.paragraph_format.line_spacing = Pt(round(size * 1.15))
    emptied(made, 1 if document.format == "minutes" or not document.number else 2)
    lines = [line(made, "发文字号", document.number)] if document.number else []
    if document.left or document.right:
        lines.append(line(made, "编发行", f"　{document.left}\t{document.right}"))
    last = lines[-1] if lines else mark
    borders = child(last._p.get_or_add_pPr(), "pBdr")
    space = str(round(geometry.RULE_DOWN * geometry.MM))
    child(borders, "bottom", val="single", sz="12", space=space, color=geometry.RED)
    emptied(made, 1)


def _put(made: Word, block: Block, document: Document, next_: Block | None) -> None:
    """One block; lists of people stay together, and what is signed by hand with words before it."""
    match block:
        case Heading():
            line(made, f"Heading{block.level}", block.text)
        case Para() if block.place == "right" and isinstance(next_, Table) and next_.by_hand:
            _kept_with_next(made)
            _para(made, block)
            _kept_with_next(made)
        case Para():
            _para(made, block)
        case People():
            person = line(made, "人员名单")
            _spans(person, (Span(f"{block.label}：", "hei"), Span(block.names)))
            _hanging(person, len(block.label) + 1)
            if isinstance(next_, People):
                person.paragraph_format.keep_with_next = True
        case Table():
            _table(made, block, _wide(document))
        case Signed():
            _signed(made, block, _wide(document))
        case Gap():
            emptied(made, block.lines)


def _wide(document: Document) -> int:
    return twips(geometry.HEIGHT if document.landscape else geometry.WIDTH)


def _para(made: Word, block: Para) -> None:
    style = {"centre": "居中行", "right": "居右行"}.get(block.place)
    style = style or ("公文正文" if block.indent else "主送机关")
    _spans(line(made, style), block.spans)


def _spans(paragraph: Any, spans: tuple[Span, ...]) -> None:
    for span in spans:
        run = paragraph.add_run(span.text)
        if span.face == "struck":
            run.font.strike = True
        elif span.face:
            name = FACES[span.face]
            fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
            for which in ("ascii", "hAnsi", "eastAsia"):
                fonts.set(w(which), name)


def _hanging(paragraph: Any, characters: int) -> None:
    """Later lines begin under the first name: in twips, and in characters for Word (GW-F1)."""
    indent = child(paragraph._p.get_or_add_pPr(), "ind")
    left = characters + 2
    indent.set(w("leftChars"), str(left * 100))
    indent.set(w("left"), str(left * CHARACTER))
    indent.set(w("hangingChars"), str(characters * 100))
    indent.set(w("hanging"), str(characters * CHARACTER))


def _kept_with_next(made: Word) -> None:
    """The last words go with those who sign them, over blank lines too: it never stands alone."""
    for last in reversed(made.element.body[:-1]):  # the very last element is of the section
        if last.tag != w("p"):
            break
        properties = last.get_or_add_pPr()
        child(properties, "keepNext")
        child(properties, "keepLines")
        if "".join(last.itertext()).strip():
            break


def _width(text: str) -> int:
    """How wide words are in the body's size."""
    return sum(CHARACTER if ord(c) > 0x2E7F else CHARACTER // 2 for c in text)


def _signed(made: Word, block: Signed, wide: int) -> None:
    """Who signs, and the day: as the standard has it with a seal and without one."""
    by, on = _width(block.by), _width(block.on)
    if block.seal:
        on_left = wide - 4 * CHARACTER - on
        by_left = max(0, min(on_left + (on - by) // 2, wide - by))
    elif on > by:
        on_left = wide - 2 * CHARACTER - on
        by_left = on_left - 2 * CHARACTER
    else:
        by_left = max(0, wide - 2 * CHARACTER - by)
        on_left = by_left + 2 * CHARACTER
    _kept_with_next(made)
    emptied(made, 3 if block.seal else 1, keep=True)
    for said, left in ((block.by, by_left), (block.on, on_left)):
        signed = line(made, "署名", said)
        child(signed._p.get_or_add_pPr(), "ind").set(w("left"), str(left))


# ── tables ────────────────────────────────────────────────────────────────────────────────────


def _table(made: Word, block: Table, wide: int) -> None:
    rows = len(block.rows) + bool(block.head)
    table = made.add_table(rows=rows, cols=len(block.widths), style="Table Grid")
    table.autofit = False
    whole = sum(block.widths)
    widths = [round(wide * share / whole) for share in block.widths]
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.set(w("w"), str(width))
    _framed(table, sum(widths))
    held = list(table._tbl.tr_lst)
    if block.head:
        top = held.pop(0)
        child(top.get_or_add_trPr(), "tblHeader")
        _row(table, top, tuple(Cell(said, label=True) for said in block.head), widths)
        for paragraph in top.iter(w("p")):
            child(paragraph.get_or_add_pPr(), "keepNext")
    for row, cells in zip(held, block.rows, strict=True):
        _row(table, row, cells, widths)


def _framed(table: Any, wide: int) -> None:
    """As wide as the type area, with its edges on those of the text."""
    properties = table._tbl.tblPr
    child(properties, "tblW", type="dxa", w=str(wide))
    child(properties, "tblLayout", type="fixed")
    child(properties, "tblInd", w="100", type="dxa")
    margins = child(properties, "tblCellMar")
    for side in ("left", "right"):
        child(margins, side, w="100", type="dxa")


def _row(table: Any, row: Any, cells: tuple[Cell, ...], widths: list[int]) -> None:
    from docx.table import _Cell

    properties = row.get_or_add_trPr()
    child(properties, "cantSplit")
    least = max(cell.least for cell in cells)
    child(properties, "trHeight", val=str(max(440, least * 360)), hRule="atLeast")
    held = list(row.tc_lst)
    at = 0
    for cell in cells:
        inner = held[at]
        for other in held[at + 1 : at + cell.span]:
            row.remove(other)
        if cell.span > 1:
            inner.grid_span = cell.span
        inner.width = 635 * sum(widths[at : at + cell.span])
        _cell(_Cell(inner, table), cell)
        at += cell.span


def _cell(inner: Any, cell: Cell) -> None:
    style = "表格栏目" if cell.label else "表格文字"
    first, *rest = cell.text.split("\n")
    lines = [inner.paragraphs[0], *(inner.add_paragraph() for _ in rest)]
    for paragraph, said in zip(lines, (first, *rest), strict=True):
        paragraph._p.style = style
        paragraph.add_run(said)
        _placed(paragraph, cell.place)
    child(inner._tc.get_or_add_tcPr(), "vAlign", val="top" if cell.signed else "center")
    if cell.signed:
        for _ in range(max(1, cell.least - len(lines) - 1)):
            _added(inner)
        foot = _added(inner, cell.signed)
        _placed(foot, "right")


def _added(inner: Any, text: str = "") -> Any:
    added = inner.add_paragraph(text)
    added._p.style = "表格文字"
    return added


def _placed(paragraph: Any, place: str) -> None:
    if place:
        child(paragraph._p.get_or_add_pPr(), "jc", val="right" if place == "right" else "center")


# ── the file ──────────────────────────────────────────────────────────────────────────────────


def _packed(made: Word, names: Typefaces) -> bytes:
    """The parts with no clock in them, so that the same paper is the same file."""
    first, out = BytesIO(), BytesIO()
    made.save(first)
    with ZipFile(first) as taken, ZipFile(out, "w", ZIP_DEFLATED) as given:
        for name in taken.namelist():
            part = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type = ZIP_DEFLATED
            own = table_of_fonts(names).encode() if name == FONTS else None
            given.writestr(part, own or taken.read(name))
    return out.getvalue()
