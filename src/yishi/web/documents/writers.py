"""A paper in each of its forms; what no font has is named before anything is set."""

import unicodedata
from collections.abc import Callable
from typing import Final

from django.conf import settings

from yishi.documents import pdf, word
from yishi.documents.fonts import faces
from yishi.documents.model import Document, instead
from yishi.web.documents.pen import Pen

SIGN: Final = "〓"
"""Stands in print for a symbol that no font has (as compositors have always done)."""


def printable(document: Document, pen: Pen) -> Document:
    """The paper as it can be printed: signs that no font has are told of. Raises `Unprintable`."""
    missing = lacking(document)
    named = set("".join(map(pen.office.names.person, pen.office.state.roster.people)))
    # All or nothing: where another character is missing too, the page names every one.
    if not missing:
        return document
    if not all(_is_symbol(c) and c not in named for c in missing):
        raise pdf.Unprintable(missing)
    return signed(document, missing, pen, "paper.unprinted")


def _pdf(document: Document, pen: Pen) -> bytes:
    return pdf.write(printable(document, pen), faces(settings.FONTS))


def lacking(document: Document) -> tuple[str, ...]:
    """The characters of a paper that no font here has; where there is no font, that is told."""
    found = faces(settings.FONTS)
    return found.missing(document.words()) if found.roles else ()


def signed(document: Document, missing: tuple[str, ...], pen: Pen, remark: str) -> Document:
    """The paper with the sign in place of what cannot be printed, and a remark that names it."""
    codes = pen.word("shapes", "join").join(code(c) for c in missing)
    return instead(document, missing, SIGN, pen.say(remark, sign=SIGN, codes=codes))


def previewed(document: Document, pen: Pen) -> Document:
    """A draft to look at: what keeps it from going out is marked in it, not a reason for none."""
    missing = lacking(document) if document.draft else ()
    return signed(document, missing, pen, "paper.unprinted_draft") if missing else document


def _is_symbol(character: str) -> bool:
    """Whether it is a sign, as ✔ and ☑ are: no letter, no part of Chinese ones."""
    part = 0x2E80 <= ord(character) <= 0x2FFF or 0x31C0 <= ord(character) <= 0x31EF
    return not part and unicodedata.category(character) in SYMBOLS


SYMBOLS: Final = ("So", "Sm", "Sk", "Sc", "Me")
"""What Unicode counts as signs, and what goes around them."""


def code(character: str) -> str:
    """How a character is named that may not be seen."""
    return f"U+{ord(character):04X}"


def _word(document: Document, pen: Pen) -> bytes:
    return word.write(writable(document))


def writable(document: Document) -> Document:
    """The paper, where Word can show all of it. Raises `Unprintable`."""
    private = word.private(document)
    if private:
        raise pdf.Unprintable(private)
    return document


FORMS: Final[dict[str, tuple[str, Callable[[Document, Pen], bytes]]]] = {
    "pdf": (pdf.TYPE, _pdf),
    "docx": (word.TYPE, _word),
}
"""What a paper may be had as: the type, and the writer."""
