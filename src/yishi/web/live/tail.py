"""One watcher a process: looks whether a journal has grown, and wakes whoever waits for it.

The journal is the table of events: an act that is not in it has not happened, and one that is in
it is never missed, whatever a connection missed meanwhile.
"""

import asyncio
import logging
from collections import defaultdict
from contextlib import suppress
from typing import Final

import msgspec
from django.db import connections

from yishi.journal.tables.models import Chain, Entry

EVERY: Final = 0.3
"""Seconds between two looks, while anybody waits."""


class Watched(msgspec.Struct, frozen=True):
    """A screen waits for what happens in these streams of an institution's journal."""

    institution: str
    streams: frozenset[str]


class Tail:
    """Tells each waiting screen the place in the journal that last touched what it shows."""

    def __init__(self) -> None:
        self._waiting: dict[Watched, set[asyncio.Queue[int]]] = defaultdict(set)
        self._seen: dict[str, int] = {}
        self._task: asyncio.Task[None] | None = None

    def join(self, watched: Watched, since: int) -> asyncio.Queue[int]:
        """Wait for what comes after a place in the journal; one screen, one queue."""
        queue: asyncio.Queue[int] = asyncio.Queue(maxsize=1)
        self._waiting[watched].add(queue)
        known = self._seen.get(watched.institution)
        # What lies between is read once more; a screen that has been told already says so itself.
        self._seen[watched.institution] = since if known is None else min(known, since)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._look_for_ever())
        return queue

    def leave(self, watched: Watched, queue: asyncio.Queue[int]) -> None:
        """Wait no longer."""
        held = self._waiting.get(watched)
        if held is not None:
            held.discard(queue)
            if not held:
                del self._waiting[watched]

    async def _look_for_ever(self) -> None:
        while self._waiting:
            try:
                await self.look()
            except Exception:
                # A database that does not answer now may answer in a moment.
                logging.getLogger(__name__).exception("live")
            await asyncio.sleep(EVERY)
        self._seen.clear()

    async def look(self) -> None:
        """Look once, and tell those whose streams were touched."""
        places = {w.institution: self._seen.get(w.institution, 0) for w in self._waiting}
        found = await asyncio.to_thread(_grown, places)
        for institution, (head, touched) in found.items():
            self._seen[institution] = head
            for watched, queues in list(self._waiting.items()):
                last = max((touched[s] for s in watched.streams & touched.keys()), default=None)
                if watched.institution == institution and last is not None:
                    for queue in queues:
                        _tell(queue, last)


def _tell(queue: asyncio.Queue[int], place: int) -> None:
    """Only the latest place counts: a slow screen skips what it would have redrawn anyway."""
    with suppress(asyncio.QueueEmpty):
        queue.get_nowait()
    queue.put_nowait(place)


Grown = dict[str, tuple[int, dict[str, int]]]


def _grown(places: dict[str, int]) -> Grown:
    """For each journal that has grown: where it stands, and the last place of each stream."""
    try:
        heads = Chain.objects.filter(slug__in=places).values_list("slug", "seq")
        grown = {slug: seq for slug, seq in heads if seq > places[slug]}
        found: Grown = {}
        for slug, head in grown.items():
            rows = Entry.objects.filter(chain_id=slug, seq__gt=places[slug], seq__lte=head)
            found[slug] = (head, dict(rows.order_by("seq").values_list("stream", "seq")))
        return found
    finally:
        connections.close_all()


TAIL: Final = Tail()
"""The watcher of this process."""
