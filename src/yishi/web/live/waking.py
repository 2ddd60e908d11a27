"""What wakes the watcher of a process before its time: a notification, a commit, a poke.

None of it is needed: whoever is not woken looks by himself a moment later.
"""

import select
import socket
from contextlib import suppress
from time import monotonic
from typing import Any, Final

from django.db import connection

from yishi.journal.tables.store import CHANNEL

GLANCE: Final = 0.01
"""Seconds between two glances at the embedded database, which tells nobody by itself."""


class Waking:
    """Waits until there may be something to look at; belongs to the watcher's thread."""

    def __init__(self) -> None:
        self._here, self._there = socket.socketpair()
        self._here.setblocking(False)
        self._there.setblocking(False)
        self._listening: Any = None
        self._told = False
        self._known = 0

    def poke(self) -> None:
        """Wake the watcher, from whatever thread."""
        with suppress(BlockingIOError):
            self._there.send(b".")

    def begin(self) -> None:
        """Before a look: whatever happens from now on wakes for the next one."""
        self._told, self._known = False, _version()
        self._listen()

    def wait(self, seconds: float) -> None:
        """Wait until woken, but no longer than so."""
        until = monotonic() + seconds
        while not self.woken() and monotonic() < until:
            left = max(0.0, until - monotonic())
            files = [self._here, *([self._listening.pgconn.socket] if self._listening else [])]
            select.select(files, [], [], left if self._listening else min(left, GLANCE))
        with suppress(BlockingIOError):
            self._here.recv(4096)

    def woken(self) -> bool:
        """Whether there is something to look at already."""
        if self._listening is not None:
            self._hear()
        elif _version() != self._known:
            self._told = True
        return self._told or bool(select.select([self._here], [], [], 0)[0])

    def _listen(self) -> None:
        """Have the database's own connection tell of new entries, where it can."""
        if connection.vendor != "postgresql":
            return
        connection.ensure_connection()
        if self._listening is not connection.connection:
            self._listening = None
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {CHANNEL}")
            connection.connection.add_notify_handler(lambda _: self._hears())
            self._listening = connection.connection

    def _hears(self) -> None:
        self._told = True

    def _hear(self) -> None:
        """Take in what has come over the connection; one that is broken tells nothing more."""
        try:
            self._listening.pgconn.consume_input()
            while self._listening.pgconn.notifies() is not None:
                self._told = True
        except Exception:
            self._listening = None
            connection.close()


def _version() -> int:
    """A number that changes whenever somebody else commits to the embedded database."""
    if connection.vendor != "sqlite":
        return 0
    connection.ensure_connection()
    return int(connection.connection.execute("PRAGMA data_version").fetchone()[0])
