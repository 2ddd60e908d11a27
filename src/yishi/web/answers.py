"""What the rules answered to somebody, remembered by this process while nothing can be otherwise.

An answer hangs on what has happened (the head of the institution's chain), on who asks, and on
the time, which rules look at by the day and the minute. While all three are the same, a question
is put to the rules once. What is remembered is never a permission to do: an act is judged anew.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Any, Final, TypeVar

from yishi.journal import Head

T = TypeVar("T")

INSTITUTIONS: Final = 64
"""Institutions of which one process remembers answers, the least recently heard forgotten first."""

ASKERS: Final = 256
"""Askers of one institution whose answers are remembered, in the same way."""

MOST: Final = 2000
"""Answers remembered to one asker."""

JOURNALS: Final = 32
"""Meetings whose journal one process keeps as far as it has read it, in the same way."""


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
    """The answers of this process, of each institution those of the latest head and minute only.

    So nothing stays that has been overtaken, and no words that have since been erased. What only
    grows is kept apart, as far as it has grown; whoever reads on looks for erasures first.
    """

    def __init__(self) -> None:
        self._held: OrderedDict[str, tuple[Hashable, OrderedDict[str, Answers]]] = OrderedDict()
        self._grown: OrderedDict[tuple[str, Hashable], Any] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, institution: str, head: Head, now: datetime, asker: str) -> Answers:
        """What this asker has been answered since anything happened, in this minute."""
        moment = (head.seq, head.hash, now.replace(second=0, microsecond=0))
        with self._lock:
            at, askers = self._held.get(institution, (None, OrderedDict[str, Answers]()))
            if at != moment:
                askers = OrderedDict()
            self._held[institution] = moment, askers
            _used(self._held, institution, INSTITUTIONS)
            answers = askers.setdefault(asker, Answers())
            _used(askers, asker, ASKERS)
        return answers

    def grown(self, institution: str, what: Hashable) -> Any:
        """What was kept of something that only grows; None where nothing was."""
        with self._lock:
            return self._grown.get((institution, what))

    def grow(self, institution: str, what: Hashable, value: object) -> None:
        """Keep it as far as it has grown."""
        with self._lock:
            self._grown[institution, what] = value
            _used(self._grown, (institution, what), JOURNALS)

    def outgrown(self, institution: str) -> None:
        """Keep nothing of that kind of an institution: it did not only grow."""
        with self._lock:
            for key in [key for key in self._grown if key[0] == institution]:
                del self._grown[key]

    def forget(self) -> None:
        """Remember nothing any more."""
        with self._lock:
            self._held.clear()
            self._grown.clear()


def _used(held: OrderedDict[Any, Any], key: Hashable, most: int) -> None:
    """Put what has just been used last, and drop what has been left alone the longest."""
    held.move_to_end(key)
    while len(held) > most:
        held.popitem(last=False)


REMEMBERED: Final = Remembered()
"""What this process remembers."""
