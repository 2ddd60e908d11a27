"""An adopted text laid out against a charter: its sentences, and the clause each stands under."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

import msgspec

from yishi.charter.labels import numbered
from yishi.charter.model import Charter

NOWHERE: Final = -1
"""In place of a clause: above the first heading that the charter knows."""

_LINES: Final = re.compile(r"\r\n|\r|\n")
_ENDS: Final = re.compile(r"[。；;！!？?]")
_PAUSES: Final = re.compile(r"[，,、：:]")


class Sentence(msgspec.Struct, frozen=True):
    """A sentence; `under` is the place of its clause in the charter."""

    line: int
    text: str
    heading: bool
    under: int
    spans: tuple[tuple[str, int, int], ...]
    """Each fragment, with its place in the bare text."""


class Adopted(msgspec.Struct, frozen=True):
    """The sentences, and the whole text bare of everything but letters and numbers."""

    sentences: tuple[Sentence, ...]
    bare: str

    def under(self) -> list[int]:
        """For each character of the bare text, the place of its clause."""
        places: list[int] = []
        for sentence in self.sentences:
            start, end = sentence.spans[0][1], sentence.spans[-1][2]
            places += [sentence.under] * (end - start)
        return places


def laid_out(charter: Charter, text: str) -> Adopted:
    """The text in sentences; a heading is one that the charter has for its title or a clause."""
    headings = [bare(numbered(clause.heading)[1]) for clause in charter.clauses]
    known, title, under = set(headings), bare(charter.title), NOWHERE
    sentences: list[Sentence] = []
    whole = ""
    for line, words in _split(text):
        spans, added = _spans(words, len(whole))
        if not spans:
            continue
        heading = added in known
        under = _next(headings, added, under) if heading else under
        sentences.append(Sentence(line, words.strip(), heading or added == title, under, spans))
        whole += added
    return Adopted(tuple(sentences), whole)


def bare(text: str) -> str:
    """Letters and numbers only, in half width."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def _split(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(_LINES.split(text), 1):
        for words in _ENDS.split(numbered(line)[1]):
            yield number, words


def _spans(words: str, start: int) -> tuple[tuple[tuple[str, int, int], ...], str]:
    spans = []
    added = ""
    for fragment in _PAUSES.split(words):
        if letters := bare(fragment):
            at = start + len(added)
            spans.append((fragment.strip(), at, at + len(letters)))
            added += letters
    return tuple(spans), added


def _next(headings: list[str], heading: str, after: int) -> int:
    """The next clause with the heading, for a text may use one heading twice."""
    if heading in headings[after + 1 :]:
        return headings.index(heading, after + 1)
    return headings.index(heading)
