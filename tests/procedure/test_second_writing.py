"""Every kind of rule that refuses, or finds something wrong, is written a second time."""

from pathlib import Path

from tests.procedure.invariants import AUDIT, EVERY, JUDGED, NORMS
from tests.procedure.norms.found import FINDERS
from tests.procedure.norms.readers import readers
from yishi.procedure.kinds import KINDS
from yishi.procedure.rule import Kind

CLAUSES = Path(__file__).parents[2] / "docs/clauses.md"

NO_SECOND = {
    "reminds": "an appeal is said and refuses nothing",
    "shows_tally": "opens a count to the room and refuses nothing",
    "states": "asks nothing of anybody",
}
"""Kinds that are written once, and why."""


def written() -> dict[str, list[str]]:
    """For each kind, what is written a second time for it: each docstring begins with its kinds."""
    norms = {norm for table in (NORMS, JUDGED) for listed in table.values() for norm in listed}
    finders = {one for pair in FINDERS.values() for one in pair}
    found: dict[str, list[str]] = {}
    for one in (*norms, *AUDIT, *EVERY, *finders, readers):
        kinds, colon, _ = (one.__doc__ or "").partition(":")
        for kind in kinds.split(", ") if colon else ():
            found.setdefault(kind, []).append(one.__name__)
    return found


def test_every_kind_of_rule_has_its_second_writing_or_a_reason_for_none() -> None:
    once = set(KINDS) - set(written())

    assert once == set(NO_SECOND)


def test_what_looks_afterwards_is_found_a_second_time() -> None:
    looks = {name for name, kind in KINDS.items() if kind.inspect is not Kind.inspect}

    assert looks == set(FINDERS)


def test_every_sentence_that_is_enforced_or_checked_is_written_a_second_time() -> None:
    known = {*written(), *NO_SECOND}
    rows = [line.split(" | ") for line in CLAUSES.read_text(encoding="utf-8").splitlines()]
    kept = [
        row for row in rows if len(row) > 4 and {"enforced", "checked"} & set(row[4].split(", "))
    ]

    assert len(kept) > 80
    assert [row[0] for row in kept if not set(row[3].split(", ")) <= known] == []
