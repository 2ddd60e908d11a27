"""The text of a charter before it is read: length, characters, line ends."""

import re
from typing import Final

from yishi.charter.model import Fault

LONGEST: Final = 200_000
"""Bytes of UTF-8 that a charter may have."""

_REFUSED: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffc\ufffe\uffff"
    "\ud800-\udfff]"
)
"""Controls, tabs, invisible marks and marks that turn the direction of writing."""


def prepared(text: str, faults: list[Fault]) -> str:
    """The text with plain line ends and no byte order mark; what cannot be read is a fault."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > LONGEST:
        faults.append(Fault(1, "charter.too_long", {"size": size, "limit": LONGEST}))
        return ""
    clean = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not clean.strip():
        faults.append(Fault(1, "charter.empty"))
    for number, line in enumerate(clean.split("\n"), 1):
        if code := refused(line):
            faults.append(Fault(number, "charter.character", {"code": code}))
    return clean


def refused(line: str) -> str:
    """The code point (U+0009) of the first character that a charter may not hold, or ""."""
    match = _REFUSED.search(line)
    return f"U+{ord(match[0]):04X}" if match else ""
