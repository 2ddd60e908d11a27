"""Marks that count through words: in order, under their heads, alike all through (序号; pure).

The four levels stand at the beginning of a line: 一、 · （一） · 1. · （1）. Within a sentence 一是
and 第一， count too. The first mark of all may be any number: others may stand elsewhere.
"""

import re
from collections.abc import Iterator
from typing import Final

from yishi.documents.lapses import BEGINS, ONES, Lapse, tens
from yishi.documents.marks import chinese
from yishi.procedure.verdict import Message

COUNT: Final = f"[{ONES}]?十[{ONES}]?|[{ONES}]"
BLANKS: Final = " \t\u3000"

COUNTED: Final = re.compile(
    rf"^[{BLANKS}]*(?:({COUNT})、|（({COUNT})）|(\d{{1,2}})[.．](?!\d)|（(\d{{1,2}})）)", re.M
)
"""A mark of one of the four levels."""

RUNS: Final = (
    (re.compile(rf"{BEGINS}(?P<n>{COUNT})是"), "{}是"),
    (re.compile(rf"{BEGINS}第(?P<n>{COUNT})[，、](?!第|[{ONES}十])"), "第{}"),
)
"""What counts within sentences, each by itself; and how such a mark begins wherever it stands."""

MOST: Final = 99
"""No mark of these counts further."""


def level_lapses(words: str) -> Iterator[Lapse]:
    """Every mark that does not stand where it counts itself to be."""
    yield from _levels(words)
    for shape, mark in RUNS:
        yield from _run(words, shape, mark)


def _levels(words: str) -> Iterator[Lapse]:
    """Marks that do not follow on each other, or stand where their level does not belong."""
    last: dict[int, int] = {}
    below: dict[int, int] = {}
    for found in COUNTED.finditer(words):
        level, said = next((k, v) for k, v in enumerate(found.groups()) if v)
        n, head = _number(said), max((upper for upper in last if upper < level), default=None)
        if level in last or head is not None:
            if n != (follows := last.get(level, 0) + 1):
                yield _misnumbered(found, level + 1, follows)
            elif n == 1 and head is not None and (wrong := _misplaced(level, head, below)):
                yield Lapse("GW-E5", wrong, *_span(found))
        elif last and n == 1:
            yield Lapse("GW-E5", Message("proofreading.under"), *_span(found))
        if head is not None:
            below.setdefault(head, level)
        last = {upper: m for upper, m in last.items() if upper < level} | {level: n}


def _misplaced(level: int, head: int, below: dict[int, int]) -> Message | None:
    """What is wrong with a list that begins under a head; nothing where it may stand there."""
    if below.get(head, level) != level:
        return Message("proofreading.mixed")
    return Message("proofreading.skipped") if level - head > 2 else None


def _run(words: str, shape: re.Pattern[str], mark: str) -> Iterator[Lapse]:
    """What counts within sentences and leaves a number out; with one it begins anew.

    A number that stands anywhere between may well be counted there, behind a mark that need not
    begin a sentence: it is not left out.
    """
    last, end = 0, 0
    for found in shape.finditer(words):
        n, between = _number(found["n"]), words[end : found.start()]
        if last and n not in (1, last + 1) and _mark(mark, n - 1) not in between:
            follows = last + 1
            while follows < MOST and _mark(mark, follows) in between:
                follows += 1
            yield _misnumbered(found, found.re.groupindex["n"], follows)
        last, end = (n if last or n == 1 else 0), found.end()


def _mark(mark: str, number: int) -> str:
    return mark.format(chinese(number))


def _misnumbered(found: re.Match[str], group: int, follows: int) -> Lapse:
    """The mark with the number that follows on the one before it."""
    start, end = _span(found)
    said = str(follows) if found[group].isdecimal() else chinese(min(follows, MOST))
    better = found.string[start : found.start(group)] + said + found.string[found.end(group) : end]
    known = better if follows <= MOST and better != found.string[start:end] else None
    return Lapse("GW-E5", Message("proofreading.order"), start, end, known)


def _span(found: re.Match[str]) -> tuple[int, int]:
    """Where the mark itself stands, without the blanks ahead of it."""
    return found.end() - len(found[0].lstrip(BLANKS)), found.end()


def _number(said: str) -> int:
    return int(said) if said.isdecimal() else tens(said)
