"""Is the record sound? Reads lines in order, in memory that does not grow with them (pure).

Only the refs whose erasure is recorded, or still owed, are kept. Bad input never raises out of
`verify`; it becomes a `Fault`.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

import msgspec

from yishi.journal.canonical import broken, decode_line
from yishi.journal.faults import Fault, JournalBroken, Report
from yishi.journal.model import ERASURE, SEALED, Head, Line

_NONE: Final[dict[str, str]] = {}


class _Owed(msgspec.Struct, frozen=True):
    """An emptied text whose erasure has not been met yet: the fault, should it never be."""

    fault: Fault
    sound: Head


class Track:
    """What the next line must fit: chain, sequence, previous hash, transaction, texts."""

    __slots__ = (
        "chain", "emptied", "goal", "hash", "owed", "part", "parts", "recorded", "refs", "seq",
        "sound_hash", "sound_seq",
    )  # fmt: skip

    def __init__(
        self, chain: str | None = None, start: Head | None = None, goal: Head | None = None
    ) -> None:
        """Begin with a chain's first line, or after `start`; `goal` must be met on the way."""
        self.chain = chain
        begun = start or Head()
        self.seq, self.hash = begun.seq, begun.hash
        self.sound_seq, self.sound_hash = begun.seq, begun.hash
        self.goal = goal or Head()
        self.part, self.parts = 0, 0
        self.refs: set[str] = set()
        self.emptied: set[str] = set()
        self.recorded: set[str] = set()
        self.owed: dict[str, _Owed] = {}

    @property
    def sound(self) -> Head:
        """How far whole transactions reach."""
        return Head(self.sound_seq, self.sound_hash)

    def take(self, line: Line, number: int) -> None:
        """Follow one well-formed line. Raises `JournalBroken` if it does not fit."""
        entry, seq = line.entry, line.entry.seq
        if entry.chain != self.chain:
            self._name(line, number)
        if seq != self.seq + 1:
            raise broken(line, number, "journal.seq_gap", expected=self.seq + 1)
        if entry.prev != self.hash:
            raise broken(line, number, "journal.prev_differs")
        if seq == self.goal.seq and line.hash != self.goal.hash:
            raise broken(line, number, "journal.head_differs")
        part, parts = entry.part
        if part != self.part + 1 or (parts != self.parts if self.part else parts < 1):
            raise broken(line, number, "journal.torn_transaction", part=part, parts=parts)
        if SEALED in entry.payload or line.texts:
            self._match(line, number)
        if entry.type == ERASURE:
            self._record(entry.payload["ref"])
        self.seq, self.hash = seq, line.hash
        if part != parts:
            self.part, self.parts = part, parts
            return
        self.part, self.sound_seq, self.sound_hash = 0, seq, line.hash
        if parts > 1 and self.refs:
            self.refs = set()

    def look_on(self, raw: bytes) -> bool:
        """Say whether a line at or after a fault is well-formed, and heed its erasure."""
        try:
            line = decode_line(raw)
        except JournalBroken:
            return False
        if line.entry.type == ERASURE:
            self._record(line.entry.payload["ref"])
        return True

    def first(self, fault: Fault | None, missing: int) -> Fault | None:
        """Give the earliest fault once all is read; `missing` numbers the line that would follow.

        An emptied text is a fault only now, since its erasure stands behind it.
        """
        if self.owed:
            owed = next(iter(self.owed.values()))
            self.sound_seq, self.sound_hash = owed.sound.seq, owed.sound.hash
            return owed.fault
        if fault is None and self.part:
            params: dict[str, str | int] = {"part": self.part + 1, "parts": self.parts}
            return Fault(missing, self.seq + 1, "journal.torn_transaction", params)
        if fault is None and self.seq < self.goal.seq:
            return Fault(missing, self.seq + 1, "journal.head_missing", {"expected": self.goal.seq})
        return fault

    def _name(self, line: Line, number: int) -> None:
        """Take the chain's name from the first line; afterwards it must not change."""
        if self.chain is not None:
            raise broken(line, number, "journal.other_chain", chain=line.entry.chain)
        self.chain = line.entry.chain

    def _match(self, line: Line, number: int) -> None:
        """Hold the payload's refs against the texts at hand: none missing, none too many."""
        texts = line.texts
        needed = line.entry.payload.get(SEALED, _NONE).values()
        if not texts and self.refs.issuperset(needed):
            return
        if self.refs or texts.keys() != set(needed):
            self._share(needed, line, number)
        for ref, text in texts.items():
            if not text.salt:
                self._owe(ref, line, number)
        if line.entry.part[1] > 1:
            self.refs.update(needed)

    def _share(self, needed: Collection[str], line: Line, number: int) -> None:
        """Let earlier lines of the transaction supply refs; each text stands once."""
        for ref in needed:
            if ref not in line.texts and ref not in self.refs:
                raise broken(line, number, "journal.text_missing", ref=ref)
        for ref in line.texts:
            if ref not in needed or ref in self.refs:
                raise broken(line, number, "journal.text_stray", ref=ref)

    def _owe(self, ref: str, line: Line, number: int) -> None:
        self.emptied.add(ref)
        if ref not in self.recorded and ref not in self.owed:
            error = broken(line, number, "journal.text_missing_without_erasure", ref=ref)
            self.owed[ref] = _Owed(error.fault, self.sound)

    def _record(self, ref: str) -> None:
        self.recorded.add(ref)
        self.owed.pop(ref, None)


def follow(lines: Iterable[bytes], track: Track) -> Iterator[Line]:
    """Give the lines as the track takes them. Raises `JournalBroken` at the first fault."""
    number, room = 0, bytearray()
    for number, raw in enumerate(lines, 1):
        line = decode_line(raw, number, room)
        track.take(line, number)
        yield line
    fault = track.first(None, number + 1)
    if fault is not None:
        raise JournalBroken(fault)


def verify(lines: Iterable[bytes], head: Head | None = None, chain: str | None = None) -> Report:
    """Verify a whole chain from its stored lines, each with its line feed.

    `head` is a head known from elsewhere that the chain must reach or pass; without it a chain
    cut short between two transactions looks sound. `chain` is the name it should have; without
    it the first line's name is believed.
    """
    track, fault, number, rest = Track(chain, goal=head), None, 0, 0
    numbered, room = enumerate(lines, 1), bytearray()
    try:
        for number, raw in numbered:
            track.take(decode_line(raw, number, room), number)
    except JournalBroken as error:
        fault = error.fault
        rest = track.look_on(raw)
        for number, raw in numbered:  # noqa: B007 - counted below
            rest += track.look_on(raw)
    formed = number if fault is None else fault.line - 1 + rest
    fault = track.first(fault, number + 1)
    return Report(
        sound=track.sound.seq,
        first_bad=fault,
        head=track.sound,
        lines=number,
        later=formed - fault.line + 1 if fault else 0,
        erased=len(track.emptied),
        unerased=len(track.recorded - track.emptied),
    )
