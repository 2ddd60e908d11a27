"""A whole history taken in at once: the demonstration's years, a journal brought from elsewhere."""

from collections.abc import Callable, Iterable

from django.db import transaction

from yishi.chronicle.history import Transaction
from yishi.chronicle.scribe import drafts
from yishi.clerk.memory import MEMORY
from yishi.journal.tables.store import TableStore
from yishi.procedure.state import State
from yishi.register.rebuild import rebuild


def take_in(
    institution: str,
    told: Iterable[Transaction],
    progress: Callable[[int], None] = lambda seq: None,
) -> State:
    """Begin a chain with all of this, and its register with it.

    Raises IntegrityError when the institution has a chain already.
    """
    with transaction.atomic():
        store = TableStore(institution)
        store.create()
        store.append_all(store.lock(), (drafts(one) for one in told))
        state = rebuild(institution, progress)
    MEMORY.forget(institution)
    return state
