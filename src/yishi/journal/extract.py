"""Some entries of a journal, each with what shows that it is in it; the others stay where they are.

The form is in docs/journal-format.md. Who takes an extract says which texts it opens.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from yishi.journal.canonical import canonical_bytes
from yishi.journal.merkle import Tree
from yishi.journal.model import Line, OpenText

FORM: Final = "yishi-extract-v1"
"""The name of this form, in its first line."""


def extract(
    hashes: Iterable[str], lines: Iterable[Line], opened: Mapping[str, OpenText]
) -> Iterator[bytes]:
    """The stored lines of an extract: what it is of, then each entry in order with its path.

    `hashes` are those of the journal up to the last of the lines; a text that is not in `opened`
    stays closed, and only its commitment is told.
    """
    tree, taken = Tree(hashes), sorted(lines, key=lambda line: line.entry.seq)
    last = taken[-1]
    yield _line(
        {
            "chain": last.entry.chain,
            "form": FORM,
            "hash": last.hash,
            "root": tree.root,
            "size": tree.size,
        }
    )
    for line in taken:
        refs = dict.fromkeys(line.entry.sealed.values())
        yield _line(
            {
                "entry": line.entry,
                "hash": line.hash,
                "path": tree.path(line.entry.seq),
                "texts": {ref: opened[ref] for ref in refs if ref in opened},
            }
        )


def _line(value: object) -> bytes:
    return canonical_bytes(value) + b"\n"
