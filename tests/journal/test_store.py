"""A chain in a file: appending, reading back, erasing, and what a crash leaves."""

import os
import threading

import pytest

from yishi.journal import (
    BadDraft,
    ErasureNotRecorded,
    FileStore,
    Head,
    JournalBroken,
    verify,
)
from yishi.journal import (
    store as module,
)

from .cast import chance, decided, erased, replay, small_journal, submitted, voted


@pytest.fixture
def store(tmp_path):
    return FileStore.create(tmp_path / "demo.jsonl", "demo")


def spoil(store, change):
    store.path.write_bytes(change(store.path.read_bytes()))


def name_of_error(call):
    with pytest.raises(JournalBroken) as found:
        call()
    return (found.value.fault.id, found.value.fault.line)


def owner_erased(store):
    """Append an act, record the erasure of its owner's name, and give the ref."""
    ref = store.append(decided(), chance())[0].entry.sealed["tasks.0.owner"]
    store.append([erased(ref)])
    return ref


def test_it_works(store):
    lines = store.append([submitted()]) + store.append(decided())
    assert tuple(store.read()) == lines
    assert store.head() == Head(3, lines[-1].hash)
    assert store.verify(store.head()).ok


def test_the_file_is_the_format(store):
    salt = chance()
    for act in ([submitted()], [voted()], decided(), [submitted("i2", "议题二")]):
        store.append(act, salt)
    assert store.path.read_bytes() == b"".join(small_journal())


def test_salts_are_chance_unless_given(store):
    (one,), (two,) = store.append([submitted()]), store.append([submitted()])
    assert one.entry.sealed != two.entry.sealed


def test_an_empty_journal_has_no_head_yet(store):
    assert store.head() == FileStore(store.path).head() == Head()
    assert list(store.read()) == []


def test_a_journal_is_created_once(store):
    with pytest.raises(FileExistsError):
        FileStore.create(store.path, "other")


def test_an_opened_journal_knows_its_name(store):
    store.append([voted()])
    assert FileStore(store.path).append([voted()])[0].entry.chain == "demo"


def test_an_empty_one_does_not(store):
    with pytest.raises(ValueError, match="chain_id"):
        FileStore(store.path).append([voted()])


def test_another_institutions_file_is_refused(store):
    store.append([voted()])
    other = FileStore(store.path, "other")
    for call in (other.head, lambda: other.append([voted()]), lambda: list(other.read())):
        assert name_of_error(call) == ("journal.other_chain", 1)
    assert not other.verify().ok


def test_a_bad_draft_leaves_no_trace(store):
    with pytest.raises(BadDraft):
        store.append([submitted(), submitted(at="gestern")])
    assert store.path.read_bytes() == b""


def test_long_acts_are_found_again_from_the_end(store):
    store.append([submitted()])
    store.append([submitted(f"i{n}", "字" * 3000) for n in range(40)])
    assert store.head().seq == 41


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda raw: raw[:-1], ("journal.torn_line", 3)),
        (lambda raw: raw[:-40], ("journal.torn_line", 3)),
        (lambda raw: raw[: raw.rindex(b'{"entry')], ("journal.torn_transaction", 3)),
        (lambda raw: raw.replace(b"MinutesKept", b"MinutesLost"), ("journal.hash_differs", 3)),
        (lambda raw: raw + b"\n", ("journal.bad_json", 4)),
    ],
)
def test_nothing_is_appended_to_a_torn_end(store, change, fault):
    store.append([submitted()])
    store.append(decided())
    spoil(store, change)
    before = store.path.read_bytes()
    assert name_of_error(lambda: store.append([voted()])) == fault
    assert name_of_error(store.head) == fault
    assert store.path.read_bytes() == before


def test_reading_shows_no_half_act(store):
    store.append([submitted()])
    store.append(decided())
    spoil(store, lambda raw: raw[: raw.rindex(b'{"entry')])
    seen = []
    assert name_of_error(lambda: seen.extend(store.read())) == ("journal.torn_transaction", 3)
    assert [line.entry.seq for line in seen] == [1]


def test_a_failed_write_leaves_no_half_act(store, monkeypatch):
    store.append([submitted()])
    before = store.path.read_bytes()
    monkeypatch.setattr(module.os, "fsync", full_disk)
    with pytest.raises(OSError, match="full"):
        store.append(decided())
    assert store.path.read_bytes() == before


def full_disk(_):
    raise OSError("full")


def test_reading_sees_what_was_there_when_it_began(store):
    store.append([voted()])
    reading = store.read()
    next(reading)
    store.append([voted()])
    assert list(reading) == []


def test_writers_wait_for_one_another(store):
    def write():
        for _ in range(5):
            FileStore(store.path, "demo").append(decided())

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert store.verify().sound == 40


def test_erasing_empties_the_words_and_nothing_else(store):
    ref = owner_erased(store)
    head, before = store.head(), replay(store.read())
    store.erase(ref)
    assert "王芳".encode() not in store.path.read_bytes()
    assert store.verify(head).erased == 1
    assert before[0][1]["tasks.0.owner"] == before[1][1]["signed"] == "王芳"
    before[0][1]["tasks.0.owner"] = before[1][1]["signed"] = None
    assert replay(store.read()) == before


def test_erasing_needs_its_entry(store):
    (line,) = store.append([submitted()])
    before = store.path.read_bytes()
    with pytest.raises(ErasureNotRecorded):
        store.erase(line.entry.sealed["title"])
    assert store.path.read_bytes() == before


def test_erasing_twice_changes_nothing(store):
    ref = owner_erased(store)
    store.erase(ref)
    once = store.path.read_bytes()
    store.erase(ref)
    assert store.path.read_bytes() == once


def test_a_journal_goes_on_after_an_erasure(store):
    store.erase(owner_erased(store))
    store.append([voted()])
    assert store.verify().sound == 4


def test_a_broken_journal_is_not_rewritten(store):
    ref = owner_erased(store)
    spoil(store, lambda raw: raw.replace(b"MinutesKept", b"MinutesLost"))
    assert name_of_error(lambda: store.erase(ref)) == ("journal.hash_differs", 2)


def test_an_erasure_that_fails_leaves_the_journal_and_no_copy(store, monkeypatch):
    ref = owner_erased(store)
    before = store.path.read_bytes()
    monkeypatch.setattr(module.os, "fsync", full_disk)
    with pytest.raises(OSError, match="full"):
        store.erase(ref)
    assert store.path.read_bytes() == before
    assert os.listdir(store.path.parent) == [store.path.name]


def test_an_append_that_waited_for_an_erasure_goes_into_the_new_file(store):
    ref = owner_erased(store)
    with store._locked("r+b", exclusive=True) as file:
        writer = threading.Thread(target=store.append, args=([voted()],))
        writer.start()
        module._replace(store.path, file, ref)
    writer.join()
    assert store.verify().sound == 4
    assert verify(store.path.read_bytes().splitlines(keepends=True)).erased == 1


def test_the_file_keeps_its_permissions_through_an_erasure(store):
    ref = owner_erased(store)
    store.path.chmod(0o640)
    store.erase(ref)
    assert store.path.stat().st_mode & 0o777 == 0o640
