"""The minutes as a paper (会议纪要): in their own format, or in the general one to be sealed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from yishi.documents.marks import mark
from yishi.documents.model import (
    Block,
    Document,
    Foot,
    Gap,
    Heading,
    People,
    Signed,
    para,
    paras,
)
from yishi.documents.profile import Profile
from yishi.procedure.issued import Corrected, Minutes
from yishi.procedure.state import Sitting
from yishi.web.documents.pen import Pen, entered_from_paper
from yishi.web.profiles.face import Face, corrections_serial
from yishi.web.sittings.attended import attended
from yishi.web.sittings.found import found_or_404
from yishi.web.sittings.minutes import Matter, Point, opening, told_in
from yishi.web.sittings.told import of, told

VERBS = {"adopt", "agree_in_principle", "reject"}
"""Outcomes that have a verb of their own (GW-E9); what was taken note of speaks for itself."""


def own_format(pen: Pen, subject: str, about: str) -> Document:
    """In the minutes' own format, for whoever may read them."""
    return own(pen, *_found(pen, subject))


def general_format(pen: Pen, subject: str, about: str) -> Document:
    """In the general format, for whoever may read them."""
    return general(pen, *_found(pen, subject))


def own(pen: Pen, sitting: Sitting, said: dict[str, Any]) -> Document:
    """In the minutes' own format: neither addressee, nor signature, nor seal (GW-A3)."""
    pen = pen.of(sitting)
    issued, face = said["issued"], face_in(pen, sitting, said)
    line, on = face.profile.head_line, pen.day(issued.issued_at) if issued else ""
    people = (*people_in(pen, sitting, said), *signed_off(pen, sitting, face, issued))
    return Document(
        called=_called(pen, sitting, said),
        dated=_dated(pen, said),
        format="minutes",
        mark=face.profile.mark or pen.say("page.minutes.title", body=sitting.body),
        number=_number(pen, said),
        left=face.issuer if line else "",
        right=on if line else "",
        body=placed(face.profile, tuple(_body(pen, sitting, said)), people),
        foot=foot_in(pen, face, issued.issued_at, "分送") if issued else None,
        draft="" if issued else pen.say("paper.minutes.draft"),
        **face.told(),
    )


def general(pen: Pen, sitting: Sitting, said: dict[str, Any]) -> Document:
    """In the general format: from whom, of which day, and with room for the seal."""
    pen = pen.of(sitting)
    issued, face = said["issued"], face_in(pen, sitting, said)
    signed = _signed_at(pen, sitting) or (issued.issued_at if issued else None)
    on = pen.day(signed) or pen.say("paper.day")
    people = tuple(people_in(pen, sitting, said))
    return Document(
        called=f"{_called(pen, sitting, said)}{pen.say('paper.minutes.general')}",
        dated=_dated(pen, said),
        format="general",
        mark=face.profile.letterhead or pen.say("paper.mark", called=face.organ),
        number=_number(pen, said),
        title=pen.say("paper.minutes.title", s=sitting.id),
        body=(
            *placed(face.profile, tuple(_body(pen, sitting, said)), people),
            Signed(face.organ, on, seal=face.profile.seal),
        ),
        foot=foot_in(pen, face, issued.issued_at, "抄送") if issued else None,
        draft="" if issued else pen.say("paper.minutes.draft"),
        **face.told(),
    )


def _found(pen: Pen, subject: str) -> tuple[Sitting, dict[str, Any]]:
    sitting = found_or_404(pen.office, subject)
    return sitting, told_in(pen.office, sitting)


def _dated(pen: Pen, said: dict[str, Any]) -> Any:
    return pen.on(said["issued"].issued_at if said["issued"] else pen.office.now)


def _called(pen: Pen, sitting: Sitting, said: dict[str, Any]) -> str:
    title = pen.say("page.minutes.title", body=sitting.body)
    if not said["issued"]:
        return title + pen.say("paper.draft")
    named = (corrections_serial(pen.office, sitting, one) for one in said["issued"].corrected[-1:])
    marks = (pen.say("paper.correction.marked", number=number) for number in named)
    return title + _number(pen, said) + "".join(marks)


def _number(pen: Pen, said: dict[str, Any]) -> str:
    number: str = said["serial"]
    return number if said["issued"] else pen.say("page.minutes.number_next", number=number)


def face_in(pen: Pen, sitting: Sitting, said: dict[str, Any]) -> Face:
    """Papers that are out keep the look that they went out with."""
    at = sitting.minutes.issued_at if sitting.minutes else pen.office.now
    return pen.face(sitting.body, at, said["office_name"])


def placed(
    profile: Profile, body: tuple[Block, ...], people: tuple[Block, ...]
) -> tuple[Block, ...]:
    """The lists of people where this institution has them (GW-F6)."""
    if profile.attendance == "before":
        return (*people, Gap(), *body)
    return (*body, Gap(), *people)


def signed_off(
    pen: Pen, sitting: Sitting, face: Face, issued: Minutes | Corrected | None
) -> Iterator[Block]:
    """Who signed it, where this institution's minutes say so (单位公文格式)."""
    if face.profile.sign_off:
        by = pen.of(sitting, signs=True).people(issued.signed_by) if issued else ""
        yield People(pen.say("paper.minutes.signed"), by or pen.say("paper.blank"))


def foot_in(pen: Pen, face: Face, at: datetime, label: str) -> Foot:
    """Who issued it on which day, and to whom it goes (版记; GW-H3, H4)."""
    to = face.profile.distribution if label == "分送" else face.profile.copies
    return Foot(face.issuer, pen.say("paper.issued_on", at=at), to, label)


def _signed_at(pen: Pen, sitting: Sitting) -> datetime | None:
    """When they were signed; the day of a paper is that of its signing (GW-G1)."""
    signed = of(told(pen.office, [f"sitting/{sitting.id}"]), "minutes_signed")
    out = sitting.minutes.issued_at if sitting.minutes else pen.office.now
    before = [one.at for one in signed if one.at <= out]
    return before[-1] if before else None


def _body(pen: Pen, sitting: Sitting, said: dict[str, Any]) -> Iterator[Block]:
    yield begun(pen, sitting, said)
    yield from worded(pen, said["opening"])
    points: list[Point] = said["points"]
    for place, point in enumerate(points, 1):
        yield from told_of(pen, place, point)
    if said["unbound"]:
        yield from handed_out(pen, len(points) + 1, said["unbound"])
    yield from worded(pen, said["closing"])


def begun(pen: Pen, sitting: Sitting, said: dict[str, Any]) -> Block:
    """When, where and by whom the meeting was held, and whether it settled anything."""
    return para(pen.sentence(opening(pen.office, sitting, said)))


def told_of(pen: Pen, place: int, point: Point) -> Iterator[Block]:
    """One item: its title, what came of it, what the office explains, what is to be done."""
    yield Heading(1, mark(1, place) + pen.plain(point.item.title).rstrip("。；，"))
    yield from settled(pen, point)
    yield from worded(pen, point.words)
    yield from matters_in(pen, point.matters)
    for words in point.ended:
        yield para(pen.say("page.minutes.ended", words=words))


def unbound(pen: Pen, place: int) -> str:
    """The heading of what was handed out there and then, of no item."""
    return mark(1, place) + pen.say("page.minutes.unbound")


def handed_out(pen: Pen, place: int, matters: tuple[Matter, ...]) -> Iterator[Block]:
    """Tasks under no decision."""
    yield Heading(1, unbound(pen, place))
    yield from matters_in(pen, matters)


def worded(pen: Pen, words: str) -> Iterator[Block]:
    """What the office has written itself: a paragraph of each line."""
    if words:
        yield from paras(pen.plain(words))


def settled(pen: Pen, point: Point) -> Iterator[Block]:
    """What came of an item: the words of the decision behind the verb that its outcome has."""
    if point.decision is not None:
        verb = pen.say(f"paper.minutes.{point.outcome}") if point.outcome in VERBS else ""
        yield from paras(f"{verb}{pen.plain(point.decision.words)}")
    elif point.outcome == "postpone":
        yield para(pen.say("page.minutes.postponed"))
    else:
        yield para(pen.say("page.minutes.open"))


def matters_in(pen: Pen, matters: tuple[Matter, ...]) -> Iterator[Block]:
    """What is to be carried out: in numbers where it is more than one thing."""
    for place, matter in enumerate(matters, 1):
        lead = mark(3, place) if len(matters) > 1 else ""
        yield para(lead + carried(pen, matter))


def carried(pen: Pen, matter: Matter) -> str:
    """One thing to be carried out: what, by which unit, by whom, until when (GW-E8)."""
    blank = pen.say("page.minutes.blank")
    words = pen.plain(matter.words).rstrip("。；")
    words += pen.say("page.minutes.continues") if matter.continues else ""
    unit = pen.unit(matter.unit, matter.counter) or blank
    kind = "counter" if matter.counter and not matter.unit else "section"
    lead = pen.say(f"paper.minutes.{kind}", unit=unit)
    owner = pen.say("paper.minutes.owner", who=pen.person(matter.owner) or blank)
    due = pen.say("paper.minutes.due", day=pen.day(matter.due_on) or blank)
    return pen.say("paper.minutes.matter", words=words, lead=lead, owner=owner, due=due)


def people_in(pen: Pen, sitting: Sitting, said: dict[str, Any]) -> Iterator[Block]:
    """Who attended, was on leave, sat in, was absent; in this order (GW-F2), each once (GW-F3)."""
    face = face_in(pen, sitting, said)
    yield from (People(*one) for one in attended(pen.office, sitting, said["people"], face))
    kept = pen.people(sitting.keepers)
    if kept:
        yield People(pen.say("page.record.keeps"), kept)
    marked = entered_from_paper(pen, sitting)
    if marked:
        yield para(marked)
