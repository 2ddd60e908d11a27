"""Norms for who was there, put right: by whom, how, and only while nothing rests on it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tests.procedure.norms.base import Found, sitting_of, when
from tests.procedure.telling import Entry, Facts, Telling, keepers

AFTER = {"present": {"left"}, "left": {"present"}}
"""What could be entered after that; after anything else, that somebody came or is away."""

DONE = {
    "item_decided": "",
    "item_postponed": "",
    "position_stated": "member",
    "turn_passed": "member",
    "item_presented": "rapporteur",
    "speaker_asked": "chair",
    "chair_answered": "person",
    **dict.fromkeys(("sitting_opened", "sitting_closed", "item_begun"), "chair"),
    **dict.fromkeys(("recess_called", "sitting_resumed"), "chair"),
    "chair_taken": "person",
}
"""What rests on who is there, and whose presence: of everybody, of who did it, of the chair."""

STOOD_IN_FOR = "stood in for"
"""What rests on the chair's being away: that somebody else took the chair."""


def remember(told: Telling, entry: Entry) -> None:
    """Keep when what was done at a meeting, for what is put right later."""
    said = entry["payload"]
    whose = DONE.get(entry["type"])
    if whose is None or entry["stream"] == "audit":
        return
    held = told.sittings[said["sitting"]]
    who = held.get("chair") if whose == "chair" else said.get(whose)
    done = (datetime.fromisoformat(entry["at"]), who, said.get("item"), entry["type"])
    held.setdefault("done", []).append(done)
    if entry["type"] == "chair_taken":
        held["done"].append((done[0], held["chair_before"], None, STOOD_IN_FOR))


def entered_wrongly_by_whom(told: Telling, entry: Entry) -> Found:
    """corrects_presence: who keeps the record puts it right, or who entered it takes it back."""
    said, held = entry["payload"], sitting_of(told, entry)
    keeps = entry["actor"] in keepers(held)
    hands, log = held["hands"].get(said["person"], [""]), _log(held, said)
    own = entry["actor"] == said["person"] and hands[-1] in ("self", "code")
    takes_back = said["status"] == log[-2][0]
    yield from when(not keeps and not (own and takes_back) and entry["actor"], "not theirs")


def put_right_as_it_can_have_been(told: Telling, entry: Entry) -> Found:
    """corrects_presence: the last entry gives way to what stood before, or could have come then."""
    said = entry["payload"]
    (before, _), (was, _) = _log(sitting_of(told, entry), said)[-2:]
    able = {before, *AFTER.get(before, {"present", "leave", "absent"})} - {was}
    yield from when(said["was"] != was and said["was"], "was not the last entry")
    yield from when(said["status"] not in able and said["status"], "cannot have been")


def nothing_rests_on_what_was_wrong(told: Telling, entry: Entry) -> Found:
    """corrects_presence: nothing was done since on the strength of it, and the record is open."""
    said, held = entry["payload"], sitting_of(told, entry)
    status, since = _log(held, said)[-1]
    away = status != "present"
    yield from when(held["recorded"] and said["person"], "on record")
    rests = [k for k in _since(told, held, said["person"], since) if k != STOOD_IN_FOR or away]
    yield from when(rests, "rests on it")
    reported = status == "present" and said["person"] in held["reports"].values()
    yield from when(reported and said["person"], "has reported")
    opened = [at for at, _, _, kind in held.get("done", ()) if kind == "sitting_opened"]
    day = datetime.fromisoformat(held["starts_at"]).date()
    early = status == "present" and since is not None and since.date() < day
    ahead = early and not any(at <= since for at in opened)
    yield from when(ahead and said["person"], "departed ahead of the day")


def _since(told: Telling, held: Facts, person: str, since: Any) -> Iterator[str]:
    for at, who, item, kind in held.get("done", ()):
        gone = item is not None and item not in held["talks"]
        counts = kind == "sitting_opened" and told.demand(held["sitting"], "quorum")
        mine = who in (None, person) or (counts and person in held["members"])
        if mine and at >= since and not gone:
            yield str(kind)


def _log(held: Facts, said: Facts) -> list[tuple[str, Any]]:
    """What was entered of the person, behind an entry that says nothing yet."""
    return [("unknown", None), *(held["log"].get(said["person"]) or [("unknown", None)])]
