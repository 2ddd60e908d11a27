"""Lists as spreadsheets (XLSX): what a page shows to somebody, in one sheet, nothing live in it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST: Final = 32_000
"""Characters of one cell; a spreadsheet takes a little more."""
STARTERS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for the beginning of a formula."""
WIDEST: Final = 60

_HEAD: Final = Font(bold=True)
_GROUND: Final = PatternFill("solid", fgColor="F3E3E3")
_FIRST: Final = Alignment(vertical="center", wrap_text=True)
_EACH: Final = Alignment(vertical="top", wrap_text=True)


def xlsx(filename: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A workbook to download: the head frozen, days as days, words as words and never a formula.

    Times are written as their own clock shows them: bring them in the institution's zone.
    """
    taken = [tuple(row) for row in rows]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_titled(filename))
    sheet.freeze_panes = "A2"
    for place, width in enumerate(_widths(head, taken), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(head), 1))}{len(taken) + 1}"
    sheet.append(_head(sheet, head))
    for row in taken:
        sheet.append([_cell(sheet, value) for value in row])
    out = BytesIO()
    book.save(out)
    response = HttpResponse(out.getvalue(), content_type=TYPE)
    response["Content-Disposition"] = content_disposition_header(True, f"{filename}.xlsx")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def inert(words: str) -> str:
    """Words that no spreadsheet takes for a formula, and that hold nothing it cannot hold."""
    said = ILLEGAL_CHARACTERS_RE.sub("", words)[:LONGEST]
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


def _cell(sheet: Any, value: Any) -> Cell:
    plain = _plain(value)
    cell: Cell = WriteOnlyCell(sheet, value=plain)
    cell.alignment = _EACH
    if isinstance(plain, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(plain, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(plain, str):
        # openpyxl guesses a formula from the first character; these are words whatever they are.
        cell.data_type = "s"
    return cell


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if value is None or isinstance(value, date | bool | int | float):
        return value
    return inert(str(value))


def _widths(head: Sequence[str], rows: list[tuple[Any, ...]]) -> Iterator[int]:
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
