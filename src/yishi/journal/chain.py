"""One institution's chain: from drafts to lines (pure; chance comes from outside)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from yishi.journal.canonical import (
    SALT_BYTES,
    decode_line,
    encode_line,
    entry_hash,
    text_ref,
)
from yishi.journal.faults import BadDraft, JournalBroken
from yishi.journal.model import SEALED, ZERO, Draft, Entry, Line, OpenText

ALGORITHM: Final = "sha256"
"""With which new entries are hashed."""

Salt = Callable[[], bytes]
_PLAIN: Final = (str, int, bool, type(None))


class Chain(msgspec.Struct, frozen=True):
    """Where the chain of an institution stands: after entry `seq`, whose hash is `head`."""

    chain_id: str
    seq: int = 0
    head: str = ZERO

    def extend(self, drafts: Sequence[Draft], salt: Salt) -> "tuple[Chain, tuple[Line, ...]]":
        """Append the drafts as one transaction; nothing is stored.

        `salt` gives 16 fresh random bytes at each call. Raises `BadDraft`.
        """
        if not drafts:
            raise BadDraft("drafts", "a transaction has at least one entry")
        chain, lines, refs = self, list[Line](), dict[str, str]()
        for i, draft in enumerate(drafts, 1):
            line = chain._line(draft, (i, len(drafts)), refs, salt)
            chain = Chain(self.chain_id, line.entry.seq, line.hash)
            lines.append(line)
        return chain, tuple(lines)

    def _line(self, draft: Draft, part: tuple[int, int], refs: dict[str, str], salt: Salt) -> Line:
        """Make the next line; `refs` holds the words this transaction has sealed so far."""
        facts = _facts(draft.payload)
        sealed, texts = _seal(draft.texts, refs, salt)
        if sealed:
            facts[SEALED] = sealed
        _check_time(draft.at)
        entry = Entry(
            v=1,
            alg=ALGORITHM,
            chain=self.chain_id,
            seq=self.seq + 1,
            stream=draft.stream,
            type=draft.type,
            version=draft.version,
            payload=facts,
            actor=draft.actor,
            behalf=draft.behalf,
            at=draft.at,
            charter=draft.charter,
            part=part,
            prev=self.head,
        )
        return _as_read(entry, texts)


def _as_read(entry: Entry, texts: dict[str, OpenText]) -> Line:
    """Give the line as the verifier will read it, so that nothing unreadable is ever written."""
    try:
        return decode_line(encode_line(Line(entry, entry_hash(entry), texts)))
    except UnicodeEncodeError as error:
        raise BadDraft("draft", "text with a lone surrogate") from error
    except JournalBroken as error:
        where = str(error.fault.params.get("where", "$"))
        raise BadDraft(where.removeprefix("$.entry."), error.fault.id) from error


def _seal(
    texts: Mapping[str, str], refs: dict[str, str], salt: Salt
) -> tuple[dict[str, str], dict[str, OpenText]]:
    """Give the refs by path, and the texts that the transaction has not sealed before."""
    sealed, opened = dict[str, str](), dict[str, OpenText]()
    for path, words in texts.items():
        if words not in refs:
            ref, text = _commit(path, words, salt())
            refs[words], opened[ref] = ref, text
        sealed[path] = refs[words]
    return sealed, opened


def _commit(path: str, words: str, salt: bytes) -> tuple[str, OpenText]:
    """Commit to the words with the salt."""
    if type(words) is not str or not path:
        raise BadDraft(f"texts.{path}", "not words under a path")
    if len(salt) != SALT_BYTES:
        raise BadDraft("salt", f"not {SALT_BYTES} bytes")
    try:
        return text_ref(salt, words), OpenText(salt.hex(), words)
    except UnicodeEncodeError as error:
        raise BadDraft(f"texts.{path}", "a lone surrogate") from error


def _facts(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Copy the payload, refusing what JSON would silently change or the format leaves out."""
    if SEALED in payload:
        raise BadDraft(f"payload.{SEALED}", "reserved for the refs of texts")
    return {_key(key, "payload"): _plain(value, f"payload.{key}") for key, value in payload.items()}


def _plain(value: Any, where: str) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is dict:
        return {_key(key, where): _plain(item, f"{where}.{key}") for key, item in value.items()}
    if kind is list or kind is tuple:
        return [_plain(item, f"{where}.{i}") for i, item in enumerate(value)]
    raise BadDraft(where, f"{kind.__name__} has no place in a payload")


def _key(key: Any, where: str) -> str:
    if type(key) is not str:
        raise BadDraft(where, "a key that is no string")
    return key


def _check_time(at: str) -> None:
    """Refuse a day that no calendar has; the spelling is checked with the rest of the entry."""
    try:
        datetime.fromisoformat(at)
    except (TypeError, ValueError) as error:
        raise BadDraft("at", "not a time with an explicit offset (RFC 3339)") from error
