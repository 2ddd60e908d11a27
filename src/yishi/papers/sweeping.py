"""Files that are no paper (any more): given up with their form, or erased with their title."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, Final

import msgspec
from django.db import transaction

from yishi.journal import Entry, Line
from yishi.journal.tables import models
from yishi.papers import shelf
from yishi.papers.models import Paper

_entry: Final = msgspec.json.Decoder(Entry).decode
_NAMING: Final = ("supply_paper", "paper_supplied", "archive_sitting", "sitting_archived")
"""Entries that name a file: the act, whether it stood or not, and what came of it."""


def sweep(institution: str) -> int:
    """Remove the files older than a day that no entry of the journal names; how many went.

    A day is longer than a form that came back keeps its file.
    """
    aged = list(shelf.aged(institution))
    named = needed(institution) if aged else frozenset()
    return sum(shelf.remove_aged(path) for path in aged if path.name.partition(".")[0] not in named)


def needed(institution: str) -> frozenset[str]:
    """The digests that the journal names with a title which has not been erased."""
    naming = models.Entry.objects.filter(chain=institution, type__in=_NAMING)
    entries = [_entry(bytes(body)) for body in naming.values_list("body", flat=True)]
    with_file = [one for one in entries if _facts(one).get("digest")]
    emptied = models.SealedText.objects.filter(chain=institution, salt="")
    erased = set(emptied.values_list("ref", flat=True))
    return frozenset(_facts(one)["digest"] for one in with_file if _title(one) not in erased)


def forget(institution: str, refs: tuple[str, ...], lines: Iterable[Line]) -> None:
    """Words of these lines were erased: where it was a paper's title, its file goes too.

    Not before all of it is kept, and not where another paper has the same bytes.
    """
    gone = [_facts(e) for e in _naming(lines) if _title(e) in refs]
    for facts in gone:
        Paper.objects.filter(
            institution=institution, item=facts["item"], paper=facts["paper"]
        ).delete()
    for digest in {facts["digest"] for facts in gone if facts.get("digest")}:
        if digest not in needed(institution):
            transaction.on_commit(partial(shelf.remove, institution, digest))


def _naming(lines: Iterable[Line]) -> Iterator[Entry]:
    return (line.entry for line in lines if line.entry.type in _NAMING)


def _facts(entry: Entry) -> dict[str, Any]:
    facts: dict[str, Any] = entry.payload.get("act", entry.payload)
    return facts


def _title(entry: Entry) -> str:
    return entry.sealed.get("act.title") or entry.sealed.get("title", "")
