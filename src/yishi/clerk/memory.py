"""The state of each institution, held by this process and caught up with the journal when asked.

What is held is never trusted on its own: the head of the chain says whether it still holds.
"""

import threading
from collections import OrderedDict
from typing import Final

import msgspec

from yishi.chronicle.scribe import caught_up
from yishi.journal import ERASURE, Head
from yishi.journal.tables.store import TableStore
from yishi.procedure.state import State

KEEP: Final = 64
"""Institutions whose state one process holds at a time."""


class Held(msgspec.Struct, frozen=True):
    """A state and the place in the chain up to which it counts."""

    head: Head
    state: State


class Memory:
    """States by institution, the least recently asked for forgotten first."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Held] = OrderedDict()
        self._lock = threading.Lock()

    def at(self, institution: str, head: Head | None = None) -> Held:
        """The state as of `head`, or as of the chain's own head.

        Raises `Chain.DoesNotExist` for an unknown institution.
        """
        store = TableStore(institution)
        head = head or store.head()
        with self._lock:
            held = self._held.get(institution)
        if held is not None and held.head == head:
            return held
        held = self._catch_up(store, held, head)
        self.put(institution, held)
        return held

    def put(self, institution: str, held: Held) -> None:
        """Hold what is known to be committed."""
        with self._lock:
            self._held[institution] = held
            self._held.move_to_end(institution)
            while len(self._held) > KEEP:
                self._held.popitem(last=False)

    def forget(self, institution: str) -> None:
        """Hold nothing of an institution any more."""
        with self._lock:
            self._held.pop(institution, None)

    def _catch_up(self, store: TableStore, held: Held | None, head: Head) -> Held:
        if held is not None and held.head.seq < head.seq:
            lines = list(store.read(after=held.head.seq))
            follows = bool(lines) and lines[0].entry.prev == held.head.hash
            # What is held still has the words that an erasure emptied: it is read anew.
            if follows and not any(line.entry.type == ERASURE for line in lines):
                last = lines[-1]
                return Held(Head(last.entry.seq, last.hash), caught_up(held.state, lines))
        return anew(store)


def anew(store: TableStore) -> Held:
    """The state as the whole journal tells it now."""
    lines = list(store.read())
    if not lines:
        return Held(Head(), State())
    return Held(Head(lines[-1].entry.seq, lines[-1].hash), caught_up(State(), lines))


MEMORY: Final = Memory()
"""What this process holds."""
