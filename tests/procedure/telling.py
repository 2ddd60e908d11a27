"""What the entries of a journal say so far, told again as plain dictionaries.

It knows the entries only: `stream`, `type`, `payload`, `actor`, `at`. It imports nothing of the
procedure, so that it can contradict it.
"""

from collections.abc import Callable, Iterable
from typing import Any

from tests.procedure.written import Block, Rules, rules_of

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
        self.numbers: dict[tuple[str, str, int], int] = {}
        """(what, body, year) → the latest number."""

    def take(self, entry: Entry) -> None:
        """The facts after one more entry; an entry of the audit stream only moves the time."""
        self.latest = entry["at"]
        if entry["stream"] != "audit" and entry["type"] in TOLD:
            TOLD[entry["type"]](self, entry, entry["payload"])

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

    # what binds

    def in_force(self, body: str, day: str) -> Rules | None:
        """The body's own charter in force on a day."""
        begun = [digest for since, digest in self.versions.get(body, ()) if since <= day]
        return self.charters[begun[-1]] if begun else None

    def binding(self, sitting: str) -> list[Rules]:
        """The charters frozen when the sitting was convened, the body's own first."""
        return [self.charters[digest] for digest in self.sittings[sitting]["charters"]]

    def demand(self, sitting: str, kind: str) -> Block | None:
        """The block of a kind that binds a sitting: its own charter's, else the general one."""
        own, *others = self.binding(sitting)
        general = [rules for rules in others if rules.body == GENERAL]
        return next((b for rules in (own, *general) if (b := rules.one(kind))), None)

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
    return {**lists, "settled": {}, "rapporteur": None, "outcome": None}


def keepers(sitting: Facts) -> set[str]:
    """Who keeps the record of a sitting: its secretary, and who stands in."""
    return {p for p in (sitting.get("secretary"), sitting.get("substitute")) if p}


def heard(talk: Facts, person: str) -> bool:
    """Whether somebody has spoken to the item or let the turn pass."""
    return person in talk["passed"] or any(p["member"] == person for p in talk["positions"])


def stances(talk: Facts, person: str) -> set[str]:
    """The stances that stand for a person: one, none, or two that differ."""
    if person in talk["settled"]:
        return {talk["settled"][person]}
    return {p["stance"] for p in talk["positions"] if p["member"] == person}


# ── one function a type of entry ──────────────────────────────────────────────────────────────


def _post_vacated(told: Telling, entry: Entry, said: Facts) -> None:
    for held in told.posts:
        same = all(held.get(key) == said.get(key) for key in ("person", "post", "unit"))
        if same and "until" not in held:
            held["until"] = said["until"]


def _charter_enacted(told: Telling, entry: Entry, said: Facts) -> None:
    told.charters[said["digest"]] = rules_of(said["text"])
    versions = told.versions.setdefault(said["body"], [])
    versions.append((said["in_force"], said["digest"]))
    versions.sort()


def _item_submitted(told: Telling, entry: Entry, said: Facts) -> None:
    item = {"origin": "submitted", "status": "submitted", **said, "on": entry["at"][:10]}
    told.items[said["item"]] = item
    if item.get("sitting") and item["status"] == "on_agenda":
        told.sittings[item["sitting"]]["agenda"].append(said["item"])


def _item_carried(told: Telling, entry: Entry, said: Facts) -> None:
    item = {**said, "origin": "carried", "status": "approved", "on": entry["at"][:10]}
    told.items[said["item"]] = item
    if said.get("sitting"):
        _place(told, said["sitting"], said["item"])
    else:
        told.carried.setdefault(said["body"], []).append(said["item"])


def _item_approved(told: Telling, entry: Entry, said: Facts) -> None:
    judged = {k: v for k, v in said.items() if k not in ("by", "late_admitted")}
    late = said.get("late_admitted", False)
    told.items[said["item"]] |= {**judged, "status": "approved", "late_admitted": late}


def _item_withdrawn(told: Telling, entry: Entry, said: Facts) -> None:
    item = told.items[said["item"]]
    if item.get("sitting"):
        held = told.sittings[item["sitting"]]
        held["agenda"] = [i for i in held["agenda"] if i != said["item"]]
        held["talks"].pop(said["item"], None)
        held["current"] = None if held["current"] == said["item"] else held["current"]
    item |= {"status": "withdrawn", "sitting": None}


def _status(status: str) -> Callable[[Telling, Entry, Facts], None]:
    def told_so(told: Telling, entry: Entry, said: Facts) -> None:
        told.items[said["item"]]["status"] = status

    return told_so


def _sitting_convened(told: Telling, entry: Entry, said: Facts) -> None:
    members = [seat["person"] for seat in said["members"]]
    attending = [seat["person"] for seat in said["in_attendance"]]
    sitting = {
        **said,
        "status": "convened",
        "members": members,
        "people": list(dict.fromkeys([*members, *attending])),
        "agenda": [],
        **{name: [] for name in ("floor", "tasks", "notes")},
        **{name: {} for name in ("invited", "talks", "presence", "leaves", "reports")},
        **dict.fromkeys(("current", "notice", "recorded", "minutes")),
        "year": 0,
    }
    told.sittings[said["sitting"]] = sitting
    for item in told.carried.pop(said["body"], []):
        if told.items[item]["status"] == "approved":
            _place(told, said["sitting"], item)


def _sitting_brought_in(told: Telling, entry: Entry, said: Facts) -> None:
    if said["sitting"] not in told.sittings:
        seats: Facts = {"kind": "before", "members": [], "in_attendance": []}
        _sitting_convened(told, entry, {**said, **seats})
        told.sittings[said["sitting"]] |= {"status": "closed", "minutes": 0, "year": said["year"]}


def _decision_brought_in(told: Telling, entry: Entry, said: Facts) -> None:
    told.decisions[said["decision"]] = {**said, "item": said["decision"], "tasks": []}
    told.items[said["decision"]] = {**said, "origin": "before", "status": "decided"}


def _numbers_brought_in(told: Telling, entry: Entry, said: Facts) -> None:
    told.numbers["sitting", said["body"], said["year"]] = said["sittings"]
    told.numbers["minutes", said["body"], said["year"]] = said["minutes"]


def _place(told: Telling, sitting: str, item: str) -> None:
    told.sittings[sitting]["agenda"].append(item)
    told.items[item] |= {"status": "on_agenda", "sitting": sitting}


def _agenda_set(told: Telling, entry: Entry, said: Facts) -> None:
    held = told.sittings[said["sitting"]]
    for item in held["agenda"]:
        told.items[item] |= {"status": "approved", "sitting": None}
    for item in said["items"]:
        told.items[item] |= {"status": "on_agenda", "sitting": said["sitting"]}
    held["agenda"] = list(said["items"])


def _notice_given(told: Telling, entry: Entry, said: Facts) -> None:
    told.sittings[said["sitting"]]["notice"] = said["starts_at"]


def _sitting_moved(told: Telling, entry: Entry, said: Facts) -> None:
    told.sittings[said["sitting"]] |= {"starts_at": said["starts_at"], "notice": None}


def _called_off(told: Telling, entry: Entry, said: Facts) -> None:
    held = told.sittings[said["sitting"]]
    for item in held["agenda"]:
        origin = told.items[item]["origin"]
        status = "withdrawn" if origin == "standing" else "approved"
        told.items[item] |= {"status": status, "sitting": None}
        if origin == "carried":
            told.carried.setdefault(held["body"], []).append(item)
    held |= {"status": "called_off", "agenda": []}


def _invited(told: Telling, entry: Entry, said: Facts) -> None:
    told.sittings[said["sitting"]]["invited"].setdefault(said["item"], []).extend(said["people"])


def _leave(status: str) -> Callable[[Telling, Entry, Facts], None]:
    def told_so(told: Telling, entry: Entry, said: Facts) -> None:
        told.sittings[said["sitting"]]["leaves"][said["person"]] = status

    return told_so


def _presence(told: Telling, entry: Entry, said: Facts) -> None:
    told.sittings[said["sitting"]]["presence"][said["person"]] = said["status"]


def _opened(told: Telling, entry: Entry, said: Facts) -> None:
    held = told.sittings[said["sitting"]]
    held |= {"status": "open", "year": said["year"], "opened_on": entry["at"][:10]}
    told.numbers["sitting", held["body"], said["year"]] = said["number"]


def _begun(told: Telling, entry: Entry, said: Facts) -> None:
    held = told.sittings[said["sitting"]]
    held["talks"][said["item"]] = empty_talk()
    held["current"] = said["item"]


def _presented(told: Telling, entry: Entry, said: Facts) -> None:
    told.talk(entry)["rapporteur"] = said["rapporteur"]
    told.items[said["item"]]["status"] = "begun"


def _decided(told: Telling, entry: Entry, said: Facts) -> None:
    told.talk(entry)["outcome"] = said["outcome"]
    told.sittings[said["sitting"]]["current"] = None
    told.items[said["item"]] |= {"status": "decided", "decision": said["decision"]}
    told.decisions[said["decision"]] = {**said, "tasks": [], "published": False}


def _postponed(told: Telling, entry: Entry, said: Facts) -> None:
    told.talk(entry)["outcome"] = "postpone"
    told.sittings[said["sitting"]]["current"] = None
    told.items[said["item"]] |= {"status": "approved", "sitting": None, "postponed": True}


def _admitted(told: Telling, entry: Entry, said: Facts) -> None:
    judged = {k: v for k, v in said.items() if k not in ("by", "sitting")}
    told.items[said["item"]] |= judged
    _place(told, said["sitting"], said["item"])
    told.sittings[said["sitting"]]["floor"].append(said["item"])


def _closed(told: Telling, entry: Entry, said: Facts) -> None:
    told.sittings[said["sitting"]] |= {"status": "closed", "current": None}


def _assigned(told: Telling, entry: Entry, said: Facts) -> None:
    told.tasks[said["task"]] = {**said, "status": "open"}
    told.sittings[said["sitting"]]["tasks"].append(said["task"])
    if said.get("decision"):
        told.decisions[said["decision"]]["tasks"].append(said["task"])


def _issued(told: Telling, entry: Entry, said: Facts) -> None:
    held = told.sittings[said["sitting"]]
    held["minutes"] = said["number"]
    told.numbers["minutes", held["body"], held["year"]] = said["number"]


def _task(**changes: Any) -> Callable[[Telling, Entry, Facts], None]:
    def told_so(told: Telling, entry: Entry, said: Facts) -> None:
        told.tasks[said["task"]] |= changes

    return told_so


def _granted(told: Telling, entry: Entry, said: Facts) -> None:
    told.adjustments[said["adjustment"]]["status"] = "granted"
    if said.get("due_on"):
        told.tasks[said["task"]]["due_on"] = said["due_on"]


def _listed(name: str, *keys: str) -> Callable[[Telling, Entry, Facts], None]:
    """What somebody did in a deliberation joins one of its lists."""

    def told_so(told: Telling, entry: Entry, said: Facts) -> None:
        told.talk(entry)[name].append(said if not keys else said[keys[0]])

    return told_so


TOLD: dict[str, Callable[[Telling, Entry, Facts], None]] = {
    "institution_founded": lambda t, e, s: setattr(t, "founded", s["on"]),
    "numbers_brought_in": _numbers_brought_in,
    "sitting_brought_in": _sitting_brought_in,
    "decision_brought_in": _decision_brought_in,
    "task_brought_in": lambda t, e, s: _assigned(t, e, s),
    "unit_opened": lambda t, e, s: t.units.update({s["unit"]: dict(s)}),
    "unit_closed": lambda t, e, s: t.units[s["unit"]].update(until=s["until"]),
    "person_entered": lambda t, e, s: t.people.add(s["person"]),
    "post_filled": lambda t, e, s: t.posts.append(dict(s)),
    "post_vacated": _post_vacated,
    "charter_enacted": _charter_enacted,
    "item_submitted": _item_submitted,
    "item_carried": _item_carried,
    "item_revised": _status("submitted"),
    "item_collated": _status("collated"),
    "item_returned": _status("returned"),
    "item_approved": _item_approved,
    "item_put_off": _status("put_off"),
    "item_refused": _status("refused"),
    "item_withdrawn": _item_withdrawn,
    "sitting_convened": _sitting_convened,
    "agenda_set": _agenda_set,
    "notice_given": _notice_given,
    "sitting_moved": _sitting_moved,
    "sitting_called_off": _called_off,
    "others_invited": _invited,
    "substitute_named": lambda t, e, s: t.sittings[s["sitting"]].update(substitute=s["person"]),
    "leave_requested": _leave("requested"),
    "leave_granted": _leave("granted"),
    "leave_refused": _leave("refused"),
    "office_told": _leave("told"),
    "presence_noted": _presence,
    "member_recused": _listed("recused", "person"),
    "sitting_opened": _opened,
    "chair_taken": lambda t, e, s: t.sittings[s["sitting"]].update(chair=s["person"]),
    "item_begun": _begun,
    "item_presented": _presented,
    "position_stated": _listed("positions"),
    "turn_passed": _listed("passed", "member"),
    "position_settled": lambda t, e, s: t.talk(e)["settled"].update({s["member"]: s["stance"]}),
    "work_reported": lambda t, e, s: t.sittings[s["sitting"]]["reports"].update(
        {s["unit"]: s["by"]}
    ),
    "sitting_closed": _closed,
    "floor_item_admitted": _admitted,
    "floor_item_declined": _status("declined"),
    "item_decided": _decided,
    "item_postponed": _postponed,
    "task_assigned": _assigned,
    "task_set": lambda t, e, s: t.tasks[s["task"]].update(s),
    "task_handed_over": lambda t, e, s: t.tasks[s["task"]].update(owner=s["owner"]),
    "posting_proposed": lambda t, e, s: t.postings.update(
        {s["posting"]: {**s, "status": "proposed"}}
    ),
    "posting_confirmed": lambda t, e, s: t.postings[s["posting"]].update(status="confirmed"),
    "posting_declined": lambda t, e, s: t.postings[s["posting"]].update(status="declined"),
    "record_noted": lambda t, e, s: t.sittings[s["sitting"]]["notes"].append(dict(s)),
    "record_corrected": lambda t, e, s: t.sittings[s["sitting"]]["notes"].append(dict(s)),
    "record_closed": lambda t, e, s: t.sittings[s["sitting"]].update(recorded=True),
    "minutes_issued": _issued,
    "decision_published": lambda t, e, s: t.decisions[s["decision"]].update(published=True),
    "task_completed": _task(status="completed"),
    "task_closed": _task(status="closed"),
    "task_sent_back": _task(status="open"),
    "adjustment_requested": lambda t, e, s: t.adjustments.update(
        {s["adjustment"]: {**s, "status": "requested"}}
    ),
    "adjustment_granted": _granted,
    "adjustment_refused": lambda t, e, s: t.adjustments[s["adjustment"]].update(status="refused"),
}
"""How each type of entry is told; the others change nothing that an invariant looks at."""
