"""The extract of a journal that lies in an archive package: is every entry whole, and in it?

A part of `check.py`; like it, it stands alone. The form is that of docs/journal-format.md.
"""

import hashlib
import json
from typing import Any, NamedTuple

LONGEST = 8 << 20
"""Bytes of one line."""

EXTRACT, FORM = "data/journal/extract.jsonl", "yishi-extract-v1"
ENOUGH = 50
"""Faults after which no more are looked for."""

Fault = tuple[str, dict[str, Any]]


class Held(NamedTuple):
    """What an extract has told so far: its entries, texts that are emptied, and erasures."""

    seen: dict[int, dict[str, str]]
    owed: dict[str, int]
    gone: set[str]


def extract_of(bag: Any) -> tuple[dict[str, Any], list[Fault], dict[int, dict[str, str]], int]:
    """What it is of, what is wrong, each entry by its number, and how many texts are erased."""
    faults, head, held, number = list[Fault](), dict[str, Any](), Held({}, {}, set()), 0
    with bag.open(EXTRACT) as file:
        while len(faults) < ENOUGH and (raw := file.readline(LONGEST + 1)):
            number += 1
            try:
                line: Any = json.loads(raw.decode("utf-8"))
                sound = _begins(line, raw) if number == 1 else _sound(line, raw, head, held)
            except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
                sound = False
            if not sound:
                faults.append(("extract_bad", {"line": number}))
            elif number == 1:
                head = line
            if not head:
                return {}, faults, {}, 0
    faults += [
        ("text_gone", {"seq": seq}) for ref, seq in held.owed.items() if ref not in held.gone
    ]
    seen = held.seen
    if not seen or head["size"] not in seen or seen[head["size"]]["hash"] != head["hash"]:
        faults.append(("extract_bad", {"line": number + 1}))
    return head, faults, seen, len(held.owed)


def _begins(line: Any, raw: bytes) -> bool:
    named = all(isinstance(line[name], str) for name in ("chain", "hash", "root"))
    counted = whole(line["size"]) and line["size"] > 0
    return named and counted and line["form"] == FORM and canonical(line) == raw


def whole(value: Any) -> bool:
    """Whether it is a number without a fraction: 5.0 and true are none."""
    return type(value) is int


def _sound(line: Any, raw: bytes, head: dict[str, Any], held: Held) -> bool:
    entry, seq = line["entry"], line["entry"]["seq"]
    if not whole(seq) or not all(isinstance(entry[name], str) for name in ("type", "at")):
        return False
    hashed = hashlib.sha256(b"yishi-journal-v1\n" + canonical(entry)[:-1]).hexdigest()
    if canonical(line) != raw or hashed != line["hash"] or set(line) - set(LINE):
        return False
    if entry["chain"] != head["chain"] or seq <= next(reversed(held.seen), 0):
        return False
    refs = set(entry["payload"].get("sealed", {}).values())
    for ref, text in line["texts"].items():
        salt, words = bytes.fromhex(text["salt"]), text["words"]
        made = hashlib.sha256(b"yishi-text-v1\n" + salt + words.encode()).hexdigest()
        if ref not in refs or (made != ref if salt else words):
            return False
        if not salt:
            held.owed[ref] = seq
    if entry["type"] == "text_erased":
        held.gone.add(entry["payload"]["ref"])
    held.seen[seq] = {"hash": hashed, "type": entry["type"], "at": entry["at"]}
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
