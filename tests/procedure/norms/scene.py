"""What an act names, and who holds which seat in it, told from the entries before it."""

from collections.abc import Callable, Iterable

from tests.procedure.telling import GENERAL, Entry, Facts, Telling, keepers
from tests.procedure.written import Block, Rules, rules_of


class Scene:
    """An act, or an event, with everything it names that has been told."""

    def __init__(self, told: Telling, entry: Entry) -> None:
        payload = entry["payload"]
        self.told, self.act = told, entry["type"]
        self.said: Facts = payload.get("act", payload)
        self.sealed: Facts = payload.get("sealed", {})
        self.actor, self.day = entry["actor"], entry["at"][:10]
        self.own = told.charters.get(entry["charter"] or "")
        if self.own is None and "text" in self.said:  # the first rules of a body bind themselves
            self.own = rules_of(self.said["text"])
        self.general = told.in_force(GENERAL, self.day)
        self.asked: Facts | None = told.adjustments.get(self.said.get("adjustment"))
        task = self.asked["task"] if self.asked else self.said.get("task")
        self.task: Facts | None = told.tasks.get(task)
        self.decision: Facts | None = told.decisions.get(self.said.get("decision"))
        if self.task and self.act.startswith("read/"):  # a task is read as what it came from
            self.decision = told.decisions.get(self.task.get("decision"))
        about = self.decision if "body" not in self.said else None
        self.sitting: Facts | None = told.sittings.get(self._where(about))
        item = self.said.get("item") or (about or {}).get("item")
        self.item: Facts | None = told.items.get(item)

    def _where(self, about: Facts | None) -> str | None:
        for named in (self.said, self.task, about):
            if named and named.get("sitting"):
                return str(named["sitting"])
        return None

    @property
    def talk(self) -> Facts | None:
        """The deliberation of the item in the sitting, if one has begun."""
        if self.sitting is None or self.item is None:
            return None
        found: Facts | None = self.sitting["talks"].get(self.item["item"])
        return found

    # what the charters say of the act

    def blocks(self, kind: str, slot: Callable[[Block], str] = lambda block: "") -> list[Block]:
        """The blocks on this act: the body's own first, the general ones where they are silent."""
        mine = [b for rules in self._own() for b in rules.on(kind, self.act)]
        taken = {slot(block) for block in mine}
        general = self.general.on(kind, self.act) if self.general else []
        return [*mine, *(b for b in general if slot(b) not in taken)]

    def _own(self) -> list[Rules]:
        """The body's charter; those of every body for what belongs to none."""
        if self.own is None or self.own.body != GENERAL:
            return [self.own] if self.own else []
        bodies = [body for body in self.told.versions if body != GENERAL]
        return [rules for b in bodies if (rules := self.told.in_force(b, self.day))]

    def printed(self, group: str, key: str) -> list[str]:
        """How a post or a unit is called in these charters."""
        named = [getattr(rules, group).get(key, []) for rules in self._own()]
        general = getattr(self.general, group).get(key, []) if self.general else []
        alone = self.own is not None and self.own.body == GENERAL
        own = [name for names in named for name in names]
        return [*own, *general] if alone else own or general

    # who holds which seat

    def holders(self, seat: str) -> list[str]:
        """Everybody who holds the seat."""
        if seat in PLACES:
            return PLACES[seat](self)
        post, _, place = seat.partition("@")
        units = UNITS[place](self) if place else [None]
        if post == "staff":
            return self.told.staff([u for u in units if u], self.day)
        names = self.printed("posts", post)
        return [p for unit in units for p in self.told.holders(names, self.day, unit)]

    def anybody(self, seats: Iterable[str]) -> list[str]:
        """Everybody who holds one of the seats."""
        return [person for seat in seats for person in self.holders(seat)]


def _reserved(act: str, itself: str) -> Callable[[Scene], list[str]]:
    """Who holds the seats to which that act is reserved."""

    def found(scene: Scene) -> list[str]:
        here, scene.act = scene.act, act
        blocks = scene.blocks("reserved_to")
        scene.act = here
        return scene.anybody(s for block in blocks for s in block["by"] if s != itself)

    return found


def _themselves(scene: Scene) -> list[str]:
    named = (scene.said.get(name) for name in ("person", "member", "rapporteur"))
    return [next((person for person in named if person), scene.actor)]


def _attending(scene: Scene) -> list[str]:
    if scene.sitting is None:
        return []
    invited: dict[str, list[str]] = scene.sitting["invited"]
    groups = [invited.get(scene.item["item"], [])] if scene.item else list(invited.values())
    return [*scene.sitting["people"], *(p for guests in groups for p in guests)]


def _seated(scene: Scene) -> list[str]:
    return list(scene.sitting["people"]) if scene.sitting else []


def _called_in(scene: Scene) -> list[str]:
    """Whoever was called in for the item that the meeting has before it, and is in the room."""
    held, item = scene.sitting, scene.item
    if held is None or item is None or held["current"] != item["item"]:
        return []
    guests = held["invited"].get(item["item"], [])
    return [p for p in guests if held["presence"].get(p) == "present"]


def _of_sitting(name: str) -> Callable[[Scene], list[str]]:
    def found(scene: Scene) -> list[str]:
        value = (scene.sitting or {}).get(name)
        return list(value) if isinstance(value, list) else [value] if value else []

    return found


def there(held: Facts, person: str, until: str | None) -> bool:
    """Whether somebody was in the room at a moment, or at any time when none is given."""
    log = held["log"].get(person, [])
    if until is None:
        return any(status == "present" for status, _ in log)
    before = [status for status, at in log if at <= until]
    return bool(before) and before[-1] == "present"


def _present(scene: Scene) -> list[str]:
    held = scene.sitting
    if held is None:
        return []
    guests = held["invited"].get(scene.item["item"], []) if scene.item else []
    until = scene.decision["at"] if scene.decision else None
    return [p for p in (*held["people"], *guests) if there(held, p, until)]


def _throughout(scene: Scene) -> list[str]:
    held = scene.sitting
    if held is None:
        return []
    made = [d["at"] for d in scene.told.decisions.values() if d["sitting"] == held["sitting"]]
    inside = [p for p in held["people"] if all(there(held, p, at) for at in made or [None])]
    return [p for p in inside if not held["current"] or held["presence"].get(p) == "present"]


def _in_office(scene: Scene) -> list[str]:
    names = {held["post"] for held in scene.told.posts}
    return scene.told.holders(names, scene.day)


PLACES: dict[str, Callable[[Scene], list[str]]] = {
    "chair": _of_sitting("chair"),
    "secretary": lambda scene: sorted(keepers(scene.sitting or {})),
    "convener": _reserved("convene", "convener"),
    "approver": _reserved("approve_item", "approver"),
    "member": _of_sitting("members"),
    "seated": _seated,
    "called_in": _called_in,
    "attendee": _attending,
    "rapporteur": lambda s: [s.talk["rapporteur"]] if s.talk and s.talk["rapporteur"] else [],
    "owner": lambda s: [task["owner"] for task in _tasks(s) if task.get("owner")],
    "self": _themselves,
    "present": _present,
    "throughout": _throughout,
    "submitter": lambda scene: [scene.item["by"]] if scene.item else [],
    "in_office": _in_office,
    "anyone": lambda scene: sorted(scene.told.people),
}
"""Places that follow from the act and the sitting."""


def _sections(scene: Scene, units: Iterable[str | None]) -> list[str]:
    return [u for u in units if u and scene.told.units[u]["kind"] == "section"]


def _raising(scene: Scene) -> list[str]:
    item = scene.item or {}
    lead = scene.said.get("lead_unit") or item.get("lead_unit")
    return [lead, *(scene.said.get("co_units") or item.get("co_units") or [])]


def _owning(scene: Scene) -> list[str]:
    task = scene.task or {"unit": scene.said.get("unit")}
    return [unit for unit in (task.get("unit"), task.get("counter")) if unit]


def _tasks(scene: Scene) -> list[Facts]:
    """The task that the act is about, or all of the decision that it is about."""
    made = scene.decision["tasks"] if scene.decision else ()
    return [scene.task] if scene.task else [scene.told.tasks[task] for task in made]


def _carrying(scene: Scene) -> list[str]:
    return [u for task in _tasks(scene) for u in (task.get("unit"), task.get("counter")) if u]


UNITS: dict[str, Callable[[Scene], list[str]]] = {
    "secretariat": lambda s: [
        u for u, held in s.told.units.items() if held["called"] in s.printed("units", "secretariat")
    ],
    "any_section": lambda s: _sections(s, s.told.standing_units(s.day)),
    "lead_section": lambda s: _sections(s, _raising(s)[:1]),
    "raising_sections": lambda s: _sections(s, _raising(s)),
    "owner_unit": _owning,
    "reporting_unit": lambda s: _sections(s, [s.said.get("unit")]),
    "receiving_unit": lambda s: _sections(s, [s.said.get("unit")]),
    "carrying_units": _carrying,
}
"""Units that an act may be about."""
