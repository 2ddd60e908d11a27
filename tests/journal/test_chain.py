"""From drafts to lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishi.journal import (
    ZERO,
    BadDraft,
    Chain,
    Draft,
    OpenText,
    canonical_bytes,
    decode_line,
    encode_line,
    entry_hash,
    text_ref,
    verify,
    words,
)

from . import second
from .cast import chance, decided, stored, submitted, voted

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT
FACTS = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


def extend(*drafts):
    return Chain("demo").extend(drafts, chance())


def test_it_works():
    chain, (line,) = extend(voted())
    assert (chain.seq, chain.head) == (1, line.hash)
    assert (line.entry.seq, line.entry.prev, line.entry.part) == (1, ZERO, (1, 1))
    assert line.hash == entry_hash(line.entry)


def test_the_chain_one_extends_stays_as_it_was():
    chain = Chain("demo")
    chain.extend([voted()], chance())
    assert chain == Chain("demo")


def test_an_entry_names_the_one_before():
    _, (first, then) = extend(*decided())
    assert then.entry.prev == first.hash
    assert [line.entry.part for line in (first, then)] == [(1, 2), (2, 2)]


def test_words_do_not_stand_in_the_entry():
    _, (line,) = extend(submitted(title="王芳"))
    assert "王芳".encode() not in canonical_bytes(line.entry)
    assert words(line, {}) == {"title": "王芳"}


def test_a_ref_commits_to_salt_and_words():
    _, (line,) = extend(submitted(title="王芳"))
    ref = line.entry.sealed["title"]
    assert line.texts == {ref: OpenText(chance()().hex(), "王芳")}
    assert ref == text_ref(chance()(), "王芳")


def test_equal_words_of_an_act_are_stored_once():
    _, (task, minutes) = extend(*decided())
    ref = minutes.entry.sealed["signed"]
    assert ref == task.entry.sealed["tasks.0.owner"]
    assert ref in task.texts
    assert ref not in minutes.texts
    assert words(minutes, task.texts) == {"signed": "王芳", "note": ""}


def test_equal_words_of_two_acts_cannot_be_told():
    chain, (one,) = Chain("demo").extend([submitted(title="王芳")], salt := chance())
    _, (two,) = chain.extend([submitted(title="王芳")], salt)
    assert one.entry.sealed != two.entry.sealed


def test_a_ref_unknown_to_the_reader_is_a_key_error():
    _, (_, minutes) = extend(*decided())
    with pytest.raises(KeyError):
        words(minutes, {})


def bad(field="payload", **parts):
    good = {"stream": "item/i1", "type": "X", "version": 1, "payload": {}, "at": voted().at}
    with pytest.raises(BadDraft) as found:
        extend(Draft(**(good | parts)))
    assert found.value.field == field


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (1.0, "payload.x"),
        (float("nan"), "payload.x"),
        ({"y": [1, 2.5]}, "payload.x.y.1"),
        (b"", "payload.x"),
        ({1: 2}, "payload.x"),
        (2**53, "payload[...]"),
        ("\ud800", "draft"),
        ([[[[[[[[]]]]]]]], "payload[...][0][0][0][0][0][0][0]"),
    ],
)
def test_a_payload_has_no_room_for(value, field):
    bad(field, payload={"x": value})


def test_a_tuple_is_read_back_as_the_array_it_becomes():
    _, (line,) = extend(Draft("s", "X", 1, {"x": (1, 2)}, at=voted().at))
    assert line.entry.payload == {"x": [1, 2]}


def test_sealed_is_reserved():
    bad("payload.sealed", payload={"sealed": {}})


@pytest.mark.parametrize("at", ["", "2025-03-04", "2025-03-04T09:00:00", "2025-02-30T09:00:00Z"])
def test_a_time_must_be_one(at):
    bad("at", at=at)


@pytest.mark.parametrize(("field", "value"), [("stream", ""), ("type", ""), ("version", 0)])
def test_every_entry_says_what_it_is(field, value):
    bad(field, **{field: value})


def test_an_erasure_names_a_ref():
    with pytest.raises(BadDraft, match=r"journal\.bad_erasure"):
        extend(Draft("text", "text_erased", 1, {"ref": "王芳"}, at=voted().at))


@pytest.mark.parametrize("texts", [{"": "x"}, {"t": 1}, {"t": "\ud800"}])
def test_texts_are_words_under_a_path(texts):
    with pytest.raises(BadDraft):
        extend(Draft("s", "X", 1, {}, texts, at=voted().at))


def test_a_salt_is_sixteen_bytes():
    with pytest.raises(BadDraft):
        Chain("demo").extend([submitted()], lambda: b"short")


def test_no_act_is_empty():
    with pytest.raises(BadDraft):
        extend()


def test_a_line_is_read_back_as_it_was():
    _, (line, _) = extend(*decided())
    assert decode_line(encode_line(line)) == line


@given(st.dictionaries(TEXT.filter(lambda key: key != "sealed"), FACTS, max_size=4))
def test_whatever_the_facts_both_implementations_write_the_same(facts):
    _, (line,) = extend(Draft("s", "X", 1, facts, at=voted().at))
    entry, hashed, _ = second.read(encode_line(line))
    assert (entry["payload"], hashed) == (line.entry.payload, line.hash)


@given(st.dictionaries(TEXT.filter(bool), TEXT, max_size=4))
def test_whatever_the_words_they_come_back(texts):
    _, (line,) = extend(Draft("s", "X", 1, {}, texts, at=voted().at))
    assert words(line, {}) == texts
    assert verify([encode_line(line)]).ok


def test_the_same_drafts_and_salts_give_the_same_bytes():
    assert stored(decided()) == stored(decided())
