"""How a decision was made public: as a whole, or as an excerpt with names masked (pure).

Everything is held as it stood when it was published: a task that is put otherwise afterwards has
not been approved for publishing.
"""

import re
from datetime import date, datetime
from typing import Final

import msgspec

COUNTED: Final = r"\u4e07\u4ebf"
"""Ten thousand and a hundred million, as they stand behind digits."""
NEGATIONS: Final = r"\u4e0d\u672a\u6ca1\u65e0\u975e"
"""The five characters that negate what follows them."""
HAN: Final = r"\u3400-\u9fff\U00020000-\U000323af"
TOKEN: Final = re.compile(rf"\d+(?:\.\d+)?[%{COUNTED}]*|[A-Za-z]+|[{NEGATIONS}]?[{HAN}]|\w")
"""What is left out as a whole or not at all: numbers, and a negation with what it negates."""
# Comma, full stop, semicolon, colon, exclamation and question mark in full width.
CLAUSE: Final = re.compile(r"[^\uff0c\u3002\uff1b\uff1a\uff01\uff1f\n]+")


class PublicTask(msgspec.Struct, frozen=True):
    """A task as it stood when its decision was published (任务)."""

    words: str
    unit: str | None
    owner: str | None
    due_on: date | None


class Publication(msgspec.Struct, frozen=True):
    """What of a decision is public, since when and by whom (公开)."""

    at: datetime
    by: str
    title: str
    words: str
    tasks: tuple[PublicTask, ...] = ()
    masked: tuple[tuple[str, str], ...] = ()
    """People whose names are masked, each with the name as it was then known."""
    added: str = ""
    """What whoever published it explains beside (外加说明): no words of the meeting's."""
    part: bool = False
    """Whether only this is public, and the whole stays with its readers (摘录)."""


def beyond(said: str, whole: str) -> str:
    """An excerpt from the first clause on that the whole does not have in its order; else nothing.

    Within a clause words may be left out; clauses are not joined to one that was never said.
    """
    left = [[one[0] for one in TOKEN.finditer(clause)] for clause in CLAUSE.findall(whole)]
    for clause in CLAUSE.finditer(said):
        wanted = [one[0] for one in TOKEN.finditer(clause[0])]
        while wanted and left and (rest := _after(wanted, left[0])) is None:
            left.pop(0)
        if wanted and not left:
            return said[clause.start() :]
        if wanted:
            left[0] = rest or []
    return ""


def _after(wanted: list[str], clause: list[str]) -> list[str] | None:
    """What of a clause comes behind these words of it; None where it does not have them so."""
    left = iter(clause)
    return list(left) if all(any(one == other for other in left) for one in wanted) else None
