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
    refs: tuple[str, ...] = ()
    """The refs of the sealed texts that are printed in it."""

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes."""
        return hashlib.sha256(self.content).hexdigest()


def keep(institution: str, files: Iterable[File], at: datetime) -> None:
    """Keep the bytes for good; the same bytes are kept once. Under the lock of the journal."""
    told = {one.digest: one for one in files}
    known = Original.objects.filter(institution=institution, digest__in=list(told))
    there = set(known.values_list("digest", flat=True))
    rows = [
        Original(
            institution=institution,
            digest=one.digest,
            size=len(one.content),
            content=one.content,
            refs="\n".join(one.refs),
            at=at,
        )
        for digest, one in told.items()
        if digest not in there
    ]
    if rows:
        Original.objects.bulk_create(rows)


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


def holding(institution: str, ref: str) -> set[str]:
    """The digests of the files, not emptied yet, in which the text of a ref is printed."""
    rows = Original.objects.filter(institution=institution, refs__contains=ref)
    return set(rows.exclude(content=b"").values_list("digest", flat=True))


def emptied_for(institution: str, digests: Iterable[str]) -> set[str]:
    """The refs of the texts that are printed in those of these files that were emptied."""
    rows = Original.objects.filter(institution=institution, digest__in=list(digests), content=b"")
    return {ref for refs in rows.values_list("refs", flat=True) for ref in refs.split("\n") if ref}


def without_refs(institution: str) -> dict[str, str]:
    """By digest, the words in files of which nobody noted the refs when they were kept."""
    rows = Original.objects.filter(institution=institution, refs="").exclude(words="")
    return dict(rows.values_list("digest", "words"))


def empty(institution: str, digests: Iterable[str]) -> int:
    """Empty these files for good; how many there were. Their digests stay."""
    rows = Original.objects.filter(institution=institution, digest__in=list(digests))
    return rows.exclude(content=b"").update(content=b"", words="")


SHORT: Final = 6
"""Letters below which words must stand by themselves: “同意” is not what “同意按程序办理” says."""


class Printed:
    """What is printed in a file, to be looked through for somebody's words."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(words)
        self._bare = "\n".join(map(_bare, self._words))

    def holds(self, said: str, *, within: bool = False) -> bool:
        """Whether a line of these words is printed; a short one only where it stands by itself.

        What a paper leaves out or puts between the letters hides no words. Some count `within` a
        sentence, however short they are.
        """
        lines = {bare for line in said.splitlines() if len(bare := _bare(line)) > 1}
        return any(self._stands(line, within) for line in lines)

    def _stands(self, line: str, within: bool) -> bool:
        if line not in self._bare:
            return False
        if within or len(line) >= SHORT:
            return True
        apart = r"\W*".join(map(re.escape, line))
        alone = re.compile(rf"(?<!\w){apart}(?!\w)")
        return any(alone.search(words) for words in self._words)


def _bare(words: str) -> str:
    """The letters alone."""
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
            status = status_of(institution, one.digest)
            yield Found(sitting.id, one.paper, one.form, one.digest, status)


def status_of(institution: str, digest: str) -> str:
    """How an original stands, as `Found` says it."""
    rows = Original.objects.filter(institution=institution, digest=digest)
    content = rows.values_list("content", flat=True).first()
    if content is None:
        return "missing"
    if not bytes(content):
        return "emptied"
    return "sound" if hashlib.sha256(bytes(content)).hexdigest() == digest else "altered"
