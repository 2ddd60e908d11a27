"""The correction of issued minutes as a paper (更正): it names them and leaves them alone."""

from typing import Final

from django.http import Http404
from msgspec.structs import replace

from yishi.documents.model import Block, Document, Gap, Signed, para, paras
from yishi.procedure.issued import Corrected
from yishi.procedure.state import Sitting
from yishi.web.documents.minutes import foot_in, signed_off
from yishi.web.documents.pen import Pen
from yishi.web.profiles.face import corrections_serial, serial_of
from yishi.web.sittings.corrigendum import drafted
from yishi.web.sittings.found import found_or_404

DRAFT: Final = "draft"
"""Stands for the number of a correction that has none yet."""


def correction(pen: Pen, subject: str, about: str) -> Document:
    """One of the corrections of a meeting's minutes, for whoever may read these.

    What is drafted and not out is there for whoever sees it on the page.
    """
    sitting = found_or_404(pen.office, subject)
    if about == DRAFT:
        return _draft(pen, sitting)
    found = made_of(pen, sitting, about)
    if found is None or not pen.office.reads("minutes", sitting.id).allowed:
        raise Http404
    return written(pen, sitting, found)


def made_of(pen: Pen, sitting: Sitting, about: str) -> Corrected | None:
    """The correction of that number; the one that is drafted as it would go out now."""
    minutes = sitting.minutes
    if minutes is None or about != DRAFT:
        every = minutes.corrected if minutes else ()
        return next((one for one in every if str(one.number) == about), None)
    on_its_way = drafted(pen.office, sitting)
    if on_its_way is None:
        return None
    held = on_its_way.held
    year = pen.office.now.year
    issue = pen.office.state.bodies[sitting.body].minutes.get(year, 0) + 1
    made = Corrected(
        minutes.free(issue), pen.office.now, pen.office.person, held.words, held.reason
    )
    return replace(made, issue=issue, year=year, signed_by=held.signed)


def _draft(pen: Pen, sitting: Sitting) -> Document:
    """The correction as it would go out now."""
    made = made_of(pen, sitting, DRAFT)
    if made is None:
        raise Http404
    document = written(pen, sitting, made)
    told = pen.say("page.minutes.number_next", number=document.number)
    called = f"{document.title}{pen.say('paper.draft')}"
    draft = pen.say("paper.minutes.draft")
    return replace(document, called=called, number=told, foot=None, draft=draft)


def written(pen: Pen, sitting: Sitting, made: Corrected) -> Document:
    """The correction as it goes out."""
    minutes = sitting.minutes
    assert minutes is not None
    number = corrections_serial(pen.office, sitting, made)
    face = pen.face(sitting.body, made.at, pen.secretariat(sitting.body))
    title = pen.say("page.minutes.title", body=sitting.body)
    of = serial_of(pen.office, sitting)
    body: tuple[Block, ...] = (
        para(pen.say("paper.correction.opening", at=minutes.issued_at, title=title, number=of)),
        *paras(pen.plain(made.words)),
        para(pen.say("paper.correction.reason", reason=pen.plain(made.reason))),
        para(pen.say("paper.correction.facts")),
        Gap(),
        *signed_off(pen, sitting, face, made),
        Signed(face.organ, pen.day(made.at), seal=face.profile.seal),
    )
    mark = pen.say("paper.correction.mark", body=sitting.body)
    return Document(
        called=f"{mark}{number}",
        dated=pen.on(made.at),
        format="general",
        mark=face.profile.letterhead or pen.say("paper.mark", called=face.organ),
        number=number,
        title=mark,
        body=body,
        foot=foot_in(pen, face, made.at, "抄送"),
        **face.told(),
    )
