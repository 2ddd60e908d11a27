"""Text in columns where a Chinese character is two wide."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

NARROWEST = 12
"""Columns that a column of words keeps, however little room there is."""

_PIECES = re.compile(r"\s+|[^\s\u2e80-\uffef‘’“”…—]+|.", re.DOTALL)
_CLOSING = frozenset("，。、；：！？）》〉」』】〕”’…,.;:!?)]}%")
_OPENING = frozenset("（《〈「『【〔“‘([{")


def width(text: str) -> int:
    """How many columns a text takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def clip(text: str, columns: int) -> str:
    """The text filled up with blanks to that many columns; a longer one stays whole."""
    return text + " " * max(0, columns - width(text))


def title(text: str) -> str:
    """A heading with a line under it."""
    return f"\n{text}\n{'═' * width(text)}"


def rule_off(columns: int) -> str:
    """A line across."""
    return "\n" + "─" * columns


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines of at most that many columns; a line never begins with a full stop."""
    lines = [""]
    for piece in _pieces(text):
        if width(lines[-1]) + width(piece.rstrip()) > columns and lines[-1]:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> Iterator[str]:
    """What a line may not be broken within: a word, a character with the marks around it."""
    held = ""
    for piece in _PIECES.findall(text):
        glued = piece[0] in _CLOSING or (held and held[-1] in _OPENING)
        if held and not glued:
            yield held
            held = ""
        held += piece
    if held:
        yield held


def hanging(first: str, text: str, columns: int) -> str:
    """The text beside a first word, its further lines beneath its own beginning."""
    indent = " " * width(first)
    lines = wrap(text, max(columns - width(first), NARROWEST))
    return "\n".join((first if n == 0 else indent) + line for n, line in enumerate(lines))


def row(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Cells side by side, each wrapped within its own width."""
    wrapped = [wrap(cell, wide) for cell, wide in zip(cells, widths, strict=True)]
    high = max(len(lines) for lines in wrapped)
    filled = [[*lines, *[""] * (high - len(lines))] for lines in wrapped]
    return "\n".join(
        "  ".join(clip(c, w) for c, w in zip(line, widths, strict=True)).rstrip()
        for line in zip(*filled, strict=True)
    )


def table(head: list[str], rows: list[list[str]], columns: int = 100) -> str:
    """Rows under a heading; the widest column gives way where there is too little room."""
    wide = [max(width(row[n]) for row in [head, *rows]) for n in range(len(head))]
    surplus = sum(wide) + 2 * (len(wide) - 1) - columns
    widest = wide.index(max(wide))
    wide[widest] -= min(max(surplus, 0), max(wide[widest] - NARROWEST, 0))
    lines = [head, ["─" * w for w in wide], *rows]
    return "\n".join(row(line, wide) for line in lines)
