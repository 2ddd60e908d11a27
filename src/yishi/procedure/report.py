"""What is found afterwards: reminders, the ledger of tasks, the compliance report (pure)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

import msgspec

from yishi.procedure.act import Deed
from yishi.procedure.enact import Rulebook, book_of, digests_on, version_on
from yishi.procedure.rule import View
from yishi.procedure.state import AT_END, Sitting, State, Task
from yishi.procedure.supervising import overdue
from yishi.procedure.verdict import Accepted, Citation, Message, Refused, Verdict


class Judged(msgspec.Struct, frozen=True):
    """A deed and the verdict on it, as the journal keeps them."""

    deed: Deed
    verdict: Verdict


class Reminder(msgspec.Struct, frozen=True):
    """Somebody is to be reminded of something, by a clause (提醒). No people: the secretariat."""

    citation: Citation
    people: tuple[str, ...]
    subject: str
    message: Message


class Row(msgspec.Struct, frozen=True):
    """One line of the compliance report (议事合规报告)."""

    citation: Citation
    status: str
    """kept · departed · broken · refused (an attempt that a rule held back)"""
    subject: str
    message: Message
    reason: str = ""
    at: datetime | None = None
    actor: str = ""
    sitting: str = ""
    """The meeting of which something was found afterwards; empty for what no one meeting has."""


class LedgerRow(msgspec.Struct, frozen=True):
    """One task in the ledger (督办台账)."""

    task: str
    sitting: str
    body: str
    decision: str | None
    words: str
    unit: str | None
    counter: str | None
    owner: str | None
    due_on: date | None
    status: str
    """assigned (minutes not out yet) · open · completed · closed · ended"""
    overdue: bool
    steps: int
    feedback: int
    checked: int
    reminded: int
    reported_to: tuple[str, ...]
    adjusted: tuple[str, ...]


def reminders(state: State, body: str, at: datetime) -> tuple[Reminder, ...]:
    """Everything a body's rules remind somebody of at that time.

    Each open sitting is looked at under the charter it was convened by. Where the rules have
    ended, what was begun under them is still watched over by the last.
    """
    found: dict[tuple[str, str, str], Reminder] = {}
    for view in _views(state, body, at):
        for bound in view.book:
            for due in bound.rule.remind(view):
                key = (bound.citation.rule, due.subject, due.message.id)
                reminder = Reminder(bound.citation, due.people, due.subject, due.message)
                found.setdefault(key, reminder)
    return tuple(found.values())


def _views(state: State, body: str, at: datetime) -> Iterator[View]:
    day = state.bodies[body].last_day(at.date())
    if version_on(state, body, day) is None:
        return
    now = book_of(state, digests_on(state, body, day))
    yield View(state, body, at, now.bounds)
    for sitting in (state.sittings[s] for s in state.bodies[body].planned):
        book = book_of(state, sitting.charters)
        yield View(state, body, at, book.bounds, sitting)


def compliance(
    history: Iterable[Judged],
    state: State,
    body: str,
    at: datetime,
    sitting: str | None = None,
    period: tuple[datetime, datetime] | None = None,
) -> tuple[Row, ...]:
    """Every clause kept, departed from with its reason, broken, or held against an attempt.

    For one sitting, or for all of a body in a period (both ends counted; by default everything
    up to `at`).
    """
    rows = list(_from_history(history, state, body, sitting, period))
    rows += checks(state, body, at, sitting, period)
    return tuple(rows)


def _from_history(
    history: Iterable[Judged],
    state: State,
    body: str,
    sitting: str | None,
    period: tuple[datetime, datetime] | None,
) -> Iterator[Row]:
    for judged in history:
        deed = judged.deed
        if period and not period[0] <= deed.moment <= period[1]:
            continue
        if not _concerns(deed, state, body, sitting):
            continue
        yield from _rows_of(judged)


def _rows_of(judged: Judged) -> Iterator[Row]:
    deed, verdict = judged.deed, judged.verdict
    subject = deed.act.name()
    if isinstance(verdict, Accepted):
        for citation in verdict.kept:
            message = Message("report.kept", {"act": subject})
            yield _row(citation, "kept", subject, message, deed)
        for gone in verdict.departures:
            row = _row(gone.citation, "departed", subject, gone.message, deed)
            yield msgspec.structs.replace(row, reason=gone.reason)
        for one in verdict.broken:
            row = _row(one.citation, "broken", subject, one.message, deed)
            yield msgspec.structs.replace(row, reason=one.reason)
    elif isinstance(verdict, Refused) and deed.held_at is None:
        # An entry from paper that is sent back held nobody back from anything.
        for ground in verdict.grounds:
            yield _row(ground.citation, "refused", subject, ground.message, deed)


def _row(citation: Citation, status: str, subject: str, message: Message, deed: Deed) -> Row:
    return Row(citation, status, subject, message, "", deed.moment, deed.doer)


def _concerns(deed: Deed, state: State, body: str, sitting: str | None) -> bool:
    act = deed.act
    named = str(getattr(act, "sitting", None))
    if sitting is not None:
        return sitting in (named, *_sittings_of(act, state))
    bodies = {str(getattr(act, "body", None))}
    bodies |= {state.sittings[s].body for s in _sittings_of(act, state)}
    item = str(getattr(act, "item", None))
    if item in state.items:
        bodies.add(state.items[item].body)
    if named in state.sittings:
        bodies.add(state.sittings[named].body)
    return body in bodies


def _sittings_of(act: object, state: State) -> Iterator[str]:
    """The sittings of the task, decision or adjustment that an act names."""
    task = str(getattr(act, "task", None))
    adjustment = state.adjustments.get(getattr(act, "adjustment", None) or "")
    task = adjustment.task if adjustment else task
    if task in state.tasks:
        yield state.tasks[task].sitting
    decision = str(getattr(act, "decision", None))
    if decision in state.decisions:
        yield state.decisions[decision].sitting


def checks(
    state: State,
    body: str,
    at: datetime,
    sitting: str | None = None,
    period: tuple[datetime, datetime] | None = None,
) -> Iterator[Row]:
    """What the rules find afterwards, for one sitting, or for all of a body in a period.

    Of the time before the founding nothing is known, so nothing is found wanting.
    """
    if sitting is None:
        start = _founded(state, at)
        span = (max(start, period[0]), period[1]) if period else (start, at)
        yield from _checked(state, body, at, None, span)
    held = [state.sittings[sitting]] if sitting else held_in(state, body, period)
    for one in held:
        yield from _checked(state, body, at, one, None)


def held_in(state: State, body: str, period: tuple[datetime, datetime] | None) -> Iterator[Sitting]:
    """The meetings of a body that opened in a period, whatever day was announced."""
    for one in sorted(state.sittings.values(), key=lambda one: (one.starts_at, one.id)):
        if one.body != body or one.opened_at is None:
            continue
        if period is None or period[0] <= one.opened_at <= period[1]:
            yield one


def _checked(
    state: State,
    body: str,
    at: datetime,
    sitting: Sitting | None,
    period: tuple[datetime, datetime] | None,
) -> Iterator[Row]:
    book: Rulebook
    day = state.bodies[body].last_day(at.date())
    if sitting is not None:
        book = book_of(state, sitting.charters)
    elif version_on(state, body, day) is not None:
        book = book_of(state, digests_on(state, body, day))
    else:
        return
    view = View(state, body, at, book.bounds, sitting, period)
    for bound in book.bounds:
        for check in bound.rule.inspect(view):
            reason = str(check.message.params.get("reason", ""))
            found = Row(bound.citation, check.status, check.subject, check.message, reason)
            yield msgspec.structs.replace(found, sitting=sitting.id if sitting else "")


def _founded(state: State, at: datetime) -> datetime:
    on = state.founded_on or at.date()
    return datetime(on.year, on.month, on.day, tzinfo=at.tzinfo)


def ledger(state: State, at: datetime, body: str | None = None) -> tuple[LedgerRow, ...]:
    """Every task of a body, or of all, the most urgent first and the closed ones last."""
    rows = [
        _ledger_row(state, task, at)
        for task in state.tasks.values()
        if body is None or task.body == body
    ]
    rows.sort(key=lambda r: (r.status in AT_END, r.due_on or date.max, r.task))
    return tuple(rows)


def _ledger_row(state: State, task: Task, at: datetime) -> LedgerRow:
    minutes = state.sittings[task.sitting].minutes
    return LedgerRow(
        task=task.id,
        sitting=task.sitting,
        body=task.body,
        decision=task.decision,
        words=task.words,
        unit=task.unit,
        counter=task.counter,
        owner=task.owner,
        due_on=task.due_on,
        status="assigned" if minutes is None else task.status,
        overdue=overdue(task, at),
        steps=len(task.steps),
        feedback=len(task.feedback),
        checked=len(task.checked),
        reminded=len(task.reminded),
        reported_to=tuple(person for _, person in task.reported),
        adjusted=task.adjusted,
    )
