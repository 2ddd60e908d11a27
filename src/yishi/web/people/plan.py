"""A sheet of people and units turned into acts, each judged beforehand; what is wrong, by line."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from yishi.accounts.keeping import Unfit, fit_name
from yishi.accounts.models import Account
from yishi.procedure.act import Act, Deed
from yishi.procedure.decide import decide, fold
from yishi.procedure.kinds import ACTS
from yishi.procedure.state import State
from yishi.procedure.verdict import Accepted, Message, Refused
from yishi.web.acts.inputs import Unreadable, day_of
from yishi.web.office import Office
from yishi.web.people.sheets import Line

COLUMNS: Final = ("name", "username", "email", "post", "unit", "unit_kind", "since")
"""What stands in a row; the headings are in the catalogue (`people.column_…`)."""


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

    @property
    def faults(self) -> int:
        """How many lines have something wrong."""
        return sum(bool(row.wrong) for row in self.rows)


def headings(office: Office) -> dict[str, str]:
    """The heading of each column, in the language of whoever asks."""
    return {c: office.catalogue.text(f"page.people.column_{c}") for c in COLUMNS}


class Planner:
    """Reads lines one after the other; each is judged on what those before it have done."""

    def __init__(self, office: Office, new: Callable[[str], str]) -> None:
        self.office, self.new = office, new
        self.state: State = office.state
        self.zone_now = office.now
        self.heads = headings(office)
        held = Account.objects.all().values_list("username", "institution", "person")
        self.taken = {username for username, _, _ in held}
        self.accounts = {u: p for u, i, p in held if i == office.institution}
        self.people: dict[str, list[str]] = {}
        for person, called in office.state.roster.people.items():
            self.people.setdefault(called, []).append(person)
        self.units = {u.name: u.id for u in office.state.roster.units.values() if u.until is None}
        self.wanted: list[Wanted] = []

    def plan(self, lines: Sequence[Line]) -> Plan:
        """The plan of a sheet."""
        return Plan([self._row(line) for line in lines], self.wanted)

    def _row(self, line: Line) -> Row:
        said = {column: line.cells.get(head, "") for column, head in self.heads.items()}
        row = Row(line.number, tuple(said.values()), [], [])
        try:
            since = date.fromisoformat(day_of(said["since"])) if said["since"] else None
        except Unreadable:
            row.wrong.append(self._text("people.bad_day", said=said["since"]))
            return row
        unit = self._unit(row, said, since) if said["unit"] else None
        person = self._person(row, said) if said["name"] else None
        if not said["name"] and (said["post"] or said["username"] or said["email"]):
            row.wrong.append(self._text("people.no_name"))
        if person and said["post"]:
            self._post(row, said, person, unit, since)
        return row

    def _unit(self, row: Row, said: dict[str, str], since: date | None) -> str | None:
        if said["unit"] in self.units:
            return self.units[said["unit"]]
        kinds = {self.office.catalogue.word("unit_kinds", k): k for k in ("section", "counter")}
        kind = kinds.get(said["unit_kind"])
        if kind is None:
            row.wrong.append(self._text("people.no_unit_kind", unit=said["unit"]))
            return None
        unit = self.new("unit")
        day = (since or self.zone_now.date()).isoformat()
        fields = {"unit": unit, "called": said["unit"], "unit_kind": kind, "since": day}
        if not self._judged(row, "open_unit", fields):
            return None
        self.units[said["unit"]] = unit
        return unit

    def _person(self, row: Row, said: dict[str, str]) -> str | None:
        if said["username"] and (mine := self._owner(said["username"])):
            return mine
        same = self.people.get(said["name"], [])
        if len(same) == 1 and not said["username"]:
            return same[0]
        if len(same) > 1 and not said["username"]:
            row.wrong.append(self._text("people.same_name", who=said["name"]))
            return None
        person = same[0] if len(same) == 1 and same[0] not in self.accounts.values() else ""
        if not person:
            person = self.new("person")
            if not self._judged(row, "enter_person", {"person": person, "called": said["name"]}):
                return None
            self.people.setdefault(said["name"], []).append(person)
        if said["username"]:
            self._account(row, said, person)
        return person

    def _owner(self, username: str) -> str | None:
        planned = {w.username: w.person for w in self.wanted}
        name = username.strip().casefold()
        return self.accounts.get(name) or planned.get(name)

    def _account(self, row: Row, said: dict[str, str], person: str) -> None:
        try:
            name = fit_name(said["username"], self.taken)
        except Unfit as why:
            row.wrong.append(self._text(why.args[0]))
            return
        if said["email"] and "@" not in said["email"]:
            row.wrong.append(self._text("people.email_malformed"))
            return
        self.taken.add(name)
        self.wanted.append(Wanted(person, name, said["email"]))

    def _post(
        self, row: Row, said: dict[str, str], person: str, unit: str | None, since: date | None
    ) -> None:
        if said["unit"] and unit is None:
            return
        fields = {
            "posting": self.new("posting"),
            "change": "appoint",
            "person": person,
            "post": said["post"],
            "since": (since or self.zone_now.date()).isoformat(),
        }
        self._judged(row, "propose_post", fields | ({"unit": unit} if unit else {}))

    def _judged(self, row: Row, name: str, fields: dict[str, Any]) -> bool:
        """Put the act to the rules on what has been planned so far."""
        try:
            act: Act = msgspec.convert(fields, ACTS[name])
        except msgspec.ValidationError:
            row.wrong.append(self._text("people.misfit", act=name))
            return False
        deed = Deed(act=act, actor=self.office.person, at=self.zone_now)
        verdict = decide(deed, self.state)
        if isinstance(verdict, Accepted):
            self.state = fold(self.state, verdict.events, self.zone_now)
            row.steps.append(Step(name, fields))
            return True
        row.wrong += self._objections(verdict)
        return False

    def _objections(self, verdict: Any) -> Iterator[str]:
        words, names = self.office.catalogue, replace(self.office.names, state=self.state)
        if isinstance(verdict, Refused):
            for ground in verdict.grounds:
                yield words.ground(ground, names)
        else:
            yield words.sentence(verdict.message, names)

    def _text(self, key: str, **params: Any) -> str:
        message = Message(f"page.{key}", params)
        return self.office.catalogue.sentence(message, self.office.names)
