"""Slips about what is to be carried out: of a decision, of a task, to remind, to report back."""

from collections.abc import Iterator
from datetime import datetime

from django.http import Http404

from yishi.documents import columns
from yishi.documents.marks import mark
from yishi.documents.model import (
    Block,
    Cell,
    Document,
    Heading,
    Signed,
    Table,
    para,
    paras,
)
from yishi.procedure.requests import Adjustment
from yishi.procedure.state import Decision, Task
from yishi.web.documents import called
from yishi.web.documents.minutes import VERBS
from yishi.web.documents.pen import Pen
from yishi.web.items.chronicle import Told
from yishi.web.tasks import life
from yishi.web.tasks.adjustment import Asking, asking_of
from yishi.web.tasks.views import readable


def signed(pen: Pen, body: str, at: datetime, draft: bool = False) -> Signed:
    """Which office sends it and of which day, with room for the seal or without.

    A draft leaves the day open.
    """
    face = pen.face(body, at)
    on = pen.say("paper.day") if draft else pen.day(at)
    return Signed(face.issuer, on, seal=face.profile.seal)


def _out(pen: Pen, sitting: str) -> datetime:
    """When what a meeting settled went out, with its minutes; of a draft, just now."""
    minutes = pen.office.state.sittings[sitting].minutes
    return minutes.issued_at if minutes else pen.office.now


def _draft(pen: Pen, of: Decision | Task) -> str:
    """What a slip says whose minutes are not out: nothing of it binds yet."""
    issued = pen.office.state.sittings[of.sitting].minutes is not None
    return "" if issued else pen.say("paper.slip.draft")


# ── of a decision ─────────────────────────────────────────────────────────────────────────────


def decision(pen: Pen, subject: str, about: str) -> Document:
    """One decision for one unit and what that unit has to do of it, no more (决定事项通知单)."""
    office = pen.office
    held = office.state.decisions.get(subject)
    if held is None or not office.reads("decision", subject).allowed:
        raise Http404
    mine = [
        office.state.tasks[task]
        for task in held.tasks
        if about in (office.state.tasks[task].unit, office.state.tasks[task].counter)
        and office.reads("task", task).allowed
    ]
    if not about or not mine:
        raise Http404
    title, at, draft = pen.say("paper.slip.decision"), _out(pen, held.sitting), _draft(pen, held)
    return Document(
        called=called.of_decision(pen, title, subject, pen.unit(about)),
        **pen.inner(held.body, title, at),
        addressee=pen.unit(about),
        body=(*_extract(pen, held, mine), signed(pen, held.body, at, bool(draft))),
        draft=draft,
    )


def _extract(pen: Pen, held: Decision, mine: list[Task]) -> Iterator[Block]:
    title = pen.plain(pen.office.state.items[held.item].title)
    key = "paper.slip.rejected" if held.outcome == "reject" else "paper.slip.opening"
    yield para(pen.say(key, s=held.sitting, at=held.at, title=title))
    yield Heading(1, mark(1, 1) + pen.say("paper.slip.settled"))
    verb = pen.say(f"paper.minutes.{held.outcome}") if held.outcome in VERBS else ""
    yield from paras(verb + pen.plain(held.words))
    if any(pen.office.reads("decision", later).allowed for later in held.changed_by):
        yield para(pen.say("paper.slip.changed"))
    yield Heading(1, mark(1, 2) + pen.say("paper.slip.yours"))
    head = (
        "paper.number",
        "page.tasks.column_words",
        "page.tasks.column_owner",
        "page.tasks.column_due",
    )
    rows = tuple(
        (
            Cell(str(place), place="centre"),
            Cell(pen.plain(one.words)),
            Cell(pen.person(one.owner), place="centre"),
            Cell(pen.day(one.due_on), place="centre"),
        )
        for place, one in enumerate(mine, 1)
    )
    yield Table(columns.DECISION, rows, tuple(pen.say(key) for key in head))
    yield para(pen.say("paper.slip.report", office=pen.secretariat(held.body)))


# ── of a task ─────────────────────────────────────────────────────────────────────────────────


def task(pen: Pen, subject: str, about: str) -> Document:
    """What is to be carried out, by whom, until when (督办通知单)."""
    held = readable(pen.office, subject)
    title = pen.say("paper.task.title")
    at, draft = _out(pen, held.sitting), _draft(pen, held)
    return Document(
        called=called.of_task(pen, title, held),
        **pen.inner(held.body, title, at),
        addressee=pen.unit(held.unit, held.counter) or pen.person(held.owner),
        body=(
            para(pen.say("paper.task.opening")),
            Table((4, 8, 4, 8), tuple(_facts(pen, held))),
            para(pen.say("paper.slip.report", office=pen.secretariat(held.body))),
            signed(pen, held.body, at, bool(draft)),
        ),
        draft=draft,
    )


def _facts(pen: Pen, held: Task) -> Iterator[tuple[Cell, ...]]:
    blank = pen.say("page.tasks.not_said")
    yield pen.label("page.tasks.column_words"), Cell(pen.plain(held.words), span=3, least=2)
    yield pen.label("page.tasks.column_sitting"), Cell(pen.sitting(held.sitting), span=3)
    made = pen.office.state.decisions.get(held.decision or "")
    if made is not None and pen.office.reads("decision", made.id).allowed:
        yield Cell(pen.word("fields", "decision"), label=True), Cell(pen.plain(made.words), span=3)
    yield (
        *(pen.label("page.tasks.column_unit"), Cell(pen.unit(held.unit, held.counter) or blank)),
        *(pen.label("page.tasks.column_owner"), Cell(pen.person(held.owner) or blank)),
    )
    yield (
        *(pen.label("page.tasks.assigned_at"), Cell(pen.day(held.assigned_at))),
        *(pen.label("page.tasks.column_due"), Cell(pen.day(held.due_on) or blank)),
    )
    if held.steps:
        steps = "\n".join(f"{pen.day(by)}　{pen.plain(words)}" for by, words in sorted(held.steps))
        yield pen.label("page.tasks.plan"), Cell(steps, span=3)


def reminder(pen: Pen, subject: str, about: str) -> Document:
    """The latest reminder of a task (催办单); there is none where nobody has been reminded."""
    held = readable(pen.office, subject)
    told = [one for one in life.told_of(pen.office, held) if one.name == "owner_reminded"]
    if not told:
        raise Http404
    last, title = told[-1], pen.say("paper.reminder.title")
    to = pen.word("shapes", "join").join(
        filter(None, (pen.unit(held.unit, held.counter), pen.person(held.owner)))
    )
    return Document(
        called=called.of_task(pen, title, held),
        **pen.inner(held.body, title, last.at),
        addressee=to,
        body=(
            para(_late(pen, held, last)),
            *(paras(pen.plain(last.event.words)) if last.event.words else ()),
            Table((4, 8, 4, 8), tuple(_facts(pen, held))),
            para(pen.say("paper.reminder.times", n=len(told), days=_days(pen, told))),
            para(pen.say("paper.slip.report", office=pen.secretariat(held.body))),
            signed(pen, held.body, last.at),
        ),
    )


def _late(pen: Pen, held: Task, last: Told) -> str:
    """How it stood on the day of the reminder."""
    if held.due_on is None:
        return pen.say("paper.reminder.open")
    late = (pen.on(last.at) - held.due_on).days
    key = "paper.reminder.late" if late > 0 else "paper.reminder.soon"
    return pen.say(key, day=held.due_on, n=abs(late))


def _days(pen: Pen, told: list[Told]) -> str:
    return pen.word("shapes", "join").join(pen.day(one.at) for one in told)


FEEDBACK = (
    *("progress_reported", "task_checked", "owner_reminded", "task_completed", "task_sent_back"),
    *("task_closed", "task_ended"),
)
"""What of a task's course its form for reporting holds."""


def feedback(pen: Pen, subject: str, about: str) -> Document:
    """What the unit has reported (进展反馈表), what the office said to it, and room for more."""
    held = readable(pen.office, subject)
    told = [one for one in life.told_of(pen.office, held) if one.name in FEEDBACK]
    title = pen.say("paper.feedback.title")
    head = (
        "paper.feedback.at",
        "paper.feedback.kind",
        "paper.feedback.who",
        "paper.feedback.words",
    )
    rows = tuple(
        (
            Cell(pen.when(one.at)),
            Cell(pen.word("events", one.name), place="centre"),
            Cell(pen.person(one.actor), place="centre"),
            Cell(life.said_of(pen.office, one)),
        )
        for one in told
    )
    running = held.status == "open"
    empty = ((Cell(), Cell(), Cell(), Cell(least=4)),) if running else ()
    sign = (pen.label("paper.feedback.unit"), Cell(least=3, signed=pen.signing()))
    return Document(
        called=called.of_task(pen, title, held),
        **pen.inner(held.body, title, told[-1].at if told else held.assigned_at),
        body=(
            Table((4, 8, 4, 8), tuple(_facts(pen, held))),
            Heading(1, pen.say("page.tasks.process")),
            Table(columns.FEEDBACK, (*rows, *empty), tuple(pen.say(key) for key in head)),
            *((Table((4, 16), (sign,)),) if running else ()),
        ),
        draft=_draft(pen, held),
    )


# ── a change asked for ────────────────────────────────────────────────────────────────────────


def adjustment(pen: Pen, subject: str, about: str) -> Document:
    """The written opinion that asks for a change, and the answer to it (调整申请审批表)."""
    held = pen.office.state.adjustments.get(subject)
    if held is None:
        raise Http404
    of = readable(pen.office, held.task)
    told = life.told_of(pen.office, of)
    asking, title = asking_of(pen.office, held, told), pen.say("paper.adjustment.title")
    last = asking.answered or asking.requested
    return Document(
        called=called.of_adjustment(pen, title, subject),
        **pen.inner(of.body, title, last.at if last else of.assigned_at),
        body=(Table((4, 8, 4, 8), tuple(_asked(pen, of, held, asking))),),
    )


def _asked(pen: Pen, of: Task, held: Adjustment, asking: Asking) -> Iterator[tuple[Cell, ...]]:
    yield from _facts(pen, of)
    labels = {"cause": asking.cause, "effect": asking.effect, "opinion": asking.opinion}
    for name, said in labels.items():
        if said:
            yield Cell(pen.word("fields", name), label=True), Cell(said, span=3, least=2)
    changes = "\n".join(_change(pen, *one) for one in asking.changes)
    yield (
        pen.label("page.tasks.asked_for"),
        Cell(changes or pen.say("page.tasks.asked_nothing"), span=3),
    )
    if asking.requested:
        by = pen.say("paper.by_at", who=asking.requested.actor, at=asking.requested.at)
        yield pen.label("paper.adjustment.asker"), Cell(by, span=3, least=2)
    yield pen.label("paper.adjustment.answer"), _answer(pen, held, asking)


def _change(pen: Pen, field: str, before: object, after: object) -> str:
    if field == "due_on":
        old, new = pen.day(before), pen.day(after)  # type: ignore[arg-type]
        label = pen.word("fields", "due_on")
    else:
        old, new, label = str(before or ""), str(after), pen.say("page.tasks.column_words")
    return pen.say(
        "paper.adjustment.change", label=label, old=old or pen.say("page.tasks.not_said"), new=new
    )


def _answer(pen: Pen, held: Adjustment, asking: Asking) -> Cell:
    if asking.answered is None:
        return Cell(span=3, least=3, signed=pen.signing())
    said = pen.word("states.adjustment", held.status)
    said += pen.say("paper.why", why=asking.why_not) if asking.why_not else ""
    by = pen.say("paper.by_at", who=asking.answered.actor, at=asking.answered.at)
    return Cell(said, span=3, least=3, signed=by)
