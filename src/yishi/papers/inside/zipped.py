"""A packed document (DOCX, XLSX, PPTX, ODT): what it unpacks to, whether anything in it runs."""

import re
from collections.abc import Iterator
from typing import IO, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

MOST: Final = 600 * 1024 * 1024
"""Bytes to which a document may unpack."""

LITTLE: Final = 50 * 1024 * 1024
"""Up to so many bytes it may unpack to whatever its own size is; beyond, to at most:"""
TIMES: Final = 100

_CHUNK: Final = 256 * 1024
_OVERLAP: Final = 512
_HEAD: Final = 30
_XML: Final = (".xml", ".rels", ".vml")
_PATH: Final = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\\|[\x00-\x1f\x7f]")
_ENTITY: Final = re.compile(rb"<\x00?!\x00?(?:E\x00?N\x00?T\x00?I\x00?T\x00?Y)")
_DOCTYPE: Final = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E")
_RUNS: Final = re.compile(
    rb"<(?:\w+:)?instrText[^>]*>\s*DDE|<(?:\w+:)?ddeLink\b|w:instr=\"\s*DDE"
    rb"|vnd\.sun\.star\.script:|<script:event-listener",
    re.IGNORECASE,
)
_LINK: Final = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_FETCHED: Final = re.compile(
    rb"/(?:attachedTemplate|oleObject|frame|subDocument|externalLinkPath)\"", re.IGNORECASE
)
_AWAY: Final = re.compile(rb"Target=\"\s*(?:(?:https?|ftp|mhtml|ms-\w+):|\\\\|//)", re.IGNORECASE)


def look(file: IO[bytes]) -> str:
    """Why the document is not taken: `bomb`, `paths`, `encrypted`, `active`, `broken`; or nothing.

    Everything is unpacked once, piece by piece, and kept nowhere: what a part says of its own size
    is believed of none.
    """
    try:
        with ZipFile(file) as packed:
            parts = packed.infolist()
            why = _outside(parts)
            return why or next(filter(None, (_part(packed, part) for part in parts)), "")
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return "broken"


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


def _part(packed: ZipFile, part: ZipInfo) -> str:
    xml = part.filename.lower().endswith(_XML)
    office = "[Content_Types].xml" in packed.NameToInfo
    for piece in _pieces(packed, part):
        if xml and (_ENTITY.search(piece) or (office and _DOCTYPE.search(piece))):
            return "bomb"
        if xml and (_RUNS.search(piece) or _fetches(piece)):
            return "active"
    return ""


def _pieces(packed: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    """The part piece by piece, each with the end of the one before it."""
    end = b""
    with packed.open(part) as unpacked:
        while piece := unpacked.read(_CHUNK):
            yield end + piece
            end = piece[-_OVERLAP:]


def _fetches(piece: bytes) -> bool:
    """Whether opening the document would fetch something from elsewhere and take it for its own."""
    return any(_FETCHED.search(one) and _AWAY.search(one) for one in _LINK.findall(piece))
