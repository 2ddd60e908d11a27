"""Papers for a meeting that is held by hand: the sheet on which its record is kept."""

from collections.abc import Iterator

from django.http import Http404

from yishi.documents import columns
from yishi.documents.marks import mark
from yishi.documents.model import Block, Cell, Document, Gap, Heading, Table
from yishi.procedure.enact import book_of
from yishi.procedure.speaking import SpeaksLast
from yishi.procedure.state import Sitting
from yishi.web.documents.gathering import agenda_of, meeting, titled, where
from yishi.web.documents.pen import Pen
from yishi.web.sittings.agenda import Line
from yishi.web.sittings.seated import Seated, everybody, seated

BOX = "□"
STANCES = ("for", "against", "abstain")


def record_sheet(pen: Pen, subject: str, about: str) -> Document:
    """The sheet for the record (会议记录用纸): item by item, in the order in which people speak."""
    sitting = meeting(pen, subject)
    if sitting.status == "called_off":
        raise Http404
    name = pen.say("paper.sheet.title", s=subject)
    return Document(
        called=name,
        **pen.inner(sitting.body, name, sitting.starts_at),
        under=where(pen, sitting),
        body=(
            _facts(pen, sitting),
            *(block for line in agenda_of(pen, sitting) for block in _item(pen, sitting, line)),
            Gap(),
            _signing(pen),
        ),
    )


def _facts(pen: Pen, sitting: Sitting) -> Table:
    rows = (
        (
            *(pen.label("page.record.presides"), Cell(pen.person(sitting.chair))),
            *(pen.label("page.record.keeps"), Cell(pen.people(sitting.keepers))),
        ),
        (
            *(pen.label("paper.sheet.began"), Cell(least=2)),
            *(pen.label("paper.sheet.ended"), Cell()),
        ),
        (
            *(pen.label("page.sittings.entitled"), Cell(str(len(sitting.members)))),
            *(pen.label("paper.sheet.present"), Cell(least=2)),
        ),
    )
    return Table((4, 8, 4, 8), rows)


def _item(pen: Pen, sitting: Sitting, line: Line) -> Iterator[Block]:
    yield Heading(1, f"{mark(1, line.place)}{titled(pen, line)}")
    head = ("paper.number", "page.record.name", "page.record.post")
    heads = tuple(map(pen.say, (*head, "paper.sheet.stance", "paper.sheet.words")))
    stances = "\n".join(f"{BOX}{pen.word('stances', stance)}" for stance in STANCES)
    rows = tuple(
        (
            Cell(str(place), place="centre", least=3),
            Cell(pen.person(one.person)),
            Cell(one.post + _aside(pen, sitting, one)),
            Cell(stances if one.place == "member" else ""),
            Cell(),
        )
        for place, one in enumerate(speakers(pen, sitting, line.item), 1)
    )
    yield Table(columns.SHEET, rows, heads)
    yield Table((4, 24), ((pen.label("paper.sheet.decision"), Cell(least=6)),))


def speakers(pen: Pen, sitting: Sitting, item: str) -> tuple[Seated, ...]:
    """Who speaks to an item, in order; the chair last where the rules have it so."""
    office = pen.office
    called = set(sitting.guests(item))
    people = [p for p in everybody(office, sitting) if p.place != "guest" or p.person in called]
    if sitting.chair is None or book_of(office.state, sitting.charters).rule(SpeaksLast) is None:
        return tuple(people)
    others = [one for one in people if one.person != sitting.chair]
    return (*others, seated(office, sitting, sitting.chair))


def _aside(pen: Pen, sitting: Sitting, one: Seated) -> str:
    if one.person == sitting.chair:
        return pen.say("paper.sheet.chair")
    return "" if one.place == "member" else pen.say("paper.sheet.attends")


def _signing(pen: Pen) -> Table:
    signs = ("page.record.presides", "page.record.keeps")
    return Table(
        (4, 20), tuple((pen.label(key), Cell(least=3, signed=pen.signing())) for key in signs)
    )
