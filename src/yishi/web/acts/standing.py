"""What stands in a form at first, where an act would put something else in its place."""

from typing import Any
from zoneinfo import ZoneInfo

from yishi.procedure.state import Sitting
from yishi.web.acts.choices import Asked


def standing(asked: Asked, act: str, name: str) -> Any:
    """What stands where the act would put something else: shown in the form to begin with."""
    state, subject = asked.state, asked.subject
    if act == "set_agenda" and name == "items" and asked.sitting is not None:
        return asked.sitting.agenda
    if act == "set_agenda" and name == "durations" and asked.sitting is not None:
        return tuple(str(asked.sitting.durations.get(i, "")) for i in asked.sitting.agenda)
    if act in ("move_sitting", "give_notice") and asked.sitting is not None:
        return _arranged(asked.sitting, name, asked.office.zone)
    if act == "receive_notice" and name == "edition" and asked.sitting is not None:
        return asked.sitting.editions.latest or None
    if name == "lead_unit":
        mine = state.roster.units_of(asked.office.person, asked.office.now.date())
        return next(iter(sorted(mine)), None)
    if act == "revise_item" and subject.get("item") in state.items:
        return getattr(state.items[subject["item"]], name, None)
    if act == "set_task" and subject.get("task") in state.tasks:
        return getattr(state.tasks[subject["task"]], name, None)
    if act == "plan_task" and name == "steps" and subject.get("task") in state.tasks:
        steps = state.tasks[subject["task"]].steps
        return tuple({"by": by.isoformat(), "words": words} for by, words in steps)
    held = asked.sitting.draft if asked.sitting is not None else None
    if act == "word_minutes" and held is not None:
        return getattr(held, name, None)
    made = asked.sitting.corrigendum if asked.sitting is not None else None
    if act == "draft_corrigendum" and made is not None:
        return getattr(made, name, None)
    if act == "word_point" and name == "words" and held is not None:
        return held.points.get(subject.get("item", ""))
    if act == "present_item" and name == "parts":
        return ("content", "proposal")
    return None


def _arranged(sitting: Sitting, name: str, zone: ZoneInfo) -> str | None:
    """When and where a meeting is to be held, and what those who come are to bring."""
    if name == "starts_at":
        return f"{sitting.starts_at.astimezone(zone):%Y-%m-%dT%H:%M}"
    return {"venue": sitting.venue, "bring": sitting.bring}.get(name)
