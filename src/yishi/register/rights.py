"""Who may read each thing, as rows: asked of the rules, written where the answer is another."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db import models as orm

from yishi.chronicle.history import Transaction
from yishi.procedure.access import readers
from yishi.procedure.charters import CharterEnacted, CharterRepealed
from yishi.procedure.reading import Thing
from yishi.procedure.state import State
from yishi.register import models
from yishi.roster.events import RosterEvent

THINGS: Final[dict[str, tuple[Thing, ...]]] = {
    "item": ("item", "paper"),
    "decision": ("decision",),
    "sitting": ("record", "minutes"),
    "task": ("task",),
}
"""What can be read of each kind of subject."""


Place = tuple[str, str, str]
"""A thing, its subject, and who may read it."""


def rights_moved(told: Transaction) -> bool:
    """Whether a transaction may open or close things that it does not name."""
    events: tuple[Any, ...] = told.events
    return any(isinstance(e, RosterEvent | CharterEnacted | CharterRepealed) for e in events)


def reopened(
    before: State, after: State, subjects: dict[str, list[str]], at: datetime
) -> dict[str, list[str]]:
    """The subjects that others may read now than would have a moment ago."""
    found = _rightly(before, after, subjects)
    return {
        kind: [s for s in found[kind] if _moved(before, after, things, s, at)]
        for kind, things in THINGS.items()
    }


def _moved(
    before: State, after: State, things: tuple[Thing, ...], subject: str, at: datetime
) -> bool:
    return any(
        readers(before, thing, subject, at) != readers(after, thing, subject, at)
        for thing in things
    )


def _rightly(before: State, after: State, subjects: dict[str, list[str]]) -> dict[str, list[str]]:
    """The subjects whose readers may be others now: with a sitting, all that hangs on it."""
    found = {kind: dict.fromkeys(held) for kind, held in subjects.items()}
    for subject in subjects["sitting"]:
        old, new = before.sittings.get(subject), after.sittings[subject]
        # Who was called in reads the papers while the item runs: as it begins and as it ends.
        turned = {old.current if old else None, new.current}
        found["item"] |= dict.fromkeys(i for i in turned if i) if len(turned) > 1 else {}
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


def write_rights(
    institution: str, state: State, subjects: dict[str, list[str]], at: datetime
) -> None:
    """Let exactly those stand as readers of the subjects who may read them now."""
    for start in range(0, max(len(subjects[kind]) for kind in THINGS), 400):
        some = {kind: subjects[kind][start : start + 400] for kind in THINGS}
        _write_some(institution, state, {k: held for k, held in some.items() if held}, at)


def _write_some(
    institution: str, state: State, subjects: dict[str, list[str]], at: datetime
) -> None:
    wanted = {
        (thing, subject, person)
        for kind, held in subjects.items()
        for thing in THINGS[kind]
        for subject in held
        for person in readers(state, thing, subject, at)
    }
    held = _held(institution, subjects)
    gone = [key for place, key in held.items() if place not in wanted]
    if gone:
        models.Reader.objects.filter(id__in=gone).delete()
    _let_in(institution, sorted(wanted - set(held)))


def _held(institution: str, subjects: dict[str, list[str]]) -> dict[Place, int]:
    asked = orm.Q()
    for kind, held in subjects.items():
        asked |= orm.Q(thing__in=THINGS[kind], subject__in=held)
    rows = models.Reader.objects.filter(asked, institution=institution)
    found = rows.values_list("id", "thing", "subject", "person")
    return {(thing, subject, person): key for key, thing, subject, person in found}


def _let_in(institution: str, fresh: Iterable[Place]) -> None:
    rows = [
        models.Reader(institution=institution, thing=thing, subject=subject, person=person)
        for thing, subject, person in fresh
    ]
    if rows:
        models.Reader.objects.bulk_create(rows, batch_size=500)
