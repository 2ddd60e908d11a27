"""What the verifier finds, and how far it says the record is sound."""

import hashlib
import tracemalloc

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from yishi.journal import Chain, Head, decode_line, encode_line, verify, words
from yishi.journal.canonical import ALGORITHMS, entry_hash

from . import second
from .cast import chance, decided, erased, replay, small_journal, stored, submitted, voted
from .vectors import emptied, journal

RAWS = small_journal()
BYTES = b"".join(RAWS)
HEAD = Head(5, decode_line(RAWS[-1]).hash)


def fault(raws, **known):
    found = verify(raws, **known).first_bad
    return (found.id, found.line, found.seq)


def again(raw, texts=None, **changes):
    """Give the line with a changed entry and the hash made anew, as a forger would."""
    line = decode_line(raw)
    entry = msgspec.structs.replace(line.entry, **changes)
    kept = line.texts if texts is None else texts
    return encode_line(type(line)(entry, entry_hash(entry), kept))


def test_it_works():
    report = verify(RAWS, HEAD, "demo")
    assert report.ok
    assert (report.sound, report.head, report.lines, report.later) == (5, HEAD, 5, 0)


def test_an_empty_journal_is_sound():
    assert verify([]).ok


def test_an_altered_fact_is_named_and_what_follows_is_counted():
    raws = [RAWS[0], RAWS[1].replace(b'"yes":5', b'"yes":6'), *RAWS[2:]]
    report = verify(raws)
    assert fault(raws) == ("journal.hash_differs", 2, 2)
    assert (report.sound, report.head.seq, report.lines, report.later) == (1, 1, 5, 3)


def test_an_altered_fact_with_its_hash_made_anew_is_found_at_the_next():
    forged = again(RAWS[1], payload={"yes": 6})
    assert fault([RAWS[0], forged, *RAWS[2:]]) == ("journal.prev_differs", 3, 3)


def test_a_last_entry_made_anew_is_found_by_the_head():
    raws = [*RAWS[:-1], again(RAWS[-1], actor="p9")]
    assert verify(raws).ok
    assert fault(raws, head=HEAD) == ("journal.head_differs", 5, 5)
    assert verify(raws, HEAD).sound == 4


def test_half_an_act_is_not_sound():
    raws = [*RAWS[:3], RAWS[3].replace(b"MinutesKept", b"MinutesLost"), RAWS[4]]
    assert fault(raws) == ("journal.hash_differs", 4, 4)
    assert verify(raws).sound == 2


def test_a_cut_within_an_act_is_found():
    assert fault(RAWS[:3]) == ("journal.torn_transaction", 4, 4)
    assert verify(RAWS[:3]).head.seq == 2


def test_a_cut_between_acts_is_found_by_the_head_alone():
    assert verify(RAWS[:4]).ok
    assert fault(RAWS[:4], head=HEAD) == ("journal.head_missing", 5, 5)


def test_a_longer_journal_passes_an_older_head():
    assert verify(RAWS, Head(2, decode_line(RAWS[1]).hash)).ok


def test_a_removed_line_is_found():
    assert fault([RAWS[0], *RAWS[2:]]) == ("journal.seq_gap", 2, 3)


def test_another_institution_is_found():
    other = stored(voted(), chain_id="other")
    assert fault(other, chain="demo") == ("journal.other_chain", 1, 1)
    forged = again(RAWS[1], chain="other")
    assert fault([RAWS[0], forged]) == ("journal.other_chain", 2, 2)


@pytest.mark.parametrize("part", [(2, 2), (0, 0), (0, 1), (1, 0), (2, 1), (-1, 1)])
def test_an_act_begins_with_its_first_entry(part):
    assert fault([again(RAWS[0], part=part)]) == ("journal.torn_transaction", 1, 1)


@pytest.mark.parametrize("part", [(1, 1), (2, 3), (3, 2)])
def test_an_act_goes_on_as_it_began(part):
    raws = [*RAWS[:3], again(RAWS[3], part=part)]
    assert fault(raws) == ("journal.torn_transaction", 4, 4)


@pytest.mark.parametrize("sealed", [{}, [], 1, {"": "0" * 64}, {"title": "0"}, {"title": 1}])
def test_sealed_holds_refs(sealed):
    forged = again(RAWS[0], payload={"sealed": sealed})
    assert fault([forged]) == ("journal.bad_sealed", 1, 1)


def test_a_text_that_no_entry_needs_is_found():
    texts = decode_line(RAWS[0]).texts
    assert fault([again(RAWS[1], texts, seq=1, prev="0" * 64)]) == ("journal.text_stray", 1, 1)


def test_a_text_stored_twice_in_an_act_is_found():
    first, other = (decode_line(raw) for raw in RAWS[2:4])
    raws = [*RAWS[:3], again(RAWS[3], first.texts | other.texts), *RAWS[4:]]
    assert fault(raws) == ("journal.text_stray", 4, 4)


def test_a_text_of_an_earlier_act_does_not_serve():
    chain, (one,) = Chain("demo").extend([submitted()], chance())
    _, (two,) = chain.extend([submitted()], chance())
    raws = [encode_line(one), again(encode_line(two), {})]
    assert fault(raws) == ("journal.text_missing", 2, 2)


def test_an_erasure_leaves_the_chain_as_it_was():
    raws, ref = journal()
    before, after = verify(raws), verify(emptied(raws, ref))
    assert after.ok
    assert before.head == after.head
    assert (before.erased, before.unerased) == (0, 1)
    assert (after.erased, after.unerased) == (1, 0)


def test_an_erased_text_is_shown_as_none_and_all_else_as_before():
    raws, ref = journal()
    before = replay(map(decode_line, raws))
    after = replay(map(decode_line, emptied(raws, ref)))
    gone = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert gone
    assert all(None in now[1].values() for _, now in gone)
    assert [kind for kind, _ in before] == [kind for kind, _ in after]


def test_an_emptied_text_without_its_erasure_is_found_where_it_stood():
    raws = emptied(RAWS, next(iter(decode_line(RAWS[4]).texts)))
    report = verify(raws)
    assert fault(raws) == ("journal.text_missing_without_erasure", 5, 5)
    assert (report.sound, report.later) == (4, 1)


def test_the_first_fault_counts_even_if_it_is_known_last():
    raws = emptied(RAWS, next(iter(decode_line(RAWS[0]).texts)))
    raws[3] = b"?\n"
    report = verify(raws)
    assert fault(raws) == ("journal.text_missing_without_erasure", 1, 1)
    assert (report.sound, report.later) == (0, 4)


def test_an_erasure_recorded_behind_a_fault_still_explains():
    raws, ref = journal()
    raws = emptied(raws, ref)
    raws[4] = b"?\n"
    assert fault(raws) == ("journal.bad_json", 5, None)


def test_an_erasure_in_an_act_that_fits_nowhere_explains_too():
    raws, ref = journal()
    raws = emptied(raws, ref)
    del raws[4]
    assert fault(raws) == ("journal.seq_gap", 5, 6)


def test_another_hash_function_is_a_row_in_a_table(monkeypatch):
    monkeypatch.setitem(ALGORITHMS, "sha3", hashlib.sha3_256)
    first, other = stored(voted(), voted())
    mixed = again(first, alg="sha3")
    assert verify([mixed, again(other, prev=decode_line(mixed).hash)]).ok


@given(st.integers(0, len(BYTES) - 1), st.integers(1, 255))
@settings(max_examples=400)
@example(len(BYTES) - 1, 7)
def test_any_altered_byte_is_found(at, change):
    altered = BYTES[:at] + bytes([BYTES[at] ^ change]) + BYTES[at + 1 :]
    raws = altered.split(b"\n")
    raws = [raw + b"\n" for raw in raws[:-1]] + ([raws[-1]] if raws[-1] else [])
    report = verify(raws)
    assert not report.ok
    assert report.sound < 1 + BYTES.count(b"\n", 0, at)
    assert (report.sound, False) == second.sound(raws)


@given(st.integers(0, 4), st.integers(0, 2500), st.integers(0, 255))
@settings(max_examples=300)
def test_any_altered_byte_of_a_line_on_its_own_is_found(which, at, byte):
    raw = RAWS[which]
    altered = raw[: at % len(raw)] + bytes([byte]) + raw[at % len(raw) + 1 :]
    raws = [*RAWS[:which], altered, *RAWS[which + 1 :]]
    assert verify(raws).ok is (altered == raw)


@given(st.permutations(range(5)), st.integers(0, 5))
def test_any_removed_or_reordered_line_is_found(order, kept):
    raws = [RAWS[i] for i in order[:kept]]
    assert verify(raws, HEAD).ok is (raws == RAWS)
    assert (verify(raws).sound, verify(raws).ok) == second.sound(raws)


@given(st.integers(0, len(BYTES) - 1))
def test_any_cut_is_found_with_the_head(at):
    raws = BYTES[:at].splitlines(keepends=True)
    report = verify(raws, HEAD)
    assert not report.ok
    assert verify(raws).ok is (at in (0, *ends_of_acts()))


def ends_of_acts():
    sizes = [len(b"".join(RAWS[:n])) for n in (1, 2, 4)]
    return tuple(sizes)


@given(st.lists(st.binary(max_size=40) | st.sampled_from(RAWS), max_size=6))
def test_no_input_makes_it_raise(raws):
    report = verify(raws)
    assert report.ok is (report.first_bad is None)
    assert (report.sound, report.ok) == second.sound(raws)


@given(st.sets(st.integers(0, 3)))
def test_whatever_is_erased_the_facts_stay(which):
    refs = [ref for raw in RAWS for ref in decode_line(raw).texts]
    chosen = [refs[i] for i in which]
    raws = stored(submitted(), voted(), decided(), submitted("i2", "议题二"), *map(erased, chosen))
    after = raws
    for ref in chosen:
        after = emptied(after, ref)
    assert verify(after).head == verify(raws).head
    assert verify(after).erased == len(chosen)
    assert [decode_line(raw).entry for raw in after] == [decode_line(raw).entry for raw in raws]


def test_words_of_an_erased_text_are_none():
    raws, ref = journal()
    line = decode_line(emptied(raws, ref)[2])
    assert None in words(line, {}).values()


def test_verifying_keeps_nothing_of_what_it_read():
    tracemalloc.start()
    verify(RAWS * 20)
    before = tracemalloc.get_traced_memory()[0]
    for _ in range(40):
        verify(RAWS)
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 40 * len(RAWS) * 16
