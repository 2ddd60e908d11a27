"""Text in columns where a Chinese character is two wide."""

import unicodedata


def width(text: str) -> int:
    """How many columns a text takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def clip(text: str, columns: int) -> str:
    """The text filled up with blanks to that many columns; a longer one stays whole."""
    return text + " " * max(0, columns - width(text))


def title(text: str) -> str:
    """A heading with a line under it."""
    return f"\n{text}\n{'═' * width(text)}"


def rule_off(columns: int) -> str:
    """A line across."""
    return "\n" + "─" * columns


def table(head: list[str], rows: list[list[str]]) -> str:
    """Rows under a heading, each column as wide as its widest text."""
    wide = [max(width(row[n]) for row in [head, *rows]) for n in range(len(head))]
    lines = [head, ["─" * w for w in wide], *rows]
    return "\n".join(
        "  ".join(clip(c, w) for c, w in zip(r, wide, strict=True)).rstrip() for r in lines
    )
