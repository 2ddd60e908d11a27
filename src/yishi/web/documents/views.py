"""A paper to take along, as PDF or for Word: whoever may see its page may, and nobody else."""

import unicodedata
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from yishi.documents import pdf, word
from yishi.documents.fonts import faces
from yishi.documents.model import Document, instead
from yishi.web.documents.makers import MAKERS
from yishi.web.documents.pen import Pen
from yishi.web.office import Office

SIGN: Final = "〓"
"""Stands in print for a symbol that no font has (as compositors have always done)."""


def _pdf(document: Document, pen: Pen) -> bytes:
    found = faces(settings.FONTS)
    missing = found.missing(document.words()) if found.roles else ()
    named = set("".join(map(pen.office.names.person, pen.office.state.roster.people)))
    # All or nothing: where another character is missing too, the page names every one.
    if missing and all(_is_symbol(c) and c not in named for c in missing):
        codes = pen.word("shapes", "join").join(_code(c) for c in missing)
        remark = pen.say("paper.unprinted", sign=SIGN, codes=codes)
        document = instead(document, missing, SIGN, remark)
    return pdf.write(document, found)


def _is_symbol(character: str) -> bool:
    """Whether it is a sign, as ✔ and ☑ are: no letter, no part of Chinese ones."""
    part = 0x2E80 <= ord(character) <= 0x2FFF or 0x31C0 <= ord(character) <= 0x31EF
    return not part and unicodedata.category(character) in SYMBOLS


SYMBOLS: Final = ("So", "Sm", "Sk", "Sc", "Me")
"""What Unicode counts as signs, and what goes around them."""


def _code(character: str) -> str:
    """How a character is named that may not be seen."""
    return f"U+{ord(character):04X}"


def _word(document: Document, pen: Pen) -> bytes:
    private = word.private(document)
    if private:
        raise pdf.Unprintable(private)
    return word.write(document)


FORMS: Final[dict[str, tuple[str, Callable[[Document, Pen], bytes]]]] = {
    "pdf": (pdf.TYPE, _pdf),
    "docx": (word.TYPE, _word),
}
"""What a paper may be had as: the type, and the writer."""


@require_safe
def paper(
    request: HttpRequest, name: str, subject: str, form: str, about: str = ""
) -> HttpResponse:
    """A paper of this name about this subject; as its page, it is not there for everybody."""
    office: Office = request.office  # type: ignore[attr-defined]
    maker = MAKERS.get(name)
    if maker is None or form not in FORMS:
        raise Http404
    pen = Pen(office)
    document = maker(pen, subject, about)
    type_, write = FORMS[form]
    try:
        content = write(document, pen)
    except pdf.Unprintable as unprintable:
        return _refused(request, document, unprintable.characters)
    except pdf.NoFont:
        return _refused(request, document, ())
    answer = HttpResponse(content, content_type=type_)
    named = content_disposition_header(True, f"{document.called}.{form}")
    answer["Content-Disposition"] = named or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


def _refused(request: HttpRequest, document: Document, characters: tuple[str, ...]) -> HttpResponse:
    """No file, but which characters no font has, where they stand, and what to do about it."""
    found = [{"said": c, "code": _code(c), "where": _where(document, c)} for c in characters]
    context = {"called": document.called, "characters": found}
    return render(request, "documents/unprintable.html", context, status=409)


def _where(document: Document, character: str) -> str:
    """The words that a character stands in, not more of them than one takes in."""
    said = next((text for text in document.words() if character in text), "")
    at = said.index(character) if said else 0
    return said[max(0, at - 8) : at + 9]
