"""What waits for whom, as rows: asked of the rules, written where the answer is another."""

from datetime import datetime
from typing import Any, Final

from django.db import models as orm

from yishi.procedure.duties import Duty, duties_of
from yishi.procedure.state import State
from yishi.register import models

KINDS: Final = ("item", "sitting", "task", "adjustment", "posting", "body")
"""Kinds of subjects that something may wait for."""

Place = tuple[str, str, str, str, str]
"""Whose duty, the kind of subject, the subject, the act, and whom it is about."""


def in_hand(state: State, subjects: dict[str, list[str]]) -> dict[str, list[str]]:
    """Everything that may still wait for somebody, and what was just touched."""
    found: dict[str, dict[str, None]] = {kind: dict.fromkeys(subjects[kind]) for kind in subjects}
    for log in state.bodies.values():
        found["item"] |= dict.fromkeys(log.waiting)
        found["sitting"] |= dict.fromkeys(log.planned)
    found["task"] |= dict.fromkeys(sorted(state.open_tasks))
    asked = (a for a, held in state.adjustments.items() if held.status == "requested")
    found["adjustment"] |= dict.fromkeys(sorted(asked))
    waiting = (p for p, held in state.postings.items() if held.status == "proposed")
    found["posting"] |= dict.fromkeys(sorted(waiting))
    found["body"] |= dict.fromkeys(sorted(state.bodies))
    return {kind: list(held) for kind, held in found.items()}


def write_duties(
    institution: str, state: State, subjects: dict[str, list[str]], at: datetime
) -> None:
    """Let exactly those duties stand that the subjects bring with them now."""
    for start in range(0, max(len(subjects[kind]) for kind in KINDS), 400):
        some = {kind: subjects[kind][start : start + 400] for kind in KINDS}
        _write_some(institution, state, {k: held for k, held in some.items() if held}, at)


def _write_some(
    institution: str, state: State, subjects: dict[str, list[str]], at: datetime
) -> None:
    wanted = {
        (person, kind, subject, duty.act, duty.about): duty
        for kind, held in subjects.items()
        for subject in held
        for duty in duties_of(state, kind, subject, at)
        for person in duty.people
    }
    held = _held(institution, subjects)
    stands = {place for place, row in held.items() if _same(row, wanted.get(place))}
    gone = [row.pk for place, row in held.items() if place not in stands]
    if gone:
        models.DutyRow.objects.filter(id__in=gone).delete()
    fresh = [place for place in sorted(wanted) if place not in stands]
    if fresh:
        models.DutyRow.objects.bulk_create(
            (_duty_row(institution, place[0], wanted[place]) for place in fresh), batch_size=500
        )


def _held(institution: str, subjects: dict[str, list[str]]) -> dict[Place, models.DutyRow]:
    asked = orm.Q()
    for kind, held in subjects.items():
        asked |= orm.Q(kind=kind, subject__in=held)
    rows = models.DutyRow.objects.filter(asked, institution=institution)
    return {(row.person, row.kind, row.subject, row.act, row.about): row for row in rows}


def _same(row: models.DutyRow, duty: Duty | None) -> bool:
    said = (row.body, row.clause, row.rule, row.charter, row.due, row.begins)
    return duty is not None and said == _duty_facts(duty)


def _duty_facts(duty: Duty) -> tuple[Any, ...]:
    cited = duty.citation
    clause = (cited.label, cited.rule, cited.charter) if cited else ("", "", "")
    return (duty.body, *clause, duty.due, duty.begins)


def _duty_row(institution: str, person: str, duty: Duty) -> models.DutyRow:
    body, clause, rule, charter, due, begins = _duty_facts(duty)
    return models.DutyRow(
        institution=institution,
        person=person,
        kind=duty.kind,
        subject=duty.subject,
        act=duty.act,
        body=body,
        about=duty.about,
        clause=clause,
        rule=rule,
        charter=charter,
        due=due,
        begins=begins,
    )
