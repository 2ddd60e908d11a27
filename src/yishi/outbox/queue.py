"""Which messages follow from what happened: queued in the same transaction, one list of kinds."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from yishi.accounts.models import Account
from yishi.chronicle.history import Transaction
from yishi.outbox import about_minutes
from yishi.outbox.about_agenda import new_editions
from yishi.outbox.about_meeting import called_off, moved, noticed
from yishi.outbox.about_papers import after_the_notice
from yishi.outbox.models import Message
from yishi.outbox.owed import Owed
from yishi.procedure.state import State


def queue(
    institution: str,
    before: State,
    after: State,
    told: Transaction,
    seq: int,
    subjects: dict[str, list[str]],
) -> None:
    """Queue what people are to be told of a transaction; nobody is told of their own act."""
    actor = told.deed.actor if told.deed else ""
    owed: list[Owed] = []
    for event in told.events:
        name = getattr(event, "name", lambda: "")()
        if name in MEETINGS:
            owed += MEETINGS[name](before, after, event)
        elif name in KINDS:
            owed += KINDS[name](after, event)
    owed += new_editions(before, after, told.at, subjects["sitting"])
    put(institution, owed, told.at, f"{seq}", skip=actor)


def put(institution: str, owed: Iterable[Owed], at: datetime, key: str, skip: str = "") -> int:
    """Put messages on their channels; what was put under the same key before is not put again."""
    rows = []
    mails = _mails(institution, owed)
    for number, one in enumerate(owed):
        for person in one.people:
            if person == skip:
                continue
            channels = ("desk", "mail") if one.mail and person in mails else ("desk",)
            rows += [
                Message(
                    institution=institution,
                    person=person,
                    channel=channel,
                    key=f"{key}/{number}/{one.kind}",
                    kind=one.kind,
                    params=one.params,
                    link=one.link,
                    calendar=one.calendar,
                    made_at=at,
                    next_try=at,
                )
                for channel in channels
            ]
    if rows:
        Message.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _mails(institution: str, owed: Iterable[Owed]) -> set[str]:
    """Who of these people has an address: one query, and none where no mail is owed."""
    people = {p for one in owed if one.mail for p in one.people}
    if not people:
        return set()
    found = Account.objects.filter(institution=institution, person__in=people, is_active=True)
    return set(found.exclude(email="").values_list("person", flat=True))


def _invited(state: State, event: Any) -> Iterator[Owed]:
    said = {"sitting": event.sitting, "item": event.item}
    link = f"/sittings/{event.sitting}"
    yield Owed(tuple(event.people), "outbox.invited", said, link, True, event.sitting)


def _item(kind: str) -> Callable[[State, Any], Iterator[Owed]]:
    def made(state: State, event: Any) -> Iterator[Owed]:
        item = state.items[event.item]
        yield Owed((item.submitted_by,), kind, {"item": item.id}, f"/items/{item.id}")

    return made


def _leave(kind: str) -> Callable[[State, Any], Iterator[Owed]]:
    def made(state: State, event: Any) -> Iterator[Owed]:
        said = {"sitting": event.sitting}
        yield Owed((event.person,), kind, said, f"/sittings/{event.sitting}")

    return made


def _task(kind: str) -> Callable[[State, Any], Iterator[Owed]]:
    def made(state: State, event: Any) -> Iterator[Owed]:
        task = state.tasks[event.task]
        if task.owner:
            yield Owed((task.owner,), kind, {"task": task.id}, f"/tasks/{task.id}", True)

    return made


def _unread(state: State, event: Any) -> Iterator[Owed]:
    held = state.sittings[event.sitting]
    said = {"sitting": held.id, "start": held.starts_at.isoformat()}
    yield Owed(tuple(event.people), "outbox.unread", said, f"/sittings/{held.id}", True)


def _substitute(state: State, event: Any) -> Iterator[Owed]:
    said, link = {"sitting": event.sitting}, f"/sittings/{event.sitting}"
    yield Owed((event.person,), "outbox.substitute", said, link, True, event.sitting)


def _reported_up(state: State, event: Any) -> Iterator[Owed]:
    yield Owed((event.to,), "outbox.reported_up", {"task": event.task}, f"/tasks/{event.task}")


def _adjustment(kind: str) -> Callable[[State, Any], Iterator[Owed]]:
    def made(state: State, event: Any) -> Iterator[Owed]:
        asked = state.adjustments[event.adjustment]
        yield Owed((asked.by,), kind, {"task": asked.task}, f"/adjustments/{asked.id}")

    return made


KINDS: Final[dict[str, Callable[[State, Any], Iterator[Owed]]]] = {
    "readers_reminded": _unread,
    "others_invited": _invited,
    "paper_supplied": after_the_notice,
    "item_returned": _item("outbox.returned"),
    "item_approved": _item("outbox.approved"),
    "item_put_off": _item("outbox.put_off"),
    "item_refused": _item("outbox.refused"),
    "leave_granted": _leave("outbox.leave_granted"),
    "leave_refused": _leave("outbox.leave_refused"),
    "minutes_circulated": about_minutes.draft,
    "correction_requested": about_minutes.asked,
    "correction_answered": about_minutes.answered,
    "minutes_issued": about_minutes.issued,
    "minutes_corrected": about_minutes.corrected,
    "minutes_recalled": about_minutes.recalled,
    "task_handed_over": _task("outbox.handed_over"),
    "task_ended": _task("outbox.ended"),
    "substitute_named": _substitute,
    "owner_reminded": _task("outbox.reminded"),
    "task_sent_back": _task("outbox.sent_back"),
    "progress_reported_up": _reported_up,
    "adjustment_granted": _adjustment("outbox.adjustment_granted"),
    "adjustment_refused": _adjustment("outbox.adjustment_refused"),
}
"""For each event, what is owed to whom because of it."""

MEETINGS: Final[dict[str, Callable[[State, State, Any], Iterator[Owed]]]] = {
    "notice_given": noticed,
    "sitting_moved": moved,
    "sitting_called_off": called_off,
    "publication_declined": about_minutes.not_published,
    "minutes_published": about_minutes.published,
}
"""The same for those that hang on how the meeting stood before."""
