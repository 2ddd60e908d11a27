"""The append-only, hash-chained record of an institution: chain, store, proof, verification.

It knows no meetings. `Chain.extend` turns drafts into lines (pure), `verify` reads stored lines
and says how far they are sound (pure), `FileStore` keeps a chain in a file, `words` gives sealed
texts back. The format is in docs/journal-format.md.
"""

from yishi.journal.canonical import (
    ALGORITHMS,
    canonical_bytes,
    decode_line,
    encode_line,
    entry_hash,
    text_ref,
)
from yishi.journal.chain import Chain
from yishi.journal.extract import extract
from yishi.journal.faults import (
    MESSAGES,
    BadDraft,
    ErasureNotRecorded,
    Fault,
    JournalBroken,
    Report,
)
from yishi.journal.model import (
    EMPTIED,
    ERASURE,
    FORMAT,
    SEALED,
    ZERO,
    Draft,
    Entry,
    Head,
    Line,
    OpenText,
)
from yishi.journal.reading import words
from yishi.journal.store import FileStore
from yishi.journal.verifier import verify

__all__ = [
    "ALGORITHMS",
    "EMPTIED",
    "ERASURE",
    "FORMAT",
    "MESSAGES",
    "SEALED",
    "ZERO",
    "BadDraft",
    "Chain",
    "Draft",
    "Entry",
    "ErasureNotRecorded",
    "Fault",
    "FileStore",
    "Head",
    "JournalBroken",
    "Line",
    "OpenText",
    "Report",
    "canonical_bytes",
    "decode_line",
    "encode_line",
    "entry_hash",
    "extract",
    "text_ref",
    "verify",
    "words",
]
