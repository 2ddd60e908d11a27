"""Originals: kept once, given back byte for byte, altered by nobody, emptied by an erasure."""

from datetime import UTC, datetime

import msgspec
import pytest
from django.db import DatabaseError, transaction

from yishi.originals.keeping import (
    Altered,
    File,
    Printed,
    empty,
    holding,
    keep,
    sizes_of,
    take,
)
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
        lambda rows: rows.update(content=b"", refs="else"),
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
    ("said", "within", "there"),
    [
        ("2027年大厅运行经费预算。", False, True),
        ("刘敏", False, True),
        ("志远", False, False),
        ("志远", True, True),
        ("别的话\n2027年\u200b大厅运行", False, True),
        ("2028年大厅运行经费预算", False, False),
        ("同意。", False, False),
        ("原则\u200b上同意", False, True),
        ("一", False, False),
        ("。", False, False),
    ],
)
def test_whose_words_are_printed(said, within, there) -> None:
    words = (*FILE.words, "会议同意按程序办理。", "决定：原则上同意。")

    assert Printed(words).holds(said, within=within) is there


def test_an_erasure_empties_the_files_named_and_no_others_and_their_refs_stay() -> None:
    other = File(b"another", ("会议研究后缓议。",), ("b" * 64,))
    keep("demo", (msgspec.structs.replace(FILE, refs=("a" * 64, "c" * 64)), other), AT)

    assert holding("demo", "c" * 64) == {FILE.digest}
    assert holding("demo", "d" * 64) == holding("other", "c" * 64) == set()
    assert empty("demo", [FILE.digest]) == 1

    assert take("demo", FILE.digest) is None
    assert take("demo", other.digest) == b"another"
    assert holding("demo", "c" * 64) == set()
    assert Original.objects.get(digest=FILE.digest).refs != ""
