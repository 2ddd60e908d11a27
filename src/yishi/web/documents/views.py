"""A paper to take along, as PDF or for Word: whoever may see its page may, and nobody else."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from yishi.documents import pdf, word
from yishi.documents.model import Document
from yishi.documents.own.apart import Unfilled
from yishi.jobs import queue
from yishi.originals.keeping import Altered
from yishi.web.documents.background import ask, long
from yishi.web.documents.kept import OWN, anew, digest_of, original, went_out
from yishi.web.documents.makers import MAKERS, OF_TWO
from yishi.web.documents.own import by_own, later, named
from yishi.web.documents.pen import Pen
from yishi.web.documents.writers import FORMS, code, printable, writable
from yishi.web.office import Office


@require_safe
def paper(
    request: HttpRequest, name: str, subject: str, form: str, about: str = ""
) -> HttpResponse:
    """A paper of this name about this subject; as its page, it is not there for everybody."""
    office: Office = request.office  # type: ignore[attr-defined]
    maker = MAKERS.get(name)
    if maker is None or form not in (*FORMS, OWN) or (about and name not in OF_TWO):
        raise Http404
    pen = Pen(office)
    document = maker(pen, subject, about)
    try:
        if form == OWN:
            return _by_own(request, pen, (name, subject, about), document)
        type_, write = FORMS[form]
        content = original(office, name, subject, form, about)
        if content is None:
            document = anew(pen, name, subject, form, document, about)
            if long(document):
                return _in_background(pen, document, (name, subject, form, about))
            content = write(document, pen)
    except Altered as altered:
        context = {"called": document.called, "digest": str(altered)}
        return render(request, "documents/altered.html", context, status=409)
    except pdf.Unprintable as unprintable:
        return _refused(request, document, unprintable.characters)
    except pdf.NoFont:
        return _refused(request, document, ())
    return _file(content, type_, f"{document.called}.{form}")


def _in_background(pen: Pen, document: Document, of: tuple[str, str, str, str]) -> HttpResponse:
    """Ask for a long paper, and lead to where one sees it come. Raises `Unprintable`."""
    printable(document, pen) if of[2] == "pdf" else writable(document)
    try:
        return redirect("job", ask(pen.office, *of).id)
    except queue.TooMany:
        return redirect("desk")


def _file(content: bytes, type_: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=type_)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


def _by_own(
    request: HttpRequest, pen: Pen, of: tuple[str, str, str], document: Document
) -> HttpResponse:
    """The paper by the office's own template, as it went out where it did; else what to do.

    Raises `Altered`.
    """
    name, subject, about = of
    if digest_of(pen.office, name, subject, OWN, about):
        content = original(pen.office, name, subject, OWN, about)
        if content is None:
            context = {"called": named(pen, document), "gone": True}
            return render(request, "documents/unfilled.html", context, status=409)
        return _file(content, word.TYPE, f"{named(pen, document)}.docx")
    whole = later(pen, document) if went_out(pen.office, name, subject, about) else document
    try:
        made = by_own(pen, name, subject, about, whole)
    except Unfilled as unfilled:
        context = {"called": named(pen, document), "faults": unfilled.faults}
        return render(request, "documents/unfilled.html", context, status=409)
    if made is None:
        raise Http404
    return _file(made.content, word.TYPE, f"{named(pen, whole)}.docx")


def _refused(request: HttpRequest, document: Document, characters: tuple[str, ...]) -> HttpResponse:
    """No file, but which characters no font has, where they stand, and what to do about it."""
    found = [{"said": c, "code": code(c), "where": _where(document, c)} for c in characters]
    context = {"called": document.called, "characters": found}
    return render(request, "documents/unprintable.html", context, status=409)


def _where(document: Document, character: str) -> str:
    """The words that a character stands in, not more of them than one takes in."""
    said = next((text for text in document.words() if character in text), "")
    at = said.index(character) if said else 0
    return said[max(0, at - 8) : at + 9]
