"""The Markdown of a charter as sections: a heading and what stands under it."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token

from yishi.charter.model import Fault

# Blocks only: the words stay as written. What is not enabled is a paragraph, so nothing hides.
_MARKDOWN: Final = (
    MarkdownIt("zero")
    .enable(["fence", "blockquote", "list", "heading", "hr"])
    .disable(["inline", "text_join"])
)
_QUOTED: Final = re.compile(r" {0,3}> ?")


class Fence(msgspec.Struct, frozen=True):
    """A fenced block: its info string, its text, and the line of its opening fence."""

    info: str
    text: str
    line: int


class Section(msgspec.Struct):
    """A heading and everything up to the next one."""

    level: int
    heading: str
    line: int
    meaning: list[str] = []
    quotes: list[str] = []
    fences: list[Fence] = []


def sections(markdown: str, faults: list[Fault]) -> list[Section]:
    """The sections in order; what stands before the first heading is a fault."""
    lines = markdown.split("\n")
    found: list[Section] = []
    for top in _top_blocks(_MARKDOWN.parse(markdown)):
        first = top[0]
        start, end = first.map or (0, 0)
        if first.type == "heading_open":
            found.append(Section(int(first.tag[1:]), top[1].content, start + 1))
        elif not found or found[-1].level == 1:
            faults.append(Fault(start + 1, "charter.outside_clause"))
        else:
            _Filling(found[-1], lines[start:end], start + 1, faults).take(top)
    return found


def _top_blocks(tokens: Sequence[Token]) -> list[list[Token]]:
    blocks: list[list[Token]] = []
    for token in tokens:
        if token.level == 0 and token.nesting >= 0:
            blocks.append([])
        blocks[-1].append(token)
    return blocks


class _Filling:
    """One top-level block on its way into its section."""

    def __init__(self, section: Section, lines: list[str], line: int, faults: list[Fault]) -> None:
        self.section, self.lines, self.line, self.faults = section, lines, line, faults

    def take(self, tokens: list[Token]) -> None:
        kind = tokens[0].type
        self._refuse_nested(tokens[1:])
        if kind == "paragraph_open":
            self._paragraph(tokens[1].content)
        elif kind in ("bullet_list_open", "ordered_list_open"):
            self.section.meaning.append("\n".join(self.lines).rstrip())
        elif kind == "blockquote_open":
            self._quote()
        elif kind == "fence":
            self._fence(tokens[0])
        else:
            self._fault(0, "charter.block_unknown")

    def _fault(self, offset: int, message: str) -> None:
        self.faults.append(Fault(self.line + offset, message))

    def _refuse_nested(self, tokens: list[Token]) -> None:
        for token in tokens:
            if token.type in ("fence", "heading_open") and token.map:
                self.faults.append(Fault(token.map[0] + 1, "charter.block_nested"))

    def _paragraph(self, words: str) -> None:
        for offset, line in enumerate(self.lines):
            if line.lstrip().startswith("#"):
                self._fault(offset, "charter.heading_malformed")
        self.section.meaning.append(joined(words.split("\n")))

    def _quote(self) -> None:
        for offset, line in enumerate(self.lines):
            if line.strip() and not _QUOTED.match(line):
                self._fault(offset, "charter.quote_unmarked")
        bare = "\n".join(_QUOTED.sub("", line, count=1).strip() for line in self.lines)
        self.section.quotes += [
            joined(q.split("\n")) for q in re.split(r"\n{2,}", bare.strip()) if q
        ]

    def _fence(self, token: Token) -> None:
        last = self.lines[-1].strip()
        if len(self.lines) < 2 or last.strip(token.markup[0]) or len(last) < len(token.markup):
            self._fault(0, "charter.fence_open")
        self.section.fences.append(Fence(token.info.strip(), token.content, self.line))


def joined(lines: Sequence[str]) -> str:
    """Wrapped lines as one; a space only between two words of Latin script."""
    words = ""
    for line in (line.strip() for line in lines):
        gap = " " if words and line and words[-1].isascii() and line[0].isascii() else ""
        words += gap + line
    return words
