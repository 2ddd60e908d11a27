"""What the rules found of each deed: departed from, refused, and how often each was kept."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from yishi.chronicle.history import Transaction
from yishi.procedure.act import Deed
from yishi.procedure.state import State
from yishi.procedure.verdict import Accepted, Citation, Message, Refused
from yishi.register import models

KeptKey = tuple[str, str, str, str, str, str]
"""Sitting, body, month, charter, rule, clause."""


def note(institution: str, state: State, told: Transaction, seq: int) -> None:
    """Each departure and ground of the deed, and one more for every rule that it kept."""
    found = list(findings_of(institution, state, told, seq))
    if found:
        models.Finding.objects.bulk_create(found)
    kept = kept_by(state, told)
    if kept:
        _count(institution, kept)


_COUNT: Final = (
    "INSERT INTO register_kept "
    "(institution, sitting, body, month, charter, rule, clause, times) VALUES {rows} "
    "ON CONFLICT (institution, sitting, body, month, charter, rule) "
    "DO UPDATE SET times = register_kept.times + 1"
)
"""Begin a count or add to it: one statement, which the mapper has no words for."""


def _count(institution: str, kept: tuple[KeptKey, ...]) -> None:
    rows = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, 1)"] * len(kept))
    values = [value for key in kept for value in (institution, *key)]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(rows=rows), values)


def findings_of(
    institution: str, state: State, told: Transaction, seq: int
) -> Iterator[models.Finding]:
    """A row for each departure and each ground of a judged deed."""
    deed, verdict = told.deed, told.verdict
    if deed is None or not isinstance(verdict, Accepted | Refused):
        return
    sitting = _sitting_of(deed.act, state)
    for place, (status, message, cited, reason) in enumerate(_objections(verdict, deed)):
        yield models.Finding(
            institution=institution,
            seq=seq,
            place=place,
            body=_body_of(state, deed.act, sitting, cited),
            sitting=sitting,
            at=deed.moment,
            actor=deed.doer,
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
    verdict: Accepted | Refused, deed: Deed
) -> Iterator[tuple[str, Message, Citation, str]]:
    if isinstance(verdict, Refused):
        # An entry from paper that is sent back held nobody back from anything.
        if deed.held_at is None:
            yield from (("refused", g.message, g.citation, "") for g in verdict.grounds)
    else:
        yield from (("broken", b.message, b.citation, b.reason) for b in verdict.broken)
        yield from (("departed", d.message, d.citation, d.reason) for d in verdict.departures)


def kept_by(state: State, told: Transaction) -> tuple[KeptKey, ...]:
    """The rules that a deed kept, each once."""
    if told.deed is None or not isinstance(told.verdict, Accepted):
        return ()
    sitting, month = _sitting_of(told.deed.act, state), f"{told.deed.moment:%Y-%m}"
    return tuple(
        dict.fromkeys(
            (sitting, c.body, month, c.charter, c.rule, c.label) for c in told.verdict.kept
        )
    )


def kept_rows(institution: str, kept: Mapping[KeptKey, int]) -> Iterator[models.Kept]:
    """The rows of these counts."""
    return (_kept_row(institution, key, times) for key, times in kept.items())


def _kept_row(institution: str, key: KeptKey, times: int) -> models.Kept:
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
