"""What one act costs the database: a fixed number of statements, however much stands already."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.playing import MONTH, PLACE, play_into
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.procedure.act import Act
from yishi.procedure.deliberation import StatePosition
from yishi.procedure.minutes import NoteRecord
from yishi.procedure.verdict import Accepted, Refused, Rejected

pytestmark = pytest.mark.django_db

BARE = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "NOTIFY")
"""What frames a transaction; on PostgreSQL a word that wakes the streams goes with the commit."""


def asked(person: str, act: Act, kind: type, **how: str) -> list[str]:
    """The statements of an act, in a process that has seen everything before it."""
    MEMORY.at(PLACE)
    with CaptureQueriesContext(connection) as seen:
        assert isinstance(do(PLACE, person, act, **how).verdict, kind)
    said = [one["sql"] for one in seen.captured_queries]
    return [one for one in said if not one.startswith(BARE)]


def speaks(member: str, item: str = "budget") -> StatePosition:
    return StatePosition(sitting="oct", item=item, member=member, stance="for", words="同意。")


def test_an_act_that_stands_is_eight_statements() -> None:
    """Lock, form seen?, entries, texts, head, duties, counts, form kept."""
    play_into()

    said = asked("liu", speaks("liu"), Accepted, key="form")

    tables = [
        next(word for word in one.split('"' if '"' in one else " ") if "_" in word) for one in said
    ]
    assert tables == [
        "journal_chain",
        "clerk_submission",
        "journal_entry",
        "journal_sealedtext",
        "journal_chain",
        "register_dutyrow",
        "register_kept",
        "clerk_submission",
    ]


def test_an_act_that_is_refused_or_rejected_asks_less() -> None:
    play_into()

    assert len(asked("chen", speaks("chen"), Refused)) == 5
    assert len(asked("liu", speaks("liu", item="none"), Rejected)) == 1


def test_a_note_costs_the_same_however_many_stand_before_it() -> None:
    play_into(MONTH, "opened")
    first = asked("xiao", NoteRecord(sitting="oct", note="n0", words="记。"), Accepted)
    for number in range(1, 12):
        do(PLACE, "xiao", NoteRecord(sitting="oct", note=f"n{number}", words="记。"))

    last = asked("xiao", NoteRecord(sitting="oct", note="n99", words="记。"), Accepted)

    assert len(last) == len(first)
