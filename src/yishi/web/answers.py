"""What the rules answered to somebody, remembered by this process while nothing can be otherwise.

An answer hangs on what has happened (the head of the institution's chain), on who asks, and on
the time, which rules look at by the day and the minute. While all three are the same, a question
is put to the rules once. What is remembered is never a permission to do: an act is judged anew.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Final, TypeVar

from yishi.journal import Head

T = TypeVar("T")

KEEP: Final = 256
"""Askers whose answers one process remembers, the least recently heard forgotten first."""

MOST: Final = 2000
"""Answers remembered to one asker."""


class Answers:
    """The answers to one person, about one state of things, within one minute."""

    def __init__(self) -> None:
        self._given: dict[Hashable, object] = {}

    def to(self, question: Hashable, put: Callable[[], T]) -> T:
        """The answer to a question, put to the rules the first time only."""
        known = self._given
        if question not in known:
            if len(known) >= MOST:
                known.clear()
            answer = known[question] = put()
            return answer
        return known[question]  # type: ignore[return-value]


class Remembered:
    """The answers of this process, by institution, what has happened, who asks and when."""

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, Answers] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, institution: str, head: Head, now: datetime, asker: str) -> Answers:
        """What this asker has been answered since anything happened, in this minute."""
        key = (institution, head.seq, head.hash, now.replace(second=0, microsecond=0), asker)
        with self._lock:
            held = self._held.setdefault(key, Answers())
            self._held.move_to_end(key)
            while len(self._held) > KEEP:
                self._held.popitem(last=False)
        return held

    def forget(self) -> None:
        """Remember nothing any more."""
        with self._lock:
            self._held.clear()


REMEMBERED: Final = Remembered()
"""What this process remembers."""
