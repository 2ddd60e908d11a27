"""A sheet turned into acts, each judged beforehand on what those before it would have done."""

import secrets
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from yishi.procedure.act import Act, Deed
from yishi.procedure.decide import decide, fold
from yishi.procedure.kinds import ACTS
from yishi.procedure.state import State
from yishi.procedure.verdict import Accepted, Message, Refused
from yishi.web.office import Office


class Step(msgspec.Struct, frozen=True):
    """One act of a plan, as plain data that a form can carry."""

    act: str
    fields: dict[str, Any]


class Wanted(msgspec.Struct, frozen=True):
    """An account that comes with a plan."""

    person: str
    username: str
    email: str


class Row(msgspec.Struct):
    """One line of the sheet: what it would do, and what is wrong with it."""

    number: int
    cells: tuple[str, ...]
    steps: list[Step] = []
    wrong: list[str] = []


class Plan(msgspec.Struct):
    """All that a sheet would do."""

    rows: list[Row]
    accounts: list[Wanted]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with any line, and there is something to do."""
        return not any(row.wrong for row in self.rows) and any(row.steps for row in self.rows)

    @property
    def steps(self) -> list[Step]:
        """Every act, in order."""
        return [step for row in self.rows for step in row.steps]

    def shown(self, heads: Sequence[str]) -> list[tuple[Row, list[tuple[str, str]]]]:
        """Each line with its filled cells under their headings."""
        return [
            (row, [(h, c) for h, c in zip(heads, row.cells, strict=False) if c])
            for row in self.rows
        ]

    @property
    def faults(self) -> int:
        """How many lines have something wrong."""
        return sum(bool(row.wrong) for row in self.rows)


class Judging:
    """The state as it would be after the acts planned so far."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.state: State = office.state
        self.now = office.now
        self._sheet, self._made = secrets.token_hex(5), 0

    def new(self, kind: str) -> str:
        """A fresh id; those of one sheet sort in the order of its lines."""
        self._made += 1
        return f"{kind[0]}{self._sheet}{self._made:05d}"

    def judged(self, row: Row, name: str, fields: dict[str, Any]) -> bool:
        """Put the act to the rules on what has been planned so far."""
        try:
            act: Act = msgspec.convert(fields, ACTS[name])
        except msgspec.ValidationError:
            row.wrong.append(self.text("page.people.misfit", act=name))
            return False
        deed = Deed(act=act, actor=self.office.person, at=self.now)
        verdict = decide(deed, self.state)
        if isinstance(verdict, Accepted):
            self.state = fold(self.state, verdict.events, self.now)
            row.steps.append(Step(name, fields))
            return True
        row.wrong += self._objections(verdict)
        return False

    def _objections(self, verdict: Any) -> Iterator[str]:
        words, names = self.office.catalogue, replace(self.office.names, state=self.state)
        if isinstance(verdict, Refused):
            for ground in verdict.grounds:
                said = words.sentence(ground.message, names.under(ground.citation))
                yield f"{said} {words.cite(ground.citation)}"
        else:
            yield words.sentence(verdict.message, names)

    def text(self, key: str, **params: Any) -> str:
        message = Message(key, params)
        return self.office.catalogue.sentence(message, self.office.names)
