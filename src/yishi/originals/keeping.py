"""Files of what was issued: kept once, given back as they were, emptied by an erasure."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

import msgspec

from yishi.originals.models import Original
from yishi.procedure.state import State


class Altered(ValueError):  # noqa: N818
    """Bytes that are not, or no longer, those of their digest."""


class File(msgspec.Struct, frozen=True):
    """A file that goes out: its bytes, and the words printed in it."""

    content: bytes
    words: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes."""
        return hashlib.sha256(self.content).hexdigest()


def keep(institution: str, files: Iterable[File], at: datetime) -> None:
    """Keep the bytes for good; the same bytes are kept once."""
    rows = [
        Original(
            institution=institution,
            digest=one.digest,
            size=len(one.content),
            content=one.content,
            words="\n".join(dict.fromkeys(map(_bare, one.words))),
            at=at,
        )
        for one in files
    ]
    if rows:
        Original.objects.bulk_create(rows, ignore_conflicts=True)


def take(institution: str, digest: str) -> bytes | None:
    """The bytes of that digest; None where this database has none, or an erasure emptied them.

    Raises `Altered` where what is there is something else.
    """
    rows = Original.objects.filter(institution=institution, digest=digest)
    content = bytes(rows.values_list("content", flat=True).first() or b"")
    if not content:
        return None
    if hashlib.sha256(content).hexdigest() != digest:
        raise Altered(digest)
    return content


def sizes_of(institution: str, digests: Iterable[str]) -> dict[str, int]:
    """The sizes of those that are kept here, by digest; nothing of one that was emptied."""
    rows = Original.objects.filter(institution=institution, digest__in=list(digests))
    return dict(rows.exclude(content=b"").values_list("digest", "size"))


def empty(institution: str, erased: Iterable[str]) -> int:
    """Empty the files in which words stand that have been erased; how many there were."""
    lines = {_bare(line) for words in erased for line in words.splitlines()}
    lines = {line for line in lines if len(line) > 1}
    if not lines:
        return 0
    rows = Original.objects.filter(institution=institution).exclude(words="")
    held = [row for row, words in rows.values_list("id", "words") if _holds(words, lines)]
    return Original.objects.filter(id__in=held).update(content=b"", words="")


def _holds(words: str, lines: set[str]) -> bool:
    return any(line in words for line in lines)


def _bare(words: str) -> str:
    """The letters alone: what a paper leaves out or puts between them hides no words."""
    return _LOOSE.sub("", words)


_LOOSE: Final = re.compile(r"\W+")


class Found(msgspec.Struct, frozen=True):
    """How one original stands: `sound`, `emptied`, `altered`, or `missing`."""

    sitting: str
    paper: str
    form: str
    digest: str
    status: str


def checked(institution: str, state: State) -> Iterator[Found]:
    """Every original that the journal names, looked at byte for byte."""
    for sitting in state.sittings.values():
        for one in sitting.minutes.every_file if sitting.minutes else ():
            status = _status(institution, one.digest)
            yield Found(sitting.id, one.paper, one.form, one.digest, status)


def _status(institution: str, digest: str) -> str:
    rows = Original.objects.filter(institution=institution, digest=digest)
    content = rows.values_list("content", flat=True).first()
    if content is None:
        return "missing"
    if not bytes(content):
        return "emptied"
    return "sound" if hashlib.sha256(bytes(content)).hexdigest() == digest else "altered"
