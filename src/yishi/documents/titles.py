"""How a long title breaks: into lines about as long as each other, after a word that ends one."""

from math import ceil
from typing import Final

from yishi.documents import geometry

LONGEST: Final = int(geometry.WIDTH * geometry.MM / geometry.SIZES["2"])
"""Characters of a title's size in one line."""

AFTER: Final = frozenset("的和与及、，》”）了")
"""Behind these a line may well end."""

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
    near = range(max(least, int(even) - NEAR), min(LONGEST, int(even) + NEAR) + 1)
    return min(near, key=lambda at: (abs(at - even) + NEAR * (line[at - 1] not in AFTER), at))
