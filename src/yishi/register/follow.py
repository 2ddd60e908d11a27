"""The followers: after a transaction, the rows of what it touched are written anew.

Live and rebuilt rows come from the same functions of the state, so that they cannot differ.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import models as orm

from yishi.chronicle.history import Transaction
from yishi.procedure.access import readers
from yishi.procedure.charters import CharterEnacted
from yishi.procedure.duties import Duty, duties_of
from yishi.procedure.reading import Thing
from yishi.procedure.state import State
from yishi.procedure.verdict import Accepted, Citation, Message, Refused
from yishi.register import models, rows
from yishi.register.touched import everything, touched
from yishi.roster.events import RosterEvent

ROWS: Final[dict[str, tuple[type[orm.Model], Callable[[State, str], dict[str, Any]]]]] = {
    "item": (models.ItemRow, rows.item_row),
    "sitting": (models.SittingRow, rows.sitting_row),
    "decision": (models.DecisionRow, rows.decision_row),
    "task": (models.TaskRow, rows.task_row),
}
"""For each kind of subject, its table and how its row is made."""

THINGS: Final[dict[str, tuple[Thing, ...]]] = {
    "item": ("item", "paper"),
    "decision": ("decision",),
    "sitting": ("record", "minutes"),
    "task": ("task",),
}
"""What can be read of each kind of subject."""


def follow(
    institution: str, before: State, after: State, told: Transaction, seq: int
) -> dict[str, list[str]]:
    """Write the rows that a transaction changed; give the subjects by kind."""
    subjects = touched(before, after, told.events)
    if before.institution != after.institution or before.called != after.called:
        _institution(institution, after)
    shown = _dutifully(after, subjects)
    for kind, (table, made) in ROWS.items():
        upsert(table, institution, {s: made(after, s) for s in shown[kind]})
    if _rights_moved(told):
        _rights(institution, after, everything(after), told.at)
        _duties(institution, after, _in_hand(after, subjects), told.at)
    else:
        _rights(institution, after, _rightly(before, after, subjects), told.at)
        _duties(institution, after, shown, told.at)
    _findings(institution, after, told, seq)
    return subjects


def refresh(institution: str, state: State, at: datetime) -> None:
    """Rights and duties anew for everything: when a day begins on which posts begin or end."""
    _rights(institution, state, everything(state), at)
    _duties(institution, state, _in_hand(state, everything(state)), at)


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


def _rights_moved(told: Transaction) -> bool:
    """Whether a transaction may open or close things that it does not name."""
    events: tuple[Any, ...] = told.events
    return any(isinstance(e, RosterEvent | CharterEnacted) for e in events)


def _rightly(before: State, after: State, subjects: dict[str, list[str]]) -> dict[str, list[str]]:
    """The subjects whose readers may be others now: with a sitting, all that hangs on it."""
    found = {kind: dict.fromkeys(held) for kind, held in subjects.items()}
    for subject in subjects["sitting"]:
        old, new = before.sittings.get(subject), after.sittings[subject]
        if old is not None and _same_people(old, new):
            continue
        found["item"] |= dict.fromkeys(new.agenda)
        made = (after.items[i].decision for i in new.agenda)
        found["decision"] |= dict.fromkeys(d for d in made if d)
        found["task"] |= dict.fromkeys(new.tasks)
    for subject in subjects["task"]:
        decision = after.tasks[subject].decision
        if decision:
            found["decision"][decision] = None
    for subject in list(found["decision"]):
        found["sitting"][after.decisions[subject].sitting] = None
        found["task"] |= dict.fromkeys(after.decisions[subject].tasks)
    return {kind: list(held) for kind, held in found.items()}


def _same_people(old: Any, new: Any) -> bool:
    return old.presence is new.presence and old.invited is new.invited and old.agenda == new.agenda


def _rights(institution: str, state: State, subjects: dict[str, list[str]], at: datetime) -> None:
    for kind, things in THINGS.items():
        for start in range(0, len(subjects[kind]), 400):
            some = subjects[kind][start : start + 400]
            for thing in things:
                _rights_to(institution, state, thing, some, at)


def _rights_to(
    institution: str, state: State, thing: Thing, subjects: list[str], at: datetime
) -> None:
    if not subjects:
        return
    wanted = {(s, p) for s in subjects for p in readers(state, thing, s, at)}
    table = models.Reader.objects.filter(institution=institution, thing=thing, subject__in=subjects)
    held = {(s, p): key for key, s, p in table.values_list("id", "subject", "person")}
    gone = [key for place, key in held.items() if place not in wanted]
    if gone:
        models.Reader.objects.filter(id__in=gone).delete()
    fresh = sorted(wanted - set(held))
    if fresh:
        models.Reader.objects.bulk_create(
            models.Reader(institution=institution, thing=thing, subject=s, person=p)
            for s, p in fresh
        )


def _in_hand(state: State, subjects: dict[str, list[str]]) -> dict[str, list[str]]:
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


def _dutifully(state: State, subjects: dict[str, list[str]]) -> dict[str, list[str]]:
    """The subjects whose rows and duties may be others now: with a sitting, its tasks too."""
    tasks = dict.fromkeys(subjects["task"])
    for subject in subjects["sitting"]:
        tasks |= dict.fromkeys(state.sittings[subject].tasks)
    return {**subjects, "task": list(tasks)}


def _duties(institution: str, state: State, subjects: dict[str, list[str]], at: datetime) -> None:
    for kind in ("item", "sitting", "task", "adjustment", "posting", "body"):
        for start in range(0, len(subjects[kind]), 400):
            _duties_of(institution, state, kind, subjects[kind][start : start + 400], at)


def _duties_of(
    institution: str, state: State, kind: str, subjects: list[str], at: datetime
) -> None:
    wanted = {}
    for subject in subjects:
        for duty in duties_of(state, kind, subject, at):
            for person in duty.people:
                wanted[(person, subject, duty.act, duty.about)] = duty
    table = models.DutyRow.objects.filter(institution=institution, kind=kind, subject__in=subjects)
    held = {(row.person, row.subject, row.act, row.about): (row.id, _facts(row)) for row in table}
    gone = [
        key
        for place, (key, facts) in held.items()
        if place not in wanted or facts != _duty_facts(wanted[place])
    ]
    if gone:
        models.DutyRow.objects.filter(id__in=gone).delete()
    fresh = [
        place
        for place in sorted(wanted)
        if place not in held or held[place][1] != _duty_facts(wanted[place])
    ]
    if fresh:
        models.DutyRow.objects.bulk_create(
            _duty_row(institution, place[0], wanted[place]) for place in fresh
        )


def _facts(row: models.DutyRow) -> tuple[Any, ...]:
    return (row.body, row.clause, row.rule, row.charter, row.due, row.begins)


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


def _findings(institution: str, state: State, told: Transaction, seq: int) -> None:
    """What the rules found of the deed: each departure and ground, and how often each was kept."""
    found = list(findings_of(institution, state, told, seq))
    if found:
        models.Finding.objects.bulk_create(found)
    kept = {key: _kept_row(institution, key) for key in kept_by(state, told)}
    if not kept:
        return
    models.Kept.objects.bulk_create(kept.values(), ignore_conflicts=True)
    sitting, month = next((key[0], key[2]) for key in kept)
    rules = orm.Q()
    for _, _, _, charter, rule, _ in kept:
        rules |= orm.Q(charter=charter, rule=rule)
    models.Kept.objects.filter(rules, institution=institution, sitting=sitting, month=month).update(
        times=orm.F("times") + 1
    )


def findings_of(
    institution: str, state: State, told: Transaction, seq: int
) -> Iterator[models.Finding]:
    """A row for each departure and each ground of a judged deed."""
    deed, verdict = told.deed, told.verdict
    if deed is None or not isinstance(verdict, Accepted | Refused):
        return
    sitting = _sitting_of(deed.act, state)
    for place, (status, message, cited, reason) in enumerate(_objections(verdict)):
        yield models.Finding(
            institution=institution,
            seq=seq,
            place=place,
            body=_body_of(state, deed.act, sitting, cited),
            sitting=sitting,
            at=told.at,
            actor=deed.actor,
            act=deed.act.name(),
            status=status,
            charter=cited.charter,
            rule=cited.rule,
            clause=cited.label,
            message=message.id,
            params={key: _plain(value) for key, value in message.params.items()},
            reason=reason,
        )


def _objections(
    verdict: Accepted | Refused,
) -> Iterator[tuple[str, Message, Citation, str]]:
    if isinstance(verdict, Refused):
        yield from (("refused", g.message, g.citation, "") for g in verdict.grounds)
    else:
        yield from (("departed", d.message, d.citation, d.reason) for d in verdict.departures)


KeptKey = tuple[str, str, str, str, str, str]
"""Sitting, body, month, charter, rule, clause."""


def kept_by(state: State, told: Transaction) -> tuple[KeptKey, ...]:
    """The rules that a deed kept, each once."""
    if told.deed is None or not isinstance(told.verdict, Accepted):
        return ()
    sitting, month = _sitting_of(told.deed.act, state), f"{told.at:%Y-%m}"
    return tuple(
        dict.fromkeys(
            (sitting, c.body, month, c.charter, c.rule, c.label) for c in told.verdict.kept
        )
    )


def _kept_row(institution: str, key: KeptKey, times: int = 0) -> models.Kept:
    sitting, body, month, charter, rule, clause = key
    return models.Kept(
        institution=institution,
        sitting=sitting,
        body=body,
        month=month,
        charter=charter,
        rule=rule,
        clause=clause,
        times=times,
    )


def write_all(
    institution: str, state: State, found: Iterable[models.Finding], kept: Mapping[KeptKey, int]
) -> None:
    """Every row of an institution, into tables that hold none of it yet."""
    _institution(institution, state)
    subjects = everything(state)
    for kind, (table, made) in ROWS.items():
        upsert(table, institution, {s: made(state, s) for s in subjects[kind]})
    models.Finding.objects.bulk_create(found, batch_size=500)
    models.Kept.objects.bulk_create(
        (_kept_row(institution, key, times) for key, times in kept.items()), batch_size=500
    )
    assert state.latest is not None
    refresh(institution, state, state.latest)


def _sitting_of(act: Any, state: State) -> str:
    """The sitting that an act is about, through whatever it names."""
    asked = state.adjustments.get(getattr(act, "adjustment", None) or "")
    task = state.tasks.get(asked.task if asked else getattr(act, "task", None) or "")
    if task is not None:
        return task.sitting
    named = getattr(act, "sitting", None)
    if isinstance(named, str) and named in state.sittings:
        return named
    decision = state.decisions.get(getattr(act, "decision", None) or "")
    if decision is not None:
        return decision.sitting
    item = state.items.get(getattr(act, "item", None) or "")
    return (item.sitting or "") if item is not None else ""


def _body_of(state: State, act: Any, sitting: str, cited: Citation) -> str:
    if sitting:
        return state.sittings[sitting].body
    item = state.items.get(getattr(act, "item", None) or "")
    if item is not None:
        return item.body
    return str(getattr(act, "body", None) or cited.body)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
