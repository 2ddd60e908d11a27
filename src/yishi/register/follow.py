"""The followers: after a transaction, the rows of what it touched are written anew.

Live and rebuilt rows come from the same functions of the state, so that they cannot differ.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import models as orm

from yishi.chronicle.history import Transaction
from yishi.procedure.state import AT_END, State
from yishi.register import models, rows
from yishi.register.findings import KeptKey, kept_rows, note
from yishi.register.rights import reopened, rights_moved, write_rights
from yishi.register.touched import KINDS, everything, touched
from yishi.register.waiting import in_hand, write_duties

Row = Callable[[State, str], dict[str, Any]]

ROWS: Final[dict[str, tuple[type[orm.Model], Row]]] = {
    "item": (models.ItemRow, rows.item_row),
    "sitting": (models.SittingRow, rows.sitting_row),
    "decision": (models.DecisionRow, rows.decision_row),
    "task": (models.TaskRow, rows.task_row),
}
"""For each kind of subject, its table and how its row is made."""


def follow(
    institution: str, before: State, after: State, told: Transaction, seq: int
) -> dict[str, list[str]]:
    """Write the rows that a transaction changed; give the subjects by kind."""
    subjects = touched(before, after, told.events)
    if before.institution != after.institution or before.called != after.called:
        _institution(institution, after)
    shown = _dutifully(after, subjects)
    for kind, (table, made) in ROWS.items():
        upsert(table, institution, _otherwise(before, after, kind, shown[kind], made))
    if rights_moved(told):
        write_rights(institution, after, everything(after), told.at)
        write_duties(institution, after, in_hand(after, subjects), told.at)
    else:
        write_rights(institution, after, reopened(before, after, subjects, told.at), told.at)
        write_duties(institution, after, shown, told.at)
    note(institution, after, told, seq)
    return subjects


def refresh(institution: str, state: State, at: datetime) -> None:
    """Rights and duties anew for everything: when a day begins on which posts begin or end."""
    write_rights(institution, state, everything(state), at)
    write_duties(institution, state, in_hand(state, everything(state)), at)


def _otherwise(
    before: State, after: State, kind: str, subjects: Iterable[str], made: Row
) -> dict[str, dict[str, Any]]:
    """The rows that look otherwise than before, by subject."""
    known = getattr(before, KINDS[kind])
    rows = {subject: made(after, subject) for subject in subjects}
    return {s: row for s, row in rows.items() if s not in known or made(before, s) != row}


def _institution(institution: str, state: State) -> None:
    models.Institution.objects.update_or_create(
        slug=institution, defaults=rows.institution_row(state)
    )


def upsert(table: type[orm.Model], institution: str, found: dict[str, dict[str, Any]]) -> None:
    """Write these rows, by subject, over those that are there."""
    if not found:
        return
    values = next(iter(found.values()))
    table._default_manager.bulk_create(
        (table(institution=institution, subject=s, **row) for s, row in found.items()),
        update_conflicts=True,
        unique_fields=("institution", "subject"),
        update_fields=list(values),
        batch_size=500,
    )


def _dutifully(state: State, subjects: dict[str, list[str]]) -> dict[str, list[str]]:
    """The subjects whose rows and duties may be others now: with a sitting, its tasks too.

    With a task that is at an end, also what was asked of it and has not been answered.
    """
    tasks = dict.fromkeys(subjects["task"])
    for subject in subjects["sitting"]:
        tasks |= dict.fromkeys(state.sittings[subject].tasks)
    asked = dict.fromkeys(subjects["adjustment"])
    if any(state.tasks[task].status in AT_END for task in tasks):
        held = state.adjustments.items()
        asked |= dict.fromkeys(
            a for a, one in held if one.status == "requested" and one.task in tasks
        )
    return {**subjects, "task": list(tasks), "adjustment": list(asked)}


def write_all(
    institution: str, state: State, found: Iterable[models.Finding], kept: Mapping[KeptKey, int]
) -> None:
    """Every row of an institution, into tables that hold none of it yet."""
    _institution(institution, state)
    subjects = everything(state)
    for kind, (table, made) in ROWS.items():
        upsert(table, institution, {s: made(state, s) for s in subjects[kind]})
    models.Finding.objects.bulk_create(found, batch_size=500)
    models.Kept.objects.bulk_create(kept_rows(institution, kept), batch_size=500)
    assert state.latest is not None
    refresh(institution, state, state.latest)
