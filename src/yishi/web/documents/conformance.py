"""How the office's papers look, beside the standard (公文格式对照): to file and to answer by."""

from collections.abc import Iterator

from django.http import Http404

from yishi.documents.conformance import Check, departures
from yishi.documents.marks import mark
from yishi.documents.model import Block, Cell, Document, Heading, Table, para
from yishi.procedure.charters import GENERAL
from yishi.web.documents.pen import Pen
from yishi.web.profiles.checking import checked
from yishi.web.profiles.face import bodies_of, face_of
from yishi.web.secretariat import of_secretariat


def conformance(pen: Pen, subject: str, about: str) -> Document:
    """Where the profile in force departs from the standard, and what it keeps, by number."""
    office = pen.office
    if not of_secretariat(office) or subject not in bodies_of(office):
        raise Http404
    face = face_of(office, subject, office.now)
    found = checked(office, face.profile)
    departs = departures(found)
    title = pen.word("documents", "profile")
    of = pen.say("paper.conformance.whole")
    if subject != GENERAL:
        of = office.names.body(subject)
    return Document(
        called=f"{title}（{of}）",
        dated=pen.on(office.now),
        **face.inner(title),
        under=pen.say("paper.conformance.under", of=of, at=office.now),
        body=(
            para(pen.say("paper.conformance.counts", n=len(found), departs=len(departs))),
            *_departs(pen, departs),
            *_kept(pen, tuple(one for one in found if one.found is None), bool(departs)),
        ),
    )


def _departs(pen: Pen, found: tuple[Check, ...]) -> Iterator[Block]:
    if not found:
        return
    yield Heading(1, mark(1, 1) + pen.say("paper.conformance.departs"))
    rows = tuple(
        (
            Cell(one.number, place="centre"),
            Cell(pen.sentence(one.found) if one.found else ""),
            Cell(pen.sentence(one.wants)),
        )
        for one in found
    )
    head = ("paper.conformance.number", "paper.conformance.is", "paper.conformance.wants")
    yield Table((4, 9, 11), rows, tuple(pen.say(key) for key in head))


def _kept(pen: Pen, found: tuple[Check, ...], second: bool) -> Iterator[Block]:
    if not found:
        return
    yield Heading(1, mark(1, 2 if second else 1) + pen.say("paper.conformance.kept"))
    rows = tuple((Cell(one.number, place="centre"), Cell(pen.sentence(one.wants))) for one in found)
    head = ("paper.conformance.number", "paper.conformance.wants")
    yield Table((4, 20), rows, tuple(pen.say(key) for key in head))
