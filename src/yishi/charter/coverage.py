"""Which sentences of an adopted text no clause of a charter quotes.

A sentence is accounted for when a piece of some quote overlaps it; gaps in a quote are written
… and part it into pieces. Punctuation, width and spaces do not count. Where the text has the
clause's own heading, or that of a clause above it, its quotes count only under that heading: the
same words may stand in two clauses, and each must be accounted for.
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from yishi.charter.adopted import NOWHERE, Adopted, Sentence, bare, laid_out
from yishi.charter.labels import numbered
from yishi.charter.model import Charter, Clause, Level

LONG: Final = 6
"""Characters from which an unquoted fragment of a quoted sentence is worth a note."""

SHORTEST: Final = 2
"""Characters that a piece of a quote needs to count: one alone is found everywhere."""

_GAPS: Final = re.compile(r"[…⋯]+")


class Unaccounted(msgspec.Struct, frozen=True):
    """A sentence that no quote touches, or (a note) the long fragments left out of one."""

    line: int
    sentence: str
    fragments: tuple[str, ...]
    level: Level = "error"


def unaccounted(charter: Charter, adopted_text: str) -> tuple[Unaccounted, ...]:
    """The sentences and long fragments of the adopted text that the charter does not quote."""
    adopted = laid_out(charter, adopted_text)
    quoted = _quoted(charter, adopted)
    found = (_judged(s, quoted) for s in adopted.sentences if not s.heading)
    return tuple(finding for finding in found if finding)


def _judged(sentence: Sentence, quoted: bytearray) -> Unaccounted | None:
    left = [(text, end - at) for text, at, end in sentence.spans if not any(quoted[at:end])]
    if len(left) == len(sentence.spans):
        fragments = tuple(text for text, _ in left)
        return Unaccounted(sentence.line, sentence.text, fragments)
    long = tuple(text for text, length in left if length >= LONG)
    return Unaccounted(sentence.line, sentence.text, long, "note") if long else None


def _quoted(charter: Charter, adopted: Adopted) -> bytearray:
    """A mark for each character of the bare text that a quote covers."""
    marks = bytearray(len(adopted.bare))
    under = adopted.under()
    present = {sentence.under for sentence in adopted.sentences}
    upwards = _upwards(charter.clauses)
    for clause, own in zip(charter.clauses, upwards.values(), strict=True):
        home = next((place for place in own if place in present), NOWHERE)
        for words in _pieces(clause, adopted.bare):
            for start in _places(words, adopted.bare):
                if home == NOWHERE or home in upwards.get(under[start], ()):
                    marks[start : start + len(words)] = b"\1" * len(words)
    return marks


def _upwards(clauses: tuple[Clause, ...]) -> dict[int, tuple[int, ...]]:
    """For each clause's place, itself and those above it, nearest first."""
    chains: dict[int, tuple[int, ...]] = {}
    chain: tuple[int, ...] = ()
    for place, clause in enumerate(clauses):
        chain = (place, *(n for n in chain if clauses[n].level < clause.level))
        chains[place] = chain
    return chains


def _pieces(clause: Clause, whole: str) -> Iterator[str]:
    """The pieces of its quotes in the form the text has them, with or without their number."""
    for quote in clause.quotes:
        for piece in _GAPS.split(quote):
            forms = (bare(piece), bare(numbered(piece)[1]))
            yield next((form for form in forms if len(form) >= SHORTEST and form in whole), "")


def _places(words: str, whole: str) -> Iterator[int]:
    start = whole.find(words) if words else -1
    while start >= 0:
        yield start
        start = whole.find(words, start + 1)
