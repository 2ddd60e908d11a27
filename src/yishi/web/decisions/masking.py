"""Names masked in what is published (隐去姓名): 李建国 is 李某; of two, 李某甲 and 李某乙."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from yishi.values.text import ERASED

SOME: Final = "某"
EACH: Final = "甲乙丙丁戊己庚辛壬癸"
"""Tells people apart whose names begin alike, in the order in which they are masked."""

DOTS: Final = r"\u00b7\u0387\u2022\u2027\u2219\u22c5\u25aa\u30fb\uff65"
"""How people type the dot within a name of several parts."""
STOPS: Final = r".\uff0e\-"
"""How they type it too; within names of one part these end a sentence, or a list's entry."""
SPACE: Final = r"\s\u200b-\u200f\u2060\u00ad"
BETWEEN: Final = rf"[{SPACE}{DOTS}]*"
"""What may stand between the characters of a name: lists of people space short names out."""
WITHIN: Final = rf"[{SPACE}{DOTS}{STOPS}]*"
"""The same of a name that has a dot itself."""


class Masks:
    """The masks of some people's names; a name that is not known any more leaves no words."""

    def __init__(self, names: Iterable[str]) -> None:
        known = list(dict.fromkeys(names))
        self.lost = any(ERASED in name or not letters(name) for name in known)
        self.of = _forms([name for name in known if not self.lost])
        longest = sorted(self.of, key=len, reverse=True)
        spelled = "|".join(f"({_spelled(name)})" for name in longest)
        self._pattern = re.compile(spelled) if longest else None
        self._masks = [self.of[name] for name in longest]

    def over(self, words: str) -> str:
        """The words with every name masked; nothing of them where a name is lost."""
        if self.lost:
            return ERASED if words else ""
        if self._pattern is None:
            return words
        return self._pattern.sub(lambda found: self._masks[(found.lastindex or 1) - 1], words)


class Searched:
    """Words in which names are looked for as masks find them."""

    def __init__(self, words: str) -> None:
        self._bare = {between: re.sub(between, "", words) for between in (BETWEEN, WITHIN)}

    def holds(self, name: str) -> bool:
        """Whether the name stands there, however it is typed."""
        return letters(name) in self._bare[_between(name)]


def named_in(names: Mapping[str, str], *texts: str) -> list[str]:
    """The people whose names stand in one of the texts."""
    held = [Searched(text) for text in texts]
    known = [(person, name) for person, name in names.items() if letters(name)]
    return [person for person, name in known if any(text.holds(name) for text in held)]


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


def letters(name: str) -> str:
    """A name without what may stand between its characters."""
    return re.sub(_between(name), "", name)


def _between(name: str) -> str:
    """What may stand between the characters of this name."""
    return WITHIN if re.search(rf"[{DOTS}{STOPS}]", name) else BETWEEN


def _spelled(name: str) -> str:
    return _between(name).join(map(re.escape, letters(name)))
