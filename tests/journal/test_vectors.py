"""The published vectors, and a second implementation that knows only the published page."""

import json

import pytest

from yishi.journal import MESSAGES, Entry, canonical_bytes, verify

from . import second, vectors

JOURNALS = ("journal.jsonl", "erased.jsonl")


def published(name):
    return (vectors.FOLDER / name).read_bytes()


@pytest.mark.parametrize("name", vectors.files())
def test_the_vectors_are_what_this_code_makes(name):
    assert published(name) == vectors.files()[name]


@pytest.mark.parametrize("vector", json.loads(published("canonical.json")), ids=lambda v: v["name"])
def test_a_second_encoder_gives_the_same_bytes(vector):
    assert second.canonical(vector["value"]).hex() == vector["bytes"]


@pytest.mark.parametrize("name", JOURNALS)
def test_a_second_implementation_gives_the_same_hashes(name):
    read = [second.read(raw) for raw in published(name).splitlines(keepends=True)]
    assert [hashed for _, hashed, _ in read] == json.loads(published("expected.json"))["hashes"]


@pytest.mark.parametrize("name", JOURNALS)
def test_both_find_the_journal_sound(name):
    raws = published(name).splitlines(keepends=True)
    assert verify(raws).ok
    assert second.sound(raws) == (6, True)


@pytest.mark.parametrize("vector", json.loads(published("refused.json")), ids=lambda v: v["name"])
def test_both_refuse_what_must_be_refused(vector):
    raw = bytes.fromhex(vector["line"])
    assert verify([raw]).first_bad.id == vector["fault"]
    assert second.sound([raw]) == (0, False)


def test_the_order_of_an_entrys_fields_is_the_canonical_one():
    assert list(Entry.__struct_fields__) == sorted(Entry.__struct_fields__)


def test_a_reordered_class_gives_the_same_bytes():
    from msgspec import defstruct

    forward = defstruct("Forward", [("b", int), ("a", int)])
    backward = defstruct("Backward", [("a", int), ("b", int)])
    assert canonical_bytes(forward(b=2, a=1)) == canonical_bytes(backward(1, 2)) == b'{"a":1,"b":2}'


@pytest.mark.parametrize("message", MESSAGES)
def test_every_message_stands_in_the_format(message):
    page = (vectors.FOLDER.parent / "journal-format.md").read_text("utf-8")
    assert f"`{message}`" in page
