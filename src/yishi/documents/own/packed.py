"""Whether a file is a Word template that may be opened at all: read in part, never unpacked."""

import lzma
import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from yishi.procedure.verdict import Message

MOST_BYTES: Final = 2 * 1024 * 1024
"""Of the file as it comes."""
MOST_UNPACKED: Final = 24 * 1024 * 1024
"""Of all its parts together."""
MOST_XML: Final = 4 * 1024 * 1024
"""Of one part with words."""
MOST_PARTS: Final = 400

MAIN: Final = b"wordprocessingml.document.main+xml"
WITHOUT: Final = ("vbaproject", "/activex/", "/embeddings/", "afchunk", "/externallinks/")
"""Parts in which something could run, or which bring another file along."""
_AWAY: Final = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
_FETCHING: Final = re.compile(rb"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)\b")
_CODE: Final = re.compile(rb"<w:instrText[^>]*>([^<]*)<")

_DAMAGED: Final = (
    *(BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError),
    *(zlib.error, lzma.LZMAError, struct.error),
)
"""What comes of reading an archive that is none, or whose parts are not what they say."""


def refused(raw: bytes) -> Message | None:
    """Why this file is not opened; nothing where it may be."""
    if len(raw) > MOST_BYTES:
        return Message("template.too_large", {"n": MOST_BYTES // 1024 // 1024})
    try:
        with ZipFile(BytesIO(raw)) as packed:
            return next(_found(packed), None)
    except _DAMAGED:
        return Message("template.no_docx")


def _found(packed: ZipFile) -> Iterator[Message]:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNPACKED:
        yield Message("template.bomb")
        return
    names = [one.filename.lower() for one in parts]
    if "[content_types].xml" not in names or "word/document.xml" not in names:
        yield Message("template.no_docx")
        return
    if any(word in f"/{name}" for name in names for word in WITHOUT):
        yield Message("template.active")
        return
    yield from (said for one in parts for said in _part(packed, one))


def _part(packed: ZipFile, one: ZipInfo) -> Iterator[Message]:
    """What is wrong with one part: it is read no further than it may be long."""
    name = one.filename.lower()
    if not name.endswith((".xml", ".rels")):
        return
    with packed.open(one) as part:
        said = part.read(MOST_XML + 1)
    if len(said) > MOST_XML:
        yield Message("template.bomb")
    elif b"<!DOCTYPE" in said or b"<!ENTITY" in said:
        yield Message("template.active")
    elif name == "[content_types].xml" and (MAIN not in said or b"macroEnabled" in said):
        yield Message("template.no_docx")
    elif any(b"/hyperlink" not in link for link in _AWAY.findall(said)):
        yield Message("template.away")
    elif any(_FETCHING.search(code) for code in _CODE.findall(said)):
        yield Message("template.active")
