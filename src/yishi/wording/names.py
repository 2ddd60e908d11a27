"""Ids turned into the names people know, out of the state and a charter's header (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Protocol

import msgspec

from yishi.charter.model import Charter
from yishi.procedure.charters import GENERAL
from yishi.procedure.state import State
from yishi.procedure.verdict import Citation
from yishi.values.text import ERASED


class Held(Protocol):
    """A post with its unit: an appointment, or a seat at a meeting."""

    @property
    def post(self) -> str:
        """The printed name."""

    @property
    def unit(self) -> str | None:
        """The unit's id; None for a post of the institution as a whole."""


class Names(msgspec.Struct, frozen=True):
    """Where names are looked up; an unknown id stands for itself.

    An erased name comes back as `yishi.values.text.ERASED`; the catalogue has the word for it.
    """

    state: State
    charter: Charter | None = None
    """Whose header names the posts: the charter of the body that meets."""

    def under(self, citation: Citation) -> Names:
        """The names as the cited charter prints them; the general rules name no posts."""
        charter = self.state.charters.get(citation.charter)
        if charter is None or citation.general:
            return self
        return Names(self.state, charter)

    def person(self, key: str) -> str:
        """A person's name."""
        return self.state.roster.people.get(key, key)

    def apart(
        self,
        on: date,
        shape: str,
        between: str = ", ",
        known: Mapping[str, Sequence[Held]] = MappingProxyType({}),
    ) -> Names:
        """The same, with unit or posts behind the name of whoever shares it with somebody else.

        The shape says how: a text with the places `name` and `told`. Of several posts all are
        told, unless it is `known` which are meant.
        """
        alike = self.alike()
        held = {p: known.get(p) or tuple(self.state.roster.posts_of(p, on)) for p in alike}
        told = {p: between.join(self._told_by(p, held[p], on)) for p in alike}
        return Apart(self.state, self.charter, {p: said for p, said in told.items() if said}, shape)

    def alike(self) -> list[str]:
        """Whoever shares a name with somebody else."""
        people = self.state.roster.people
        shared = {n for n, count in Counter(people.values()).items() if count > 1 and n != ERASED}
        return [person for person, name in people.items() if name in shared]

    def _told_by(self, person: str, held: Sequence[Held], on: date) -> Iterable[str]:
        """What tells somebody from namesakes: their units, or their posts where units do not."""
        units = dict.fromkeys(one.unit for one in held)
        if None not in units and not units.keys() & self.units_of_namesakes(person, on):
            return [self.unit(unit) for unit in units if unit]
        return dict.fromkeys(self.posted(one) for one in held)

    def units_of_namesakes(self, person: str, on: date) -> set[str | None]:
        """The units in which others of the same name hold a post; None for the institution."""
        name = self.state.roster.people.get(person)
        others = (p for p, n in self.state.roster.people.items() if n == name and p != person)
        return {a.unit for other in others for a in self.state.roster.posts_of(other, on)}

    def posted(self, held: Held) -> str:
        """A post with its unit before it, unless it says so itself."""
        unit = self.unit(held.unit) if held.unit else ""
        return held.post if held.post.startswith(unit) else unit + held.post

    def unit(self, key: str) -> str:
        """A unit's name."""
        unit = self.state.roster.units.get(key)
        return unit.name if unit else key

    def body(self, key: str) -> str:
        """The short name of a body, as its latest charter gives it."""
        log = self.state.bodies.get(key)
        for _, digest in reversed(log.versions if log else ()):
            if digest in self.state.charters:
                return self.state.charters[digest].name
        return self.charter.name if self.charter and self.charter.body == key else key

    def post(self, key: str) -> str | None:
        """The printed name of a post; None where neither charter nor general rules declare one."""
        for charter in (self.charter, self._general()):
            names = charter.posts.get(key, ()) if charter else ()
            if names:
                return names[0]
        return None

    def _general(self) -> Charter | None:
        log = self.state.bodies.get(GENERAL)
        return self.state.charters.get(log.versions[-1][1]) if log and log.versions else None

    def office(self, key: str) -> str | None:
        """The printed name of a unit: as the charter's header declares it, else None.

        Under the general rules alone, it is what any of the bodies calls it.
        """
        for charter in (self.charter, *self._bodies()):
            names = charter.units.get(key, ()) if charter else ()
            if names:
                return names[0]
        return None

    def _bodies(self) -> Iterator[Charter | None]:
        """The latest charter of each body, where no body of its own is met with."""
        if self.charter is None or self.charter.body == GENERAL:
            for _, log in sorted(self.state.bodies.items()):
                yield self.state.charters.get(log.versions[-1][1]) if log.versions else None

    def matter(self, key: str) -> str:
        """The label under which the charter lists a matter, or an earlier version of it did."""
        for charter in (self.charter, *self._earlier()):
            for _, rule in charter.rules() if charter else ():
                if rule.kind == "scope" and rule.params.get("matter") == key:
                    return str(rule.params.get("label") or key)
        return key

    def _earlier(self) -> Iterator[Charter | None]:
        """The other versions of the body's charter, the latest first."""
        log = self.state.bodies.get(self.charter.body) if self.charter else None
        for _, digest in reversed(log.versions if log else ()):
            yield self.state.charters.get(digest)


class Apart(Names, frozen=True):
    """Names of which no two people's are alike, as long as their posts are not."""

    told_by: Mapping[str, str] = {}
    """Person → what stands behind the name."""
    shape: str = "{name} ({told})"

    def person(self, key: str) -> str:
        """A person's name, told apart from the same name of others by unit or post."""
        name = super().person(key)
        said = self.told_by.get(key)
        return self.shape.format(name=name, told=said) if said else name
