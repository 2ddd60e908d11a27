"""One chain in one file, JSON Lines: the only module of the journal that touches files.

Writers exclude one another through the file's lock. Readers see what was whole when they began:
an append only adds behind it, and an erasure puts a new file in its place.
"""

import io
import os
import secrets
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import msgspec

from yishi.journal.canonical import SALT_BYTES, broken, decode_line, encode_line
from yishi.journal.chain import Chain, Salt
from yishi.journal.faults import ErasureNotRecorded, JournalBroken, Report
from yishi.journal.model import EMPTIED, Draft, Head, Line
from yishi.journal.verifier import Track, follow, verify

if sys.platform != "win32":
    import fcntl

_BLOCK: Final = 8192
"""Bytes first read from a file's end in search of its last transaction."""


class FileStore:
    """The journal of one institution in the file at `path`.

    `chain_id` is needed only while the file is still empty; afterwards the chain says it
    itself, and a name that differs is refused. Operating-system errors come through as OSError.
    """

    def __init__(self, path: str | Path, chain_id: str | None = None) -> None:
        self.path = Path(path)
        self.chain_id = chain_id

    @classmethod
    def create(cls, path: str | Path, chain_id: str) -> "FileStore":
        """Make an empty journal. Raises FileExistsError."""
        store = cls(path, chain_id)
        with open(store.path, "xb"):
            _sync_folder(store.path)
        return store

    def append(self, drafts: Sequence[Draft], salt: Salt | None = None) -> tuple[Line, ...]:
        """Append one transaction; it is on the disk when this returns.

        Raises `BadDraft`, or `JournalBroken` when the last transaction does not verify.
        """
        with self._locked("r+b", exclusive=True) as file:
            _, lines = self._chain(file).extend(drafts, salt or _chance)
            _write(file, b"".join(map(encode_line, lines)))
        return lines

    def read(self) -> Iterator[Line]:
        """Give the lines in order, verified, and only those of whole transactions.

        Raises `JournalBroken` where the first fault is met.
        """
        act: list[Line] = []
        for line in follow(self._raw(), Track(self.chain_id)):
            act.append(line)
            if line.entry.part[0] == line.entry.part[1]:
                yield from act
                act = []

    def head(self) -> Head:
        """Give the head of the chain. Raises `JournalBroken` as `append` does."""
        with self._locked("rb", exclusive=False) as file:
            last = self._last(file)
        return Head(last.entry.seq, last.hash) if last else Head()

    def verify(self, head: Head | None = None) -> Report:
        """Verify the whole file; see `verifier.verify`."""
        return verify(self._raw(), head, self.chain_id)

    def erase(self, ref: str) -> None:
        """Empty the text of the ref wherever it stands; doing so again changes nothing.

        The words leave this file; copies and the disk's own freed blocks are the operator's.
        Raises `ErasureNotRecorded` unless a `text_erased` entry names the ref, `JournalBroken`
        when the file does not verify.
        """
        with self._locked("r+b", exclusive=True) as file:
            if ref not in _erasures(file, self.chain_id):
                raise ErasureNotRecorded(ref)
            _replace(self.path, file, ref)

    def _chain(self, file: IO[bytes]) -> Chain:
        """Give the chain as it stands. Raises ValueError when it is empty and has no name."""
        last = self._last(file)
        if last is not None:
            return Chain(last.entry.chain, last.entry.seq, last.hash)
        if self.chain_id is None:
            raise ValueError("an empty journal needs its chain_id")
        return Chain(self.chain_id)

    def _last(self, file: IO[bytes]) -> Line | None:
        """Give the last line, once its transaction has been verified."""
        try:
            lines = _last_transaction(file, self.chain_id)
        except JournalBroken as error:
            file.seek(0)
            found = verify(file, chain=self.chain_id).first_bad
            raise JournalBroken(found or error.fault) from None
        return lines[-1] if lines else None

    def _raw(self) -> Iterator[bytes]:
        """Give the stored lines that are whole now, without holding up writers."""
        with self._locked("rb", exclusive=False) as file:
            left = os.fstat(file.fileno()).st_size
            _unlock(file)
            for raw in file:
                if left <= 0:
                    return
                left -= len(raw)
                yield raw

    @contextmanager
    def _locked(self, mode: str, *, exclusive: bool) -> Iterator[IO[bytes]]:
        """Open the file and lock it; again if an erasure replaced it while we waited."""
        while True:
            with open(self.path, mode) as file:
                _lock(file, exclusive)
                if os.path.samestat(os.fstat(file.fileno()), os.stat(self.path)):
                    yield file
                    return


def _chance() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def _last_transaction(file: IO[bytes], chain: str | None) -> list[Line]:
    """Read the file's last transaction from its end. Raises `JournalBroken` if it is unsound."""
    stored = _last_lines(file)
    if not stored:
        return []
    first = decode_line(stored[0]).entry
    before = Head(first.seq - 1, first.prev) if first.seq > 1 else Head()
    track, lines = Track(chain, before), []
    for number, raw in enumerate(stored, first.seq):
        lines.append(decode_line(raw, number))
        track.take(lines[-1], number)
    if track.part:
        raise broken(lines[-1], track.seq, "journal.torn_transaction")
    return lines


def _last_lines(file: IO[bytes]) -> list[bytes]:
    """Give as many lines from the end as the last one says its transaction has."""
    size, block = file.seek(0, os.SEEK_END), _BLOCK
    while True:
        start = max(0, size - block)
        file.seek(start)
        lines = io.BytesIO(file.read(size - start)).readlines()
        if start:
            del lines[0]
        wanted = decode_line(lines[-1]).entry.part[1] if lines else 1
        if start == 0 or 1 <= wanted <= len(lines):
            return lines[-wanted:]
        block *= 4


def _erasures(file: IO[bytes], chain: str | None) -> set[str]:
    """Give the refs whose erasure is recorded. Raises `JournalBroken`."""
    track = Track(chain)
    file.seek(0)
    for _ in follow(file, track):
        pass
    return track.recorded


def _write(file: IO[bytes], stored: bytes) -> None:
    """Add the bytes at the end and see them onto the disk; leave none if that fails."""
    number = file.fileno()
    end = os.lseek(number, 0, os.SEEK_END)
    try:
        rest = memoryview(stored)
        while rest:
            rest = rest[os.write(number, rest) :]
        os.fsync(number)
    except BaseException:
        os.ftruncate(number, end)
        raise


def _replace(path: Path, file: IO[bytes], ref: str) -> None:
    """Put a copy in place of the file in which the text of the ref is emptied."""
    fresh = path.with_name(f".{path.name}.erasing")
    try:
        with open(fresh, "wb") as copy:
            shutil.copymode(path, fresh)
            file.seek(0)
            copy.writelines(_emptied(raw, ref) for raw in file)
            copy.flush()
            os.fsync(copy.fileno())
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
    _sync_folder(path)


def _emptied(raw: bytes, ref: str) -> bytes:
    if ref.encode() not in raw:
        return raw
    line = decode_line(raw)
    if ref not in line.texts:
        return raw
    return encode_line(msgspec.structs.replace(line, texts={**line.texts, ref: EMPTIED}))


def _sync_folder(path: Path) -> None:
    """See the file's name onto the disk, where the system can."""
    if sys.platform != "win32":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _lock(file: IO[bytes], exclusive: bool) -> None:
    """Wait for the file's lock, where the system has one; closing the file gives it back."""
    if sys.platform != "win32":
        fcntl.flock(file, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)


def _unlock(file: IO[bytes]) -> None:
    if sys.platform != "win32":
        fcntl.flock(file, fcntl.LOCK_UN)
