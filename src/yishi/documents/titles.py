"""How a long title breaks: into lines about as long as each other, after a word that ends one."""

from math import ceil
from typing import Final

from yishi.documents import geometry

LONGEST: Final = int(geometry.WIDTH * geometry.MM / geometry.SIZES["2"])
"""Characters of a title's size in one line."""

AFTER: Final = frozenset("的和与及、，》”）了")
"""Behind these a line may well end."""

NUMERALS: Final = frozenset("0123456789０１２３４５６７８９〇零一二三四五六七八九十百千")
COUNTED: Final = frozenset("年月日号次期届")
"""What stands with the number before it."""

NEAR: Final = 4
"""How far from the even length a better place is looked for."""


def broken(title: str) -> list[str]:
    """The lines of a title: those it has, and long ones in parts (GW-E1)."""
    return [part for line in title.split("\n") for part in _parts(line)]


def _parts(line: str) -> list[str]:
    if len(line) <= LONGEST:
        return [line]
    count = ceil(len(line) / LONGEST)
    end = _end(line, len(line) / count, len(line) - (count - 1) * LONGEST)
    return [line[:end], *_parts(line[end:])]


def _end(line: str, even: float, least: int) -> int:
    """Where the first line ends: near the even length, so that what is left still has room."""
    last = min(LONGEST, len(line) - 1)
    near = range(max(least, int(even) - NEAR), min(last, int(even) + NEAR) + 1)
    whole = [at for at in near if not _within(line, at)]
    # A number as long as that has no better place: it may stand further off, or else be cut.
    whole = whole or [at for at in range(max(least, 1), last + 1) if not _within(line, at)]
    return min(
        whole or near,
        key=lambda at: (abs(at - even) + NEAR * (line[at - 1] not in AFTER), at),
    )


def _within(line: str, at: int) -> bool:
    """Whether a number, or a number and what it counts, would be taken apart there."""
    before, after = line[at - 1], line[at]
    if before in NUMERALS:
        return after in NUMERALS or after in COUNTED
    # What counts stands with what it counts: 第41次会议 may break behind 次, not behind 第.
    return before == "第" and after in NUMERALS
