"""How the one file of a package is spelled: stored, sorted, without times; so its digest is one.

A part of `check.py`; like it, it stands alone. From a package that was unpacked the same bytes
follow again, and with them the digest that the journal and the hand-over slip name.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import TypeAlias

LOCAL = struct.Struct("<4sHHHHHIIIHH")
CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
END = struct.Struct("<4sHHHHIIH")

UTF8, STORED, DAY, PLAIN, UNIX = 0x800, 0, 33, 0o100644 << 16, (3 << 8) | 20
"""Names in UTF-8; not compressed; 1 January 1980; an ordinary file, as Unix marks it."""

CHUNK, MOST, FULL = 1 << 16, 5_000, 4_000_000_000
"""Bytes read at a time; files in all; bytes of a container, whose numbers hold no more."""


class TooLarge(ValueError):  # noqa: N818
    """A package that does not fit into one container."""


def pieces(file: Any) -> Iterator[bytes]:
    """What is still to be read, piece by piece."""
    return iter(lambda: file.read(CHUNK), b"")


def digest(file: IO[bytes]) -> str:
    """The SHA-256 of what is still to be read."""
    made = hashlib.sha256()
    for held in pieces(file):
        made.update(held)
    return made.hexdigest()


def base_of(identifier: str) -> str:
    """The folder that everything lies in, after the meeting's own identifier."""
    return re.sub(r"[^\w.-]", "_", identifier.replace("/", "-"))


Opens: TypeAlias = "Callable[[], AbstractContextManager[Any]]"


def spell(put: Callable[[bytes], object], base: str, files: Iterable[tuple[str, Opens]]) -> None:
    """Put the container of the files, each under the base, in the order of their names.

    Raises TooLarge.
    """
    central, count, at = bytearray(), 0, 0
    for name, opens in sorted(files, key=lambda one: one[0].encode()):
        spelled = f"{base}/{name}".encode()
        with opens() as file:
            crc, size = _measured(file)
            if at + size > FULL or count >= MOST:
                raise TooLarge(name)
            put(local(spelled, crc, size))
            file.seek(0)
            for held in pieces(file):
                put(held)
        central += listing(spelled, crc, size, at)
        at += LOCAL.size + len(spelled) + size
        count += 1
    put(bytes(central))
    put(END.pack(b"PK\5\6", 0, 0, count, count, len(central), at, 0))


def _measured(file: Any) -> tuple[int, int]:
    crc = size = 0
    for held in pieces(file):
        crc, size = zlib.crc32(held, crc), size + len(held)
    return crc, size


def local(name: bytes, crc: int, size: int) -> bytes:
    """What stands before a file."""
    fixed = (b"PK\3\4", 20, UTF8, STORED, 0, DAY, crc, size, size, len(name), 0)
    return LOCAL.pack(*fixed) + name


def listing(name: bytes, crc: int, size: int, offset: int) -> bytes:
    """What stands of a file in the list at the end."""
    fixed = (b"PK\1\2", UNIX, 20, UTF8, STORED, 0, DAY, crc, size, size, len(name))
    return CENTRAL.pack(*fixed, 0, 0, 0, 0, PLAIN, offset) + name
