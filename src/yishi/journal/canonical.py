"""Canonical bytes, hashes and refs; one stored line to bytes and back (pure).

The rules are in docs/journal-format.md. A line is canonical when encoding what it says gives
its very bytes again: that one comparison finds blanks, reordered or doubled keys, other escapes.
"""

import hashlib
import re
from binascii import unhexlify
from collections.abc import Callable
from typing import Any, Final

import msgspec

from yishi.journal.faults import Fault, JournalBroken
from yishi.journal.model import ERASURE, FORMAT, SEALED, TIME, Entry, Line

ALGORITHMS: Final[dict[str, Callable[..., Any]]] = {"sha256": hashlib.sha256}
"""Hash functions by the name that stands in `alg`."""

ENTRY_DOMAIN: Final = b"yishi-journal-v1\n"
TEXT_DOMAIN: Final = b"yishi-text-v1\n"
SALT_BYTES: Final = 16

_is_spelled: Final = re.compile(r"[0-9a-f]{64}\Z").match
_WHERE: Final = re.compile(r"\$[^`]*")
_AFTER_ENTRY: Final = b',"hash":"'
_ENTRY_STARTS: Final = len(b'{"entry":')

_encoder: Final = msgspec.json.Encoder(order="sorted")
_decoder: Final = msgspec.json.Decoder(Line)
_quick_into: Final = msgspec.json.Encoder(order="deterministic").encode_into
"""As canonical, so long as the fields of the structs are declared in canonical order.

Not `encode_lines`: in msgspec 0.22 each call of it keeps the tuple it was given."""
_decode = _decoder.decode
_is_time: Final = re.compile(TIME).match
_sha256 = hashlib.sha256


class _Stamp(msgspec.Struct):
    """As much of an entry as tells in which format it is written."""

    v: int


class _Stamped(msgspec.Struct):
    entry: _Stamp


def canonical_bytes(value: Any) -> bytes:
    """Give the canonical bytes of JSON data or of an entry, whatever the order of its fields."""
    return _encoder.encode(value)


def entry_hash(entry: Entry) -> str:
    """Give the hex hash that names the entry. Raises KeyError for an unknown `alg`."""
    hashed: str = ALGORITHMS[entry.alg](ENTRY_DOMAIN + canonical_bytes(entry)).hexdigest()
    return hashed


def text_ref(salt: bytes, words: str) -> str:
    """Give the ref that stands in a payload for the words: a salted commitment, in hex."""
    return _sha256(TEXT_DOMAIN + salt + words.encode()).hexdigest()


def is_ref(value: object) -> bool:
    """Whether the value is spelled as a ref: 64 lower-case hex digits."""
    return isinstance(value, str) and _is_spelled(value) is not None


def encode_line(line: Line) -> bytes:
    """Give the stored bytes of a line, its line feed included."""
    return _encoder.encode(line) + b"\n"


def decode_line(raw: bytes, number: int = 1, room: bytearray | None = None) -> Line:
    """Read one stored line and check all that can be checked without its neighbours.

    Raises `JournalBroken`; `number` is the line's number for the fault. Who reads many lines
    gives each the same `room` to be written out in, which is quicker.
    """
    if not raw.endswith(b"\n"):
        raise JournalBroken(Fault(number, None, "journal.torn_line"))
    try:
        line = _decode(raw)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise JournalBroken(_unreadable(raw, number, error)) from None
    entry = line.entry
    if _is_time(entry.at) is None:
        raise broken(line, number, "journal.bad_entry", where="$.entry.at")
    algorithm = ALGORITHMS.get(entry.alg)
    if algorithm is None:
        raise broken(line, number, "journal.unknown_alg", alg=entry.alg)
    room = bytearray() if room is None else room
    _quick_into(line, room)
    room.extend(b"\n")
    if room != raw and encode_line(line) != raw:
        raise broken(line, number, "journal.not_canonical")
    # Within canonical strings every quote is escaped, and texts hold no "hash": the last is it.
    hashed = raw[_ENTRY_STARTS : raw.rfind(_AFTER_ENTRY)]
    if algorithm(ENTRY_DOMAIN + hashed).hexdigest() != line.hash:
        raise broken(line, number, "journal.hash_differs")
    if SEALED in entry.payload:
        _check_sealed(line, number)
    if line.texts:
        _check_texts(line, number)
    if entry.type == ERASURE and not is_ref(entry.payload.get("ref")):
        raise broken(line, number, "journal.bad_erasure")
    return line


def broken(line: Line, number: int, message: str, **params: str | int) -> JournalBroken:
    """Give the exception for a fault in a line that can be read."""
    return JournalBroken(Fault(number, line.entry.seq, message, params))


def _check_sealed(line: Line, number: int) -> None:
    """Raise unless `sealed` is a non-empty object from path to ref."""
    sealed, texts = line.entry.payload[SEALED], line.texts
    if type(sealed) is not dict or not sealed:
        raise broken(line, number, "journal.bad_sealed")
    for path, ref in sealed.items():
        # The key of a text is held against its hash, which is quicker than against a pattern.
        if not path or type(ref) is not str or not (ref in texts or _is_spelled(ref)):
            raise broken(line, number, "journal.bad_sealed", path=path)


def _check_texts(line: Line, number: int) -> None:
    """Raise unless each open text is emptied, or is the one its ref commits to."""
    for ref, text in line.texts.items():
        if text.salt:
            sound = _commits(ref, text.salt, text.words)
        else:
            sound = not text.words and is_ref(ref)
        if not sound:
            raise broken(line, number, "journal.text_differs", ref=ref)


def _commits(ref: str, salt: str, words: str) -> bool:
    """Whether the ref is that of these words with this salt, spelled in lower-case hex."""
    try:
        raw = unhexlify(salt)
    except ValueError:
        return False
    spelled = len(raw) == SALT_BYTES and raw.hex() == salt
    return spelled and _sha256(TEXT_DOMAIN + raw + words.encode()).hexdigest() == ref


def _unreadable(raw: bytes, number: int, error: Exception) -> Fault:
    """Say why a line cannot be read: not JSON, of another version, or misshapen."""
    if not isinstance(error, msgspec.ValidationError):
        return Fault(number, None, "journal.bad_json")
    try:
        version = msgspec.json.decode(raw, type=_Stamped).entry.v
    except (msgspec.MsgspecError, ValueError, RecursionError):
        version = FORMAT
    if version != FORMAT:
        return Fault(number, None, "journal.unknown_version", {"version": version})
    where = _WHERE.search(str(error))
    return Fault(number, None, "journal.bad_entry", {"where": where.group() if where else "$"})
