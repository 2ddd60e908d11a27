"""What waits for whom: the next act of a subject, whose it is, and by which clause (pure).

A duty says that an act is awaited of the holders of the seats to which the rules reserve it. It
allows nothing: whether the act stands is judged when it is done.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from yishi.procedure import seats
from yishi.procedure.act import Deed
from yishi.procedure.calling import NoticeLead
from yishi.procedure.charters import GENERAL
from yishi.procedure.drafting import MinutesPrepared, steps_done
from yishi.procedure.enact import Rulebook, book_of, digests_on, version_on
from yishi.procedure.issuing import SignedBy, SignMinutes
from yishi.procedure.order import InTheRoom, ReservedTo
from yishi.procedure.paper import on_paper
from yishi.procedure.setting import Setting
from yishi.procedure.state import AT_END, Item, Sitting, State, Task
from yishi.procedure.verdict import Citation


class Duty(msgspec.Struct, frozen=True):
    """An act that is awaited of these people (待办)."""

    act: str
    kind: str
    """item · sitting · task · adjustment · posting · body"""
    subject: str
    body: str
    people: tuple[str, ...]
    citation: Citation | None
    about: str = ""
    """The person the act concerns, where it concerns one: whose leave is to be granted."""
    due: datetime | None = None
    begins: datetime | None = None
    """Before when it need not trouble anybody."""


EARLY: Final = timedelta(hours=2)
ON_THE_DAY: Final = ("open_sitting",)
"""Acts that are awaited only when their time comes near."""

Awaited = tuple[str, tuple[str, ...], str, datetime | None]
"""Act, people where the subject itself says who, the person concerned, until when."""


def duties_of(state: State, kind: str, subject: str, at: datetime) -> tuple[Duty, ...]:
    """Every duty that hangs on one subject; none for a subject that is at an end."""
    return tuple(_EACH[kind](state, subject, at))


def _of_item(state: State, subject: str, at: datetime) -> Iterator[Duty]:
    item = state.items[subject]
    act = _ITEM.get(item.status)
    if act is None and item.status == "approved" and item.origin == "submitted" and not item.papers:
        act = "supply_paper"
    if act is None:
        return
    sitting = state.sittings.get(item.sitting or "")
    book = _book(state, item.body, sitting, at.date())
    if book is not None:
        asked = SimpleNamespace(item=subject, sitting=item.sitting)
        yield from _owed(state, book, act, asked, at, "item", subject, item=item, sitting=sitting)


def _arranged(state: State, sitting: Sitting) -> bool:
    """Whether somebody has put an item on the agenda, beside those that came there by the rules."""
    return any(state.items[i].origin not in ("standing", "carried") for i in sitting.agenda)


_ITEM: Final = {
    "submitted": "collate_item",
    "collated": "approve_item",
    "returned": "revise_item",
    "raised": "admit_floor_item",
}
"""The act that an item's status waits for."""


def _of_sitting(state: State, subject: str, at: datetime) -> Iterator[Duty]:
    sitting = state.sittings[subject]
    book = book_of(state, sitting.charters)
    for act, people, about, due in _awaited(state, sitting, book, at):
        asked = SimpleNamespace(sitting=subject, person=about or None)
        yield from _owed(
            state, book, act, asked, at, "sitting", subject, people, about, due, sitting=sitting
        )


def _awaited(state: State, sitting: Sitting, book: Rulebook, at: datetime) -> Iterator[Awaited]:
    if on_paper(sitting):
        yield "end_paper_entry", (), "", _entered_by(sitting)
    elif sitting.status == "convened":
        yield from _before(state, sitting, book)
    elif sitting.status == "closed":
        if not sitting.record.closed:
            yield "close_record", sitting.keepers, "", None
        if sitting.minutes is None:
            yield "issue_minutes", (), "", None
        elif sitting.corrigendum is not None:
            yield "issue_corrigendum", (), "", None
        yield from _publishing(sitting)
        if signers := _signers(state, sitting, at):
            yield "sign_minutes", signers, "", None


def _entered_by(sitting: Sitting) -> datetime | None:
    """The end of the day after the meeting, or of the day on which the entry began, if later.

    No rule names a day; later, fewer remember what stands on the paper.
    """
    assert sitting.entering is not None
    day = sitting.starts_at + timedelta(days=1)
    return max(day, sitting.entering.since).replace(hour=23, minute=59, second=0, microsecond=0)


def _publishing(sitting: Sitting) -> Iterator[Awaited]:
    """Whoever approves answers what was proposed; what is corrected since is proposed anew."""
    minutes = sitting.minutes
    if minutes is None or sitting.corrigendum is not None:
        return
    told = minutes.proposal or (minutes.public.proposal if minutes.public else None)
    if told is not None and len(minutes.corrected) > told.corrections:
        yield "propose_publication", (), "", None
    elif minutes.proposal is not None:
        yield "publish_minutes", (), "", None


def _signers(state: State, sitting: Sitting, at: datetime) -> tuple[str, ...]:
    """Whose signature is awaited under minutes or their correction: once all else is done."""
    book = book_of(state, sitting.charters)
    rule = book.rule(SignedBy)
    done = sitting.minutes is not None and sitting.corrigendum is None
    if rule is None or done or not sitting.record.closed or sitting.signatures:
        return ()
    asked = book.rule(MinutesPrepared)
    if asked is not None and set(asked.steps) - set(steps_done(sitting.pending)) - {"signed_off"}:
        return ()
    nobody = Deed(act=SignMinutes(sitting=sitting.id), actor="", at=at)
    setting = Setting(nobody, state, book, sitting.body, sitting=sitting)
    return tuple(dict.fromkeys(p for seat in rule.by for p in _holders(setting, seat)))


def _before(state: State, sitting: Sitting, book: Rulebook) -> Iterator[Awaited]:
    starts = sitting.starts_at
    lead = book.rule(NoticeLead) if sitting.notice is None else None
    ahead = lead.last_moment(state.calendar, starts) if lead is not None else starts
    if not sitting.agenda or (sitting.notice is None and not _arranged(state, sitting)):
        yield "set_agenda", (), "", ahead
    if sitting.notice is None:
        yield "give_notice", (), "", ahead
    else:
        unread = tuple(p for p in sitting.people if not sitting.has_read(p))
        if unread:
            yield "receive_notice", unread, "", starts
    for person, leave in sorted(sitting.leaves.items()):
        if leave.status == "requested":
            yield "grant_leave", (), person, starts
        elif leave.status == "granted" and not leave.told:
            yield "tell_office", (person,), person, starts
    yield "open_sitting", (sitting.chair,) if sitting.chair else (), "", starts


def _of_task(state: State, subject: str, at: datetime) -> Iterator[Duty]:
    task = state.tasks[subject]
    sitting = state.sittings[task.sitting]
    book = book_of(state, sitting.charters)
    left = task.owner is not None and task.owner not in state.roster.in_office(at.date())
    for act, people in _task_acts(task, sitting, left):
        asked = SimpleNamespace(task=subject)
        due = _end_of(task, at)
        yield from _owed(
            state,
            book,
            act,
            asked,
            at,
            "task",
            subject,
            people,
            due=due,
            sitting=sitting,
            task=task,
        )


def _task_acts(task: Task, sitting: Sitting, left: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is awaited about a task; one whose owner has left office goes to somebody else first."""
    whole = (task.unit or task.counter) and task.owner and task.due_on
    if sitting.status == "closed" and sitting.minutes is None and not whole:
        yield "set_task", ()
    if sitting.minutes is None or task.status in AT_END:
        return
    if task.status == "completed":
        yield "close_task", ()
        return
    if not task.steps:
        yield "plan_task", ()
    if left:
        yield "hand_over_task", ()
        return
    yield "complete_task", (task.owner,) if task.owner else ()


def _end_of(task: Task, at: datetime) -> datetime | None:
    if task.due_on is None:
        return None
    return datetime(task.due_on.year, task.due_on.month, task.due_on.day, 23, 59, tzinfo=at.tzinfo)


def _of_adjustment(state: State, subject: str, at: datetime) -> Iterator[Duty]:
    asked_for = state.adjustments[subject]
    if asked_for.status != "requested":
        return
    task = state.tasks[asked_for.task]
    asked_on = asked_for.asked_on or at.date()
    book = _book(state, task.body, None, state.bodies[task.body].last_day(asked_on))
    if book is not None:
        yield from _owed(
            state,
            book,
            "refuse_adjustment" if task.status in AT_END else "grant_adjustment",
            SimpleNamespace(adjustment=subject, task=task.id),
            at,
            "adjustment",
            subject,
            sitting=state.sittings[task.sitting],
            task=task,
            adjustment=asked_for,
        )


def _of_posting(state: State, subject: str, at: datetime) -> Iterator[Duty]:
    asked_for = state.postings[subject]
    book = _book(state, GENERAL, None, at.date())
    if asked_for.status != "proposed" or book is None:
        return
    asked = SimpleNamespace(posting=subject)
    anybody = "in_office" in book.seats_for("confirm_post")
    for people in ((), state.roster.in_office(at.date()) if anybody else ()):
        for duty in _owed(
            state, book, "confirm_post", asked, at, "posting", subject, people, posting=asked_for
        ):
            others = tuple(p for p in duty.people if p not in (asked_for.by, asked_for.person))
            if others:
                yield replace(duty, people=others, about=asked_for.person)
                return


def _of_body(state: State, subject: str, at: datetime) -> Iterator[Duty]:
    """Each section acknowledges a charter that it was given after the journal had begun."""
    book = _book(state, subject, None, at.date())
    if book is None or subject == GENERAL:
        return
    log = state.bodies[subject]
    digest = log.versions[-1][1]
    adopted = state.charters[digest].header.get("adopted_by", {})
    if isinstance(adopted, dict) and adopted.get("before_journal") in (True, "true"):
        return
    given = {unit for unit, _ in log.receipts.get(digest, ())}
    for unit in state.roster.open_units(seats.SECTION, at.date()):
        if unit.id not in given:
            asked = SimpleNamespace(body=subject, unit=unit.id)
            yield from _owed(state, book, "receive_charter", asked, at, "body", subject)


_EACH: Final[dict[str, Callable[[State, str, datetime], Iterator[Duty]]]] = {
    "item": _of_item,
    "sitting": _of_sitting,
    "task": _of_task,
    "adjustment": _of_adjustment,
    "posting": _of_posting,
    "body": _of_body,
}
"""One function a kind of subject."""


def _book(state: State, body: str, sitting: Sitting | None, on: date) -> Rulebook | None:
    if sitting is not None:
        return book_of(state, sitting.charters)
    if version_on(state, body, on) is None:
        return None
    return book_of(state, digests_on(state, body, on))


def _owed(
    state: State,
    book: Rulebook,
    act: str,
    asked: Any,
    at: datetime,
    kind: str,
    subject: str,
    people: tuple[str, ...] = (),
    about: str = "",
    due: datetime | None = None,
    **found: Item | Sitting | Task | Any,
) -> Iterator[Duty]:
    """The duty with its clause; the people are those the subject names, else the seats' holders."""
    body = str(book.charter.body)
    asked.name = lambda: act
    begins = due - EARLY if due is not None and act in ON_THE_DAY else None
    nobody = Deed(act=asked, actor="", at=at)
    setting = Setting(nobody, state, book, body, **found)
    cited = _cited(book, act)
    named = (p for seat in book.seats_for(act) for p in _holders(setting, seat))
    held = people or tuple(dict.fromkeys(named))
    if held:
        yield Duty(act, kind, subject, body, held, cited, about, due, begins)


def _cited(book: Rulebook, act: str) -> Citation | None:
    """The clause that makes the act somebody's; where none does, the first that bears on it."""
    bounds = book.for_act(act)
    whose = [b.citation for b in bounds if isinstance(b.rule, ReservedTo | InTheRoom | SignedBy)]
    return next(iter((*whose, *(b.citation for b in bounds))), None)


def _holders(setting: Setting, seat: str) -> tuple[str, ...]:
    """Who holds the seat; nobody where it hangs on who acts, or all of them could."""
    return () if seat in ("self", "anyone", "in_office") else seats.holders(setting, seat)
