"""The first letters of Chinese words, by which people look for them (拼音首字母)."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Final

from pypinyin import Style, lazy_pinyin

LONGEST: Final = 200
"""Letters that are kept of one text."""

_TABLE = tomllib.loads((Path(__file__).parent / "surnames.toml").read_text(encoding="utf-8"))
SURNAMES: Final = {one: letter for letter, names in _TABLE["read"].items() for one in names}
"""What the name of a family begins with, where it is read otherwise than the word."""


@lru_cache(maxsize=8192)
def initials(words: str) -> str:
    """`办事大厅` → `bsdt`; letters and digits stand as they are, everything else falls away."""
    letters = "".join(lazy_pinyin(words[:LONGEST], style=Style.FIRST_LETTER))
    return "".join(c for c in letters.lower() if c.isascii() and c.isalnum())[:LONGEST]


def readings(name: str) -> tuple[str, ...]:
    """The first letters of a name, as words are read and, if it may be a person's, as that is."""
    plain = initials(name)
    surname = SURNAMES.get(name[:1])
    return (plain, surname + plain[1:]) if surname and plain[:1] != surname else (plain,)
