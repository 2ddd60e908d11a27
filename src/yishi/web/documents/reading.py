"""A paper of our own read again, part by part: what an office's template gets is what it says."""

from collections.abc import Iterable, Iterator
from itertools import dropwhile, pairwise, takewhile
from typing import Any

import msgspec

from yishi.documents.model import (
    Block,
    Cell,
    Document,
    Heading,
    Para,
    People,
    Signed,
    Span,
    Table,
    paras,
)
from yishi.web.documents.pen import Pen

Values = dict[str, Any]


class Asked(msgspec.Struct, frozen=True):
    """A paper for whose fields somebody asks."""

    pen: Pen
    subject: str
    about: str
    document: Document

    def people(self, *labels: str) -> Values:
        """The lists of people behind these labels; empty where there is none."""
        found = {b.label: b.names for b in self.document.body if isinstance(b, People)}
        return {label: found.get(label, "") for label in labels}


def in_words(block: Block) -> str:
    """A heading, a paragraph or a list of people in one line; nothing of all else."""
    match block:
        case Heading():
            return block.text
        case Para():
            return "".join(span.text for span in block.spans)
        case People():
            return f"{block.label}：{block.names}"
    return ""


def first(document: Document) -> str:
    """The first paragraph."""
    return next((in_words(block) for block in document.body if isinstance(block, Para)), "")


def opening(document: Document) -> str:
    """The paragraphs before the first heading, a line each."""
    before = takewhile(lambda block: not isinstance(block, Heading), document.body)
    return "\n".join(in_words(block) for block in before if isinstance(block, Para))


def beside(document: Document, **labels: str) -> Values:
    """By the name of a field, what stands in a form beside its label; empty where it is not."""
    forms = (b for b in document.body if isinstance(b, Table) and not b.head)
    cells = [cell for form in forms for row in form.rows for cell in row]
    found: dict[str, str] = {}
    for label, cell in pairwise(cells):
        if label.label and not cell.label:
            # Whoever signs at the end stands beside the same label once more.
            found.setdefault(label.text, _filled(cell))
    return {name: found.get(label, "") for name, label in labels.items()}


def _filled(cell: Cell) -> str:
    """What a cell says; of one that waits for a hand, nothing."""
    return " ".join((cell.text, cell.signed)) if cell.text and cell.signed else cell.text


def answered(document: Document, name: str, label: str) -> Values:
    """What a form says beside a label, and who signs at its foot or where one is to sign."""
    forms = (b for b in document.body if isinstance(b, Table) and not b.head)
    rows = [row for form in forms for row in form.rows if row[0].text == label]
    cell = rows[0][1] if rows else Cell()
    return {f"{name}结果": cell.text, f"{name}签字": cell.signed}


def paragraphs(blocks: Iterable[Block]) -> list[str]:
    """The paragraphs up to a signature, in words."""
    until = takewhile(lambda block: not isinstance(block, Signed), blocks)
    return [in_words(block) for block in until if isinstance(block, Para)]


def after_table(document: Document) -> list[str]:
    """The paragraphs between the first table and the signature."""
    return paragraphs(dropwhile(lambda block: not isinstance(block, Table), document.body))


def spoken(block: Block) -> Values:
    """A paragraph in its parts: what leads into it, what is struck out, the rest."""
    spans = block.spans if isinstance(block, Para) else (Span(in_words(block)),)
    leads = spans[:1] if spans and spans[0].face in ("hei", "kai") else ()
    rest = spans[len(leads) :]
    return {
        "文字": in_words(block),
        "导语": "".join(span.text for span in leads),
        "划去": "".join(span.text for span in rest if span.face == "struck"),
        "内容": "".join(span.text for span in rest if span.face != "struck"),
    }


def lined(words: str) -> str:
    """Somebody's words as a paper has them: a paragraph of each line that says something."""
    return "\n".join(map(in_words, paras(words))) if words else ""


def listed(held: Document | tuple[Block, ...], *names: str) -> list[Values]:
    """The rows of the first table that has a head with so many columns; empty ones are no rows."""
    blocks = held.body if isinstance(held, Document) else held
    fits = (b for b in blocks if isinstance(b, Table) and len(b.head) == len(names))
    table = next(fits, None)
    rows = table.rows if table else ()
    told = ([cell.text for cell in row] for row in rows)
    return [dict(zip(names, row, strict=True)) for row in told if any(row)]


def parts(document: Document) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """Each heading of the first level, with what stands under it."""
    begins = [n for n, b in enumerate(document.body) if isinstance(b, Heading) and b.level == 1]
    for begin, end in pairwise((*begins, len(document.body))):
        yield in_words(document.body[begin]), document.body[begin + 1 : end]
