"""The record as a paper (会议记录): who was there, what was said or corrected, what was settled."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Final

import msgspec

from yishi.documents import columns
from yishi.documents.model import (
    Block,
    Cell,
    Document,
    Heading,
    Para,
    Span,
    Table,
    para,
    paras,
    struck,
)
from yishi.procedure.pausing import Recess
from yishi.procedure.practising import Remark
from yishi.procedure.state import Sitting
from yishi.web.documents.pen import Pen, entered_from_paper
from yishi.web.sittings.comings import Entries
from yishi.web.sittings.found import found_or_404
from yishi.web.sittings.record import Came, Entry, Taken, told_in
from yishi.web.sittings.seated import Seated
from yishi.web.sittings.told import Told


class Around(msgspec.Struct, frozen=True):
    """What one has to know beside an entry to tell it."""

    uncounted: set[str]
    """Who sits in attendance: what they say is not counted."""
    counted: str = ""
    """How the decision on the item was carried, in one sentence."""


def record(pen: Pen, subject: str, about: str) -> Document:
    """The whole record; it never has a masthead or a number of its own (GW-A5)."""
    sitting = found_or_404(pen.office, subject)
    said, pen = told_in(pen.office, sitting), pen.of(sitting)
    closed: Told | None = said["closed"]
    name, title = pen.sitting(subject), pen.say("page.record.title", body=sitting.body)
    called = pen.say("paper.record.called", s=subject)
    return Document(
        called=called + ("" if closed else pen.say("paper.draft")),
        **pen.inner(sitting.body, title, closed.at if closed else pen.office.now),
        under=name,
        body=(
            _facts(pen, sitting, said),
            Heading(1, pen.say("page.record.people")),
            _people(pen, sitting, said["people"], said["came"], said["righted"]),
            *_remarks(pen, said["remarks"]),
            *_items(pen, sitting, said),
            *_rest(pen, sitting, said),
            _end(pen, closed),
            _signing(pen),
        ),
        draft="" if closed else pen.say("page.record.open"),
    )


def _facts(pen: Pen, sitting: Sitting, said: dict[str, Any]) -> Table:
    """When, who presided, who kept the record, how many were there."""
    end = sitting.closed_at and _hour(pen, sitting, sitting.closed_at)
    until = pen.say("paper.record.until", at=end) if end else ""
    until += "".join(f"；{_rested(pen, one)}" for one in sitting.recesses)
    stands_in = sitting.substitute and pen.say("page.sittings.stands_in", who=sitting.substitute)
    kept = " ".join(filter(None, (pen.person(sitting.secretary), stands_in or "")))
    numbers = pen.say("page.record.numbers_of", n=said["present"], of=len(sitting.members))
    return Table(
        (3, 7, 3, 5),
        (
            (
                Cell(pen.word("fields", "at"), label=True),
                Cell(f"{pen.when(sitting.opened_at)}{until}", span=3),
            ),
            *_venue(pen, sitting),
            *_from_paper(pen, sitting),
            (
                *(pen.label("page.record.presides"), Cell(pen.person(sitting.chair))),
                *(pen.label("page.record.keeps"), Cell(kept)),
            ),
            (pen.label("page.record.numbers"), Cell(numbers, span=3)),
        ),
    )


def _venue(pen: Pen, sitting: Sitting) -> tuple[tuple[Cell, ...], ...]:
    if not sitting.venue:
        return ()
    return ((Cell(pen.word("fields", "venue"), label=True), Cell(sitting.venue, span=3)),)


def _rested(pen: Pen, recess: Recess) -> str:
    """From when until when the meeting rested."""
    until = pen.say("page.record.rested_until", at=recess.ended_at) if recess.ended_at else ""
    return pen.say("page.record.rested", at=recess.began_at) + until


def _from_paper(pen: Pen, sitting: Sitting) -> tuple[tuple[Cell, ...], ...]:
    """That it was entered from paper afterwards: by whom, when, how much and why."""
    said = entered_from_paper(pen, sitting)
    return ((pen.label("page.paper.mark"), Cell(said, span=3)),) if said else ()


def _people(
    pen: Pen,
    sitting: Sitting,
    people: tuple[Seated, ...],
    came: dict[str, tuple[Came, ...]],
    wrong: Entries,
) -> Table:
    head = ("name", "post", "as", "presence")
    rows = tuple(
        (
            Cell(pen.person(one.person)),
            Cell(one.post),
            Cell(_place(pen, one)),
            _came(pen, sitting, one, came.get(one.person, ()), wrong.get(one.person, [])),
        )
        for one in people
    )
    return Table(columns.RECORD, rows, tuple(pen.say(f"page.record.{name}") for name in head))


def _place(pen: Pen, one: Seated) -> str:
    if one.place == "member":
        return pen.say("page.record.member")
    guest = one.place != "in_attendance"
    return pen.say("page.room.called_in" if guest else "page.sittings.attending")


def _came(
    pen: Pen, sitting: Sitting, one: Seated, came: tuple[Came, ...], wrong: Iterable[Told]
) -> Cell:
    """Each coming and going with its hour, how it was entered, and what was put right of it."""
    moved = []
    for m in came:
        how = pen.say(m.how, who=m.by) if m.how else ""
        said = f"{pen.word('page.record.came', m.status)} {_hour(pen, sitting, m.at)}"
        moved.append(pen.word("shapes", "comma").join(filter(None, (said, how))))
    late = f" {pen.say('page.room.late')}" if one.late else ""
    said = ("\n".join(moved) or pen.word("states.presence", "unknown")) + late
    right = (pen.say("page.record.righted", was=t.event.was, at=t.at, who=t.actor) for t in wrong)
    return Cell("\n".join((said, *right)))


def _remarks(pen: Pen, found: Iterable[Remark]) -> Iterator[Block]:
    """What house practice has to say; each sentence says that no rule asks for it."""
    for one in found:
        yield para(pen.say(one.message.id, **one.message.params))


def _items(pen: Pen, sitting: Sitting, said: dict[str, Any]) -> Iterator[Block]:
    for taken in said["taken"]:
        place = pen.say("page.sittings.item_at", n=taken.place)
        yield Heading(1, f"{place} {pen.plain(taken.item.title)}")
        if taken.turn:
            yield para(pen.say("page.record.turn", n=taken.turn))
        counted = pen.sentence(taken.counted) if taken.counted else ""
        around, reported = Around(said["uncounted"], counted), pen.of(sitting, taken.item.id)
        for entry in taken.entries:
            yield from _entry(reported, sitting, entry, around)
        yield from _corrections(pen, taken.corrected)
        yield from _handed_out(pen, taken)
        yield from _remarks(pen, taken.remarks)


def _handed_out(pen: Pen, taken: Taken) -> Iterator[Block]:
    """What the decision lets go on, ends, and hands out."""
    for words in taken.goes_on:
        yield para(pen.say("page.record.goes_on", words=words))
    for words in taken.ended:
        yield para(pen.say("page.minutes.ended", words=words))
    if taken.tasks:
        tasks = pen.word("shapes", "phrases").join(pen.plain(t).rstrip("。；") for t in taken.tasks)
        yield para(f"{tasks}。", pen.say("page.record.tasks"))


# ── what was said ─────────────────────────────────────────────────────────────────────────────


def _entry(pen: Pen, sitting: Sitting, entry: Entry, around: Around) -> Iterator[Block]:
    """One thing on record: when, who, what; struck out where a correction stands behind it."""
    tell = ENTRIES.get(entry.told.kind)
    if tell is None:
        return
    lead, words = tell(pen, entry.told, around)
    mark = pen.say("paper.record.from_paper") if entry.told.entered else ""
    lines = paras(words, f"{_clock(pen, sitting, entry.told)}{mark}　{lead}", "kai")
    yield from struck(lines) if entry.corrected else lines
    yield from _corrections(pen, entry.corrected)


def _hour(pen: Pen, sitting: Sitting, at: datetime) -> str:
    """The hour; with its day where that is not the meeting's."""
    same = sitting.opened_at is not None and pen.on(at) == pen.on(sitting.opened_at)
    return f"{at.astimezone(pen.office.zone):%H:%M}" if same else pen.when(at)


def _clock(pen: Pen, sitting: Sitting, one: Told) -> str:
    return _hour(pen, sitting, one.at)


def _corrections(pen: Pen, corrected: tuple[Entry, ...]) -> Iterator[Block]:
    for one in corrected:
        event, told = one.told.event, one.told
        made = pen.say("paper.record.made", who=told.actor, at=told.at, why=event.reason)
        lines = paras(pen.plain(event.words), pen.say("page.record.corrected"))
        *before, last = struck(lines) if one.corrected else lines
        yield from (*before, Para((*last.spans, Span(made))))
        yield from _corrections(pen, one.corrected)


Said = tuple[str, str]


def _presented(pen: Pen, one: Told, around: Around) -> Said:
    lead = pen.say("page.record.reports", who=one.event.rapporteur)
    return _with(pen, lead, one.event.words)


def _stated(pen: Pen, one: Told, around: Around) -> Said:
    event = one.event
    by_office = event.source == "secretary"
    source = pen.say("page.record.by_secretary", who=one.hand) if by_office else ""
    asides = [pen.word("stances", event.stance), source]
    asides += [pen.say("page.record.uncounted")] if event.member in around.uncounted else []
    aside = pen.word("shapes", "comma").join(filter(None, asides))
    lead = pen.say("paper.record.aside", who=event.member, aside=aside)
    return _with(pen, lead, event.words)


def _asked(pen: Pen, one: Told, around: Around) -> Said:
    return _with(pen, pen.say("page.record.asked", who=one.event.person), one.event.words)


def _added(pen: Pen, one: Told, around: Around) -> Said:
    lead = pen.say("page.record.adds", who=one.event.person)
    if one.event.source == "secretary":
        lead += pen.say("paper.record.entered", who=one.hand)
    return _with(pen, lead, one.event.words)


def _passed(pen: Pen, one: Told, around: Around) -> Said:
    return _with(pen, pen.person(one.event.member), pen.say("page.room.passed"))


def _settled(pen: Pen, one: Told, around: Around) -> Said:
    lead = pen.person(one.event.member) + pen.word("acts", "settle_position")
    stance = pen.word("stances", one.event.stance)
    return _with(pen, lead, stance + _why(pen, one.event.reason))


def _recused(pen: Pen, one: Told, around: Around) -> Said:
    lead = pen.person(one.event.person)
    return _with(pen, lead, pen.word("acts", "recuse") + _why(pen, one.event.reason))


def _reported(pen: Pen, one: Told, around: Around) -> Said:
    lead = pen.say("paper.record.aside", who=one.event.by, aside=pen.unit(one.event.unit))
    return _with(pen, lead, one.event.words)


def _noted(pen: Pen, one: Told, around: Around) -> Said:
    return pen.say("page.record.note"), pen.plain(one.event.words)


def _admitted(pen: Pen, one: Told, around: Around) -> Said:
    return pen.word("events", one.kind), pen.say("paper.record.by", who=one.event.by)


def _moved(pen: Pen, one: Told, around: Around) -> Said:
    came = one.event.status == "present"
    who = one.event.person
    return pen.say("page.habits.present_at" if came else "page.habits.left_at", who=who), ""


def _decided(pen: Pen, one: Told, around: Around) -> Said:
    event = one.event
    outcome = pen.word("shapes", "phrases").join(
        filter(None, (pen.word("outcomes", event.outcome), around.counted.rstrip("。")))
    )
    lead = pen.say("paper.record.decided", outcome=outcome)
    if event.source == "secretary":
        lead += pen.say("paper.record.entered", who=one.hand)
    summary = event.summary and pen.say("page.record.summary", words=pen.plain(event.summary))
    return lead, "\n".join(filter(None, (summary, pen.plain(event.words))))


def _restated(pen: Pen, one: Told, around: Around) -> Said:
    event = one.event
    aside = pen.word("events", one.kind) + pen.word("shapes", "comma")
    lead = pen.say(
        "paper.record.aside", who=one.hand, aside=aside + pen.word("outcomes", event.outcome)
    )
    summary = event.summary and pen.say("page.record.summary", words=pen.plain(event.summary))
    return lead, "\n".join(filter(None, (summary, pen.plain(event.words))))


def _postponed(pen: Pen, one: Told, around: Around) -> Said:
    return _with(pen, pen.word("outcomes", "postpone"), one.event.words)


def _with(pen: Pen, lead: str, words: str | None) -> Said:
    return (f"{lead}{pen.word('shapes', 'colon')}", pen.plain(words)) if words else (lead, "")


def _why(pen: Pen, reason: str | None) -> str:
    return pen.say("paper.record.why", why=pen.plain(reason)) if reason else ""


ENTRIES: Final[dict[str, Callable[[Pen, Told, Around], Said]]] = {
    "item_presented": _presented,
    "position_stated": _stated,
    "speaker_asked": _asked,
    "chair_answered": _added,
    "turn_passed": _passed,
    "position_settled": _settled,
    "member_recused": _recused,
    "work_reported": _reported,
    "record_noted": _noted,
    "floor_item_admitted": _admitted,
    "presence_noted": _moved,
    "item_decided": _decided,
    "decision_restated": _restated,
    "item_postponed": _postponed,
}
"""How each kind of thing on record is told: who or what first, then the words."""


# ── the rest ──────────────────────────────────────────────────────────────────────────────────


def _rest(pen: Pen, sitting: Sitting, said: dict[str, Any]) -> Iterator[Block]:
    """What belongs to no item: tasks handed out there and then, items declined, notes."""
    if said["assigned"]:
        yield Heading(1, pen.word("acts", "assign_task"))
        for one in said["assigned"]:
            yield from paras(pen.plain(one.event.words), f"{_clock(pen, sitting, one)}　", "kai")
    if said["declined"]:
        yield Heading(1, pen.word("acts", "decline_floor_item"))
        for one in said["declined"]:
            title = pen.say("page.named_item", s=one.event.item)
            yield para(title + _why(pen, one.event.reason))
    if said["general"]:
        yield Heading(1, pen.say("page.record.notes"))
        for entry in said["general"]:
            yield from _entry(pen, sitting, entry, Around(said["uncounted"]))


def _end(pen: Pen, closed: Told | None) -> Para:
    if closed is None:
        return Para((Span(pen.say("page.record.open")),), place="right")
    return Para(
        (Span(pen.say("page.record.closed", who=closed.actor, at=closed.at)),), place="right"
    )


def _signing(pen: Pen) -> Table:
    """Where who presided and who kept the record sign what is printed."""
    sign = pen.signing()
    return Table(
        (2, 7, 2, 7),
        (
            (
                *(pen.label("page.record.presides"), Cell(least=3, signed=sign)),
                *(pen.label("page.record.keeps"), Cell(least=3, signed=sign)),
            ),
        ),
    )
