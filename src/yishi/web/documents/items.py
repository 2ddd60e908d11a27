"""Papers about items: the form on which one is handed in, and the list for the approver."""

from collections.abc import Iterator
from datetime import datetime

from django.http import Http404

from yishi.documents import columns
from yishi.documents.model import Cell, Document, Gap, Table
from yishi.procedure.charters import GENERAL
from yishi.procedure.state import Item
from yishi.web.documents import called
from yishi.web.documents.pen import Pen
from yishi.web.items.chronicle import Told, tell
from yishi.web.items.life import UNSENT, Life, life_of
from yishi.web.office import Office

WAITING = ("submitted", "collated", "put_off", "approved", "on_agenda")
"""States of an item that waits for its meeting."""

ANSWERS = ("item_approved", "late_item_admitted", "item_put_off", "item_refused")
"""What the approver has answered."""

FLOOR = ("floor_item_admitted", "floor_item_declined")
"""What whoever presides has answered to an item from the floor."""

COLLATED = ("item_collated", "item_returned")
"""What the office has said."""

BEFORE = ("submitted", "returned", "collated", "put_off")
"""States in which an item goes the way of one that was handed in, wherever it came from."""


def item(pen: Pen, subject: str, about: str) -> Document:
    """The form on which an item is handed in (议题申报表), with what became of it so far.

    About a meeting that left it unfinished it is as it was when that meeting was closed.
    """
    office = pen.office
    held, until = _held(office, subject, about)
    if held is None or not office.reads("item", subject).allowed:
        raise Http404
    life = life_of(office, held, until)
    title = pen.say("paper.item.entered" if held.origin in UNSENT else "paper.item.title")
    last = life.told[-1].at if life.told else held.submitted_at
    return Document(
        called=called.of_item(pen, title, held),
        **pen.inner(held.body, title, last),
        body=(Table((4, 8, 4, 8), tuple(_rows(pen, held, life))),),
    )


def _held(office: Office, subject: str, about: str) -> tuple[Item | None, datetime | None]:
    """The item as it stands, or as a meeting left it, and when that was."""
    sitting = office.state.sittings.get(about)
    if not about:
        return office.state.items.get(subject), None
    return (sitting.left.get(subject), sitting.closed_at) if sitting else (None, None)


def _rows(pen: Pen, held: Item, life: Life) -> Iterator[tuple[Cell, ...]]:
    yield pen.label("paper.item.name"), Cell(pen.plain(held.title), span=3)
    yield (
        *(pen.label("paper.item.body"), Cell(pen.office.names.body(held.body))),
        *(pen.label("page.items.column_matter"), Cell(pen.office.matter(held.matter, held.body))),
    )
    yield (
        *(pen.label("page.items.column_lead_unit"), Cell(pen.unit(held.lead_unit))),
        *(_field(pen, "co_units"), Cell(pen.unit(*held.co_units))),
    )
    yield from _handed_in(pen, held)
    if pen.office.reads("paper", held.id).allowed:
        yield _field(pen, "content"), Cell(pen.plain(held.content), span=3, least=5)
        yield _field(pen, "proposal"), Cell(pen.plain(held.proposal), span=3, least=3)
        papers = dict.fromkeys(pen.plain(one.event.title) for one in life.papers)
        yield pen.label("page.papers.title"), Cell("\n".join(papers), span=3, least=2)
    if life.judged:
        yield pen.label("paper.item.judged"), Cell("\n".join(_judged(pen, life)), span=3)
    names = {one.name for one in life.told}
    for key, answers in (("collated", COLLATED), ("approved", (*ANSWERS, *FLOOR))):
        if held.origin not in UNSENT or held.status in BEFORE or names & set(answers):
            yield pen.label(f"paper.item.{key}"), _last(pen, life.told, answers)


def _handed_in(pen: Pen, held: Item) -> Iterator[tuple[Cell, ...]]:
    """Who handed it in and when; of what nobody did, where it comes from."""
    if held.origin in UNSENT:
        came = pen.say(f"paper.item.{held.origin}", who=held.submitted_by, at=held.submitted_at)
        yield pen.label("paper.item.origin"), Cell(came, span=3)
        return
    yield (
        *(pen.label("page.items.column_submitted_by"), Cell(pen.person(held.submitted_by))),
        *(pen.label("page.items.column_submitted_at"), Cell(pen.when(held.submitted_at))),
    )


def _field(pen: Pen, name: str) -> Cell:
    return Cell(pen.word("fields", name), label=True)


def _judged(pen: Pen, life: Life) -> Iterator[str]:
    for one in life.judged:
        answer = pen.say("page.form.yes" if one.answer else "page.form.no")
        question = pen.word("fields", one.question)
        yield pen.say("paper.item.answer", q=question, a=answer, who=one.person, at=one.at)


def _last(pen: Pen, told: tuple[Told, ...], names: tuple[str, ...]) -> Cell:
    """What was last said of it by name, with who and when; a place to sign while nobody has."""
    found = [one for one in told if one.name in names]
    if not found:
        return Cell(span=3, least=3, signed=pen.signing())
    one = found[-1]
    reason = getattr(one.event, "reason", "") or ""
    said = pen.word("events", one.name) + (
        pen.say("paper.why", why=pen.plain(reason)) if reason else ""
    )
    by = pen.say("paper.by_at", who=one.actor, at=one.at)
    return Cell(said, span=3, least=3, signed=by)


# ── the list ──────────────────────────────────────────────────────────────────────────────────


def collation(pen: Pen, subject: str, about: str) -> Document:
    """The items that wait for a body's meeting (议题汇总表), with the approver's answers."""
    office = pen.office
    if subject not in office.state.bodies or subject == GENERAL:
        raise Http404
    waiting = [one for one in _waiting(pen, subject) if office.reads("item", one.id).allowed]
    title = pen.say("paper.collation.title", body=subject)
    told = tell(office, subject, {f"item/{one.id}": ("item_collated", *ANSWERS) for one in waiting})
    rows = tuple(_line(pen, place, one, told) for place, one in enumerate(waiting, 1))
    head = (
        *("paper.number", "paper.item.name", "page.items.column_lead_unit"),
        *("page.items.column_matter", "paper.collation.handed_in", "paper.collation.office"),
        "paper.item.approved",
    )
    return Document(
        called=f"{title}（{pen.day(office.now)}）",
        **pen.inner(subject, title, office.now),
        under=pen.say("paper.as_of", at=office.now),
        body=(
            Table(columns.COLLATION, rows, tuple(pen.say(key) for key in head)),
            Gap(),
            Table(
                (4, 16),
                ((pen.label("paper.collation.approver"), Cell(least=4, signed=pen.signing())),),
            ),
        ),
        landscape=True,
    )


def _waiting(pen: Pen, body: str) -> list[Item]:
    state = pen.office.state
    held = (
        one
        for one in state.items.values()
        if one.body == body and one.status in WAITING and one.origin != "before"
    )
    waiting = [
        one
        for one in held
        if one.status != "on_agenda" or state.sittings[one.sitting or ""].status == "convened"
    ]
    return sorted(waiting, key=lambda one: (one.submitted_at, one.id))


def _line(pen: Pen, place: int, one: Item, told: list[Told]) -> tuple[Cell, ...]:
    mine = [t for t in told if getattr(t.event, "item", None) == one.id]
    return (
        Cell(str(place), place="centre"),
        Cell(pen.plain(one.title)),
        Cell(pen.unit(one.lead_unit)),
        Cell(pen.office.matter(one.matter, one.body)),
        Cell(f"{pen.person(one.submitted_by)}\n{pen.day(one.submitted_at)}"),
        Cell(_said(pen, [t for t in mine if t.name == "item_collated"])),
        Cell(_said(pen, [t for t in mine if t.name in ANSWERS])),
    )


def _said(pen: Pen, told: list[Told]) -> str:
    if not told:
        return ""
    one = told[-1]
    said = f"{pen.word('events', one.name)}\n{pen.person(one.actor)}\n{pen.day(one.at)}"
    reason = getattr(one.event, "reason", "")
    return said + (f"\n{pen.say('paper.why', why=pen.plain(reason))}" if reason else "")
