"""The words of an entry, put back under their paths (pure)."""

from collections.abc import Mapping

from yishi.journal.model import Line, OpenText


def words(line: Line, opened: Mapping[str, OpenText]) -> dict[str, str | None]:
    """Give the texts of a line by path; None where they were erased.

    `opened` holds the texts by ref of the lines before it in the same transaction; more does no
    harm. Raises KeyError for a ref that neither has, which `verify` would have found.
    """
    found: dict[str, str | None] = {}
    for path, ref in line.entry.sealed.items():
        text = line.texts[ref] if ref in line.texts else opened[ref]
        found[path] = None if text.erased else text.words
    return found
