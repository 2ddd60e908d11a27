"""A charter (议事规则) as frozen values: header, clauses, and the rules beneath them.

Rules are untyped here; the procedure binds their kinds. Every scalar is a string.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

import msgspec

from yishi.charter.labels import plain

Level = Literal["error", "warning", "note"]


class Fault(msgspec.Struct, frozen=True):
    """Something wrong with a charter: the line, a message id and its parameters."""

    line: int
    message: str
    params: dict[str, str | int | list[str]] = {}
    level: Level = "error"


class RuleBlock(msgspec.Struct, frozen=True):
    """One rule as the charter writes it; `lines` holds the line of each key, nested ones dotted."""

    id: str
    kind: str
    modality: str
    parts: tuple[str, ...]
    reading: str
    """The interpretation that the charter declares, in plain words."""
    params: dict[str, Any]
    line: int
    lines: dict[str, int]


class Omission(msgspec.Struct, frozen=True):
    """Parts of a clause that carry no rule, and why."""

    parts: tuple[str, ...]
    reason: str
    line: int


class Silence(msgspec.Struct, frozen=True):
    """A matter on which the adopted text says nothing."""

    topic: str
    note: str
    line: int


class Clause(msgspec.Struct, frozen=True):
    """A clause (条款): its printed label, its meaning in plain words, and what stands under it."""

    label: str
    heading: str
    level: int
    meaning: str
    quotes: tuple[str, ...]
    rules: tuple[RuleBlock, ...]
    omissions: tuple[Omission, ...]
    silences: tuple[Silence, ...]
    line: int


class Charter(msgspec.Struct, frozen=True):
    """One version of a body's rules of procedure; `text` is the exact source of `digest`."""

    header: dict[str, Any]
    body: str
    title: str
    name: str
    in_force: date
    clauses: tuple[Clause, ...]
    text: str
    digest: str
    header_lines: dict[str, int] = {}

    def clause(self, label: str) -> Clause | None:
        """The clause with this printed label, full or half width."""
        wanted = plain(label)
        return next((c for c in self.clauses if c.label == wanted), None)

    def rules(self) -> Iterator[tuple[Clause, RuleBlock]]:
        """Every rule with the clause it stands under, in the order of the text."""
        return ((clause, rule) for clause in self.clauses for rule in clause.rules)

    def silences(self) -> Iterator[tuple[Clause, Silence]]:
        """Every declared silence with the clause it stands under."""
        return ((clause, silence) for clause in self.clauses for silence in clause.silences)

    def omissions(self) -> Iterator[tuple[Clause, Omission]]:
        """Every declared omission with the clause it stands under."""
        return ((clause, omission) for clause in self.clauses for omission in clause.omissions)

    @property
    def posts(self) -> dict[str, tuple[str, ...]]:
        """Posts by key: the printed name first, then the aliases."""
        return _names(self.header.get("posts", {}))

    @property
    def units(self) -> dict[str, tuple[str, ...]]:
        """Units by key: the printed name first, then the aliases."""
        return _names(self.header.get("units", {}))

    def post_name(self, key: str) -> str:
        """The printed name of a post; the key itself when the charter has no such post."""
        return self.posts.get(key, (key,))[0]

    def unit_name(self, key: str) -> str:
        """The printed name of a unit; the key itself when the charter has no such unit."""
        return self.units.get(key, (key,))[0]


def _names(mapping: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(names) for key, names in mapping.items()}
