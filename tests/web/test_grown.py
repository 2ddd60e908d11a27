"""What a process has read of a journal is read on, never told otherwise than read anew."""

import pytest

from tests.playing import MONTH, PLACE, play_into, stage_of
from yishi.chronicle.scribe import drafts
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.journal import Head
from yishi.journal.tables.models import SealedText
from yishi.journal.tables.store import TableStore
from yishi.procedure.charters import EraseText
from yishi.procedure.verdict import Accepted
from yishi.web.answers import JOURNALS, REMEMBERED, Remembered
from yishi.web.sittings import told

pytestmark = pytest.mark.django_db

STREAMS = ("sitting/oct", "item/budget", "item/platform")


def test_after_every_act_of_the_month_the_same_is_told_as_if_all_were_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read, anew = told._read, list[Head]()
    monkeypatch.setattr(told, "_read", lambda i, s, h: (anew.append(h), read(i, s, h))[1])
    store = TableStore(PLACE)
    store.create()
    for one in stage_of(MONTH, "").history.done:
        store.append(store.lock(), drafts(one))
        head = store.head()
        assert told._grown(PLACE, STREAMS, head) == read(PLACE, STREAMS, head)
    assert len(told._grown(PLACE, STREAMS, store.head())) > 50
    assert len(anew) == 1


def test_erased_words_are_not_told_from_what_was_read_before() -> None:
    play_into(MONTH, "closed")
    words = "培训费偏低，不同意压缩。"
    before = told._grown(PLACE, STREAMS, MEMORY.at(PLACE).head)
    assert words in str(before)
    REMEMBERED.grow(PLACE, "another meeting", words)
    ref = SealedText.objects.get(chain=PLACE, words=words).ref
    done = do(PLACE, "chen", EraseText(body="chuwuhui", ref=ref), reason="依法删除。")
    assert isinstance(done.verdict, Accepted)
    after = told._grown(PLACE, STREAMS, MEMORY.at(PLACE).head)

    assert words not in str(after)
    assert len(after) == len(before)
    assert REMEMBERED.grown(PLACE, "another meeting") is None


def test_another_chain_of_the_same_name_is_read_anew() -> None:
    play_into()
    head = MEMORY.at(PLACE).head
    whole = told._grown(PLACE, STREAMS, head)
    REMEMBERED.grow(PLACE, STREAMS, (Head(head.seq, "0" * 64), ()))
    assert told._grown(PLACE, STREAMS, head) == whole
    REMEMBERED.grow(PLACE, STREAMS, (Head(head.seq + 1, head.hash), whole))
    assert told._grown(PLACE, STREAMS, head) == whole


def test_what_is_kept_as_it_grows_is_bounded() -> None:
    held = Remembered()
    for number in range(JOURNALS + 1):
        held.grow("a", number, number)
    assert held.grown("a", 0) is None
    assert held.grown("a", JOURNALS) == JOURNALS
    held.grow("b", 1, 1)
    held.outgrown("a")
    assert held.grown("a", JOURNALS) is None
    assert held.grown("b", 1) == 1
