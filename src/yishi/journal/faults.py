"""What can be wrong with a journal, as data; words for it are the reader's (pure)."""

from typing import Final

import msgspec

from yishi.journal.model import Head

MESSAGES: Final = (
    "journal.torn_line",
    "journal.bad_json",
    "journal.bad_entry",
    "journal.unknown_version",
    "journal.unknown_alg",
    "journal.not_canonical",
    "journal.hash_differs",
    "journal.bad_sealed",
    "journal.bad_erasure",
    "journal.text_differs",
    "journal.other_chain",
    "journal.seq_gap",
    "journal.prev_differs",
    "journal.torn_transaction",
    "journal.text_missing",
    "journal.text_stray",
    "journal.text_missing_without_erasure",
    "journal.head_differs",
    "journal.head_missing",
)
"""Every message id a fault can have, in the order the verifier looks."""


class Fault(msgspec.Struct, frozen=True):
    """The first thing wrong: where it is, and what.

    `line` counts from 1; where a line is missing it is the place the line should have.
    `seq` is None when the line cannot be read. `params` fill the words of message `id`.
    """

    line: int
    seq: int | None
    id: str
    params: dict[str, str | int] = {}


class Report(msgspec.Struct, frozen=True):
    """What a verification found.

    `sound` counts the entries of whole transactions before the first fault, and `head` is the
    last of them. `later` counts lines after the faulty one that are well-formed in themselves.
    `erased` counts refs whose text is emptied, `unerased` those whose erasure is recorded but
    whose words were not seen emptied.
    """

    sound: int
    first_bad: Fault | None
    head: Head
    lines: int = 0
    later: int = 0
    erased: int = 0
    unerased: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return self.first_bad is None


class JournalBroken(Exception):  # noqa: N818
    """A journal, or a line of it, does not verify; `fault` says where and what."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.id} at line {fault.line} {fault.params}")
        self.fault = fault


class BadDraft(ValueError):  # noqa: N818
    """The caller's draft cannot be an entry: a programming fault. `field` names the part."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


class ErasureNotRecorded(Exception):  # noqa: N818
    """A text may be emptied only after a `text_erased` entry names its ref."""

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self.ref = ref
