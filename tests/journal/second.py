"""A second implementation, written from docs/journal-format.md and the standard library alone.

It shares nothing with `yishi.journal`, so that the two can be held against each other.
"""

import hashlib
import json
import re

MOST = 2**53 - 1
TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:Z|[+-](\d\d):(\d\d))", re.ASCII
)
SHORT = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}
MEMBERS = {"actor", "alg", "at", "behalf", "chain", "charter", "part", "payload", "prev"}
MEMBERS |= {"seq", "stream", "type", "v", "version"}


class Refused(Exception):  # noqa: N818
    """The bytes are not a journal."""


def require(holds):
    if not holds:
        raise Refused


def canonical(value):
    """§2."""
    if value is None:
        return b"null"
    if value is True:
        return b"true"
    if value is False:
        return b"false"
    if type(value) is int:
        require(-MOST <= value <= MOST)
        return str(value).encode("ascii")
    if type(value) is str:
        return quoted(value)
    if type(value) is list:
        return b"[" + b",".join(map(canonical, value)) + b"]"
    require(type(value) is dict)
    members = sorted((key.encode("utf-8"), key) for key in value)
    return b"{" + b",".join(quoted(k) + b":" + canonical(value[k]) for _, k in members) + b"}"


def quoted(text):
    """§2, strings."""
    out = []
    for character in text:
        code = ord(character)
        require(not 0xD800 <= code <= 0xDFFF)
        plain = f"\\u{code:04x}" if code < 0x20 else character
        out.append(SHORT.get(code, plain))
    return ('"' + "".join(out) + '"').encode("utf-8")


def digest(entry):
    """§4."""
    return hashlib.sha256(b"yishi-journal-v1\n" + canonical(entry)).hexdigest()


def commitment(salt, words):
    """§5."""
    return hashlib.sha256(b"yishi-text-v1\n" + salt + words.encode("utf-8")).hexdigest()


def is_hex(value, digits):
    return type(value) is str and re.fullmatch(f"[0-9a-f]{{{digits}}}", value) is not None


def read(raw):
    """§1–§5: one line to its entry, hash and texts, or `Refused`."""
    require(raw.endswith(b"\n"))
    try:
        line = json.loads(raw[:-1].decode("utf-8"), parse_float=no, parse_constant=no)
    except (ValueError, RecursionError):
        raise Refused from None
    require(type(line) is dict and set(line) == {"entry", "hash", "texts"})
    check_entry(line["entry"])
    require(canonical(line) + b"\n" == raw)
    require(digest(line["entry"]) == line["hash"])
    check_texts(line["texts"])
    return line["entry"], line["hash"], line["texts"]


def no(_):
    raise Refused


def check_entry(entry):
    """§3."""
    require(type(entry) is dict and set(entry) == MEMBERS)
    require(type(entry["v"]) is int and entry["v"] == 1 and entry["alg"] == "sha256")
    for name in ("chain", "stream", "type"):
        require(type(entry[name]) is str and entry[name])
    for name in ("actor", "prev"):
        require(type(entry[name]) is str)
    for name in ("behalf", "charter"):
        require(entry[name] is None or type(entry[name]) is str)
    for name in ("seq", "version"):
        require(type(entry[name]) is int and 1 <= entry[name] <= MOST)
    part = entry["part"]
    require(type(part) is list and [type(p) for p in part] == [int, int])
    check_time(entry["at"])
    payload = entry["payload"]
    require(type(payload) is dict and depth(payload) <= 8)
    sealed = payload.get("sealed", {"-": "0" * 64})
    require(type(sealed) is dict and sealed)
    require(all(path and is_hex(ref, 64) for path, ref in sealed.items()))
    require(entry["type"] != "text_erased" or is_hex(payload.get("ref"), 64))


def check_time(at):
    """§3.1."""
    match = TIME.fullmatch(at) if type(at) is str else None
    require(match)
    _, month, day, hour, minute, second, *offset = (int(n or 0) for n in match.groups())
    require(1 <= month <= 12 and 1 <= day <= 31 and hour < 24 and minute < 60 and second < 60)
    require(offset[0] < 24 and offset[1] < 60)


def depth(value):
    if type(value) is dict:
        value = list(value.values())
    return 1 + max(map(depth, value), default=0) if type(value) is list else 0


def check_texts(texts):
    """§5 and §6."""
    require(type(texts) is dict)
    for ref, text in texts.items():
        require(type(text) is dict and set(text) == {"salt", "words"} and is_hex(ref, 64))
        salt, words = text["salt"], text["words"]
        require(type(salt) is str and type(words) is str)
        if salt or words:
            require(is_hex(salt, 32) and commitment(bytes.fromhex(salt), words) == ref)


def sound(raws, head=None):
    """§7: how many entries are sound, and whether all is well."""
    state = {"seq": 0, "hash": "0" * 64, "chain": None, "part": 0, "parts": 0, "refs": set()}
    good, owed, recorded, well = 0, {}, set(), True
    rest = list(raws)
    for at, raw in enumerate(rest):
        try:
            entry, hashed, texts = read(raw)
            follow(state, entry, hashed, texts, head)
        except Refused:
            recorded |= {ref for later in rest[at:] for ref in erasures(later)}
            well = False
            break
        for ref in (ref for ref, text in texts.items() if not text["salt"]):
            owed.setdefault(ref, good)
        recorded |= set(erasures(raw))
        good = good if state["part"] else entry["seq"]
    missing = [before for ref, before in owed.items() if ref not in recorded]
    well = well and not state["part"] and (not head or state["seq"] >= head[0])
    return min([good, *missing]), well and not missing


def erasures(raw):
    try:
        entry, _, _ = read(raw)
    except Refused:
        return []
    return [entry["payload"]["ref"]] if entry["type"] == "text_erased" else []


def follow(state, entry, hashed, texts, head):
    """§3.2, §4, §5 and §7: does the line continue the chain?"""
    require(state["chain"] in (None, entry["chain"]))
    require(entry["seq"] == state["seq"] + 1 and entry["prev"] == state["hash"])
    require(not head or head[0] != entry["seq"] or head[1] == hashed)
    i, n = entry["part"]
    require(i == state["part"] + 1 and 1 <= i <= n and (i == 1 or n == state["parts"]))
    needed = set(entry["payload"].get("sealed", {}).values())
    known = state["refs"] if i > 1 else set()
    require(needed <= known | set(texts) and set(texts) <= needed - known)
    state.update(seq=entry["seq"], hash=hashed, chain=entry["chain"], refs=known | needed)
    state.update(part=i % n, parts=n)
