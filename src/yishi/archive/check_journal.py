"""The extract of a journal that lies in an archive package: is every entry whole, and in it?

A part of `check.py`; like it, it stands alone. The form is that of docs/journal-format.md.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, NamedTuple

from yishi.archive.check_result import Fault

LONGEST = 8 << 20
"""Bytes of one line."""

EXTRACT, FORM = "data/journal/extract.jsonl", "yishi-extract-v1"
ENOUGH = 50
"""Faults after which no more are looked for."""

AUDIT, ERASED = "audit", "text_erased"
CLOSED = (
    *("leave_requested", "leave_granted", "leave_refused", "office_told"),
    *("request_leave", "grant_leave", "refuse_leave", "tell_office"),
)
"""What is said of leave is for whoever asks and whoever decides: its words stay closed."""


class Told(NamedTuple):
    """An entry that the extract has."""

    hash: str
    type: str
    at: str
    stream: str
    payload: dict[str, Any]


class Extract(NamedTuple):
    """What an extract has told so far: of what it is, its entries by number, texts by their refs.

    A text that is emptied is owed an erasure, and stands with the entry that it was in.
    """

    head: dict[str, Any]
    seen: dict[int, Told]
    words: dict[str, str]
    owed: dict[str, int]
    gone: set[str]
    order: list[int]
    """The numbers of the entries, which only rise."""

    @classmethod
    def empty(cls) -> Extract:
        """One of which nothing is told."""
        return cls({}, {}, {}, {}, set(), [0])

    def text(self, seq: int, field: str) -> str | None:
        """What an entry says in a field; None where that is closed or erased."""
        return self.words.get(self.ref(seq, field))

    def ref(self, seq: int, field: str) -> str:
        """The name of the text in a field of an entry; empty where there is none."""
        sealed = self.seen[seq].payload.get("sealed", {})
        return str(sealed.get(field, ""))

    @property
    def sitting(self) -> str:
        """The meeting that it is of."""
        streams = (one.stream for one in self.seen.values())
        return next((s[len(SITTING) :] for s in streams if s.startswith(SITTING)), "")


SITTING = "sitting/"


def extract_of(bag: Any) -> tuple[Extract, list[Fault]]:
    """What it tells, and what is wrong with it; of a first line that is none, nothing."""
    faults: list[Fault] = []
    held, number = Extract.empty(), 0
    with bag.open(EXTRACT) as file:
        while len(faults) < ENOUGH:
            raw = file.readline(LONGEST + 1)
            if not raw:
                break
            number += 1
            try:
                line: Any = json.loads(raw.decode("utf-8"))
                sound = _begins(line, raw) if number == 1 else _sound(line, raw, held)
            except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
                sound = False
            if not sound:
                faults.append(("extract_bad", {"line": number}))
            elif number == 1:
                held.head.update(line)
            if not held.head:
                return held, faults
    faults += [
        ("text_gone", {"seq": seq}) for ref, seq in held.owed.items() if ref not in held.gone
    ]
    faults += [("text_closed", {"seq": seq}) for seq in _withheld(held)]
    size = held.head.get("size", 0)
    if size not in held.seen or held.seen[size].hash != held.head["hash"]:
        faults.append(("extract_bad", {"line": number + 1}))
    return held, faults


def _withheld(held: Extract) -> list[int]:
    """Where words of what happened are left out that a package tells."""
    open_ = held.words.keys() | held.owed.keys()
    return [
        seq
        for seq, one in held.seen.items()
        if one.stream != AUDIT and one.type not in (*CLOSED, ERASED)
        if not open_ >= {*one.payload.get("sealed", {}).values()}
    ]


def _begins(line: Any, raw: bytes) -> bool:
    named = all(isinstance(line[name], str) for name in ("chain", "hash", "root"))
    counted = whole(line["size"]) and line["size"] > 0
    return named and counted and line["form"] == FORM and canonical(line) == raw


def whole(value: Any) -> bool:
    """Whether it is a number without a fraction: 5.0 and true are none."""
    return type(value) is int


def _sound(line: Any, raw: bytes, held: Extract) -> bool:
    head, entry, seq = held.head, line["entry"], line["entry"]["seq"]
    if not whole(seq) or not all(isinstance(entry[name], str) for name in ("type", "at", "stream")):
        return False
    hashed = hashlib.sha256(b"yishi-journal-v1\n" + canonical(entry)[:-1]).hexdigest()
    if canonical(line) != raw or hashed != line["hash"] or set(line) - set(LINE):
        return False
    if entry["chain"] != head["chain"] or seq <= held.order[-1]:
        return False
    refs = set(entry["payload"].get("sealed", {}).values())
    for ref, text in line["texts"].items():
        salt, words = bytes.fromhex(text["salt"]), text["words"]
        made = hashlib.sha256(b"yishi-text-v1\n" + salt + words.encode()).hexdigest()
        if ref not in refs or (made != ref if salt else words):
            return False
        if salt:
            held.words[ref] = words
        else:
            held.owed[ref] = seq
    if entry["type"] == ERASED:
        held.gone.add(entry["payload"]["ref"])
    told = (entry[name] for name in ("type", "at", "stream", "payload"))
    held.seen[seq] = Told(hashed, *told)
    held.order.append(seq)
    return bool(_climbed(hashed, seq, head["size"], line["path"]) == head["root"])


LINE = ("entry", "hash", "path", "texts")


def canonical(value: Any) -> bytes:
    """Canonical bytes, with the line feed that ends a line."""
    said = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return said.encode() + b"\n"


def _leaf(hashed: str) -> bytes:
    return hashlib.sha256(b"\0" + bytes.fromhex(hashed)).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def _climbed(hashed: str, seq: int, size: int, path: list[str]) -> str:
    place, last, held, rest = seq - 1, size - 1, _leaf(hashed), [bytes.fromhex(p) for p in path]
    while last > 0:
        if place & 1 or place < last:
            other = rest.pop(0)
            held = _node(other, held) if place & 1 else _node(held, other)
        place, last = place >> 1, last >> 1
    return held.hex() if 0 <= seq - 1 < size and not rest else ""


def root_of(hashes: list[str]) -> str:
    """The root over the hashes of entries, in order."""
    level = [_leaf(one) for one in hashes]
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        pairs = range(0, len(level) - 1, 2)
        level = [_node(level[i], level[i + 1]) for i in pairs] + odd
    return level[0].hex() if level else ""
