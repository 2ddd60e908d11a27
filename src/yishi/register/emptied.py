"""After an erasure: what the register still had of the words is written without them."""

from yishi.journal.tables.store import TableStore
from yishi.procedure.state import State
from yishi.register.follow import ROWS, upsert
from yishi.register.models import Finding
from yishi.register.touched import KINDS
from yishi.values.text import ERASED


def without(institution: str, before: State, after: State, refs: tuple[str, ...]) -> None:
    """Write anew the rows that held the words behind the refs; `after` holds them no more."""
    for kind, (table, made) in ROWS.items():
        rows = {s: made(after, s) for s in getattr(after, KINDS[kind])}
        upsert(table, institution, {s: r for s, r in rows.items() if r != made(before, s)})
    _reasons(institution, refs)


def _reasons(institution: str, refs: tuple[str, ...]) -> None:
    """A departure's reason stands in the first entry of its transaction, as its finding does."""
    store = TableStore(institution)
    for line in store.entries_at(store.places_of(refs)):
        if line.entry.sealed.get("reason") in refs:
            rows = Finding.objects.filter(institution=institution, seq=line.entry.seq)
            rows.exclude(reason="").update(reason=ERASED)
