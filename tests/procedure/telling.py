"""What the entries of a journal say so far, told again as plain dictionaries.

It knows the entries only: `stream`, `type`, `payload`, `actor`, `at`. It imports nothing of the
procedure, so that it can contradict it.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from tests.procedure.written import Block, Rules

Entry = dict[str, Any]
Facts = dict[str, Any]

GENERAL = "general"
CARRIED = ("adopt", "agree_in_principle")
"""Outcomes that something is to be done about."""


class Telling:
    """The facts told by the entries taken so far."""

    def __init__(self) -> None:
        self.latest = ""
        self.founded = ""
        self.charters: dict[str, Rules] = {}
        self.versions: dict[str, list[tuple[str, str]]] = {}
        self.ended: dict[str, list[str]] = {}
        self.enacted: set[tuple[str, str]] = set()
        """(body, decision) for each version that was enacted or ended by decision."""
        self.posts: list[Facts] = []
        self.units: dict[str, Facts] = {}
        self.people: set[str] = set()
        self.items: dict[str, Facts] = {}
        self.sittings: dict[str, Facts] = {}
        self.decisions: dict[str, Facts] = {}
        self.tasks: dict[str, Facts] = {}
        self.adjustments: dict[str, Facts] = {}
        self.postings: dict[str, Facts] = {}
        self.carried: dict[str, list[str]] = {}
        """Body → items that its next sitting takes up without anybody asking again."""
        self.receipts: set[tuple[str, str, str]] = set()
        """(body, digest, unit) for each version that a unit says it has received."""
        self.explained: list[tuple[str, str]] = []
        """(body, period) each time that somebody explained a period without a sitting."""
        self.practices: dict[tuple[str, str], list[tuple[str, str]]] = {}
        """(body, house practice) → from which day until which it is set, each time."""
        self.calendar: dict[int, tuple[list[str], list[str]]] = {}
        """Year → its holidays and the weekend days that are worked."""
        self.numbers: dict[tuple[str, str, int], int] = {}
        """(what, body, year) → the latest number."""

    # who holds what

    def holders(self, names: Iterable[str], day: str, unit: str | None = None) -> list[str]:
        """Who holds a post of one of these names on a day, in that unit if one is given."""
        return [
            a["person"]
            for name in names
            for a in self.posts
            if a["post"] == name
            and a["since"] <= day <= a.get("until", "9999")
            and unit in (None, a.get("unit"))
        ]

    def staff(self, units: Iterable[str], day: str) -> list[str]:
        """Everybody who holds any post in one of the units on a day."""
        names = {a["post"] for a in self.posts}
        return [person for unit in units for person in self.holders(names, day, unit)]

    def standing_units(self, day: str) -> list[str]:
        """The units that there are on a day."""
        return [
            unit
            for unit, held in self.units.items()
            if held["since"] <= day <= held.get("until", "9999")
        ]

    # what binds

    def in_force(self, body: str, day: str) -> Rules | None:
        """The body's own charter in force on a day."""
        ends = [end for end in self.ended.get(body, ()) if end <= day]
        begun = [
            digest
            for since, digest in self.versions.get(body, ())
            if since <= day and all(since >= end for end in ends)
        ]
        return self.charters[begun[-1]] if begun else None

    def last_in_force(self, body: str, day: str) -> Rules | None:
        """The body's own charter in force on a day, or the last one where its rules have ended."""
        return self.in_force(body, self.last_day(body, day))

    def last_day(self, body: str, day: str) -> str:
        """That day, or the last one on which the body's rules were in force."""
        ends = [end for end in self.ended.get(body, ()) if end <= day]
        if not ends or self.in_force(body, day):
            return day
        return str(date.fromisoformat(ends[-1]) - timedelta(days=1))

    def binding(self, sitting: str) -> list[Rules]:
        """The charters frozen when the sitting was convened, the body's own first."""
        return [self.charters[digest] for digest in self.sittings[sitting]["charters"]]

    def demand(self, sitting: str, kind: str) -> Block | None:
        """The block of a kind that binds a sitting: its own charter's, else the general one."""
        own, *others = self.binding(sitting)
        general = [rules for rules in others if rules.body == GENERAL]
        return next((b for rules in (own, *general) if (b := rules.one(kind))), None)

    def next_sitting(self, body: str) -> str | None:
        """The sitting of a body that is convened for the earliest time, and not held on paper."""
        waiting = [
            held
            for held in self.sittings.values()
            if held["body"] == body and held["status"] == "convened"
            if not held.get("on_paper")
        ]
        soonest = min(waiting, key=lambda h: datetime.fromisoformat(h["starts_at"]), default=None)
        return soonest["sitting"] if soonest else None

    # what is before the meeting

    def talk(self, entry: Entry) -> Facts:
        """The deliberation that an entry is about; an empty one when none has begun."""
        return self.talk_on(entry["payload"]["sitting"], entry["payload"]["item"])

    def talk_on(self, sitting: str, item: str) -> Facts:
        """The deliberation of an item in a sitting; an empty one when none has begun."""
        found: Facts = self.sittings[sitting]["talks"].get(item) or empty_talk()
        return found

    def present(self, sitting: str) -> set[str]:
        """Everybody in the room just now."""
        return {
            p for p, status in self.sittings[sitting]["presence"].items() if status == "present"
        }

    def to_speak(self, sitting: str, item: str) -> list[str]:
        """Who takes part in an item, is in the room and not recused, without the chair."""
        held = self.sittings[sitting]
        block = self.demand(sitting, "participants")
        who = block["who"] if block else ["member"]
        guests = held["invited"].get(item, [])
        seats = {"member": held["members"], "attendee": [*held["people"], *guests]}
        people = dict.fromkeys(p for seat in who for p in seats[seat])
        away = set(self.talk_on(sitting, item)["recused"]) | {held.get("chair")}
        return [p for p in people if p in self.present(sitting) and p not in away]

    def silent(self, sitting: str, item: str) -> list[str]:
        """Who is to speak and has neither spoken nor passed."""
        talk = self.talk_on(sitting, item)
        return [p for p in self.to_speak(sitting, item) if not heard(talk, p)]


def empty_talk() -> Facts:
    """A deliberation of which nothing has been told yet."""
    lists: Facts = {name: [] for name in ("positions", "passed", "recused")}
    return {**lists, "said": [], "settled": {}, "rapporteur": None, "outcome": None}


def keepers(sitting: Facts) -> set[str]:
    """Who keeps the record: the secretary, and who stands in; alone for one who never came."""
    secretary, substitute = sitting.get("secretary"), sitting.get("substitute")
    came = any(status == "present" for status, _ in sitting.get("log", {}).get(secretary, ()))
    if substitute and "opened_on" in sitting and not came:
        return {substitute}
    return {p for p in (secretary, substitute) if p}


def heard(talk: Facts, person: str) -> bool:
    """Whether somebody has spoken to the item or let the turn pass."""
    return person in talk["passed"] or any(p["member"] == person for p in talk["positions"])


def stances(talk: Facts, person: str) -> set[str]:
    """The stances that stand for a person: one, none, or two that differ."""
    if person in talk["settled"]:
        return {talk["settled"][person]}
    return {p["stance"] for p in talk["positions"] if p["member"] == person}
