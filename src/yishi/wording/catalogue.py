"""The catalogue of one language: every sentence, name and ground by its id (pure)."""

import re
from collections.abc import Mapping
from typing import Any, Final

from yishi.procedure.state import State
from yishi.procedure.verdict import Citation, Departure, Ground, Message
from yishi.values.text import ERASED
from yishi.wording.formats import FORMATS
from yishi.wording.names import Names
from yishi.wording.source import load

PLACEHOLDER: Final = re.compile(r"\{(\w+)(?::(\w+)(?:\.(\w+))?)?\}")
"""`{name}`, `{name:format}` or `{name:format.table}`."""

_NOBODY: Final = Names(State())


class Catalogue:
    """The words of one language. What has no words stands for itself; nothing here fails."""

    def __init__(self, language: str, more: Mapping[str, str] | None = None) -> None:
        """With texts of its own, if there are any. KeyError for a language that has no files."""
        self.language = language
        self._texts = {**load(language), **more} if more else load(language)
        self._words: dict[tuple[str, str], str] = {}

    def has(self, id: str) -> bool:  # noqa: A002
        """Whether the catalogue has a sentence of this id."""
        return f"{id}.said" in self._texts

    def word(self, table: str, key: str) -> str:
        """The word for a key of a table; the key itself when there is none."""
        known = self._words.get((table, key))
        if known is not None:
            return known
        at = f"{table}.{key}"
        places = (f"words.{at}", f"words.{at}.name", at)
        found = next((self._texts[place] for place in places if place in self._texts), None)
        if found is None:
            return key
        self._words[table, key] = found
        return found

    def norm(self, kind: str) -> str:
        """What a kind of rule asks for, in one sentence."""
        return self._texts.get(f"words.kinds.{kind}.norm", kind)

    def text(self, id: str, /, **params: Any) -> str:  # noqa: A002
        """A sentence by its id, with what fills it; for faults and other texts without names."""
        return self._filled(self._texts.get(f"{id}.said", id), params, _NOBODY)

    def sentence(self, message: Message, names: Names) -> str:
        """A message in words; its id when the catalogue has none."""
        said = self._texts.get(f"{message.id}.said", message.id)
        return self._filled(said, message.params, names)

    def next(self, message: Message, names: Names) -> str:
        """What to do next about a message; empty when there is nothing to do."""
        said = self._texts.get(f"{message.id}.next", "")
        return self._filled(said, message.params, names)

    def ground(self, ground: Ground | Departure, names: Names) -> str:
        """Why an act may not stand, or what it departs from, with the clause."""
        under = names.under(ground.citation)
        return self.sentence(ground.message, under) + self.basis(ground.citation)

    def ground_next(self, ground: Ground | Departure, names: Names) -> str:
        """What to do next about a ground, in the names of the cited charter."""
        return self.next(ground.message, names.under(ground.citation))

    def cite(self, citation: Citation) -> str:
        """A clause by its charter's title and its label."""
        shape = self.word("shapes", "cite")
        return shape.format(title=citation.title, label=citation.label)

    def basis(self, citation: Citation) -> str:
        """The clause in brackets: whether it is a default, and how it is read if that is said."""
        shape = self.word("shapes", "basis_general" if citation.general else "basis")
        said = shape.format(cite=self.cite(citation))
        if citation.reading:
            said += self.word("shapes", "reading").format(reading=citation.reading)
        return said

    def _filled(self, said: str, params: Mapping[str, Any], names: Names) -> str:
        if "{" not in said:
            return said

        def put(found: re.Match[str]) -> str:
            name, form, table = found.groups()
            if name not in params:
                return self.word("shapes", "missing")
            return FORMATS[form or "plain"](self, names, params[name], table or "")

        return PLACEHOLDER.sub(put, said).replace(ERASED, self.word("shapes", "erased"))
