"""Norms for every act that stood: whose it was, when, what it said, who was there."""

from collections.abc import Callable

from tests.procedure.norms.base import Found, when
from tests.procedure.norms.scene import Scene
from tests.procedure.telling import Entry, Telling


def stood(entry: Entry) -> bool:
    """Whether a judged deed was let stand."""
    return bool(entry["payload"]["verdict"] != "refused")


def kept(entry: Entry, kind: str) -> bool:
    """Whether it stood without departing from a rule of that kind."""
    gone = [g["rule"].rpartition("/")[2].partition("#")[0] for g in entry["payload"]["departures"]]
    return kind not in gone


def done_by_whom_the_charter_names(told: Telling, entry: Entry) -> Found:
    """reserved_to: an act that stood was done by a holder of a seat it is reserved to."""
    scene = Scene(told, entry)
    for block in scene.blocks("reserved_to") if stood(entry) else ():
        right = {entry["actor"], *_stated_by(scene)} & set(scene.anybody(block["by"]))
        yield from when(not right and entry["actor"], f"not {block['by']}")


def _stated_by(scene: Scene) -> list[str]:
    """entered_for: who stated what somebody else entered, where the charter lets them."""
    blocks = [b for b in scene.blocks("entered_for") if scene.actor in scene.anybody(b["by"])]
    said = (b for b in blocks if scene.said.get("outcome") in b["outcomes"])
    return [person for block in said for person in scene.holders(block["of"])]


def done_about_others(told: Telling, entry: Entry) -> Found:
    """not_for: nobody did about themselves what the charter lets nobody do about themselves."""
    scene = Scene(told, entry)
    mine = stood(entry) and scene.blocks("not_for") and scene.said["person"] == entry["actor"]
    yield from when(mine and entry["actor"], "about oneself")


def done_in_its_time(told: Telling, entry: Entry) -> Found:
    """in_state: what an act is about stood as the charter says when the act stood."""
    scene = Scene(told, entry)
    blocks = scene.blocks("in_state", lambda block: str(block["subject"])) if stood(entry) else ()
    for block in blocks:
        now = STANDS[block["subject"]](scene)
        wrong = now is not None and now not in block["states"]
        yield from when(wrong and now, f"{block['subject']} is not {block['states']}")


def done_with_what_it_needs(told: Telling, entry: Entry) -> Found:
    """needs: the act said what the charter asks it to say."""
    scene = Scene(told, entry)
    blocks = scene.blocks("needs", lambda block: str(block["fields"])) if stood(entry) else ()
    for name in (field for block in blocks for field in block["fields"]):
        given = scene.said.get(name) or f"act.{name}" in scene.sealed or name in scene.sealed
        item = scene.item or {}
        given = given or item.get(name) or name in item.get("sealed", {})
        yield from when(not given and name, "not said")


def plans_have_steps_with_their_days(told: Telling, entry: Entry) -> Found:
    """needs: a plan has steps, and each step its day and its words."""
    said = entry["payload"]
    yield from when(not said["steps"] and said["task"], "no step")
    for number, step in enumerate(said["steps"]):
        whole = "by" in step and f"steps.{number}.words" in said["sealed"]
        yield from when(not whole and said["task"], f"step {number} without day or words")


def done_by_people_in_the_room(told: Telling, entry: Entry) -> Found:
    """in_the_room: whoever the charter wants in the room was there when the act stood."""
    scene = Scene(told, entry)
    blocks = scene.blocks("in_the_room") if stood(entry) and scene.sitting else ()
    for person in (p for block in blocks for p in scene.holders(block.get("who", "self"))):
        away = scene.sitting is not None and scene.sitting["presence"].get(person) != "present"
        yield from when(away and person, "away")


def done_about_those_concerned(told: Telling, entry: Entry) -> Found:
    """concerns: the act was about somebody whom it may be about."""
    scene = Scene(told, entry)
    for block in scene.blocks("concerns") if stood(entry) else ():
        person = scene.said["person"]
        yield from when(person not in scene.anybody(block["who"]) and person, "outsider")


def _talk(scene: Scene) -> str | None:
    if scene.sitting is None or scene.item is None:
        return None
    talk = scene.talk
    if talk is None or talk["outcome"]:
        return "ended" if talk else "waiting"
    return "presented" if talk["rapporteur"] else "begun"


def _question(scene: Scene) -> str | None:
    if scene.talk is None or "person" not in scene.said:
        return None
    return str(scene.talk.get("asked", {}).get(scene.said["person"], "none"))


def _before(scene: Scene) -> str | None:
    if scene.sitting is None:
        return None
    at_hand = scene.sitting["current"]
    mine = scene.item["item"] if scene.item else None
    return "nothing" if at_hand is None else "this" if at_hand == mine else "another"


def _draft(scene: Scene) -> str | None:
    if scene.sitting is None:
        return None
    sent = scene.sitting.get("sent")
    if sent is None:
        return "unsent"
    person = scene.actor
    if person not in sent["people"]:
        return "elsewhere"
    return "answered" if person in sent["answered"] else "asked"


def _task(scene: Scene) -> str | None:
    if scene.task is None:
        return None
    out = scene.told.sittings[scene.task["sitting"]]["minutes"] is not None
    return str(scene.task["status"]) if out else "assigned"


def _of_person(table: str, nothing: str) -> Callable[[Scene], str | None]:
    def stands(scene: Scene) -> str | None:
        if scene.sitting is None or "person" not in scene.said:
            return None
        now = scene.sitting[table].get(scene.said["person"], nothing)
        return "granted" if now == "told" else str(now)

    return stands


def _unit(scene: Scene) -> str | None:
    held = scene.told.units.get(scene.said.get("unit"))
    return None if held is None else "closed" if held.get("until") else "open"


def _receipt(scene: Scene) -> str | None:
    versions = scene.told.versions.get(scene.said["body"])
    if not versions:
        return None
    given = (scene.said["body"], versions[-1][1], scene.said["unit"]) in scene.told.receipts
    return "given" if given else "owed"


def _where(yes: str, no: str, is_so: Callable[[dict], object]) -> Callable[[Scene], str | None]:
    """One of two words for a sitting; none where the act is about no sitting."""

    def stands(scene: Scene) -> str | None:
        return None if scene.sitting is None else yes if is_so(scene.sitting) else no

    return stands


def _manuscript(scene: Scene) -> str | None:
    held = scene.sitting
    if held is None:
        return None
    if held["minutes"] is None:
        return "minutes"
    return "corrigendum" if held.get("correcting") else "none"


def _publication(scene: Scene) -> str | None:
    held = scene.sitting
    if held is None:
        return None
    if held.get("public"):
        return "reproposed" if held.get("proposal") else "published"
    return "proposed" if held.get("proposal") else "none"


def _decision(scene: Scene) -> str | None:
    if scene.decision is None:
        return None
    public = scene.decision.get("published") or scene.decision.get("excerpted")
    return "published" if public else "closed"


def _practice(scene: Scene) -> str | None:
    if "practice" not in scene.said:
        return None
    held = scene.told.practices.get((scene.said["body"], scene.said["practice"]), [])
    return "on" if any(scene.day < until for _, until in held) else "off"


STANDS: dict[str, Callable[[Scene], str | None]] = {
    "item": lambda scene: scene.item["status"] if scene.item else None,
    "sitting": lambda scene: scene.sitting["status"] if scene.sitting else None,
    "talk": _talk,
    "question": _question,
    "before": _before,
    "recess": _where("resting", "none", lambda held: held.get("resting")),
    "record": _where("closed", "open", lambda held: held["recorded"]),
    "minutes": _where("issued", "owed", lambda held: held["minutes"] is not None),
    "manuscript": _manuscript,
    "publication": _publication,
    "draft": _draft,
    "notice": _where("given", "none", lambda held: held["notice"]),
    "leave": _of_person("leaves", "none"),
    "presence": _of_person("presence", "unknown"),
    "task": _task,
    "adjustment": lambda scene: scene.asked["status"] if scene.asked else None,
    "posting": lambda s: s.told.postings.get(s.said.get("posting"), {}).get("status"),
    "unit": _unit,
    "receipt": _receipt,
    "entry": lambda scene: scene.decision.get("source", "chair") if scene.decision else None,
    "decision": _decision,
    "practice": _practice,
}
"""How a subject stands, as far as it has been told."""
