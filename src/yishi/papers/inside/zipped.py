"""A packed document (DOCX, XLSX, PPTX, ODT): what it unpacks to, whether anything in it runs."""

import re
import zlib
from collections.abc import Iterator
from typing import IO, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from yishi.papers.content import DOCX, ODT, PPTX, XLSX
from yishi.papers.inside import reach

MOST: Final = 600 * 1024 * 1024
"""Bytes to which a document may unpack."""

LITTLE: Final = 50 * 1024 * 1024
"""Up to so many bytes it may unpack to whatever its own size is; beyond, to at most:"""
TIMES: Final = 100

_MOST_PARTS: Final = 5000
_MOST_TYPES: Final = 1024 * 1024
_CHUNK: Final = 256 * 1024
_HEAD: Final = 30
_TYPES: Final = "[Content_Types].xml"
_PATH: Final = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\\|[\x00-\x1f\x7f]")
_DAMAGED: Final = (
    *(BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error),
)
"""What comes of reading an archive that is none, or whose parts are not what they say."""
_WHY: Final = {"away": "active", "entities": "bomb"}
"""What people are told of harm that they need not tell apart."""


def look(file: IO[bytes]) -> tuple[str, str]:
    """Its kind, and why the document is not taken: `unknown`, `macros`, `bomb`, `paths`,
    `encrypted`, `active`, `broken`; or nothing.

    Everything is unpacked once, piece by piece, and kept nowhere: what a part says of its own size
    is believed of none.
    """
    kind = ""
    try:
        with ZipFile(file) as packed:
            kind = _kind(packed)
            return kind, _why(packed) if "/" in kind else kind
    except _DAMAGED:
        return kind, "broken" if kind else "unknown"


def _why(packed: ZipFile) -> str:
    parts = packed.infolist()
    try:
        why = _outside(parts) or next(filter(None, _parts(packed, parts)), "")
    except reach.Harm as harm:
        why = str(harm.args[0])
    return _WHY.get(why, why)


def _kind(packed: ZipFile) -> str:
    """The kind of a packed document, or in one word why it is none that is taken."""
    names = packed.namelist()
    if len(names) > _MOST_PARTS:
        return "unknown"
    if _TYPES in names:
        return _office(names, _beginning(packed, _TYPES))
    if names[:1] == ["mimetype"] and _beginning(packed, "mimetype").strip() == ODT.encode():
        return "macros" if any(one.startswith(("Basic/", "Scripts/")) for one in names) else ODT
    return "unknown"


def _beginning(packed: ZipFile, name: str) -> bytes:
    with packed.open(name) as part:
        return part.read(_MOST_TYPES)


def _office(names: list[str], types: bytes) -> str:
    if b"macroEnabled" in types or any("vbaproject" in name.lower() for name in names):
        return "macros"
    kinds = (kind for kind in (DOCX, XLSX, PPTX) if f"{kind}.main+xml".encode() in types)
    return next(kinds, "unknown")


def _outside(parts: list[ZipInfo]) -> str:
    """What is wrong with the list of parts, before any of them is opened."""
    if any(_PATH.search(part.orig_filename) for part in parts):
        return "paths"
    if any(part.flag_bits & 0x1 for part in parts):
        return "encrypted"
    if len({part.filename for part in parts}) < len(parts):
        return "broken"
    whole = sum(part.file_size for part in parts)
    own = sum(part.compress_size for part in parts)
    if whole > MOST or whole > max(LITTLE, own * TIMES) or _overlap(parts):
        return "bomb"
    if any("activex" in part.filename.lower() for part in parts):
        return "active"
    return "twofold" if min((part.header_offset for part in parts), default=0) else ""


def _overlap(parts: list[ZipInfo]) -> bool:
    """Whether the same bytes are told to be several parts."""
    placed = sorted((part.header_offset, part.compress_size) for part in parts)
    ends = [begins + _HEAD + size for begins, size in placed]
    return any(end > after for end, (after, _) in zip(ends, placed[1:], strict=False))


def _parts(packed: ZipFile, parts: list[ZipInfo]) -> Iterator[str]:
    """What is wrong with one part after the other; each is unpacked whole."""
    office = _TYPES in packed.NameToInfo
    said = reach.types(_pieces(packed, packed.NameToInfo[_TYPES])) if office else set()
    for part in parts:
        pieces = _pieces(packed, part)
        if reach.is_xml(part.filename, said):
            yield reach.look(pieces, doctype=not office)
        for _ in pieces:
            # Whether it unpacks to what it says is known at its end.
            continue


def _pieces(packed: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    with packed.open(part) as unpacked:
        while piece := unpacked.read(_CHUNK):
            yield piece
