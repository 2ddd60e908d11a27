"""One institution's chain in the database: appended to under its lock, read in order."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec
from django.db import connection

from yishi.journal import (
    EMPTIED,
    ZERO,
    Chain,
    Draft,
    Entry,
    ErasureNotRecorded,
    Head,
    Line,
    OpenText,
    canonical_bytes,
)
from yishi.journal.canonical import SALT_BYTES
from yishi.journal.chain import Salt
from yishi.journal.model import ERASURE
from yishi.journal.tables import models

CHANNEL: Final = "yishi_journal"
"""Where PostgreSQL tells whoever listens that a journal has grown, once that is committed."""

_decode: Final = msgspec.json.Decoder(Entry).decode
_BATCH: Final = 2000

Row = tuple[int, bytes | memoryview, str]
"""Place, canonical bytes and hash of an entry."""


class TableStore:
    """The journal of one institution. Appending wants a transaction that `lock` has begun."""

    def __init__(self, chain_id: str) -> None:
        self.chain_id = chain_id

    def create(self) -> None:
        """Begin an empty chain. Raises IntegrityError when there is one of that name."""
        models.Chain.objects.create(slug=self.chain_id, seq=0, head=ZERO)

    def lock(self) -> Head:
        """Where the chain stands, held against other writers until the transaction ends.

        Raises `Chain.DoesNotExist` for an unknown institution.
        """
        row = models.Chain.objects.select_for_update().get(slug=self.chain_id)
        return Head(row.seq, row.head)

    def head(self) -> Head:
        """Where the chain stands just now."""
        seq, head = models.Chain.objects.values_list("seq", "head").get(slug=self.chain_id)
        return Head(seq, head)

    def append(
        self, head: Head, drafts: Sequence[Draft], salt: Salt | None = None
    ) -> tuple[Line, ...]:
        """Append one transaction behind `head`, which `lock` gave. Raises `BadDraft`."""
        chain = Chain(self.chain_id, head.seq, head.hash)
        chain, lines = chain.extend(drafts, salt or _chance)
        self._keep(lines)
        self._moves(chain)
        return lines

    def append_all(
        self, head: Head, transactions: Iterable[Sequence[Draft]], salt: Salt | None = None
    ) -> Head:
        """Append many transactions behind `head`, which `lock` gave; give the new head."""
        chain, waiting = Chain(self.chain_id, head.seq, head.hash), list[Line]()
        for drafts in transactions:
            chain, lines = chain.extend(drafts, salt or _chance)
            waiting += lines
            if len(waiting) >= _BATCH:
                self._keep(waiting)
                waiting = []
        self._keep(waiting)
        self._moves(chain)
        return Head(chain.seq, chain.head)

    def _moves(self, chain: Chain) -> None:
        """Set the head; whoever listens is woken, and nobody depends on it."""
        models.Chain.objects.filter(slug=self.chain_id).update(seq=chain.seq, head=chain.head)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"NOTIFY {CHANNEL}")

    def _keep(self, lines: Sequence[Line]) -> None:
        models.Entry.objects.bulk_create(_entry_row(self.chain_id, line) for line in lines)
        texts = [row for line in lines for row in _text_rows(self.chain_id, line)]
        if texts:
            models.SealedText.objects.bulk_create(texts)

    def read(self, after: int = 0, stream: str | None = None) -> Iterator[Line]:
        """Give the stored lines in order, behind `after`, of one stream if one is named."""
        entries = models.Entry.objects.filter(chain=self.chain_id, seq__gt=after).order_by("seq")
        if stream is not None:
            entries = entries.filter(stream=stream)
        rows = entries.values_list("seq", "body", "hash")
        for batch in _batched(rows.iterator(chunk_size=_BATCH)):
            yield from self._lines(batch)

    def entries_at(self, places: Iterable[int]) -> list[Line]:
        """The lines at these places, in order."""
        rows = models.Entry.objects.filter(chain=self.chain_id, seq__in=list(places))
        return self._lines(list(rows.order_by("seq").values_list("seq", "body", "hash")))

    def places_of(self, refs: Iterable[str]) -> list[int]:
        """Where the texts behind these refs were first written."""
        rows = models.SealedText.objects.filter(chain=self.chain_id, ref__in=list(refs))
        return list(rows.values_list("seq", flat=True))

    def erase(self, ref: str) -> None:
        """Empty the text of the ref. Raises `ErasureNotRecorded` unless an entry permits it."""
        recorded = models.Entry.objects.filter(chain=self.chain_id, type=ERASURE)
        if not any(_decode(bytes(e.body)).payload.get("ref") == ref for e in recorded):
            raise ErasureNotRecorded(ref)
        models.SealedText.objects.filter(chain=self.chain_id, ref=ref).update(salt="", words="")

    def _lines(self, batch: list[Row]) -> list[Line]:
        texts = self._texts([seq for seq, _, _ in batch])
        return [
            Line(_decode(bytes(body)), hashed, texts.get(seq, {})) for seq, body, hashed in batch
        ]

    def _texts(self, places: list[int]) -> dict[int, dict[str, OpenText]]:
        found: dict[int, dict[str, OpenText]] = {}
        if not places:
            return found
        if places[-1] - places[0] < len(places):
            where: Any = {"seq__gte": places[0], "seq__lte": places[-1]}
        else:
            where = {"seq__in": places}
        rows = models.SealedText.objects.filter(chain=self.chain_id, **where)
        for seq, ref, salt, words in rows.values_list("seq", "ref", "salt", "words"):
            found.setdefault(seq, {})[ref] = OpenText(salt, words) if salt else EMPTIED
        return found


def _entry_row(chain: str, line: Line) -> models.Entry:
    entry = line.entry
    return models.Entry(
        chain_id=chain,
        seq=entry.seq,
        stream=entry.stream,
        type=entry.type,
        actor=entry.actor,
        at=entry.at,
        hash=line.hash,
        body=canonical_bytes(entry),
    )


def _text_rows(chain: str, line: Line) -> Iterator[models.SealedText]:
    for ref, text in line.texts.items():
        yield models.SealedText(
            chain_id=chain, seq=line.entry.seq, ref=ref, salt=text.salt, words=text.words
        )


def _batched(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _chance() -> bytes:
    return secrets.token_bytes(SALT_BYTES)
