"""A whole history taken in at once: the demonstration's years, a journal brought from elsewhere."""

from collections.abc import Callable, Iterable
from datetime import datetime

import msgspec
from django.db import transaction

from yishi.chronicle.history import Transaction
from yishi.chronicle.scribe import drafts
from yishi.clerk.memory import MEMORY
from yishi.clerk.printed import with_refs
from yishi.journal.tables.store import TableStore
from yishi.originals.keeping import File, keep
from yishi.procedure.state import State
from yishi.register.rebuild import rebuild


class Issued(msgspec.Struct, frozen=True):
    """Files that went out in such a history: of which meeting, and when."""

    sitting: str
    at: datetime
    files: tuple[File, ...]


def take_in(
    institution: str,
    told: Iterable[Transaction],
    progress: Callable[[int], None] = lambda seq: None,
    issued: Iterable[Issued] = (),
) -> State:
    """Begin a chain with all of this, its register with it, and what it issued beside it.

    Raises IntegrityError when the institution has a chain already.
    """
    with transaction.atomic():
        store = TableStore(institution)
        store.create()
        store.append_all(store.lock(), (drafts(one) for one in told))
        state = rebuild(institution, progress)
        for one in issued:
            keep(institution, with_refs(institution, state, one.sitting, one.files), one.at)
    MEMORY.forget(institution)
    return state
