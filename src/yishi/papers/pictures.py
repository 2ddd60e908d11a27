"""How large a picture is, read from its beginning: no more than a page can show is taken."""

import struct
from typing import IO, Final

MOST: Final = 120_000_000
"""Points that a picture may have: as many as the finest telephones take."""

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_FRAMES: Final = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""Marks in a JPEG after which its size stands."""
_BARE: Final = {0x01, *range(0xD0, 0xD9)}
"""Marks that nothing belongs to."""
_STEPS: Final = 2000


def look(file: IO[bytes]) -> str:
    """Why the picture is not taken: `broken`, or `too_fine`; nothing where it is."""
    wide, high = size(file)
    if not wide or not high:
        return "broken"
    return "too_fine" if wide * high > MOST else ""


def size(file: IO[bytes]) -> tuple[int, int]:
    """Points across and down; none of a picture that does not say."""
    file.seek(0)
    head = file.read(24)
    if head.startswith(_PNG):
        said = head[12:16] == b"IHDR" and len(head) == 24
        return struct.unpack(">II", head[16:24]) if said else (0, 0)
    file.seek(2)
    try:
        return _jpeg(file)
    except struct.error:
        return 0, 0


def _jpeg(file: IO[bytes]) -> tuple[int, int]:
    for _ in range(_STEPS):
        mark = file.read(2)
        if len(mark) < 2 or mark[0] != 0xFF:
            break
        if mark[1] == 0xFF:
            file.seek(-1, 1)
        elif mark[1] not in _BARE:
            (length,) = struct.unpack(">H", file.read(2))
            if mark[1] in _FRAMES:
                high, wide = struct.unpack(">xHH", file.read(5))
                return wide, high
            file.seek(length - 2, 1)
    return 0, 0
