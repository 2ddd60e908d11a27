"""Originals: kept once, given back byte for byte, altered by nobody, emptied by an erasure."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from yishi.originals.keeping import Altered, File, empty, keep, sizes_of, take
from yishi.originals.models import Original

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, tzinfo=UTC)
FILE = File(b"%PDF minutes", ("一、2027年大厅运行经费预算", "出席：陈志远、刘敏"))


def test_what_was_kept_is_given_back_byte_for_byte_and_to_its_own_institution_only() -> None:
    keep("demo", (FILE, FILE), AT)
    keep("demo", (FILE,), AT)

    assert take("demo", FILE.digest) == FILE.content
    assert sizes_of("demo", [FILE.digest]) == {FILE.digest: len(FILE.content)}
    assert take("other", FILE.digest) is None
    assert Original.objects.count() == 1


@pytest.mark.parametrize(
    "altering",
    [
        lambda rows: rows.update(content=b"else"),
        lambda rows: rows.update(digest="0" * 64),
        lambda rows: rows.update(words="else"),
        lambda rows: rows.update(content=b"", words="", size=0),
        lambda rows: rows.delete(),
    ],
)
def test_the_database_itself_refuses_to_alter_or_delete_it(altering) -> None:
    keep("demo", (FILE,), AT)

    with pytest.raises(DatabaseError, match="never altered"), transaction.atomic():
        altering(Original.objects.all())

    assert take("demo", FILE.digest) == FILE.content


def test_bytes_that_are_not_those_of_the_digest_are_not_handed_out() -> None:
    row = {"institution": "demo", "digest": FILE.digest, "size": 4, "content": b"else"}
    Original.objects.create(**row, at=AT)

    with pytest.raises(Altered):
        take("demo", FILE.digest)


@pytest.mark.parametrize(
    ("erased", "gone"),
    [
        ("2027年大厅运行经费预算。", True),
        ("刘敏", True),
        ("别的话\n2027年\u200b大厅运行", True),
        ("2028年大厅运行经费预算", False),
        ("一", False),
        ("。", False),
    ],
)
def test_an_erasure_empties_the_files_that_hold_the_words_and_no_others(erased, gone) -> None:
    keep("demo", (FILE, File(b"another", ("会议研究后缓议。",))), AT)

    assert empty("demo", [erased]) == int(gone)

    assert (take("demo", FILE.digest) is None) is gone
    assert Original.objects.exclude(words="").count() == 2 - int(gone)
    assert take("demo", File(b"another").digest) == b"another"
