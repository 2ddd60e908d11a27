"""The one file that an archive package travels in: a ZIP with one spelling for each content.

Nothing is compressed and every byte of the container follows from names and contents, so that
the same package has the same bytes, a changed byte is found wherever it is, and nothing can grow
while it is read. A container of any other spelling is not read: whoever has one unpacks it and
checks the folder.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any

import msgspec

from yishi.archive.check import UNSAFE
from yishi.archive.check_packed import (
    CENTRAL,
    END,
    MOST,
    STORED,
    digest,
    listing,
    local,
    spell,
)
from yishi.procedure.verdict import Message


class Misfit(ValueError):  # noqa: N818
    """A file that is no such container; `args[0]` says what is wrong with it."""


class Place(msgspec.Struct, frozen=True):
    """Where a file stands in the container."""

    offset: int
    size: int


Opener = Callable[[], IO[bytes]]


def write(out: IO[bytes], base: str, files: Iterable[tuple[str, Opener]]) -> None:
    """Write the files into one container, each under the base, in the order of their names.

    Raises TooLarge.
    """
    spell(out.write, base, files)


# ── reading ───────────────────────────────────────────────────────────────────────────────────


class Packed:
    """A package in its container, as `check` looks at one: nothing is unpacked."""

    def __init__(self, file: IO[bytes], base: str, places: dict[str, Place]) -> None:
        self.file, self.base, self.places = file, base, places
        self.names, self.odd = list(places), list[str]()

    def size(self, name: str) -> int:
        """Bytes that a file has."""
        return self.places[name].size

    @contextmanager
    def open(self, name: str) -> Iterator["Part"]:
        """A file, to be read."""
        yield Part(self.file, self.places[name])

    def whole(self) -> str:
        """The SHA-256 of the package."""
        self.file.seek(0)
        return digest(self.file)


class Part:
    """A part of a file, read as if it were one."""

    def __init__(self, file: IO[bytes], place: Place) -> None:
        self.file, self.at, self.end = file, place.offset, place.offset + place.size

    def read(self, most: int = -1) -> bytes:
        """The next bytes, all of them where no number is given."""
        return self._take(self.end - self.at if most < 0 else most, self.file.read)

    def readline(self, most: int) -> bytes:
        """The next line, or as much of it as is asked for."""
        return self._take(most, self.file.readline)

    def _take(self, most: int, how: Callable[[int], bytes]) -> bytes:
        self.file.seek(self.at)
        held = how(min(most, self.end - self.at))
        self.at += len(held)
        return held


def read(file: IO[bytes]) -> Packed:
    """The package in a container, whose every byte is accounted for. Raises Misfit."""
    length = file.seek(0, os.SEEK_END)
    file.seek(max(0, length - END.size))
    end = file.read(END.size)
    if len(end) < END.size or not end.startswith(b"PK\5\6"):
        raise _misfit("archived.no_container")
    _, _, _, _, count, size, offset, _ = END.unpack(end)
    if count > MOST or size > 1 << 24:
        raise _misfit("archived.too_many", n=count)
    told = b"PK\5\6", 0, 0, count, count, size, offset, 0
    if end != END.pack(*told) or offset + size + END.size != length:
        raise _misfit("archived.container_bytes", at=length - END.size)
    file.seek(offset)
    places, bases, at = dict[str, Place](), set[str](), 0
    for spelled, crc, length_, begins in _listed(file.read(size), offset):
        if begins != at:
            raise _misfit("archived.container_bytes", at=at)
        at = _next(file, spelled, crc, length_, at)
        base, _, name = spelled.decode().partition("/")
        bases.add(base)
        places[name] = Place(at - length_, length_)
    if at != offset or len(bases) != 1 or len(places) != count:
        raise _misfit("archived.container_bytes", at=at)
    return Packed(file, bases.pop(), places)


def _listed(held: bytes, limit: int) -> Iterator[tuple[bytes, int, int, int]]:
    """The files in the list at the end: name, checksum, size, place; each as it is written."""
    at, before = 0, b""
    while at < len(held):
        fields: Any = held[at : at + CENTRAL.size]
        if len(fields) < CENTRAL.size:
            raise _misfit("archived.container_bytes", at=limit + at)
        fields = CENTRAL.unpack(fields)
        name = held[at + CENTRAL.size : at + CENTRAL.size + fields[10]]
        said = name.decode("utf-8", "replace")
        _fit(said, fields, limit)
        written = listing(name, fields[7], fields[8], fields[16])
        if held[at : at + len(written)] != written or name <= before:
            raise _misfit("archived.container_entry", file=said)
        yield name, fields[7], fields[8], fields[16]
        at, before = at + len(written), name


def _fit(said: str, fields: tuple[Any, ...], limit: int) -> None:
    """Say of a file what is amiss with it, in the words for just that."""
    if UNSAFE.search(said) or "/" not in said or "\ufffd" in said:
        raise _misfit("archived.unsafe_name", file=said)
    if fields[3] & 1:
        raise _misfit("archived.locked", file=said)
    if fields[15] >> 28 not in (0, 8):
        raise _misfit("archived.odd_file", file=said)
    if fields[4] != STORED:
        raise _misfit("archived.compressed", file=said)
    if fields[8] > limit:
        raise _misfit("archived.container_entry", file=said)


def _next(file: IO[bytes], name: bytes, crc: int, size: int, at: int) -> int:
    """Where the file that begins here ends, once its head is what the list at the end says."""
    head = local(name, crc, size)
    file.seek(at)
    said = name.decode()
    if file.read(len(head)) != head:
        raise _misfit("archived.container_entry", file=said)
    return at + len(head) + size


def _misfit(said: str, **params: Any) -> Misfit:
    return Misfit(Message(said, params))
