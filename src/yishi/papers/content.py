"""What kind of file it is, found from its content; what is not known here is not taken."""

import re
from typing import IO, Final
from zipfile import is_zipfile

from yishi.papers import apart, pictures
from yishi.papers.inside import formulas

PDF: Final = "application/pdf"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
ODT: Final = "application/vnd.oasis.opendocument.text"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
DOCX: Final = f"{_OFFICE}wordprocessingml.document"
XLSX: Final = f"{_OFFICE}spreadsheetml.sheet"
PPTX: Final = f"{_OFFICE}presentationml.presentation"
TXT: Final = "text/plain"
ZIP: Final = "application/zip"
"""A packed document, before it is known which."""

ENDINGS: Final = {
    PDF: (".pdf",),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
    PPTX: (".pptx",),
    ODT: (".odt",),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    TXT: (".txt", ".md", ".csv"),
}
"""For each kind that is taken, how its name may end; the first is given where none fits."""

INLINE: Final = (PDF, PNG, JPEG, TXT)
"""Kinds that a browser shows by itself and in which nothing runs."""

_SIGNS: Final = ((PNG, b"\x89PNG\r\n\x1a\n"), (JPEG, b"\xff\xd8\xff"))
_CHARSETS: Final = ("utf-8", "gb18030")
_BOM: Final = b"\xef\xbb\xbf"
_BEFORE: Final = b"\xef\xbb\xbf\x00\t\n\x0c\r "
"""Bytes that programs put before a PDF, which mean nothing."""


_DRAWING: Final = re.compile(r"<(?:\w{1,40}:)?svg[\s>/]")
_BEFORE_IT: Final = (("<?", "?>"), ("<!--", "-->"), ("<!", ">"))
"""What may stand before the first element of a drawing (SVG)."""
_BEGINNING: Final = 64 * 1024


class NotTaken(ValueError):  # noqa: N818
    """A file that is not taken; `args[0]` says why: `unknown`, `macros`, `old_office`, `empty`,
    `twofold`, `drawing`, `busy`, or one of what `yishi.papers.inside` finds."""


def checked(file: IO[bytes]) -> str:
    """The kind of a file that has been looked through for what does harm. Raises `NotTaken`.

    What is packed is opened nowhere but in a process of its own: its list of parts alone can be
    made to take seconds and hundreds of megabytes.
    """
    kind = kind_of(file)
    try:
        if kind in (PNG, JPEG):
            why = pictures.look(file)
        elif kind.startswith(TXT):
            why = _text(file, kind)
        elif kind == PDF:
            why = apart.ask("pdf", file)
        else:
            kind, why = apart.ask("zip", file)
    except apart.Busy as error:
        raise NotTaken("busy") from error
    except apart.Beyond as error:
        # What takes so much to look through takes at least as much to read.
        raise NotTaken("bomb") from error
    if why:
        raise NotTaken(why)
    return kind


def kind_of(file: IO[bytes]) -> str:
    """The kind of a file by its first bytes, with its charset if it is text. Raises `NotTaken`."""
    file.seek(0)
    head = file.read(1024)
    if not head:
        raise NotTaken("empty")
    if not head.startswith(b"PK\x03\x04") and is_zipfile(file):
        raise NotTaken("twofold")
    if head.lstrip(_BEFORE).startswith(b"%PDF-"):
        return PDF
    if b"%PDF-" in head:
        raise NotTaken("twofold")
    for kind, sign in _SIGNS:
        if head.startswith(sign):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return ZIP
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise NotTaken("old_office")
    return f"{TXT}; charset={_charset(file)}"


def _charset(file: IO[bytes]) -> str:
    """The charset of a text. Raises `NotTaken` for anything that is not text."""
    file.seek(0)
    words = file.read().removeprefix(_BOM)
    if any(byte in words for byte in b"\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x1a\x7f"):
        raise NotTaken("unknown")
    for charset in _CHARSETS:
        try:
            words.decode(charset)
        except UnicodeDecodeError:
            continue
        return charset
    raise NotTaken("unknown")


def _text(file: IO[bytes], kind: str) -> str:
    """Why a text is not taken: it is a drawing, or a spreadsheet would run what stands in it."""
    file.seek(0)
    words = file.read().decode(kind.partition("charset=")[2], "replace")
    if _draws(words[:_BEGINNING]):
        return "drawing"
    return "active" if formulas.in_text(words) else ""


def _draws(words: str) -> bool:
    """Whether a text begins as a drawing does."""
    said = words.lstrip("\ufeff \t\r\n")
    while ends := next((ends for begins, ends in _BEFORE_IT if said.startswith(begins)), ""):
        # A type of document may hold declarations of its own.
        own = ends == ">" and "[" in said.partition(">")[0]
        said = said.partition("]>" if own else ends)[2].lstrip()
    return bool(_DRAWING.match(said))


def named(name: str, kind: str) -> str:
    """A name to keep: without control characters, not too long, ending as its kind does."""
    plain = "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable())
    endings = ENDINGS[kind.partition(";")[0]]
    ending = next((e for e in endings if plain.lower().endswith(e)), "")
    stem = plain[: len(plain) - len(ending)] if ending else plain
    return (stem.strip(" .")[:150] or "1") + (plain[len(stem) :] if ending else endings[0])
