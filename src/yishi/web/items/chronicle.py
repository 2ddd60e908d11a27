"""What the journal tells of some subjects: each entry with its deed, its departures, its clause."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

import msgspec

from yishi.chronicle.scribe import deed_of, happened, held_at, transactions
from yishi.journal import Line
from yishi.journal.tables.models import Entry as EntryRow
from yishi.journal.tables.store import TableStore
from yishi.procedure.enact import book_of, digests_on
from yishi.procedure.order import ReservedTo
from yishi.procedure.verdict import Citation, Message
from yishi.register.models import Finding
from yishi.web.office import Office


class _Part(msgspec.Struct, frozen=True):
    """Of an entry, only its place in its transaction."""

    part: tuple[int, int]


_part_of: Final = msgspec.json.Decoder(_Part).decode


class Departed(msgspec.Struct, frozen=True):
    """What a deed departed from, and why."""

    message: Message
    citation: Citation | None
    reason: str


class Told(msgspec.Struct, frozen=True):
    """One thing that happened, as the journal has it."""

    seq: int
    at: datetime
    actor: str
    behalf: str | None
    event: Any
    act: str = ""
    reason: str = ""
    citation: Citation | None = None
    """The clause that makes the act theirs."""
    departed: tuple[Departed, ...] = ()
    from_paper: bool = False
    """Whether it was entered afterwards (补录): then it is told as it was, not as it was typed."""

    @property
    def name(self) -> str:
        """The event's name on the wire."""
        return str(self.event.name())

    @property
    def by_section(self) -> bool:
        """Whether the item came in by somebody's act, which then names it better."""
        return self.name == "item_submitted" and self.act in ("submit_item", "raise_floor_item")


def tell(office: Office, body: str, wanted: Mapping[str, Collection[str]]) -> list[Told]:
    """What happened, in order: of each stream the events named for it; four queries."""
    named = {name for names in wanted.values() for name in names}
    rows = EntryRow.objects.filter(
        chain=office.institution, stream__in=list(wanted), type__in=list(named)
    )
    places = {
        seq: _beginning(seq, raw)
        for seq, stream, name, raw in rows.values_list("seq", "stream", "type", "body")
        if name in wanted[stream]
    }
    whole = sorted({n for first, last in places.values() for n in range(first, last + 1)})
    lines = TableStore(office.institution).entries_at(whole)
    findings = _departures(office, {first for first, _ in places.values()})
    found = (one for group in transactions(lines) for one in _group(group, set(places)))
    return [_judged(office, body, one, line, findings) for line, one in found]


def _beginning(seq: int, raw: bytes | memoryview) -> tuple[int, int]:
    """The first and last place of the transaction that an entry belongs to."""
    part, of = _part_of(bytes(raw)).part
    return seq - part + 1, seq - part + of


def _group(group: list[Line], wanted: set[int]) -> Iterator[tuple[Line, Told]]:
    deed = deed_of(group)
    lines = group if deed is None else group[1:]
    for line, event in zip(lines, happened(group), strict=True):
        if line.entry.seq in wanted:
            entry = line.entry
            yield (
                group[0],
                Told(
                    seq=entry.seq,
                    at=held_at(entry) or datetime.fromisoformat(entry.at),
                    actor=deed.doer if deed else entry.actor,
                    behalf=entry.behalf,
                    event=event,
                    act=deed.act.name() if deed else "",
                    reason=(deed.reason or "") if deed else "",
                    from_paper=held_at(entry) is not None,
                ),
            )


def _departures(office: Office, firsts: Iterable[int]) -> dict[int, list[Finding]]:
    rows = Finding.objects.filter(
        institution=office.institution, seq__in=list(firsts), status__in=("departed", "broken")
    )
    found: dict[int, list[Finding]] = {}
    for row in rows.order_by("seq", "place"):
        found.setdefault(row.seq, []).append(row)
    return found


def _judged(
    office: Office, body: str, one: Told, first: Line, findings: dict[int, list[Finding]]
) -> Told:
    departed = tuple(
        Departed(Message(row.message, row.params), cited(office, row.charter, row.rule), row.reason)
        for row in findings.get(first.entry.seq, ())
    )
    return msgspec.structs.replace(one, citation=_whose(office, body, one), departed=departed)


def cited(office: Office, charter: str, rule: str) -> Citation | None:
    """A rule of an enacted charter, by its digest and block."""
    if charter not in office.state.charters:
        return None
    bounds = book_of(office.state, (charter,)).bounds
    return next((b.citation for b in bounds if b.citation.rule == rule), None)


def _whose(office: Office, body: str, one: Told) -> Citation | None:
    """The clause by which the act was theirs: of the rules that bound the sitting, or the day."""
    state = office.state
    sitting = state.sittings.get(getattr(one.event, "sitting", None) or "")
    digests = sitting.charters if sitting else digests_on(state, body, one.at.date())
    if not one.act or not digests:
        return None
    bounds = book_of(state, digests).for_act(one.act)
    return next((b.citation for b in bounds if isinstance(b.rule, ReservedTo)), None)
