"""What is kept for ever is not replaced either: SQLite has statements that would."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from tests.playing import play_into
from yishi.journal.tables.models import Entry, SealedText
from yishi.originals.keeping import File, keep
from yishi.originals.models import Original

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="a statement of SQLite alone"),
]

FIELDS = {
    Entry: ("id, chain_id, seq, stream, type, actor, at, hash, body", "at", "chain_id, seq"),
    SealedText: ("id, chain_id, seq, ref, salt, words", "words", "chain_id, ref"),
    Original: (
        "id, institution, digest, size, content, words, refs, at",
        "words",
        "institution, digest",
    ),
}


@pytest.mark.parametrize("model", FIELDS)
@pytest.mark.parametrize("same", ["id", "key"])
@pytest.mark.parametrize("how", ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"])
def test_a_row_is_not_replaced_by_another(model, same, how) -> None:
    play_into(until="budget-presented")
    keep("demo", (File(b"original"),), datetime(2026, 11, 2, tzinfo=UTC))
    fields, altered, key = FIELDS[model]
    said = fields.split(", ")
    values = [f"'else' AS {one}" if one == altered else one for one in said]
    if same == "key":
        values[0] = "id + 1000000"
    else:
        place = key.split(", ")[1]
        values[said.index(place)] = f"{place} || '0'"
    table = model._meta.db_table
    before = list(model.objects.values_list())

    with (
        pytest.raises(DatabaseError, match="never altered"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"{how} INTO {table} ({fields}) SELECT {', '.join(values)} FROM {table} LIMIT 1"
        )

    assert list(model.objects.values_list()) == before
