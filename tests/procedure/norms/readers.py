"""Who may read what, a second time: told from the entries alone."""

from tests.procedure.norms.scene import Scene
from tests.procedure.telling import Facts, Telling

SUBJECTS = {
    "item": "items",
    "paper": "items",
    "decision": "decisions",
    "record": "sittings",
    "minutes": "sittings",
    "task": "tasks",
    "report": "sittings",
}
"""For each thing, among what its subjects are."""


def readers(told: Telling, thing: str, subject: str, at: str) -> set[str]:
    """read_by: everybody whom the clauses let read a thing at a time."""
    scene = _asked(told, thing, subject, at)
    if scene.own is None:
        return set()
    blocks = [b for b in scene.own.all("read_by") if thing in b["things"]]
    general = scene.general.all("read_by") if scene.general else []
    blocks = blocks or [b for b in general if thing in b["things"]]
    people = set(told.people)
    for block in blocks:
        if not opened(scene, block.get("until"), thing):
            people &= set(scene.anybody(block["by"]))
    return people


def _asked(told: Telling, thing: str, subject: str, at: str) -> Scene:
    """The question as an act: an item is asked for where it stands or stood last."""
    name = SUBJECTS[thing].removesuffix("s")
    said: Facts = {name: subject}
    held = getattr(told, SUBJECTS[thing])[subject]
    if name == "item" and (held.get("sitting") or held.get("last")):
        said["sitting"] = held.get("sitting") or held["last"]
    where = said.get("sitting") or (subject if name == "sitting" else held.get("sitting"))
    body = told.sittings[where]["body"] if where else held["body"]
    own = told.binding(where)[0] if where else told.last_in_force(body, at[:10])
    digest = next((d for d, rules in told.charters.items() if rules is own), None)
    entry = {"type": f"read/{thing}", "payload": {"act": said}, "actor": "", "at": at}
    return Scene(told, {**entry, "charter": digest})


def opened(scene: Scene, until: str | None, thing: str) -> bool:
    """Whether everybody may read it by now: minutes that are public as a whole, or what is."""
    itself = thing == "minutes" and (scene.sitting or {}).get("public") == "whole"
    return (bool(until) and itself) or (until == "published" and public(scene))


def public(scene: Scene) -> bool:
    """Whether the decision, or every decision of the sitting, has been made public."""
    if scene.decision is not None:
        return bool(scene.decision.get("published"))
    held = scene.sitting or {"sitting": None}
    made = [d for d in scene.told.decisions.values() if d["sitting"] == held["sitting"]]
    return bool(made) and all(d.get("published") for d in made)
