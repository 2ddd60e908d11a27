"""Numbers, decisions and open tasks from before the journal, out of a spreadsheet (从前的数据)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse

from yishi.procedure.charters import GENERAL
from yishi.procedure.kinds import ACTS
from yishi.procedure.offers import Offer
from yishi.web.acts.inputs import LONGEST, Unreadable, day_of
from yishi.web.exports import xlsx
from yishi.web.office import Office
from yishi.web.people.importing import Sort, handled
from yishi.web.people.judging import Judging, Plan, Row
from yishi.web.people.sheets import Line

COLUMNS: Final = (
    "sort",
    "body",
    "day",
    "number",
    "minutes",
    "title",
    "words",
    "outcome",
    "unit",
    "owner",
    "due_on",
)
SORTS: Final = ("numbers", "decision", "task")


def headings(office: Office) -> dict[str, str]:
    """The heading of each column, in the language of whoever asks."""
    return {c: office.catalogue.text(f"page.setup.before_{c}") for c in COLUMNS}


def may_bring(office: Office) -> bool:
    """Whether the rules let this person bring anything in for any body."""
    act = ACTS["bring_task"]
    bodies = (b for b in sorted(office.state.bodies) if b != GENERAL)
    found = (office.ask(act, {"body": b}) for b in bodies)
    return any(isinstance(one, Offer) for one in found)


class Bringing(Judging):
    """Reads lines one after the other; each is judged on what those before it have done."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        words = office.catalogue
        self.heads = headings(office)
        self.sorts = {words.text(f"page.setup.before_is_{s}"): s for s in SORTS}
        self.bodies = {office.names.body(b): b for b in office.state.bodies if b != GENERAL}
        found = ("adopt", "agree_in_principle", "reject")
        self.outcomes = {words.word("outcomes", o): o for o in found}
        roster = office.state.roster
        self.units = {u.name: u for u in roster.units.values()}
        self.people: dict[str, list[str]] = {}
        for person, called in roster.people.items():
            self.people.setdefault(called, []).append(person)

    def plan(self, lines: Sequence[Line]) -> Plan:
        """The plan of a sheet."""
        return Plan([self._row(line) for line in lines], [])

    def _row(self, line: Line) -> Row:
        said = {column: line.cells.get(head, "") for column, head in self.heads.items()}
        row = Row(line.number, tuple(said.values()), [], [])
        sort, body = self.sorts.get(said["sort"]), self.bodies.get(said["body"])
        if sort is None:
            row.wrong.append(self.text("page.setup.before_no_sort", known=tuple(self.sorts)))
        if body is None:
            row.wrong.append(self.text("page.setup.before_no_body", known=tuple(self.bodies)))
        on, number = self._day(row, said["day"]), self._number(row, said["number"])
        if row.wrong or sort is None or body is None or on is None:
            return row
        fields: dict[str, Any] = {"body": body}
        if sort == "numbers":
            fields |= {"year": on.year, "sittings": number}
            fields["minutes"] = self._number(row, said["minutes"])
        else:
            fields |= {"on": on.isoformat(), "number": number, "words": said["words"]}
            fields |= self._decision(row, said) if sort == "decision" else self._task(row, said)
        if not row.wrong:
            self.judged(row, f"bring_{sort}", fields)
        return row

    def _day(self, row: Row, said: str) -> date | None:
        try:
            return date.fromisoformat(day_of(said))
        except Unreadable:
            row.wrong.append(self.text("page.people.bad_day", said=said))
            return None

    def _number(self, row: Row, said: str) -> int:
        if said and not (said.isascii() and said.isdigit() and len(said) < 5):
            row.wrong.append(self.text("page.setup.before_no_number", said=said))
            return 0
        return int(said or 0)

    def _decision(self, row: Row, said: dict[str, str]) -> dict[str, Any]:
        fields: dict[str, Any] = {"decision": self.new("decision"), "title": said["title"]}
        if said["outcome"]:
            fields["outcome"] = self.outcomes.get(said["outcome"], "")
            if not fields["outcome"]:
                known = tuple(self.outcomes)
                row.wrong.append(self.text("page.setup.before_no_outcome", known=known))
        if said["unit"]:
            fields["unit"] = self._unit(row, said["unit"])
        if not said["title"] or not said["words"]:
            row.wrong.append(self.text("page.setup.before_no_words"))
        if len(said["title"]) > LONGEST["title"]:
            row.wrong.append(self.text("page.form.too_long", n=LONGEST["title"]))
        return fields

    def _task(self, row: Row, said: dict[str, str]) -> dict[str, Any]:
        fields: dict[str, Any] = {"task": self.new("task")}
        if not said["words"]:
            row.wrong.append(self.text("page.setup.before_no_words"))
        if said["unit"]:
            unit = self._unit(row, said["unit"])
            kind = self.units[said["unit"]].kind if unit else ""
            fields["counter" if kind == "counter" else "unit"] = unit
        if said["owner"]:
            found = self.people.get(said["owner"], [])
            if len(found) != 1:
                key = "page.people.same_name" if found else "page.setup.before_no_owner"
                row.wrong.append(self.text(key, who=said["owner"]))
            else:
                fields["owner"] = found[0]
        if said["due_on"]:
            due = self._day(row, said["due_on"])
            fields |= {"due_on": due.isoformat()} if due else {}
        return fields

    def _unit(self, row: Row, said: str) -> str:
        if said not in self.units:
            row.wrong.append(self.text("page.setup.before_no_unit", unit=said))
            return ""
        return self.units[said].id


BEFORE: Final = Sort("before", headings, lambda office, lines: Bringing(office).plan(lines))


def before(request: HttpRequest) -> HttpResponse:
    """Bring in what was before, from a sheet."""
    office: Office = request.office  # type: ignore[attr-defined]
    if not may_bring(office):
        raise Http404
    return handled(request, office, BEFORE)


def template(request: HttpRequest) -> HttpResponse:
    """The sheet to fill in, with a line of each sort."""
    office: Office = request.office  # type: ignore[attr-defined]
    if not may_bring(office):
        raise Http404
    words, day = office.catalogue, office.state.founded_on or office.now.date()
    body = next((office.names.body(b) for b in sorted(office.state.bodies) if b != GENERAL), "")
    sorts = [words.text(f"page.setup.before_is_{s}") for s in SORTS]
    shown = [words.text(f"page.setup.before_sample_{s}") for s in ("title", "words", "task")]
    adopted = words.word("outcomes", "adopt")
    rows = [
        (sorts[0], body, day, 7, 6, "", "", "", "", "", None),
        (sorts[1], body, day, 7, None, shown[0], shown[1], adopted, "", "", None),
        (sorts[2], body, day, 7, None, "", shown[2], "", "", "", day.replace(month=12, day=31)),
    ]
    return xlsx(words.text("page.setup.before_template"), list(headings(office).values()), rows)
