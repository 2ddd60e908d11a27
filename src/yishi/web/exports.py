"""Lists as spreadsheets (XLSX): what a page shows to somebody, in one sheet, nothing live in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from io import BytesIO
from typing import Any, Final, NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST: Final = 32_000
"""Characters of one cell; a spreadsheet takes a little more."""
NEVER: Final = re.compile(f"{ILLEGAL_CHARACTERS_RE.pattern}|[\ufffe\uffff\ud800-\udfff]")
"""Characters that no XML may hold; the library knows those of control only."""
STARTERS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for the beginning of a formula."""
WIDEST: Final = 60
SHEET: Final = "xl/worksheets/sheet1.xml"
TIME: Final = "yyyy-mm-dd hh:mm"

_HEAD: Final = Font(bold=True)
_GROUND: Final = PatternFill("solid", fgColor="F3E3E3")
_FIRST: Final = Alignment(vertical="center", wrap_text=True)
_EACH: Final = Alignment(vertical="top", wrap_text=True)


def xlsx(filename: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A workbook to download: the head frozen, days as days, words as words and never a formula.

    Times are written as their own clock shows them: bring them in the institution's zone.
    """
    response = HttpResponse(_book(_titled(filename), head, list(rows)), content_type=TYPE)
    response["Content-Disposition"] = content_disposition_header(True, f"{filename}.xlsx")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def _book(title: str, head: Sequence[str], rows: list[Sequence[Any]]) -> bytes:
    """The file: all but the rows by the library, the rows written straight into it.

    The library makes an object of each cell and looks its style up by all that it says; of five
    thousand rows that takes seconds.
    """
    frame, looks = _frame(title, head, rows)
    out = BytesIO()
    with ZipFile(frame) as empty, ZipFile(out, "w", ZIP_DEFLATED) as book:
        for part in empty.infolist():
            held = empty.read(part)
            if part.filename != SHEET:
                book.writestr(part, held)
                continue
            before, end, after = held.partition(b"</sheetData>")
            with book.open(SHEET, "w") as sheet:
                sheet.write(before)
                for number, row in enumerate(rows, 2):
                    sheet.write(_row(number, row, looks).encode())
                sheet.write(end + after)
    return out.getvalue()


class Looks(NamedTuple):
    """How cells look, by the number that a style has in the workbook."""

    words: int
    day: int
    time: int


def _frame(title: str, head: Sequence[str], rows: list[Sequence[Any]]) -> tuple[BytesIO, Looks]:
    """The workbook with its head only, and the styles for what goes below it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, width in enumerate(_widths(head, rows), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(head), 1))}{len(rows) + 1}"
    sheet.append(_head(sheet, head))
    looks = Looks(*(_style(sheet, shape) for shape in ("General", "yyyy-mm-dd", TIME)))
    out = BytesIO()
    book.save(out)
    return out, looks


def _style(sheet: Any, shape: str) -> int:
    cell: Cell = WriteOnlyCell(sheet)
    cell.alignment, cell.number_format = _EACH, shape
    return cell.style_id


def inert(words: str) -> str:
    """Words that no spreadsheet takes for a formula, and that hold nothing it cannot hold."""
    said = NEVER.sub("", words)[:LONGEST]
    return f"'{said}" if said.lstrip(" ").startswith(STARTERS) else said


def _titled(filename: str) -> str:
    return "".join(c for c in filename if c not in r"[]:*?/\'")[:31] or "1"


def _head(sheet: Any, head: Sequence[str]) -> list[Cell]:
    cells = []
    for said in head:
        cell: Cell = WriteOnlyCell(sheet, value=inert(said))
        cell.font, cell.fill, cell.alignment = _HEAD, _GROUND, _FIRST
        cells.append(cell)
    return cells


def _row(number: int, row: Sequence[Any], looks: Looks) -> str:
    cells = (_cell(f"{_letters(n)}{number}", value, looks) for n, value in enumerate(row, 1))
    return f'<row r="{number}">{"".join(cells)}</row>'


_letters: Final = cache(get_column_letter)


def _cell(place: str, value: Any, looks: Looks) -> str:
    """A cell: numbers and days as numbers, all else as words whatever they look like."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" s="{looks.words}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}" s="{looks.words}"><v>{value!r}</v></c>'
    if isinstance(value, date):
        timed = isinstance(value, datetime)
        plain = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        counted = to_excel(plain)  # type: ignore[no-untyped-call]
        return f'<c r="{place}" s="{looks.time if timed else looks.day}"><v>{counted}</v></c>'
    said = escape(inert(str(value)), {"\r": "&#13;"})
    start = f'<c r="{place}" s="{looks.words}" t="inlineStr">'
    return f'{start}<is><t xml:space="preserve">{said}</t></is></c>'


def _widths(head: Sequence[str], rows: list[Sequence[Any]]) -> Iterator[int]:
    """A width for each column, from its head and the beginning of the list."""
    for place, said in enumerate(head):
        cells = (row[place] for row in rows[:200] if place < len(row))
        longest = max((_wide(value) for value in cells), default=0)
        yield min(max(_wide(said) + 4, longest + 2, 8), WIDEST)


def _wide(value: Any) -> int:
    if isinstance(value, datetime):
        return 16
    if isinstance(value, date):
        return 11
    return sum(2 if ord(c) > 0x2E7F else 1 for c in str("" if value is None else value)[:WIDEST])
