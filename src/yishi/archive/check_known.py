"""What is known from elsewhere, held against a package: a digest, a root, the whole journal.

A part of `check.py`; like it, it stands alone. What the extract of a package cannot show, that
nothing was left out and no other file exchanged, these show.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from yishi.archive.check_journal import Extract, root_of
from yishi.archive.check_result import Fault, Result, all_well, human

ARCHIVED, CLOSED_AT = "sitting_archived", "sitting_closed"
OF_MEETING = ("sitting/", "item/", "decision/", "task/", "adjustment/")


class Entry(NamedTuple):
    """An entry of the whole journal, as far as it is asked."""

    seq: int
    type: str
    stream: str
    hash: str
    sitting: Any
    """The meeting that its payload names."""
    digest: Any
    """The digest that its payload names."""


class Known(NamedTuple):
    """What is known from elsewhere; empty what nobody has."""

    digest: str = ""
    """Of the whole package."""
    root: str = ""
    """Of the journal at the last entry of the extract."""
    journal: list[Entry] | None = None
    """All entries of a journal that has been verified, in order."""


def whole_known(made: str, known: Known, sitting: str) -> Iterator[Result]:
    """Whether the package is the one that was made for the archive: its digest `made` says it."""
    if known.digest:
        same = made == known.digest.lower()
        faults: list[Fault] = [] if same else [("other_digest", {"digest": made})]
        yield from all_well("authentic", "ZS-14", "same_digest", faults, digest=made)
    if known.journal is not None:
        archived = [one for one in known.journal if one.type == ARCHIVED]
        seq = next((one.seq for one in archived if one.digest == made), 0)
        if seq or any(one.sitting == sitting for one in archived):
            faults = [] if seq else [("archived_other", {"digest": made})]
            yield from all_well("authentic", "ZS-14", "archived_as", faults, seq=seq, digest=made)
        else:
            yield human("authentic", "ZS-14", "archived_never", digest=made)
    elif not known.digest:
        yield human("authentic", "ZS-14", "digest", digest=made)


def root_known(extract: Extract, known: Known) -> Iterator[Result]:
    """Whether the journal is the one that is kept elsewhere, and nothing of it was left out."""
    size, root, journal = extract.head["size"], extract.head["root"], known.journal
    wanted = {known.root.lower()} - {""}
    if journal is not None:
        short = len(journal) < size
        wanted.add("" if short else root_of([one.hash for one in journal[:size]]))
    if not wanted:
        yield human("authentic", "ZS-14", "root_unknown", seq=size, root=root)
        return
    faults: list[Fault] = [] if wanted == {root} else [("other_root", {"root": root})]
    yield from all_well("authentic", "ZS-14", "same_root", faults, root=root)
    if journal is not None:
        left = [one for one in _course(extract, journal) if one.seq not in extract.seen]
        out: list[Fault] = [("left_out", {"seq": one.seq}) for one in left if one.seq <= size]
        yield from all_well("complete", "WZ-5", "none_left_out", out, n=len(extract.seen))
        later = [one for one in left if one.seq > size]
        if later:
            yield human("complete", "WZ-5", "later", n=len(later), seq=later[0].seq)


def _course(extract: Extract, journal: list[Entry]) -> Iterator[Entry]:
    """What the whole journal has of the meeting, of its items until it was closed."""
    mine = {one.stream for one in extract.seen.values() if one.stream.startswith(OF_MEETING)}
    closed = [seq for seq, one in extract.seen.items() if one.type == CLOSED_AT]
    end = closed[0] if closed else extract.head["size"]
    for one in journal:
        if one.stream not in mine or one.type == ARCHIVED:
            continue
        ended = one.stream.startswith("item/") and one.seq > end
        if one.sitting in (None, extract.sitting) and not ended:
            yield one
