"""Names masked in what is published (隐去姓名): 李建国 is 李某; of two, 李某甲 and 李某乙."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from yishi.values.text import ERASED

SOME: Final = "某"
EACH: Final = "甲乙丙丁戊己庚辛壬癸"
"""Tells people apart whose names begin alike, in the order in which they are masked."""

DOTS: Final = r"\u00b7\u0387\u2022\u2027\u2219\u22c5\u30fb\uff65"
"""How people type the dot within a name of several parts."""
BETWEEN: Final = rf"[\s\u200b-\u200f\u2060\u00ad{DOTS}]*"
"""What may stand between the characters of a name: lists of people space short names out."""


class Masks:
    """The masks of some people's names; a name that is not known any more leaves no words."""

    def __init__(self, names: Iterable[str]) -> None:
        known = list(dict.fromkeys(names))
        self.lost = any(ERASED in name or not letters(name) for name in known)
        self.of = _forms([name for name in known if not self.lost])
        longest = sorted(self.of, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_spelled, longest))) if longest else None
        self._by_letters = {letters(name): form for name, form in self.of.items()}

    def over(self, words: str) -> str:
        """The words with every name masked; nothing of them where a name is lost."""
        if self.lost:
            return ERASED if words else ""
        if self._pattern is None:
            return words
        return self._pattern.sub(lambda found: self._by_letters[letters(found[0])], words)


def named_in(names: Mapping[str, str], *texts: str) -> list[str]:
    """The people whose names stand in one of the texts."""
    held = [letters(text) for text in texts]
    spelled = {person: letters(name) for person, name in names.items()}
    return [p for p, name in spelled.items() if name and any(name in text for text in held)]


def _forms(names: list[str]) -> dict[str, str]:
    """For each name its mask: the first character, and which of those that begin so."""
    begun = Counter(letters(name)[0] for name in names)
    counted: Counter[str] = Counter()
    forms = {}
    for name in names:
        first = letters(name)[0]
        place, counted[first] = counted[first], counted[first] + 1
        alone = begun[first] == 1
        forms[name] = first + SOME + ("" if alone else _place(place))
    return forms


def _place(place: int) -> str:
    return EACH[place] if place < len(EACH) else str(place + 1)


def letters(words: str) -> str:
    """Words without what may stand between the characters of a name."""
    return re.sub(BETWEEN, "", words)


def _spelled(name: str) -> str:
    return BETWEEN.join(map(re.escape, letters(name)))
