"""The extract of a journal is read line by line, however long it is."""

import hashlib
from collections.abc import Iterator
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest

from yishi.archive.check_journal import Extract, canonical, extract_of
from yishi.journal.merkle import Tree


class Unwalked(dict[int, Any]):
    """Entries that nobody goes through for one line more."""

    def __iter__(self) -> Iterator[int]:
        raise AssertionError


def extract(*order: int) -> Any:
    """A bag with an extract of nine entries that has these, in this order."""
    every = [
        {"at": "", "chain": "c", "payload": {}, "seq": seq, "stream": "s", "type": "t"}
        for seq in range(1, 10)
    ]
    hashed = [
        hashlib.sha256(b"yishi-journal-v1\n" + canonical(one)[:-1]).hexdigest() for one in every
    ]
    tree = Tree(hashed)
    head = {"chain": "c", "form": "yishi-extract-v1", "hash": hashed[-1], "size": 9}
    lines = [{**head, "root": tree.root}]
    for seq in order:
        entry = {"entry": every[seq - 1], "hash": hashed[seq - 1], "path": tree.path(seq)}
        lines.append({**entry, "texts": {}})
    return SimpleNamespace(open=lambda _: BytesIO(b"".join(map(canonical, lines))))


@pytest.mark.parametrize(
    ("order", "bad"),
    [((1, 2, 5, 9), []), ((1, 1, 9), [3]), ((2, 1, 9), [3]), ((5, 2, 3, 9), [3, 4])],
)
def test_entries_rise_and_no_line_asks_for_all_the_others(
    order: tuple[int, ...], bad: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = Extract.empty()._replace(seen=Unwalked())
    monkeypatch.setattr(Extract, "empty", lambda: empty)

    held, faults = extract_of(extract(*order))

    assert faults == [("extract_bad", {"line": line}) for line in bad]
    assert held.seen[9].type == "t"
