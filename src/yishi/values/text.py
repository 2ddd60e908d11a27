"""Identifiers and text as they come in with an act.

An identifier (`Id`) is opaque and may stand in the journal for ever. Names of people and long
text are `Text`: the journal seals them with a salted commitment, so that an erasure can empty
them while every verdict stays what it was. Nothing in the procedure looks inside a `Text`; it
only asks whether there is one.
"""

import re
from functools import cache
from typing import Annotated, Final

import msgspec

LONGEST: Final = 20_000
"""Characters that one text may have."""

ERASED: Final = "\ufffc"
"""Stands where a text has been erased; an act that brings the character itself is rejected."""

NONCHARACTERS: Final = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
"""Code points that are never a character, for a class of a pattern; no new act brings them in.

They are not in `_PLAIN`: a journal that holds them from before is read as it was written.
"""

_PLAIN = r"^(?=[\s\S]*\S)[^\x00-\x08\x0b-\x1f\x7f\u0085\u2028\u2029\ufeff\ud800-\udfff]*\Z"

Id = Annotated[
    str, msgspec.Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]*\Z")
]
"""An opaque identifier: letters, digits, `_ . : -`, at most 64 characters."""

Label = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=_PLAIN)]
"""A short public name (a unit, a post): stands open in the journal."""

Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
"""The SHA-256 of a file's bytes, in hex: stands open in the journal."""

Text = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=LONGEST,
        pattern=_PLAIN,
        extra={"sealed": True},
    ),
]
"""Words somebody wrote: sealed in the journal, may be erased."""


def is_readable(words: str) -> bool:
    """Whether the words could be a `Text`: not blank, not too long, without control characters."""
    return len(words) <= LONGEST and re.match(_PLAIN, words) is not None


def has_noncharacter(words: str) -> bool:
    """Whether the words hold a code point that is never a character; no XML may hold some."""
    return _NONCHARACTER.search(words) is not None


_NONCHARACTER: Final = re.compile(f"[{NONCHARACTERS}]")


def is_erased(words: str | None) -> bool:
    """Whether the words were emptied by an erasure."""
    return words == ERASED


@cache
def snake(name: str) -> str:
    """A class's name as it is written on the wire and in charters: `SpeaksLast`, `speaks_last`."""
    return "".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_")
