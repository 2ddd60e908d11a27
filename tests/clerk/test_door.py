"""The one door: judged, kept, followed, in one transaction."""

from datetime import date

import msgspec
import pytest
from django.db import DatabaseError, connection, transaction

from tests.playing import PLACE, play_into
from yishi.chronicle.scribe import replay
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.journal import encode_line, verify
from yishi.journal.tables.models import Entry, SealedText
from yishi.journal.tables.store import TableStore
from yishi.procedure.deliberation import StatePosition
from yishi.procedure.items import ApproveItem, CollateItem
from yishi.procedure.staffing import OpenUnit
from yishi.procedure.verdict import Accepted, Refused, Rejected
from yishi.register.models import Finding
from yishi.values.text import ERASED

pytestmark = pytest.mark.django_db


def speaks(member: str) -> StatePosition:
    return StatePosition(sitting="oct", item="budget", member=member, stance="for", words="同意。")


def test_what_is_done_is_kept_and_verifies() -> None:
    play_into()

    done = do(PLACE, "liu", speaks("liu"))

    assert isinstance(done.verdict, Accepted)
    lines = list(TableStore(PLACE).read())
    assert lines[-1].entry.type == "position_stated"
    assert verify(map(encode_line, lines)).first_bad is None


def test_what_is_refused_is_kept_as_refused_and_changes_nothing() -> None:
    play_into()
    before = MEMORY.at(PLACE).state

    done = do(PLACE, "chen", speaks("chen"))

    assert isinstance(done.verdict, Refused)
    assert done.state.sittings == before.sittings
    assert Finding.objects.filter(seq=done.seq, status="refused", clause="五(二)3").exists()


def test_the_same_form_sent_twice_does_nothing_the_second_time() -> None:
    play_into()
    first = do(PLACE, "liu", speaks("liu"), key="form-1")

    again = do(PLACE, "liu", speaks("liu"), key="form-1")

    assert again.repeated is not None
    assert again.seq == first.seq
    assert isinstance(again.verdict, Rejected)


def test_a_refused_form_sent_twice_is_told_why_again_and_kept_once() -> None:
    play_into()
    first = do(PLACE, "chen", speaks("chen"), key="form-1")
    kept = Entry.objects.count()

    again = do(PLACE, "chen", speaks("chen"), key="form-1")

    assert again.repeated is None
    assert isinstance(first.verdict, Refused)
    assert again.verdict == first.verdict
    assert Entry.objects.count() == kept


def test_a_refused_form_sent_again_is_done_when_it_stands_by_then_and_only_once() -> None:
    play_into("chuwuhui/cases/full-month.yaml", "submitted")
    back = do(PLACE, "chen", ApproveItem(item="budget", weighty=True), key="form-1")
    do(PLACE, "xiao", CollateItem(item="budget"))

    stands = do(PLACE, "chen", ApproveItem(item="budget", weighty=True), key="form-1")
    again = do(PLACE, "chen", ApproveItem(item="budget", weighty=True), key="form-1")

    assert isinstance(back.verdict, Refused)
    assert isinstance(stands.verdict, Accepted)
    assert again.repeated is not None


def test_another_process_catches_up_with_what_it_has_not_seen() -> None:
    play_into()
    held = MEMORY.at(PLACE)
    do(PLACE, "liu", speaks("liu"))
    after = MEMORY.at(PLACE)
    MEMORY.put(PLACE, held)

    assert MEMORY.at(PLACE).state == after.state


@pytest.mark.parametrize("table", [Entry, SealedText])
def test_the_database_itself_refuses_to_alter_or_delete_the_journal(table: type) -> None:
    play_into(until="approved")
    row = table.objects.first()

    with pytest.raises(DatabaseError), transaction.atomic():
        table.objects.filter(pk=row.pk).delete()
    column = "stream" if table is Entry else "words"
    statement = f"UPDATE {table._meta.db_table} SET {column} = 'other'"
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(statement)


@pytest.mark.parametrize("said", ["\ufffe", "\uffff", "\ufdd0", "\U0010ffff"])
def test_what_is_no_character_is_turned_away_at_the_door_and_read_from_an_old_journal(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    play_into()
    before = MEMORY.at(PLACE).state
    spoken = msgspec.structs.replace(speaks("liu"), words=f"同意{said}。")
    since = date(2026, 12, 1)
    opens = OpenUnit(unit="new", called=f"新{said}科", unit_kind="section", since=since)
    refused = (
        do(PLACE, "liu", spoken),
        do(PLACE, "liu", speaks("liu"), reason=f"因为{said}。"),
        do(PLACE, "zeng", opens),
    )
    fields = [d.verdict.field for d in refused if isinstance(d.verdict, Rejected)]
    assert fields == ["words", "reason", "called"]
    assert MEMORY.at(PLACE).state is before

    # As it was before the door turned them away: the journal holds them, and is judged the same.
    monkeypatch.setattr("yishi.clerk.door.inadmissible", lambda deed: None)
    kept = do(PLACE, "liu", spoken)
    assert isinstance(kept.verdict, Accepted)
    again = replay(TableStore(PLACE).read())
    assert again.history.state == kept.state
    assert again.differences == ()


def test_words_that_feign_an_erasure_are_rejected_and_not_kept() -> None:
    play_into()
    before = MEMORY.at(PLACE).state

    spoken = do(PLACE, "liu", msgspec.structs.replace(speaks("liu"), words=ERASED))
    reasoned = do(PLACE, "liu", speaks("liu"), reason=ERASED)

    assert [d.verdict.field for d in (spoken, reasoned) if isinstance(d.verdict, Rejected)] == [
        "words",
        "reason",
    ]
    assert MEMORY.at(PLACE).state is before
