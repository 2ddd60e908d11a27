"""That an entry is in a journal of a given size, shown without the other entries (pure).

A tree in the manner of RFC 6962 over the hashes of entries; docs/journal-format.md says how.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

LEAF: Final = b"\x00"
NODE: Final = b"\x01"
"""What is hashed before a leaf and before two nodes, so that neither passes for the other."""


class Tree:
    """The tree over the first entries of a journal, all of its levels at hand."""

    def __init__(self, hashes: Iterable[str]) -> None:
        """From the hashes of the entries, in order. There has to be one at least."""
        level = [_sha256(LEAF + bytes.fromhex(one)) for one in hashes]
        self.size = len(level)
        self.levels = [level]
        while len(level) > 1:
            level = _above(level)
            self.levels.append(level)

    @property
    def root(self) -> str:
        """What stands for all of them."""
        return self.levels[-1][0].hex()

    def path(self, seq: int) -> list[str]:
        """What is needed beside the entry of that number to come to the root."""
        place, found = seq - 1, []
        for level in self.levels[:-1]:
            beside = place ^ 1
            if beside < len(level):
                found.append(level[beside].hex())
            place >>= 1
        return found


def leads_to(hashed: str, seq: int, size: int, path: Sequence[str]) -> str:
    """The root to which an entry's hash leads by a path; empty where no such path can be."""
    if not 0 < seq <= size:
        return ""
    place, last, held = seq - 1, size - 1, _sha256(LEAF + bytes.fromhex(hashed))
    rest = iter(path)
    while last:
        if place & 1 or place < last:
            beside = next(rest, None)
            if beside is None:
                return ""
            other = bytes.fromhex(beside)
            held = _sha256(NODE + (other + held if place & 1 else held + other))
        place, last = place >> 1, last >> 1
    return "" if next(rest, None) is not None else held.hex()


def _above(level: list[bytes]) -> list[bytes]:
    """The next level: two by two; one that is left over goes up as it is."""
    pairs = [_sha256(NODE + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return pairs + level[-1:] if len(level) % 2 else pairs


def _sha256(held: bytes) -> bytes:
    return hashlib.sha256(held).digest()
