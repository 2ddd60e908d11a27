"""The October meeting of the shipped month, called and told: where shorter journeys begin."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.journeys.place import Clock, Place, accounts, database, served
from tests.playing import MONTH, play_into


@contextmanager
def told(kind: str, folder: Path) -> Iterator[Place]:
    """The office with that meeting ahead, behind a server; its hour is that of the tests."""
    clock = Clock()
    with database(kind, folder), served(folder, clock) as there:
        play_into(MONTH, "told")
        accounts()
        yield there
