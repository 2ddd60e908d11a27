"""A PDF that somebody handed in: whether it can be read, whether anything in it runs, its pages."""

from collections.abc import Iterator
from typing import IO, Any, Final

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from yishi.papers.inside import swelling

PAGES: Final = 3000
"""Pages that a paper may have."""

OBJECTS: Final = 200_000
"""Objects of which a PDF may be made; a thousand scanned pages are some thousands."""

_RUNS: Final = {
    *("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR"),
    *("/Rendition", "/Movie", "/RichMedia", "/FileAttachment"),
}
_HOLDS: Final = {"/JS", "/RichMedia", "/XFA", "/EF"}
_BY_ITSELF: Final = ("/OpenAction", "/AA", "/Next")
"""Where what stands is done unasked, or after what was."""
_TROUBLE: Final = (
    *(PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError),
    *(RecursionError, AssertionError, OSError, NotImplementedError, ZeroDivisionError),
)
"""What an unreadable file comes to in the reader of PDF."""


def look(file: IO[bytes]) -> str:
    """Why the PDF is not taken: `encrypted`, `active`, `bomb`, `broken`; nothing where it is."""
    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted:
            return "encrypted"
        if sum(map(len, reader.xref.values())) + len(reader.xref_objStm) > OBJECTS:
            return "bomb"
        if not 1 <= len(reader.pages) <= PAGES:
            return "bomb" if reader.pages else "broken"
        return next((why for held in _objects(reader) if (why := _of(held))), "")
    except _TROUBLE:
        return "broken"


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Everything in the file that a reader of it could come to."""
    yield reader.trailer
    known = [(key, gen) for gen, placed in reader.xref.items() for key in placed]
    for key, generation in (*known, *((key, 0) for key in reader.xref_objStm)):
        try:
            yield IndirectObject(key, generation, reader).get_object()
        except _TROUBLE:
            # What nobody can read does nothing; what a page needs is found wanting with the page.
            continue


def _of(held: Any) -> str:
    """What is wrong with one object, down to the next reference."""
    waiting = [held]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            if _runs(one):
                return "active"
            waiting += one.values()
        elif isinstance(one, ArrayObject):
            waiting += one
    return "bomb" if isinstance(held, StreamObject) and swelling.swells(held) else ""


def _runs(held: DictionaryObject) -> bool:
    if _HOLDS & {str(name) for name in held}:
        return True
    if _RUNS & {str(_at(held, "/S")), str(_at(held, "/Subtype"))}:
        return True
    files = _at(held, "/EmbeddedFiles")
    if isinstance(files, DictionaryObject) and (_at(files, "/Names") or _at(files, "/Kids")):
        return True
    return any(_calls(_at(held, name)) for name in _BY_ITSELF)


def _at(held: DictionaryObject, name: str) -> Any:
    """What stands there, wherever in the file it is kept; nothing where nobody can read it."""
    try:
        said = held.raw_get(name) if name in held else None
        return said.get_object() if said is not None else None
    except _TROUBLE:
        return None


def _calls(done: Any) -> bool:
    """Whether what is done by itself goes to an address."""
    if isinstance(done, ArrayObject):
        return any(str(_kind_of(one.get_object())) == "/URI" for one in done)
    if not isinstance(done, DictionaryObject):
        return False
    # Of `AA` the actions stand one below.
    kinds = (_at(done, "/S"), *(_kind_of(_at(done, name)) for name in done))
    return "/URI" in {str(kind) for kind in kinds}


def _kind_of(held: Any) -> Any:
    return _at(held, "/S") if isinstance(held, DictionaryObject) else None


# ── its pages alone ───────────────────────────────────────────────────────────────────────────

_UNSEEN: Final = 0x2 | 0x20
"""Flags of a mark on a page that nobody is to see."""
_BARE: Final = ("/Annots", "/AA", "/Metadata", "/PieceInfo", "/StructParents", "/Tabs", "/B")


def flatten(file: IO[bytes], out: str) -> list[tuple[float, float]]:
    """Write the pages alone to `out`, with stamps and filled fields as part of them; their sizes.

    Links, actions, scripts and attached files stay behind. Raises what the reader of PDF raises.
    """
    reader, writer = PdfReader(file, strict=False), PdfWriter()
    sizes = []
    for page in reader.pages:
        held: Any = page.get("/Annots") or ()
        marks = [one.get_object() for one in held if _shows(one.get_object())]
        for name in _BARE:
            page.pop(NameObject(name), None)
        added = writer.add_page(page)
        _draw(writer, added, marks)
        wide, high = float(page.cropbox.width), float(page.cropbox.height)
        sizes.append((high, wide) if page.rotation % 180 else (wide, high))
    writer.write(out)
    return sizes


def _shows(mark: DictionaryObject) -> bool:
    quiet = int(mark.get("/F", 0)) & _UNSEEN or mark.get("/Subtype") in ("/Link", "/Popup")
    return not quiet and _look_of(mark) is not None


def _look_of(mark: DictionaryObject) -> StreamObject | None:
    """How a mark looks as it stands: a seal, a stamp, what was filled into a field."""
    looks: Any = mark.get("/AP", {}).get("/N")
    found = looks.get_object() if looks is not None else None
    if isinstance(found, DictionaryObject) and not isinstance(found, StreamObject):
        found = found.get(mark.get("/AS", "/Off"))
    found = found.get_object() if found is not None else None
    return found if isinstance(found, StreamObject) and "/Rect" in mark else None


def _draw(writer: PdfWriter, page: PageObject, marks: list[DictionaryObject]) -> None:
    drawn = []
    for number, mark in enumerate(marks):
        look = _look_of(mark)
        assert look is not None
        placed = _placed(mark["/Rect"], look)
        kept = writer._add_object(look.clone(writer))
        name = f"/Mark{number}"
        _drawables(page)[NameObject(name)] = kept.indirect_reference
        drawn.append(f"q {' '.join(f'{n:.5f}' for n in placed)} cm {name} Do Q")
    if drawn:
        held = page.get("/Contents")
        before: Any = held.get_object() if held is not None else None
        own: list[Any] = [page.raw_get("/Contents")] if held is not None else []
        own = list(before) if isinstance(before, ArrayObject) else own
        first, last = _words(writer, "q"), _words(writer, "\nQ\n" + "\n".join(drawn))
        page[NameObject("/Contents")] = ArrayObject([first, *own, last])


def _drawables(page: PageObject) -> DictionaryObject:
    held: Any = page
    for name in ("/Resources", "/XObject"):
        if name not in held:
            held[NameObject(name)] = DictionaryObject()
        held = held[name].get_object()
    return DictionaryObject(held) if not isinstance(held, DictionaryObject) else held


def _words(writer: PdfWriter, said: str) -> IndirectObject:
    stream = DecodedStreamObject()
    stream.set_data(said.encode("ascii"))
    return writer._add_object(stream).indirect_reference


def _placed(box: Any, look: StreamObject) -> tuple[float, ...]:
    """How the look's own box comes to lie in the rectangle of the mark (ISO 32000, 12.5.5)."""
    rect = [float(n) for n in box]
    left, low, right, high = (float(n) for n in look.get("/BBox", (0, 0, 1, 1)))
    a, b, c, d, e, f = (float(n) for n in look.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    corners = [(x, y) for x in (left, right) for y in (low, high)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    wide, tall = max(xs) - min(xs) or 1, max(ys) - min(ys) or 1
    x0, x1 = sorted((rect[0], rect[2]))
    y0, y1 = sorted((rect[1], rect[3]))
    across, up = (x1 - x0) / wide, (y1 - y0) / tall
    return across, 0, 0, up, x0 - min(xs) * across, y0 - min(ys) * up
