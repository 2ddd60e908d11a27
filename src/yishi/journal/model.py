"""What the journal is made of: drafts, entries, lines, heads (pure, frozen).

Times are RFC 3339 strings with an explicit offset and come from the caller. The journal never
looks at a clock and knows nothing of meetings: `type` and `payload` are the caller's.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import msgspec

FORMAT: Final = 1
"""The version of the format that this package reads and writes."""

ZERO: Final = "0" * 64
"""Stands as the previous hash of a chain's first entry."""

ERASURE: Final = "text_erased"
"""The one reserved type: payload `{"ref": …}` permits the text of that ref to be emptied."""

SEALED: Final = "sealed"
"""The one reserved payload key: an object from text path to ref."""

LARGEST: Final = 2**53 - 1
"""The largest integer, by amount, that every JSON reader keeps exactly."""

DEEPEST: Final = 8
"""Objects and arrays that may stand inside one another in a payload, itself included."""

TIME: Final = (
    r"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?"
    r"(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])\Z"
)
"""RFC 3339 with upper-case T and Z, seconds, at most nanoseconds, no leap second."""


def _facts_type() -> Any:
    """Give the type of a payload: nested at most `DEEPEST` times, no floats, small integers."""
    scalar: Any = None | bool | Annotated[int, msgspec.Meta(ge=-LARGEST, le=LARGEST)] | str
    value = scalar
    for _ in range(DEEPEST - 1):
        value = scalar | list.__class_getitem__(value) | dict.__class_getitem__((str, value))
    return dict.__class_getitem__((str, value))


if TYPE_CHECKING:
    Facts = dict[str, Any]
else:
    Facts = _facts_type()

Name = Annotated[str, msgspec.Meta(min_length=1)]
Count = Annotated[int, msgspec.Meta(ge=1, le=LARGEST)]


class Draft(msgspec.Struct, frozen=True):
    """What the caller wants appended; the chain adds position, previous hash and refs.

    `payload` stands open for ever; `texts` (path → words) is sealed and may be erased.
    `at` must be given, RFC 3339 with offset; an empty `actor` is the system itself.
    """

    stream: str
    type: str
    version: int
    payload: Mapping[str, Any]
    texts: Mapping[str, str] = {}
    actor: str = ""
    behalf: str | None = None
    at: str = ""
    charter: str | None = None


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One hashed entry of an institution's chain. `part` is (i, n): the i-th of n in its act.

    The fields stand in canonical order; another order would cost speed, but change no byte.
    """

    actor: str
    alg: str
    at: str
    behalf: str | None
    chain: Name
    charter: str | None
    part: tuple[int, int]
    payload: Facts
    prev: str
    seq: Count
    stream: Name
    type: Name
    v: Literal[1]
    version: Count

    @property
    def sealed(self) -> Mapping[str, str]:
        """The refs of this entry's texts by path; empty when it has none."""
        refs: Mapping[str, str] = self.payload.get(SEALED, {})
        return refs


class OpenText(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A sealed text laid open: 16 bytes of salt in hex, and the words. Both empty: erased."""

    salt: str
    words: str

    @property
    def erased(self) -> bool:
        """Whether the words have been emptied."""
        return self.salt == ""


EMPTIED: Final = OpenText("", "")


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One stored line: the entry, its hash, and beside it the texts it is the first to need."""

    entry: Entry
    hash: str
    texts: dict[str, OpenText]


class Head(msgspec.Struct, frozen=True):
    """How far a chain reaches: its last sequence number and hash; (0, ZERO) when empty."""

    seq: int = 0
    hash: str = ZERO
