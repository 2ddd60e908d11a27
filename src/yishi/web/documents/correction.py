"""The correction of issued minutes as a paper (更正): it names them and leaves them alone."""

from django.http import Http404

from yishi.documents.model import Block, Document, Gap, Signed, para, paras
from yishi.procedure.issued import Corrected
from yishi.procedure.state import Sitting
from yishi.web.documents.pen import Pen
from yishi.web.profiles.face import corrections_serial, serial_of
from yishi.web.sittings.found import found_or_404


def correction(pen: Pen, subject: str, about: str) -> Document:
    """One of the corrections of a meeting's minutes, for whoever may read these."""
    sitting = found_or_404(pen.office, subject)
    made = sitting.minutes.corrected if sitting.minutes else ()
    found = next((one for one in made if str(one.number) == about), None)
    if found is None or not pen.office.reads("minutes", sitting.id).allowed:
        raise Http404
    return written(pen, sitting, found)


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
        **face.told(),
    )
