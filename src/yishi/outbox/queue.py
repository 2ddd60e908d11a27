"""Which messages follow from what happened: queued in the same transaction."""

from yishi.chronicle.history import Transaction
from yishi.procedure.state import State


def queue(
    institution: str,
    before: State,
    after: State,
    told: Transaction,
    seq: int,
    subjects: dict[str, list[str]],
) -> None:
    """Queue what people are to be told of a transaction."""
