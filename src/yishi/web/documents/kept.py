"""Papers that went out as files: their originals, and what is told where these are gone (原件)."""

from typing import Final

from msgspec.structs import replace

from yishi.documents.model import Document
from yishi.originals.keeping import status_of, take
from yishi.procedure.issued import PUBLIC
from yishi.web.documents.pen import Pen
from yishi.web.documents.writers import previewed
from yishi.web.office import Office

OWN: Final = "own"
"""The form of a paper that an office has a Word template of its own for."""

ISSUED: Final = ("minutes", "minutes-general", "correction", PUBLIC)
"""Papers that go out as files, of which nothing may be wanting."""


def original(office: Office, name: str, subject: str, form: str, about: str = "") -> bytes | None:
    """The bytes that went out, where minutes were issued with files and these are kept here.

    Whoever asks has asked whether the paper may be had. Raises `Altered`.
    """
    digest = digest_of(office, name, subject, form, about)
    return take(office.institution, digest) if digest else None


def anew(pen: Pen, name: str, subject: str, form: str, document: Document, about: str) -> Document:
    """A paper as it is set for whoever asks: a draft that cannot go out yet shows why not."""
    whole = previewed(document, pen) if name in ISSUED else document
    return marked(pen, name, subject, form, whole, about)


def marked(
    pen: Pen, name: str, subject: str, form: str, document: Document, about: str
) -> Document:
    """A paper that is set anew: where it went out and its original is gone, it says so itself."""
    digest = digest_of(pen.office, name, subject, form, about)
    if not digest:
        return document
    erased = status_of(pen.office.institution, digest) == "emptied"
    said = pen.say("paper.remade.emptied") if erased else pen.say("paper.remade.missing")
    called = document.called + pen.say("paper.remade.called")
    return replace(document, draft=said, called=called)


def digest_of(office: Office, name: str, subject: str, form: str, about: str) -> str:
    """The digest of a paper that went out with minutes; empty for every other."""
    sitting = office.state.sittings.get(subject) if name in ISSUED else None
    issued = sitting.minutes if sitting is not None else None
    return issued.original(name, form, about) if issued is not None else ""


def went_out(office: Office, name: str, subject: str, about: str) -> bool:
    """Whether a paper went out as files."""
    return bool(digest_of(office, name, subject, "pdf", about))


def ending(form: str) -> str:
    """How the file of a form ends."""
    return "docx" if form == OWN else form
