"""Makes docs/journal-vectors. Run it as `python -m tests.journal.vectors` when they must change."""

import json
from pathlib import Path

import msgspec

from yishi.journal import EMPTIED, canonical_bytes, decode_line, encode_line, extract, verify

from .cast import decided, erased, stored, submitted, voted

FOLDER = Path(__file__).parents[2] / "docs" / "journal-vectors"

VALUES = {
    "empty object": {},
    "empty array": [],
    "keys by code point, not by UTF-16 unit": {"\U00010000": 1, "\uffff": 2, "z": 3, "": 4, "Z": 5},
    "Chinese keys": {"乙": 2, "甲": 1, "a": {"丙": [], "b": {}}},
    "short escapes": '"\\\b\t\n\f\r',
    "other controls": "\x00\x01\x1f",
    "not escaped": "/\x7f\x80\u2028\u2029\ufeff\uffff🖋",
    "not normalised": ["é", "e\u0301"],
    "integers": [0, -1, 10, 2**53 - 1, -(2**53) + 1],
    "constants": [True, False, None],
    "order of arrays": [3, 1, 2],
}


def journal():
    """Give the journal of §10, and the ref it erases."""
    acts = [submitted(), voted(), decided(), submitted("i2", "议题二")]
    ref = next(iter(decode_line(stored(*acts)[2]).texts))
    return stored(*acts, erased(ref)), ref


def emptied(raws, ref):
    """Carry out the erasure without a store."""
    return [encode_line(_without(decode_line(raw), ref)) for raw in raws]


def _without(line, ref):
    texts = {r: EMPTIED if r == ref else text for r, text in line.texts.items()}
    return msgspec.structs.replace(line, texts=texts)


def spoiled():
    """Give lines that must be refused, by name."""
    good = stored(voted())[0]
    sealed = stored(submitted())[0]
    return {
        "no line feed": good[:-1],
        "carriage return": good[:-1] + b"\r\n",
        "blank line": b"\n",
        "not UTF-8": good.replace(b"VoteClosed", b"VoteClos\xff\xff"),
        "blank in an object": good.replace(b'{"entry":', b'{"entry": '),
        "doubled key": good.replace(b'"yes":5', b'"yes":6,"yes":5'),
        "doubled member": good.replace(b'"v":1', b'"v":1,"v":1'),
        "keys in another order": good.replace(b'"no":-1,"yes":5', b'"yes":5,"no":-1'),
        "needless escape": good.replace(b"VoteClosed", b"\\u0056oteClosed"),
        "lone surrogate": good.replace(b"VoteClosed", b"\\ud800"),
        "fraction": good.replace(b'"yes":5', b'"yes":5.5'),
        "whole fraction": good.replace(b'"yes":5', b'"yes":5.0'),
        "whole fraction as seq": good.replace(b'"seq":1', b'"seq":1.0'),
        "exponent": good.replace(b'"yes":5', b'"yes":5e0'),
        "NaN": good.replace(b'"yes":5', b'"yes":NaN'),
        "minus zero": good.replace(b'"yes":5', b'"yes":-0'),
        "2^53": good.replace(b'"yes":5', b'"yes":9007199254740992'),
        "2^70": good.replace(b'"yes":5', b'"yes":%d' % 2**70),
        "nine deep": good.replace(b'"yes":5', b'"yes":' + b"[" * 8 + b"]" * 8),
        "very deep": good.replace(b'"yes":5', b'"yes":' + b"[" * 200 + b"]" * 200),
        "member too many": good.replace(b'"v":1', b'"u":1,"v":1'),
        "member missing": good.replace(b'"charter":', b'"chartre":'),
        "true for one": good.replace(b'"seq":1', b'"seq":true'),
        "time without offset": good.replace(b"10:00:00+08:00", b"10:00:00"),
        "time of hour 24": good.replace(b"T10:", b"T24:"),
        "version 2": good.replace(b'"v":1', b'"v":2'),
        "unknown hash function": good.replace(b'"sha256"', b'"sm3"'),
        "another fact": good.replace(b'"yes":5', b'"yes":6'),
        "hash in capitals": good[:-80] + good[-80:].upper().replace(b"TEXTS", b"texts"),
        "other words": sealed.replace("延长".encode(), "缩短".encode()),
        "text emptied": emptied([sealed], next(iter(decode_line(sealed).texts)))[0],
        "text taken out": sealed[: sealed.index(b'"texts":')] + b'"texts":{}}\n',
    }


def refused():
    """Give the refused lines with the fault of each."""
    return [
        {"name": name, "line": raw.hex(), "fault": verify([raw]).first_bad.id}
        for name, raw in spoiled().items()
    ]


def expected(raws, gone):
    """Give what the journal's hashes and refs must be."""
    lines = [decode_line(raw) for raw in raws]
    return {
        "head": {"seq": lines[-1].entry.seq, "hash": lines[-1].hash},
        "hashes": [line.hash for line in lines],
        "sealed": {str(line.entry.seq): line.entry.sealed for line in lines if line.entry.sealed},
        "erased": gone,
    }


def files():
    """Give the bytes of every vector file by name."""
    raws, ref = journal()
    values = [{"name": n, "value": v, "bytes": canonical_bytes(v).hex()} for n, v in VALUES.items()]
    return {
        "canonical.json": pretty(values),
        "refused.json": pretty(refused()),
        "journal.jsonl": b"".join(raws),
        "erased.jsonl": b"".join(emptied(raws, ref)),
        "extract.jsonl": b"".join(extracted(raws)),
        "expected.json": pretty(expected(raws, ref)),
    }


def extracted(raws):
    """Give the extract of entries 2 and 4; the words of entry 2 stay closed."""
    lines = [decode_line(raw) for raw in raws]
    return extract([line.hash for line in lines[:4]], [lines[1], lines[3]], lines[3].texts)


def pretty(value):
    return json.dumps(value, indent=1, ensure_ascii=True).encode() + b"\n"


if __name__ == "__main__":
    for name, content in files().items():
        (FOLDER / name).write_bytes(content)
