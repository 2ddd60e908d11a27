"""How the tasks of a body stood in a period and at its end, as a paper (督办通报)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

import msgspec
from django.http import Http404

from yishi.documents import columns
from yishi.documents.marks import mark
from yishi.documents.model import Block, Cell, Document, Heading, Table, para
from yishi.web.documents.pen import Pen
from yishi.web.documents.slips import signed
from yishi.web.office import Office
from yishi.web.tasks import listing
from yishi.web.tasks.periods import Period, period_of
from yishi.web.tasks.standing import Standing, stood

ENDS: Final = {
    "late": "page.tasks.column_late",
    "closed": "page.tasks.column_closed",
    "ended": "page.tasks.column_closed",
    "adjusted": "paper.bulletin.granted",
}
"""What the last column says of each group; of the others, when it was last reported on."""


class Span(msgspec.Struct, frozen=True):
    """A period, as far as it has come."""

    period: Period
    until: datetime
    """Its end, or just now: what happened before it is told."""
    today: date
    """The day from which it is seen: what was due before it and is not done is late."""

    @property
    def as_of(self) -> date:
        """The last day that is told of."""
        return min(self.period.last, self.today)

    def has(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.period.first <= day <= self.period.last


def bulletin(pen: Pen, subject: str, about: str) -> Document:
    """How the tasks of a body stood (督办通报) in a period, this year's where none is named.

    Of those that this person may read. Raises Http404 where there is no such body or period, or
    the period has not begun.
    """
    office = pen.office
    if subject not in {one.value for one in listing.bodies(office)}:
        raise Http404
    span = _span(pen, about or str(pen.on(office.now).year))
    issued = readable(office, subject)
    # A task that was issued since the state was looked up stands in the next paper.
    held = (office.state.tasks[key] for key in issued if key in office.state.tasks)
    before = (t for t in held if not (t.closed_at and pen.on(t.closed_at) < span.period.first))
    every = sorted(
        stood(office, before, span.until), key=lambda s: (str(s.task.due_on or ""), s.task.id)
    )
    title, called = pen.say("paper.bulletin.title", body=subject), pen.sentence(span.period.called)
    return Document(
        called=f"{title}（{called}）",
        **pen.inner(subject, title, office.now),
        under=pen.say("paper.bulletin.as_of", period=called, at=span.as_of),
        body=(
            *_standing(pen, span, every),
            para(pen.say("paper.bulletin.end")),
            signed(pen, subject, office.now),
        ),
    )


def readable(office: Office, subject: str) -> set[str]:
    """The tasks of a body that this person may read and that have been issued: one query."""
    rows = listing.rows(office, listing.Asked(state="all", body=subject))
    return set(rows.exclude(status="assigned").values_list("subject", flat=True))


def _span(pen: Pen, about: str) -> Span:
    period, now = period_of(about), pen.office.now
    if period is None or period.first > pen.on(now):
        raise Http404
    ends = datetime.combine(period.last + timedelta(1), time(), pen.office.zone)
    if ends <= now:
        return Span(period, ends, pen.on(ends))
    return Span(period, now + timedelta(seconds=1), pen.on(now))


def _standing(pen: Pen, span: Span, every: list[Standing]) -> Iterator[Block]:
    """How many stood how, then each group by itself, the late ones first."""
    groups = _groups(pen, span, every)
    counts = {name: len(some) for name, some in groups.items()}
    yield para(pen.say("paper.bulletin.due", **_due(pen, span, every)))
    counts["running"] = counts["late"] + counts["open"]
    yield para(pen.say("paper.bulletin.counts", at=span.as_of, **counts))
    place = 0
    for name, some in groups.items():
        if some:
            place += 1
            adjusted = name == "adjusted"
            key = "paper.bulletin.adjusted" if adjusted else f"page.tasks.state_{name}"
            yield Heading(1, mark(1, place) + pen.say(key))
            yield _list(pen, span, name, some)


def _groups(pen: Pen, span: Span, every: list[Standing]) -> dict[str, list[Standing]]:
    running = [s for s in every if s.task.status == "open"]
    ended = [s for s in every if s.task.closed_at and span.has(pen.on(s.task.closed_at))]
    return {
        "late": [s for s in running if _is_late(span, s)],
        "open": [s for s in running if not _is_late(span, s)],
        "completed": [s for s in every if s.task.status == "completed"],
        "closed": [s for s in ended if s.task.status == "closed"],
        "ended": [s for s in ended if s.task.status == "ended"],
        "adjusted": [s for s in every if any(span.has(pen.on(at)) for at in s.adjusted)],
    }


def _is_late(span: Span, one: Standing) -> bool:
    return one.task.due_on is not None and one.task.due_on < span.today


def _due(pen: Pen, span: Span, every: list[Standing]) -> dict[str, int]:
    """What was due in the period, and what became of it by its end."""
    due = [s for s in every if span.has(s.task.due_on)]
    found = dict.fromkeys(("in_time", "done_late", "overdue", "ahead", "ended"), 0)
    for one in due:
        found[_became(pen, span, one)] += 1
    return {"n": len(due), **found}


def _became(pen: Pen, span: Span, one: Standing) -> str:
    if one.task.status == "ended":
        return "ended"
    if one.done_at is None or one.task.due_on is None:
        return "overdue" if _is_late(span, one) else "ahead"
    return "in_time" if pen.on(one.done_at) <= one.task.due_on else "done_late"


def _list(pen: Pen, span: Span, name: str, some: list[Standing]) -> Table:
    last = ENDS.get(name, "paper.bulletin.reported")
    head = (
        *("paper.number", "page.tasks.column_words", "paper.bulletin.who"),
        *("page.tasks.column_due", last),
    )
    rows = tuple(
        (
            Cell(str(place), place="centre"),
            Cell(pen.plain(one.task.words)),
            Cell(_who(pen, one)),
            Cell(_day(pen, one.task.due_on), place="centre"),
            Cell(_last(pen, span, name, one), place="centre"),
        )
        for place, one in enumerate(some, 1)
    )
    return Table(columns.BULLETIN, rows, tuple(pen.say(key) for key in head))


def _day(pen: Pen, value: date | datetime | None) -> str:
    """A day in two lines, as what stands beside it has two: so there is room for the words."""
    return pen.day(value).replace("年", "年\n", 1)


def _who(pen: Pen, one: Standing) -> str:
    held = one.task
    return "\n".join(filter(None, (pen.unit(held.unit, held.counter), pen.person(held.owner))))


def _last(pen: Pen, span: Span, name: str, one: Standing) -> str:
    """How many days late it is, when it was changed or ended, or when it was last reported on."""
    held = one.task
    if name == "late" and held.due_on:
        return str((span.today - held.due_on).days)
    if name == "adjusted":
        return _day(pen, next(at for at in reversed(one.adjusted) if span.has(pen.on(at))))
    if name in ("closed", "ended"):
        return _day(pen, held.closed_at)
    return _day(pen, held.feedback[-1]) if held.feedback else ""
