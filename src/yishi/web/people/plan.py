"""A sheet of people and units turned into acts; what is wrong, by line."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from yishi.accounts.keeping import Unfit, fit_address, fit_name
from yishi.accounts.models import Account, plain_name
from yishi.web.acts.inputs import LONGEST, Unreadable, day_of
from yishi.web.office import Office
from yishi.web.people.judging import Judging, Plan, Row, Wanted
from yishi.web.people.sheets import Line

COLUMNS: Final = ("name", "username", "email", "post", "unit", "unit_kind", "since")
"""What stands in a row; the headings are in the catalogue (`people.column_…`)."""


def headings(office: Office) -> dict[str, str]:
    """The heading of each column, in the language of whoever asks."""
    return {c: office.catalogue.text(f"page.people.column_{c}") for c in COLUMNS}


class Planner(Judging):
    """Reads lines one after the other; each is judged on what those before it have done."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
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
            row.wrong.append(self.text("page.people.bad_day", said=said["since"]))
            return row
        unit = self._unit(row, said, since) if said["unit"] else None
        if len(said["name"]) > LONGEST["title"]:
            row.wrong.append(self.text("page.form.too_long", n=LONGEST["title"]))
            return row
        person = self._person(row, said) if said["name"] else None
        if not said["name"] and (said["post"] or said["username"] or said["email"]):
            row.wrong.append(self.text("page.people.no_name"))
        if person and said["post"]:
            self._post(row, said, person, unit, since)
        return row

    def _unit(self, row: Row, said: dict[str, str], since: date | None) -> str | None:
        if said["unit"] in self.units:
            return self.units[said["unit"]]
        kinds = {self.office.catalogue.word("unit_kinds", k): k for k in ("section", "counter")}
        kind = kinds.get(said["unit_kind"])
        if kind is None:
            row.wrong.append(self.text("page.people.no_unit_kind", unit=said["unit"]))
            return None
        unit = self.new("unit")
        day = (since or self.now.date()).isoformat()
        fields = {"unit": unit, "called": said["unit"], "unit_kind": kind, "since": day}
        if not self.judged(row, "open_unit", fields):
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
            row.wrong.append(self.text("page.people.same_name", who=said["name"]))
            return None
        person = same[0] if len(same) == 1 and same[0] not in self.accounts.values() else ""
        if not person:
            person = self.new("person")
            if not self.judged(row, "enter_person", {"person": person, "called": said["name"]}):
                return None
            self.people.setdefault(said["name"], []).append(person)
        if said["username"]:
            self._account(row, said, person)
        return person

    def _owner(self, username: str) -> str | None:
        planned = {w.username: w.person for w in self.wanted}
        name = plain_name(username)
        return self.accounts.get(name) or planned.get(name)

    def _account(self, row: Row, said: dict[str, str], person: str) -> None:
        try:
            name = fit_name(said["username"], self.taken)
            email = fit_address(said["email"])
        except Unfit as why:
            row.wrong.append(self.text(f"page.{why.args[0]}"))
            return
        self.taken.add(name)
        self.wanted.append(Wanted(person, name, email))

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
            "since": (since or self.now.date()).isoformat(),
        }
        self.judged(row, "propose_post", fields | ({"unit": unit} if unit else {}))
