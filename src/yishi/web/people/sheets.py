"""Spreadsheets that people bring: read as rows of words, whatever is in them."""

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

import msgspec
from django.core.files.uploadedfile import UploadedFile
from openpyxl import load_workbook

LARGEST: Final = 4 * 1024 * 1024
UNPACKED: Final = 60 * 1024 * 1024
"""A sheet that unpacks to more than this was made to do harm."""
ROWS: Final = 3000


class Line(msgspec.Struct, frozen=True):
    """One filled row: its number in the sheet, and what stands under each heading."""

    number: int
    cells: dict[str, str]


class Unreadable(ValueError):  # noqa: N818
    """The file is no sheet of this kind; `args[0]` is the message id that says why."""


def lines_of(file: UploadedFile, headings: Sequence[str]) -> list[Line]:
    """The filled rows of the first sheet under its headings, in order. Raises `Unreadable`."""
    if not file.size or file.size > LARGEST:
        raise Unreadable("people.sheet_too_large")
    try:
        with zipfile.ZipFile(file) as packed:  # type: ignore[arg-type]
            if sum(one.file_size for one in packed.infolist()) > UNPACKED:
                raise Unreadable("people.sheet_too_large")
        file.seek(0)
        book = load_workbook(file, read_only=True, data_only=True)  # type: ignore[arg-type]
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(values_only=True, max_row=ROWS + 2, max_col=40)
        return list(_lines(rows, headings))
    except Unreadable:
        raise
    except Exception as error:
        # Whatever a broken file makes the reader raise, it comes to this: it cannot be read.
        raise Unreadable("people.sheet_unreadable") from error


def _lines(rows: Iterator[tuple[Any, ...]], headings: Sequence[str]) -> Iterator[Line]:
    heads = [_said(cell) for cell in next(rows, ())]
    if not set(headings) & set(heads):
        raise Unreadable("people.sheet_headings")
    for number, row in enumerate(rows, 2):
        named = zip(heads, row, strict=False)
        cells = {head: _said(cell) for head, cell in named if head in headings}
        if not any(cells.values()):
            continue
        if number > ROWS + 1:
            raise Unreadable("people.sheet_too_long")
        yield Line(number, cells)


def _said(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else f"{cell:%F %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip().removeprefix("'")[:20_000]
