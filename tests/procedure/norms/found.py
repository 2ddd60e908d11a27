"""What is found afterwards, a second time: kept, departed or broken, told from the entries alone.

The rules find these things without any act; the compliance report shows them. Each finder yields
(status, subject) for a body, or for one sitting of it.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from tests.procedure.norms.calling import met
from tests.procedure.telling import GENERAL, Facts, Telling

Finding = tuple[str, str, str]
"""Kind of rule, status, subject."""

Finds = Iterator[tuple[str, str]]


def found(told: Telling, body: str, at: datetime) -> list[Finding]:
    """Everything that the rules find of a body and of each of its sittings at a time."""
    day = str(at.date())
    own, general = told.last_in_force(body, day), told.in_force(GENERAL, day)
    made: list[Finding] = []
    for kind, (of_body, of_sitting) in FINDERS.items():
        for rules in (own, general) if own else ():
            if rules and rules.one(kind) and (rules is own or not (own and own.one(kind))):
                made += [(kind, *one) for one in of_body(told, body, at)]
        for held in told.sittings.values():
            if held["body"] == body and "opened_on" in held and told.demand(held["sitting"], kind):
                made += [(kind, *one) for one in of_sitting(told, held, at)]
    return sorted(made)


def nothing(*_: object) -> Finds:
    """What has nothing to say of it."""
    return iter(())


def periods_met(told: Telling, body: str, at: datetime) -> Finds:
    """cadence: every whole period since the founding: met, explained, or broken.

    Where the rules have ended, up to their last day.
    """
    until = date.fromisoformat(told.last_day(body, str(at.date())))
    own = told.last_in_force(body, str(at.date()))
    block = own.one("cadence") if own else None
    weekly = block is not None and block["every"] == "week"
    held = met(told, body, weekly)
    day = date.fromisoformat(told.founded)
    while day <= until:
        name = day.strftime("%G-W%V" if weekly else "%Y-%m")
        first = day - timedelta(days=day.weekday() if weekly else day.day - 1)
        last = first + timedelta(days=6) if weekly else _month_end(first)
        if first >= date.fromisoformat(told.founded) and last <= until:
            times = told.explained.count((body, name))
            if name in held:
                yield "kept", name
            else:
                yield from [("departed", name)] * times or [("broken", name)]
        day = last + timedelta(days=1)


def _month_end(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def papers_there(told: Telling, held: Facts, at: datetime) -> Finds:
    """papers_owed: every item that was handed in and taken up has a paper."""
    for item in (told.items[i] for i in held["agenda"] if i in held["talks"]):
        if item["origin"] == "submitted":
            yield "kept" if item.get("paper_supplied") else "broken", item["item"]


def minutes_there(told: Telling, held: Facts, at: datetime) -> Finds:
    """minutes_owed: every meeting that is over has its minutes."""
    if held["status"] == "closed":
        yield "broken" if held["minutes"] is None else "kept", held["sitting"]


def sections_reported(told: Telling, held: Facts, at: datetime) -> Finds:
    """standing_item: every section of that day has reported its work."""
    for unit in told.standing_units(held["opened_on"]):
        if told.units[unit]["kind"] == "section":
            yield "kept" if unit in held["reports"] else "broken", unit


def tasks_watched(told: Telling, held: Facts, at: datetime) -> Finds:
    """tasks_followed: no open task passes its day without the office having looked or pressed."""
    for task in (told.tasks[t] for t in held["tasks"]):
        late = task["status"] == "open" and task.get("due_on", "9999") < str(at.date())
        watched = task.get("task_checked") or task.get("owner_reminded")
        yield "broken" if late and not watched else "kept", task["task"]


def turns_passed(told: Telling, held: Facts, at: datetime) -> Finds:
    """clear_position: whoever let the turn pass took no clear position."""
    for item in (i for i in held["agenda"] if i in held["talks"]):
        yield from [("departed", item)] * len(held["talks"][item]["passed"])


def posts_changed(told: Telling, body: str, at: datetime) -> Finds:
    """second_person: every change, confirmed by a second person, of a post the rules name."""
    versions = [told.charters[digest] for _, digest in told.versions[body]]
    named = {name for rules in versions for names in rules.posts.values() for name in names}
    for asked in told.postings.values():
        if asked["status"] == "confirmed" and asked["post"] in named:
            yield "kept", asked["posting"]


FINDERS: dict[str, tuple[Callable[..., Finds], Callable[..., Finds]]] = {
    "cadence": (periods_met, nothing),
    "papers_owed": (nothing, papers_there),
    "minutes_owed": (nothing, minutes_there),
    "standing_item": (nothing, sections_reported),
    "tasks_followed": (nothing, tasks_watched),
    "clear_position": (nothing, turns_passed),
    "second_person": (posts_changed, nothing),
}
"""For each kind of rule that looks afterwards: what it finds of a body, and of one sitting."""
