"""What kind of file it is, found from its content; what is not known here is not taken."""

from typing import IO, Final
from zipfile import BadZipFile, ZipFile, is_zipfile

from yishi.papers import apart, pictures

PDF: Final = "application/pdf"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
ODT: Final = "application/vnd.oasis.opendocument.text"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
DOCX: Final = f"{_OFFICE}wordprocessingml.document"
XLSX: Final = f"{_OFFICE}spreadsheetml.sheet"
PPTX: Final = f"{_OFFICE}presentationml.presentation"
TXT: Final = "text/plain"

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

_MOST_PARTS: Final = 5000
_MOST_BYTES: Final = 1024 * 1024
_SIGNS: Final = ((PNG, b"\x89PNG\r\n\x1a\n"), (JPEG, b"\xff\xd8\xff"))
_CHARSETS: Final = ("utf-8", "gb18030")
_BOM: Final = b"\xef\xbb\xbf"
_BEFORE: Final = b"\xef\xbb\xbf\x00\t\n\x0c\r "
"""Bytes that programs put before a PDF, which mean nothing."""


class NotTaken(ValueError):  # noqa: N818
    """A file that is not taken; `args[0]` says why: `unknown`, `macros`, `old_office`, `empty`,
    `twofold`, or one of what `yishi.papers.inside` finds."""


def checked(file: IO[bytes]) -> str:
    """The kind of a file that has been looked through for what does harm. Raises `NotTaken`."""
    kind = kind_of(file)
    try:
        if kind in (PNG, JPEG):
            why = pictures.look(file)
        elif kind.startswith(TXT):
            why = ""
        else:
            why = apart.ask("pdf" if kind == PDF else "zip", file)
    except apart.Beyond as error:
        # What takes so much to look through takes at least as much to read.
        raise NotTaken("bomb") from error
    if why:
        raise NotTaken(why)
    return kind


def kind_of(file: IO[bytes]) -> str:
    """The kind of a file, with its charset where it is text. Raises `NotTaken`."""
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
        return _zipped(file)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise NotTaken("old_office")
    return f"{TXT}; charset={_charset(file)}"


def _zipped(file: IO[bytes]) -> str:
    try:
        with ZipFile(file) as packed:
            names = packed.namelist()
            if len(names) > _MOST_PARTS:
                raise NotTaken("unknown")
            if "[Content_Types].xml" in names:
                return _office(names, _part(packed, "[Content_Types].xml"))
            if names[:1] == ["mimetype"] and _part(packed, "mimetype").strip() == ODT.encode():
                return _open_document(names)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise NotTaken("unknown") from error
    raise NotTaken("unknown")


def _part(packed: ZipFile, name: str) -> bytes:
    """The beginning of a part; nothing more is ever unpacked."""
    with packed.open(name) as part:
        return part.read(_MOST_BYTES)


def _office(names: list[str], types: bytes) -> str:
    parts = [name.lower() for name in names]
    if b"macroEnabled" in types or any("vbaproject" in part for part in parts):
        raise NotTaken("macros")
    for kind in (DOCX, XLSX, PPTX):
        if f"{kind}.main+xml".encode() in types:
            return kind
    raise NotTaken("unknown")


def _open_document(names: list[str]) -> str:
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise NotTaken("macros")
    return ODT


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


def named(name: str, kind: str) -> str:
    """A name to keep: without control characters, not too long, ending as its kind does."""
    plain = "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable())
    endings = ENDINGS[kind.partition(";")[0]]
    ending = next((e for e in endings if plain.lower().endswith(e)), "")
    stem = plain[: len(plain) - len(ending)] if ending else plain
    return (stem.strip(" .")[:150] or "1") + (plain[len(stem) :] if ending else endings[0])
