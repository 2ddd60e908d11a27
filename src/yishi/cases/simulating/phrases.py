"""What an office says: topics drawn without repeating too soon, sentences filled in."""

from random import Random
from typing import Any

import msgspec

from yishi.cases.simulating.habits import Topic, vocabulary
from yishi.wording.formats import within

LONG = 8
"""Months before a topic comes up again, as long as there are others."""


MARKS = "“”‘’"
"""Quotation marks, the outer pair and the inner one."""


def inner(said: str) -> str:
    """Words that a sentence has in quotation marks, with inner marks of their own."""
    return within(said, MARKS)


class Subject(msgspec.Struct, frozen=True):
    """A topic with its blanks filled, for one item and all that follows from it."""

    topic: Topic
    slots: dict[str, str]

    def fill(self, sentence: str) -> str:
        """The sentence with this subject's own figures and names."""
        return sentence.format_map(self.slots)


class _Slots(dict[str, str]):
    """Blanks filled when they are first met, and the same ever after."""

    def __init__(self, rng: Random, known: dict[str, str]) -> None:
        super().__init__(known)
        self._rng = rng

    def __missing__(self, key: str) -> str:
        self[key] = self._rng.choice(vocabulary().slots[key])
        return self[key]


class Phrases:
    """The words in use: what was drawn lately is not drawn again before the rest."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._decks: dict[str, list[Any]] = {}
        self._titles: dict[str, int] = {}
        self._met: dict[str, int] = {}

    def say(self, occasion: str, **known: str) -> str:
        """A sentence for an occasion."""
        sentence: str = self._draw(f"said.{occasion}", vocabulary().said[occasion])
        return sentence.format_map(_Slots(self._rng, known))

    def topic(self, matter: str, year: int, month: int) -> Topic | None:
        """A topic of the matter that suits the month and was not met lately; None without words."""
        now = year * 12 + month
        fit = [
            t
            for t in vocabulary().topics
            if t.matter == matter and (not t.months or month in t.months)
        ]
        if not fit:
            return None
        fresh = [t for t in fit if now - self._met.get(t.title, -LONG) >= LONG]
        seasonal = [t for t in fresh if t.months]
        if not fresh:
            oldest = min(self._met[t.title] for t in fit)
            fresh = [t for t in fit if self._met[t.title] == oldest]
        found = self._rng.choice(seasonal if seasonal and self._rng.randrange(4) == 0 else fresh)
        self._met[found.title] = now
        return found

    def spoken(self, matter: str, unit: str) -> Topic:
        """What a unit reports under a standing matter."""
        topics = tuple(t for t in vocabulary().topics if t.matter == matter and not t.title)
        apt = tuple(t for t in topics if any(part in unit for part in t.sections))
        rest = tuple(t for t in topics if not t.sections)
        found: Topic = self._draw(f"{matter}/{unit}", apt or rest)
        return found

    def some(self, among: tuple[str, ...], most: int) -> list[str]:
        """One of them, or a few, in their order."""
        few = self._rng.sample(range(len(among)), min(len(among), self._rng.randint(1, most)))
        return [among[n] for n in sorted(few)]

    def subject(self, topic: Topic, known: dict[str, str]) -> Subject:
        """The topic with its blanks filled; a title that was there before gets a month."""
        subject = Subject(topic, _Slots(self._rng, known))
        title = subject.fill(topic.title)
        met = self._titles.get(title, 0)
        self._titles[title] = met + 1
        if met and title:
            mark = vocabulary().said["again"][0].format_map({**known, "title": title})
            again = self._titles.get(mark, 0)
            self._titles[mark] = again + 1
            title = mark + ("" if not again else vocabulary().said["once_more"][0])
        return Subject(msgspec.structs.replace(topic, title=title), subject.slots)

    def _draw(self, key: str, among: tuple[Any, ...]) -> Any:
        deck = self._decks.get(key)
        if not deck:
            deck = list(among)
            self._rng.shuffle(deck)
            self._decks[key] = deck
        return deck.pop()
