"""The register made anew from the journal: every deed judged again, every row written again."""

from collections import Counter
from collections.abc import Callable
from typing import Final

from django.db import connection, transaction
from django.db import models as orm

from yishi.chronicle.scribe import retold
from yishi.journal.tables.store import TableStore
from yishi.procedure.state import State
from yishi.register import models
from yishi.register.findings import KeptKey, findings_of, kept_by
from yishi.register.follow import write_all

TABLES: Final[tuple[type[orm.Model], ...]] = (
    models.ItemRow,
    models.SittingRow,
    models.DecisionRow,
    models.TaskRow,
    models.Reader,
    models.DutyRow,
    models.Finding,
    models.Kept,
)
"""Every derived table that holds rows of an institution."""


def clear(institution: str) -> None:
    """Take away all derived rows of an institution."""
    for table in TABLES:
        table._default_manager.filter(institution=institution).delete()


@transaction.atomic
def rebuild(institution: str, progress: Callable[[int], None] = lambda seq: None) -> State:
    """Make the register of an institution anew, under its lock; give the state it shows."""
    store, state = TableStore(institution), State()
    store.lock()
    clear(institution)
    found: list[models.Finding] = []
    kept: Counter[KeptKey] = Counter()
    for first, told in retold(store.read(), state):
        state = told.upon(state)
        found += findings_of(institution, state, told, first.entry.seq)
        kept.update(kept_by(state, told))
        progress(first.entry.seq)
    write_all(institution, state, found, kept)
    measure()
    return state


def measure() -> None:
    """Tell PostgreSQL what the new rows look like, so that it need not plan in the dark."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(table._meta.db_table)}")
