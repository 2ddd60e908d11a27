"""Whether a file is a Word template that may be opened at all; asked in a process apart only."""

import lzma
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from yishi.papers.inside import reach
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
_TYPES: Final = "[content_types].xml"
_WHY: Final = {"away": Message("template.away"), "broken": Message("template.no_docx")}
"""What is told of harm; whatever else there is of it could run."""

TRACKED: Final = frozenset(
    (
        *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"),
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "trPrChange"),
        *("tcPrChange", "tblGridChange", "numberingChange"),
    )
)
"""Elements of changes that were made with tracking on, and of whom by."""
COMMENTED: Final = frozenset(("comment", "commentReference", "commentRangeStart"))

_DAMAGED: Final = (
    *(BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError),
    *(zlib.error, lzma.LZMAError, struct.error),
)
"""What comes of reading an archive that is none, or whose parts are not what they say."""


def too_large(raw: bytes) -> Message | None:
    """Why nobody even looks at this file; nothing where somebody may."""
    if len(raw) > MOST_BYTES:
        return Message("template.too_large", {"n": MOST_BYTES // 1024 // 1024})
    return None


def refused(raw: bytes) -> Message | None:
    """Why this file is not opened; nothing where it may be."""
    try:
        with ZipFile(BytesIO(raw)) as packed:
            return next(_found(packed), None)
    except reach.Harm as harm:
        return _WHY.get(str(harm.args[0]), Message("template.active"))
    except _DAMAGED:
        return Message("template.no_docx")


def without_clock(raw: bytes) -> bytes:
    """The same parts with no time in them: the same paper is the same file."""
    out = BytesIO()
    with ZipFile(BytesIO(raw)) as taken, ZipFile(out, "w", ZIP_DEFLATED) as given:
        for name in taken.namelist():
            part = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type = ZIP_DEFLATED
            given.writestr(part, taken.read(name))
    return out.getvalue()


def holds(raw: bytes, sign: bytes) -> bool:
    """Whether a part with words still holds a sign that belongs in none."""
    with ZipFile(BytesIO(raw)) as taken:
        return any(sign in taken.read(n) for n in taken.namelist() if n.endswith(".xml"))


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
    said = reach.types([_read(packed, one)[0] for one in parts if one.filename.lower() == _TYPES])
    for one in parts:
        if reach.is_xml(one.filename, said):
            yield from _part(packed, one)


def _part(packed: ZipFile, one: ZipInfo) -> Iterator[Message]:
    """What is wrong with one part."""
    said, whole = _read(packed, one)
    if not whole:
        yield Message("template.bomb")
        return
    if one.filename.lower() == _TYPES and (MAIN not in said or b"macroEnabled" in said):
        yield Message("template.no_docx")
        return
    why = reach.look([said])
    if why:
        yield _WHY.get(why, Message("template.active"))
    elif one.filename.lower().startswith("word/"):
        yield from _left_over(said)


def _left_over(said: bytes) -> Iterator[Message]:
    """What whoever drew the template wrote to each other: it would go out with every paper."""
    if not said:
        return
    names = set[str]()

    def begins(element: str, _: Any) -> None:
        names.add(element.rpartition(":")[2])

    parser = expat.ParserCreate()
    parser.StartElementHandler = begins
    parser.Parse(said, True)
    if names & TRACKED:
        yield Message("template.tracked")
    if names & COMMENTED:
        yield Message("template.commented")


def _read(packed: ZipFile, one: ZipInfo) -> tuple[bytes, bool]:
    """A part, and whether that is all of it: it is read no further than it may be long."""
    with packed.open(one) as part:
        said = part.read(MOST_XML + 1)
    return said, len(said) <= MOST_XML
