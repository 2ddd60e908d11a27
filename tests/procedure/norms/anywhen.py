"""Norms for every entry: who acts, when, on what, and what a verdict keeps."""

from datetime import datetime

from tests.procedure.norms.base import Found, when
from tests.procedure.telling import Entry, Telling


def time_never_runs_back(told: Telling, entry: Entry) -> Found:
    """Every entry (place): nothing happens before what has happened."""
    late = told.latest and datetime.fromisoformat(entry["at"]) < datetime.fromisoformat(told.latest)
    yield from when(late, "earlier than the entry before")


def actor_is_known(told: Telling, entry: Entry) -> Found:
    """Every entry (place): whoever acts has been entered in the roster."""
    yield from when(entry["actor"] not in {"", *told.people} and entry["actor"], "stranger")


def subjects_exist(told: Telling, entry: Entry) -> Found:
    """Every event (place): it names nothing that no entry before it brought about."""
    said, brings = entry["payload"], BRINGS.get(entry["type"], AGAIN.get(entry["type"]))
    for name, known in (
        *((one, getattr(told, f"{one}s")) for one in ("item", "sitting", "task", "decision")),
        ("adjustment", told.adjustments),
        ("posting", told.postings),
        ("changes", told.decisions),
        ("changes_task", told.tasks),
        *((one, told.people) for one in ("person", "member", "owner", "rapporteur", "by", "to")),
        *((one, told.units) for one in ("unit", "counter", "lead_unit")),
    ):
        unknown = said.get(name) is not None and said[name] not in known
        yield from when(unknown and name != brings and said[name], f"unknown {name}")


def ids_are_new(told: Telling, entry: Entry) -> Found:
    """What is brought about (place): an id is given once and never again."""
    name = BRINGS[entry["type"]]
    given = entry["payload"][name]
    yield from when(given in getattr(told, _TABLES[name]) and given, f"{name} taken")


def refusals_name_their_clause(told: Telling, entry: Entry) -> Found:
    """Every refusal has a ground, and each ground a rule of an enacted charter."""
    said = entry["payload"]
    grounds = said.get("grounds", [])
    yield from when(said["verdict"] == "refused" and not grounds, "no ground")
    yield from when(said["verdict"] != "refused" and grounds, "grounds, but not refused")
    for ground in (*grounds, *said.get("departures", ())):
        rules = told.charters.get(ground["charter"])
        label, _, kind = ground["rule"].rpartition("/")
        known = rules is not None and rules.one(kind.partition("#")[0]) is not None
        yield from when(not (label and known and ground["message"]) and ground, "no such clause")


def practice_is_no_ground(told: Telling, entry: Entry) -> Found:
    """Every refusal: house practice is no ground for it; no rule is departed from by it."""
    said = entry["payload"]
    for ground in (*said.get("grounds", ()), *said.get("departures", ())):
        practice = ground["message"].startswith("practice.") or "practice" in ground["rule"]
        about = entry["type"] in ("start_practice", "end_practice")
        yield from when(practice and not about and ground["message"], "refused by house practice")


def departures_have_their_reason(told: Telling, entry: Entry) -> Found:
    """presumed: whoever departs from a presumption has said why."""
    said = entry["payload"]
    departs = said.get("departures", [])
    yield from when((said["verdict"] == "departed") != bool(departs), "departed without a rule")
    yield from when(bool(departs) and "reason" not in said.get("sealed", {}), "no reason kept")


def refusals_change_nothing(told: Telling, entry: Entry) -> Found:
    """A refused act is one entry; one that stood has its events behind it."""
    alone = entry["part"] == [1, 1]
    yield from when(alone != (entry["payload"]["verdict"] == "refused"), "parts do not fit")


BRINGS = {
    "unit_opened": "unit",
    "person_entered": "person",
    "item_submitted": "item",
    "item_carried": "item",
    "sitting_convened": "sitting",
    "item_decided": "decision",
    "task_assigned": "task",
    "adjustment_requested": "adjustment",
    "posting_proposed": "posting",
    "decision_brought_in": "decision",
    "task_brought_in": "task",
}
"""The field of an entry that names something new."""

AGAIN = {"sitting_brought_in": "sitting"}
"""The same, where what is named may have been told before."""

_TABLES = {
    "unit": "units",
    "person": "people",
    "item": "items",
    "sitting": "sittings",
    "decision": "decisions",
    "task": "tasks",
    "adjustment": "adjustments",
    "posting": "postings",
}
