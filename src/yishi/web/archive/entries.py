"""What of the journal belongs to a meeting's package, and which of its words."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from yishi.archive.check_journal import CLOSED
from yishi.chronicle.scribe import AUDIT
from yishi.journal import ERASURE, Entry, Line, OpenText
from yishi.journal.tables.models import Entry as EntryRow
from yishi.journal.tables.store import TableStore
from yishi.originals.keeping import emptied_for
from yishi.procedure.archiving import SittingArchived
from yishi.procedure.deliberation import SittingClosed
from yishi.procedure.state import Sitting
from yishi.register.models import Finding, ItemRow
from yishi.roster.events import PersonEntered
from yishi.web.archive.wanted import went_on
from yishi.web.office import Office

_decode: Final = msgspec.json.Decoder(Entry).decode

REPORTED: Final = ("departures", "broken", "grounds")
"""What the report tells of an act with its reason: what it departed from, broke, or failed by."""


class Taken(msgspec.Struct, frozen=True):
    """Entries of the journal in order, the words that are told of them, and who is in them."""

    lines: tuple[Line, ...]
    opened: dict[str, OpenText]
    people: tuple[str, ...]

    @property
    def last(self) -> Line:
        """The entry up to which the package goes."""
        return self.lines[-1]


def taken(office: Office, sitting: Sitting) -> Taken:
    """The entries of a meeting's streams, with how each was judged, as far as they may be read."""
    store = TableStore(office.institution)
    happened = _happened(office, store, sitting)
    judged = {line.entry.seq - line.entry.part[0] + 1 for line in happened}
    audit = [line for line in store.entries_at(judged) if line.entry.stream == AUDIT]
    course = [*happened, *audit, *store.entries_at(_refused(office, sitting))]
    people = _people(office, course)
    course += _of_kind(store, PersonEntered.name(), "person", set(people))
    texts = _texts(store, course)
    emptied = {ref for ref, text in texts.items() if text.erased}
    issued = sitting.minutes.every_file if sitting.minutes else ()
    erased = emptied | emptied_for(office.institution, (one.digest for one in issued))
    course += _of_kind(store, ERASURE, "ref", erased) if erased else []
    told = {ref for line in course for ref in _told(line.entry)} | emptied
    lines = {line.entry.seq: line for line in course}
    return Taken(
        tuple(lines[seq] for seq in sorted(lines)),
        {ref: text for ref, text in texts.items() if ref in told},
        people,
    )


def streams(office: Office, sitting: Sitting) -> Iterator[str]:
    """The streams of the meeting and of all that it had before it or gave out, where readable."""
    state, reads = office.state, office.reads
    yield f"sitting/{sitting.id}"
    raised = ItemRow.objects.filter(
        institution=office.institution, sitting=sitting.id, status="declined"
    )
    for item in dict.fromkeys((*sitting.agenda, *raised.values_list("subject", flat=True))):
        if reads("item", item).allowed:
            yield f"item/{item}"
    for decision in state.decided_at(sitting):
        if reads("decision", decision.id).allowed:
            yield f"decision/{decision.id}"
    tasks = {task for task in sitting.tasks if reads("task", task).allowed}
    yield from (f"task/{task}" for task in sorted(tasks))
    asked = sorted(one.id for one in state.adjustments.values() if one.task in tasks)
    yield from (f"adjustment/{one}" for one in asked)


def _happened(office: Office, store: TableStore, sitting: Sitting) -> list[Line]:
    """What happened to it; not what happened to its items in another meeting, nor its archiving.

    An item that left it unfinished is another meeting's from its end on, which there may be yet.
    """
    rows = EntryRow.objects.filter(
        chain=office.institution, stream__in=list(streams(office, sitting))
    ).exclude(type=SittingArchived.name())
    lines = store.entries_at(rows.values_list("seq", flat=True))
    mine = [line for line in lines if line.entry.payload.get("sitting") in (None, sitting.id)]
    closed = (line.entry.seq for line in mine if line.entry.type == SittingClosed.name())
    end = next(closed, mine[-1].entry.seq)
    gone = {f"item/{item}" for item in sitting.agenda if went_on(sitting, item)}
    return [line for line in mine if line.entry.seq <= end or line.entry.stream not in gone]


def _refused(office: Office, sitting: Sitting) -> list[int]:
    """Where attempts stand that the rules held back, for whoever reads the report of them."""
    if not office.reads("report", sitting.id).allowed:
        return []
    found = Finding.objects.filter(
        institution=office.institution, sitting=sitting.id, status="refused"
    ).exclude(act="archive_sitting")
    return list(found.values_list("seq", flat=True).distinct())


def _of_kind(store: TableStore, kind: str, field: str, wanted: set[str]) -> list[Line]:
    """The entries of a kind whose field is one of those wanted."""
    rows = EntryRow.objects.filter(chain=store.chain_id, type=kind).values_list("seq", "body")
    held = ((seq, _decode(bytes(body)).payload.get(field)) for seq, body in rows)
    return store.entries_at([seq for seq, said in held if said in wanted])


def _people(office: Office, lines: Iterable[Line]) -> tuple[str, ...]:
    known, found = office.state.roster.people, set[str]()
    for entry in (line.entry for line in lines):
        said = (entry.actor, entry.behalf or "", *_strings(entry.payload))
        found |= {one for one in said if one in known}
    return tuple(sorted(found))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _texts(store: TableStore, lines: Iterable[Line]) -> dict[str, OpenText]:
    """The texts behind all refs: each stands with the first entry that needed it."""
    refs = {ref for line in lines for ref in line.entry.sealed.values()}
    where = store.entries_at(store.places_of(refs))
    return {ref: text for line in where for ref, text in line.texts.items() if ref in refs}


def _told(entry: Entry) -> Iterator[str]:
    """The refs whose words are told: of what happened, and why a rule was departed from."""
    if entry.type in CLOSED:
        return
    if entry.stream != AUDIT:
        yield from entry.sealed.values()
    elif "reason" in entry.sealed and any(entry.payload.get(name) for name in REPORTED):
        yield entry.sealed["reason"]
