"""What a norm is: it is given what has been told and one entry, and yields what is wrong."""

from collections.abc import Callable, Iterator
from typing import Any

from tests.procedure.telling import Entry, Facts, Telling

Found = Iterator[str]
Norm = Callable[[Telling, Entry], Found]


def when(wrong: Any, words: str) -> Found:
    """The words, with what is wrong, if anything is."""
    if wrong:
        yield f"{words}: {wrong}"


def sitting_of(told: Telling, entry: Entry) -> Facts:
    """The sitting that an entry names."""
    found: Facts = told.sittings[entry["payload"]["sitting"]]
    return found
