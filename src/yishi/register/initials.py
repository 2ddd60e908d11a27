"""The first letters of Chinese words, by which people look for them (拼音首字母)."""

from functools import lru_cache
from typing import Final

from pypinyin import Style, lazy_pinyin

LONGEST: Final = 200
"""Letters that are kept of one text."""


@lru_cache(maxsize=8192)
def initials(words: str) -> str:
    """`办事大厅` → `bsdt`; letters and digits stand as they are, everything else falls away."""
    letters = "".join(lazy_pinyin(words[:LONGEST], style=Style.FIRST_LETTER))
    return "".join(c for c in letters.lower() if c.isascii() and c.isalnum())[:LONGEST]
