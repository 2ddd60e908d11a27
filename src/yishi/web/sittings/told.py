"""What the journal tells of a meeting: each event with who brought it about and when."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Q

from yishi.chronicle.history import Transaction
from yishi.chronicle.scribe import happened, held_at
from yishi.journal import EMPTIED, ERASURE, Entry, Head, Line, OpenText
from yishi.journal.tables import models
from yishi.web.answers import REMEMBERED
from yishi.web.office import Office

_decode = msgspec.json.Decoder(Entry).decode


class Entered(msgspec.Struct, frozen=True):
    """By whom and when something was entered from paper (补录)."""

    by: str
    at: datetime


class Told(msgspec.Struct, frozen=True):
    """One thing that happened, as the journal has it: the words are in the event."""

    at: datetime
    """When it happened."""
    actor: str
    """Who did it."""
    event: Any
    entered: Entered | None = None
    """Who entered it from paper, and when; None for what was entered as it happened."""

    @property
    def hand(self) -> str:
        """By whose hand it was entered."""
        return self.entered.by if self.entered else self.actor

    @property
    def kind(self) -> str:
        """The event's name."""
        return str(self.event.name())

    @property
    def clock(self) -> str:
        """Hour and minute, on the clock of the entry itself: the institution's."""
        return f"{self.at:%H:%M}"


def told(office: Office, streams: Iterable[str]) -> tuple[Told, ...]:
    """Everything in these streams, in order; read again only when something has happened.

    Whoever asks has asked the rules which streams may be read, or shows of them what they let.
    """
    named = tuple(streams)
    if office.past is not None:
        return _past(office.past, named)
    return office.facts.to(named, lambda: _grown(office.institution, named, office.held.head))


def _past(history: Iterable[Transaction], streams: tuple[str, ...]) -> tuple[Told, ...]:
    """The same of what is not in the journal yet."""
    return tuple(
        _first(one, event)
        for one in history
        for event in one.events
        if event.stream() in streams  # type: ignore[attr-defined]
    )


def _first(one: Transaction, event: Any) -> Told:
    actor = one.deed.actor if one.deed else ""
    if one.held_at is None or one.deed is None:
        return Told(one.at, actor, event)
    return Told(one.held_at, one.deed.behalf or actor, event, Entered(actor, one.at))


def _grown(institution: str, streams: tuple[str, ...], head: Head) -> tuple[Told, ...]:
    """All that the streams tell as far as a place: what was read before, and what came since."""
    known: tuple[Head, tuple[Told, ...]] | None = REMEMBERED.grown(institution, streams)
    more = _since(institution, streams, known, head) if known is not None else None
    if known is not None and more is None:
        # Words may have been erased: nothing that was read before is kept.
        REMEMBERED.outgrown(institution)
    found = more if more is not None else _read(institution, streams, head)
    REMEMBERED.grow(institution, streams, (head, found))
    return found


def _since(
    institution: str,
    streams: tuple[str, ...],
    known: tuple[Head, tuple[Told, ...]],
    head: Head,
) -> tuple[Told, ...] | None:
    """What was told as far as a place, with what came since; None where that does not go on."""
    at, told = known
    here = Q(seq=at.seq) | Q(stream__in=streams) | Q(type=ERASURE)
    rows = models.Entry.objects.filter(here, chain=institution, seq__gte=at.seq, seq__lte=head.seq)
    found = sorted(rows.values_list("seq", "body", "hash", "type", "stream"))
    goes_on = bool(found) and found[0][0] == at.seq and found[0][2] == at.hash
    if not goes_on or any(kind == ERASURE for _, _, _, kind, _ in found[1:]):
        return None
    return (*told, *_told(institution, [(body, h) for _, body, h, _, _ in found[1:]]))


def _read(institution: str, streams: tuple[str, ...], head: Head) -> tuple[Told, ...]:
    """What the journal tells: two queries, however many streams there are."""
    # Put in order here: asked for it, a database may walk the whole chain instead of the streams.
    rows = models.Entry.objects.filter(chain=institution, stream__in=streams, seq__lte=head.seq)
    found = sorted(rows.values_list("seq", "body", "hash"))
    return _told(institution, [(body, hashed) for _, body, hashed in found])


def _told(institution: str, rows: list[tuple[Any, str]]) -> tuple[Told, ...]:
    entries = [(_decode(bytes(body)), hashed) for body, hashed in rows]
    opened = _texts(institution, [ref for e, _ in entries for ref in e.sealed.values()])
    return tuple(_one(entry, hashed, opened) for entry, hashed in entries)


def _one(entry: Entry, hashed: str, opened: dict[str, OpenText]) -> Told:
    texts = {ref: opened.get(ref, EMPTIED) for ref in entry.sealed.values()}
    event = happened([Line(entry, hashed, texts)])[0]
    written, then = datetime.fromisoformat(entry.at), held_at(entry)
    if then is None:
        return Told(written, entry.actor, event)
    return Told(then, entry.behalf or entry.actor, event, Entered(entry.actor, written))


def _texts(institution: str, refs: list[str]) -> dict[str, OpenText]:
    """Words by ref: a text stands with the first entry of its transaction that needs it."""
    rows = models.SealedText.objects.filter(chain=institution, ref__in=refs)
    return {
        ref: OpenText(salt, words) if salt else EMPTIED
        for ref, salt, words in rows.values_list("ref", "salt", "words")
    }


def of(happenings: Iterable[Told], *kinds: str) -> list[Told]:
    """Those of certain kinds."""
    return [one for one in happenings if one.kind in kinds]
