"""Papers before a meeting: its notice, agenda, sheet to sign in, and slips for leave."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import Http404

from yishi.documents import columns
from yishi.documents.marks import mark
from yishi.documents.model import (
    Block,
    Cell,
    Document,
    Gap,
    Heading,
    Para,
    People,
    Signed,
    Span,
    Table,
    para,
)
from yishi.procedure.enact import book_of
from yishi.procedure.order import ReservedTo
from yishi.procedure.state import Sitting
from yishi.procedure.telling import away
from yishi.web.documents import called
from yishi.web.documents.pen import Pen
from yishi.web.sittings.agenda import Line, lines, streams
from yishi.web.sittings.found import found_or_404
from yishi.web.sittings.page import leaves
from yishi.web.sittings.seated import Seated, concerned, everybody
from yishi.web.sittings.told import Told, of, told


def meeting(pen: Pen, subject: str, inside: bool = True) -> Sitting:
    """The meeting, for those who have a place in it where that is asked for."""
    sitting = found_or_404(pen.office, subject)
    if sitting.kind == "before" or (inside and not concerned(pen.office, sitting)):
        raise Http404
    return sitting


def agenda_of(pen: Pen, sitting: Sitting, until: datetime | None = None) -> tuple[Line, ...]:
    """The items of a meeting in their order, as this person may know them.

    Of their papers those that had come in `until` then, or all.
    """
    happened = told(pen.office, streams(pen.office, sitting))
    return lines(pen.office, sitting, (one for one in happened if until is None or one.at <= until))


def begins(pen: Pen, sitting: Sitting) -> str:
    """When the meeting begins, with the day of the week."""
    day = pen.say("page.sittings.on_weekday", d=sitting.starts_at)
    at = sitting.starts_at.astimezone(pen.office.zone)
    return pen.say("paper.notice.at", day=at, weekday=day, clock=f"{at:%H:%M}")


def where(pen: Pen, sitting: Sitting) -> str:
    """When the meeting begins and where, as it stands under a title."""
    return pen.word("shapes", "comma").join(filter(None, (begins(pen, sitting), sitting.venue)))


def titled(pen: Pen, line: Line) -> str:
    """An item as this person may know it."""
    if line.held is None:
        return pen.say("paper.agenda.closed")
    floor = pen.say("paper.agenda.floor") if line.floor else ""
    return pen.plain(line.held.title) + floor


# ── the notice ────────────────────────────────────────────────────────────────────────────────


def notice(pen: Pen, subject: str, about: str) -> Document:
    """The notice of a meeting (会议通知), as it stands; one that has been overtaken says so."""
    sitting = meeting(pen, subject)
    given = sitting.notice
    if sitting.status == "called_off" or (given is None and sitting.status != "convened"):
        raise Http404
    title = pen.say("paper.notice.title", s=subject)
    face = pen.face(sitting.body, given.at if given else pen.office.now)
    on = pen.day(given.at) if given else pen.say("paper.day")
    return Document(
        called=title,
        dated=pen.on(given.at if given else pen.office.now),
        **face.inner(title),
        addressee=pen.say("paper.notice.to"),
        body=(
            para(pen.say("paper.notice.opening", s=subject)),
            *_when_and_who(pen, sitting),
            *_items(pen, sitting),
            *_wanted(pen, sitting),
            Signed(face.issuer, on, seal=face.profile.notice_seal),
            *_receipts(pen, sitting),
        ),
        draft=_stale(pen, sitting),
    )


def _stale(pen: Pen, sitting: Sitting) -> str:
    """What a notice says that has not been given, or not of the meeting as it stands now."""
    given = sitting.notice
    if given is None:
        return pen.say("paper.notice.draft")
    if sitting.status != "convened":
        return ""
    changes = []
    if (given.starts_at, dict(given.guests)) != (sitting.starts_at, dict(sitting.invited)):
        changes.append(pen.say("paper.notice.stale"))
    elif given.agenda != sitting.agenda:
        changes.append(pen.say("paper.notice.edition", n=sitting.editions.latest))
    if set(_papers(pen, sitting)) != set(_papers(pen, sitting, given.at)):
        changes.append(pen.say("paper.notice.more_papers"))
    return pen.word("shapes", "phrases").join(changes)


def _papers(pen: Pen, sitting: Sitting, until: datetime | None = None) -> list[str]:
    """The titles of the papers that this person may read."""
    agenda = agenda_of(pen, sitting, until)
    return [pen.plain(title) for line in agenda for _, title, _ in line.papers]


def _when_and_who(pen: Pen, sitting: Sitting) -> Iterator[Block]:
    yield Heading(1, mark(1, 1) + pen.say("paper.notice.when"))
    yield para(begins(pen, sitting), pen.say("paper.notice.time"))
    yield para(sitting.venue or pen.say("paper.blank"), pen.say("paper.notice.place"))
    yield Heading(1, mark(1, 2) + pen.say("paper.notice.who"))
    seats = {
        "page.minutes.present": [seat.person for seat in sitting.members],
        "page.minutes.in_attendance": [seat.person for seat in sitting.in_attendance],
    }
    for label, people in seats.items():
        if people:
            yield People(pen.say(label), pen.people(people))
    for line in agenda_of(pen, sitting):
        if line.guests:
            yield para(pen.say("paper.notice.guests", n=line.place, people=line.guests))


def _items(pen: Pen, sitting: Sitting) -> Iterator[Block]:
    yield Heading(1, mark(1, 3) + pen.word("fields", "items"))
    agenda = agenda_of(pen, sitting)
    if not agenda:
        yield para(pen.say("paper.notice.no_agenda"))
    for line in agenda:
        unit = line.held.lead_unit if line.held else None
        by = pen.say("paper.notice.by", unit=pen.unit(unit)) if unit else ""
        yield para(f"{mark(3, line.place)}{titled(pen, line)}{by}")


def _wanted(pen: Pen, sitting: Sitting) -> Iterator[Block]:
    """What is asked of whoever comes: to confirm, to be excused in time, what to bring."""
    yield Heading(1, mark(1, 4) + pen.say("paper.notice.wanted"))
    papers = _papers(pen, sitting, sitting.notice.at if sitting.notice else None)
    asked = [pen.plain(sitting.bring)] if sitting.bring else []
    asked += [pen.say("paper.notice.confirm")]
    asked += [pen.say("paper.notice.excuse", by=_granting(pen, sitting))]
    if papers:
        named = "".join(map(titled_in_marks, papers))  # no mark between titles (GW-K2)
        asked.append(pen.say("paper.notice.bring", papers=named))
    if sitting.need:
        asked.append(pen.say("paper.notice.need", need=pen.plain(sitting.need)))
    for place, words in enumerate(asked, 1):
        yield para(f"{mark(3, place)}{words}")


def _granting(pen: Pen, sitting: Sitting) -> str:
    """Who excuses people, as the rules of this meeting have it."""
    for bound in book_of(pen.office.state, sitting.charters).for_act("grant_leave"):
        if isinstance(bound.rule, ReservedTo):
            names = pen.office.names_for(sitting.body)
            return pen.seats(bound.rule.by, names)
    return pen.person(sitting.chair)


def _receipts(pen: Pen, sitting: Sitting) -> Iterator[Block]:
    """Who is to confirm the notice, and who has."""
    head = ("paper.number", "page.record.name", "page.record.post", "paper.notice.receipt")
    rows = tuple(
        (
            Cell(str(place), place="centre"),
            Cell(pen.person(one.person)),
            Cell(one.post),
            Cell(_received(pen, one, sitting), place="centre"),
        )
        for place, one in enumerate(everybody(pen.office, sitting), 1)
    )
    yield Gap()
    yield Para((Span(pen.say("paper.notice.receipts"), "hei"),), place="centre")
    yield Table(columns.RECEIPTS, rows, tuple(pen.say(key) for key in head))


def _received(pen: Pen, one: Seated, sitting: Sitting) -> str:
    """What somebody has answered to the notice; nothing while they have not."""
    given = sitting.notice
    if given is None:
        return ""
    if one.person in away(sitting):
        return pen.say("paper.notice.excused")
    if one.person in given.coming:
        return pen.say("paper.notice.comes")
    return pen.say("paper.notice.read") if one.person in given.received else ""


# ── the agenda and the sheet ──────────────────────────────────────────────────────────────────


def agenda(pen: Pen, subject: str, about: str) -> Document:
    """The order of business (会议议程), with the titles that this person may read."""
    sitting = meeting(pen, subject, inside=False)
    if sitting.status == "called_off" or not sitting.agenda:
        raise Http404
    name = pen.say("paper.agenda.title", s=subject)
    rows = tuple(_row(pen, line) for line in agenda_of(pen, sitting))
    head = ("paper.number", "paper.agenda.item", "page.items.column_lead_unit", "paper.guests")
    return Document(
        called=name,
        **pen.inner(sitting.body, name, sitting.notice.at if sitting.notice else pen.office.now),
        under=where(pen, sitting),
        body=(
            People(pen.say("page.record.presides"), pen.person(sitting.chair)),
            People(pen.say("page.record.keeps"), pen.people(sitting.keepers)),
            Table(columns.AGENDA, rows, tuple(pen.say(key) for key in head)),
        ),
    )


def _row(pen: Pen, line: Line) -> tuple[Cell, ...]:
    papers = [pen.say("paper.agenda.paper", title=pen.plain(title)) for _, title, _ in line.papers]
    return (
        Cell(str(line.place), place="centre"),
        Cell("\n".join((titled(pen, line), *papers))),
        Cell(pen.unit(line.held.lead_unit) if line.held else ""),
        Cell(pen.people(line.guests)),
    )


def attendance(pen: Pen, subject: str, about: str) -> Document:
    """The sheet on which people sign in (签到表), with what is known of them by now."""
    sitting = meeting(pen, subject)
    if sitting.status == "called_off":
        raise Http404
    name = pen.say("paper.attendance.title", s=subject)
    head = (
        *("paper.number", "page.record.name", "page.record.post", "page.record.as"),
        *("paper.attendance.sign", "paper.attendance.remark"),
    )
    rows = tuple(
        _signing_in(pen, place, one) for place, one in enumerate(everybody(pen.office, sitting), 1)
    )
    return Document(
        called=name,
        **pen.inner(sitting.body, name, sitting.starts_at),
        under=where(pen, sitting),
        body=(Table(columns.ATTENDANCE, rows, tuple(pen.say(key) for key in head)),),
    )


def _signing_in(pen: Pen, place: int, one: Seated) -> tuple[Cell, ...]:
    seat = "page.record.member" if one.place == "member" else "page.sittings.attending"
    last = one.log[-1] if one.log else None
    known = pen.word("page.record.came", last[0]) if last else ""
    clock = f" {last[1].astimezone(pen.office.zone):%H:%M}" if last and last[0] == "present" else ""
    return (
        Cell(str(place), place="centre", least=2),
        Cell(pen.person(one.person)),
        Cell(one.post),
        Cell(pen.say(seat), place="centre"),
        Cell(),
        Cell(known + clock, place="centre"),
    )


# ── leave ─────────────────────────────────────────────────────────────────────────────────────


def leave(pen: Pen, subject: str, about: str) -> Document:
    """The slip on which leave is asked for and granted (请假审批单), for whom the page shows it."""
    sitting = meeting(pen, subject)
    happenings = told(pen.office, streams(pen.office, sitting))
    shown = leaves(pen.office, sitting, happenings, inside=True)
    found = next((one for one in shown if one["person"] == about), None)
    if found is None:
        raise Http404
    mine = [one for one in of(happenings, *LEAVE) if one.event.person == about]
    title = pen.say("paper.leave.title")
    return Document(
        called=called.of_leave(pen, title, sitting.id, about),
        **pen.inner(sitting.body, title, mine[-1].at),
        body=(Table((4, 7, 4, 7), tuple(_slip(pen, sitting, found, mine))),),
    )


def _slip(
    pen: Pen, sitting: Sitting, found: dict[str, Any], mine: list[Told]
) -> Iterator[tuple[Cell, ...]]:
    at = {one.kind: one for one in mine}
    yield (
        *(pen.label("paper.leave.who"), Cell(pen.person(found["person"]))),
        *(pen.label("page.record.post"), Cell(found["post"])),
    )
    yield pen.label("paper.leave.sitting"), Cell(pen.sitting(sitting.id), span=3)
    yield pen.label("paper.leave.time"), Cell(where(pen, sitting), span=3)
    reason = pen.plain(found["reason"]) or pen.say("paper.leave.closed")
    yield pen.label("paper.leave.reason"), Cell(reason, span=3, least=6)
    yield pen.label("paper.leave.asked"), Cell(pen.when(at["leave_requested"].at), span=3)
    yield pen.label("paper.leave.answer"), _answer(pen, found, at)
    yield pen.label("paper.leave.told"), _told(pen, at)


LEAVE = ("leave_requested", "leave_granted", "leave_refused", "office_told")


def _answer(pen: Pen, found: dict[str, Any], at: dict[str, Told]) -> Cell:
    """What came of it, with who decided and when; a place to sign while nobody has."""
    status = found["leave"].status
    answered = at.get("leave_granted" if status == "granted" else "leave_refused")
    if status == "requested" or answered is None:
        return Cell(span=3, least=6, signed=pen.signing())
    by = pen.say("paper.leave.by", who=answered.event.by, at=answered.at)
    if status == "granted":
        return Cell(pen.say("paper.leave.granted"), span=3, least=6, signed=by)
    why = found["refusal"]
    said = pen.say("paper.leave.refused") + (
        pen.say("paper.why", why=pen.plain(why)) if why else ""
    )
    return Cell(said, span=3, least=6, signed=by)


def _told(pen: Pen, at: dict[str, Told]) -> Cell:
    told_at = at.get("office_told")
    if told_at is None:
        return Cell(span=3, least=2)
    return Cell(pen.say("paper.leave.office", at=told_at.at, who=told_at.event.by), span=3, least=2)


def titled_in_marks(title: str) -> str:
    """A title in 《》: once where it has them already, and others within it as 〈〉 (GW-K6)."""
    bare = title[1:-1] if title[:1] == "《" and title.find("》") == len(title) - 1 else title
    return f"《{bare.replace('《', '〈').replace('》', '〉')}》"
