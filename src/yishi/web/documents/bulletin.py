"""How the tasks of a body stand, as a paper (督办通报)."""

from collections.abc import Iterator
from typing import Final

from django.http import Http404

from yishi.documents.marks import mark
from yishi.documents.model import Block, Cell, Document, Heading, Table, para
from yishi.procedure.state import Task
from yishi.web.documents.pen import Pen
from yishi.web.documents.slips import signed
from yishi.web.office import Office
from yishi.web.tasks import listing

ENDS: Final = {
    "late": "page.tasks.column_late",
    "closed": "page.tasks.column_closed",
    "ended": "page.tasks.column_closed",
}
"""What the last column says of each group; of the others, when it was last reported on."""


def bulletin(pen: Pen, subject: str, about: str) -> Document:
    """How the tasks of a body stand (督办通报): of those that this person may read."""
    office = pen.office
    if subject not in {one.value for one in listing.bodies(office)}:
        raise Http404
    issued = readable(office, subject)
    # A task that was issued since the state was looked up stands in the next paper.
    held = (office.state.tasks[key] for key in issued if key in office.state.tasks)
    every = sorted(held, key=lambda t: (str(t.due_on or ""), t.id))
    title = pen.say("paper.bulletin.title", body=subject)
    return Document(
        called=f"{title}（{pen.day(office.now)}）",
        **pen.inner(subject, title, office.now),
        under=pen.say("paper.bulletin.as_of", at=office.now),
        body=(
            *_standing(pen, every),
            para(pen.say("paper.bulletin.end")),
            signed(pen, subject, office.now),
        ),
    )


def readable(office: Office, subject: str) -> set[str]:
    """The tasks of a body that this person may read and that have been issued: one query."""
    rows = listing.rows(office, listing.Asked(state="all", body=subject))
    return set(rows.exclude(status="assigned").values_list("subject", flat=True))


def _standing(pen: Pen, every: list[Task]) -> Iterator[Block]:
    """How many stand how, then each group by itself, the late ones first."""
    today = pen.on(pen.office.now)
    groups = {
        "late": [t for t in every if t.status == "open" and t.due_on and t.due_on < today],
        "open": [t for t in every if t.status == "open" and not (t.due_on and t.due_on < today)],
        "completed": [t for t in every if t.status == "completed"],
        "closed": [t for t in every if t.status == "closed" and _this_year(pen, t)],
        "ended": [t for t in every if t.status == "ended" and _this_year(pen, t)],
    }
    counts = {name: len(some) for name, some in groups.items()}
    yield para(pen.say("paper.bulletin.counts", year=today.year, **counts))
    place = 0
    for name, some in groups.items():
        if some:
            place += 1
            yield Heading(1, mark(1, place) + pen.say(f"page.tasks.state_{name}"))
            yield _list(pen, name, some)


def _this_year(pen: Pen, held: Task) -> bool:
    return held.closed_at is not None and pen.on(held.closed_at).year == pen.office.now.year


def _list(pen: Pen, name: str, some: list[Task]) -> Table:
    last = ENDS.get(name, "paper.bulletin.reported")
    head = (
        *("paper.number", "page.tasks.column_words", "paper.bulletin.who"),
        *("page.tasks.column_due", last),
    )
    rows = tuple(
        (
            Cell(str(place), place="centre"),
            Cell(pen.plain(one.words)),
            Cell("\n".join(filter(None, (pen.unit(one.unit, one.counter), pen.person(one.owner))))),
            Cell(pen.day(one.due_on), place="centre"),
            Cell(_last(pen, name, one), place="centre"),
        )
        for place, one in enumerate(some, 1)
    )
    return Table((4, 16, 11, 14, 14), rows, tuple(pen.say(key) for key in head))


def _last(pen: Pen, name: str, one: Task) -> str:
    """How many days late it is, when it came to its end, or when it was last reported on."""
    if name == "late" and one.due_on:
        return str((pen.on(pen.office.now) - one.due_on).days)
    if name in ("closed", "ended"):
        return pen.day(one.closed_at)
    return pen.day(one.feedback[-1]) if one.feedback else ""
