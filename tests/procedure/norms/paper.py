"""Norms for what is entered from paper: when it happened, who did it, and who enters it."""

from datetime import datetime
from typing import Any

from tests.procedure.norms.base import Found, when
from tests.procedure.norms.scene import Scene
from tests.procedure.telling import Entry, Telling


def as_it_was(entry: Entry) -> Entry:
    """An entry with the time and the person of what it tells, whoever entered it, and when."""
    said = entry["payload"]
    if "held_at" not in said:
        return entry
    payload = {key: value for key, value in said.items() if key != "held_at"}
    was = {"at": said["held_at"], "actor": entry["behalf"], "payload": payload}
    return {**entry, **was, "entered_by": entry["actor"]}


def broke(entry: Entry) -> set[str]:
    """The kinds of rules that a judged deed says were broken on paper."""
    grounds = entry["payload"].get("broken", ())
    return {g["rule"].rpartition("/")[2].partition("#")[0] for g in grounds}


def speaks_of(norm: Any, kinds: set[str]) -> bool:
    """Whether a norm is about one of these kinds: its docstring begins with those it is about."""
    about, colon, _ = (norm.__doc__ or "").partition(":")
    return bool(colon and kinds & set(about.split(", ")))


def entered_from_paper_by_the_right_hand(told: Telling, entry: Entry) -> Found:
    """from_paper: entered while it may be, by whom the charter names, in its order and not ahead.

    What happens at a meeting that is being entered has its real time.
    """
    said, act = entry["payload"], entry["payload"].get("act", {})
    if said["verdict"] == "refused":
        return
    scene = Scene(told, entry)
    blocks, held = scene.blocks("from_paper"), told.sittings.get(act.get("sitting"))
    held = held if held and held["status"] in ("convened", "open") else None
    running = held is not None and held.get("on_paper", False)
    if "held_at" not in said:
        yield from when(running and blocks and entry["type"], "without its real time")
        return
    yield from when(not (running and blocks) and entry["type"], "not to be entered")
    for block in blocks:
        right = entry["actor"] in scene.anybody(block["by"])
        yield from when(not right and entry["actor"], f"not {block['by']}")
    yield from when(not entry["behalf"] and entry["type"], "by nobody")
    then, last = datetime.fromisoformat(said["held_at"]), (held or {}).get("paper_last")
    yield from when(then > datetime.fromisoformat(entry["at"]) and said["held_at"], "ahead")
    early = last is not None and then < datetime.fromisoformat(last)
    yield from when(early and said["held_at"], "before what is known")


def broken_only_on_paper(told: Telling, entry: Entry) -> Found:
    """from_paper: a rule is kept as broken only where it was on paper, and a word says how."""
    said = entry["payload"]
    broken = said.get("broken", [])
    yield from when((said["verdict"] == "broken") != bool(broken), "broken without a rule")
    yield from when(bool(broken) and "held_at" not in said, "broken at a live meeting")
    yield from when(bool(broken) and "reason" not in said.get("sealed", {}), "not a word of it")
