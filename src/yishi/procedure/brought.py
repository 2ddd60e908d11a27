"""What is wrong with a text of rules that is brought, or ended, before any rule speaks (pure)."""

from datetime import date
from typing import Any

from yishi.charter.reader import read
from yishi.procedure.act import Deed
from yishi.procedure.charters import RepealCharter
from yishi.procedure.circles import rules_amiss
from yishi.procedure.state import State
from yishi.procedure.verdict import Message, Rejected, Value


def ends_amiss(act: RepealCharter, today: date, state: State) -> Rejected | None:
    """An end in the past, before the latest version binds, or of rules that have ended."""
    log = state.bodies.get(act.body)
    if log is None or not log.versions:
        return None
    since, ends = log.versions[-1][0], act.ends_on
    said: dict[str, Value] = {"body": act.body, "start": since, "on": ends, "today": today}
    if log.ended and log.ended[-1] > since:
        return Rejected("body", Message("place.charter_ended", {**said, "on": log.ended[-1]}))
    if ends <= since:
        return Rejected("ends_on", Message("place.ends_before_it_binds", said))
    return Rejected("ends_on", Message("place.ends_in_the_past", said)) if ends < today else None


def unreadable(deed: Deed, state: State) -> Rejected | None:
    """A text that is no sound charter of that body, or not newer than what the body has."""
    act: Any = deed.act
    charter, faults = read(act.text)
    if charter is not None:
        faults = (*faults, *rules_amiss(charter, state))
    errors = [fault for fault in faults if fault.level == "error"]
    if charter is None or errors:
        said: dict[str, Value] = {
            "line": errors[0].line if errors else 0,
            "fault": errors[0].message if errors else "",
        }
        return Rejected("text", Message("place.charter_faulty", said))
    if charter.body != act.body:
        return Rejected("body", Message("place.charter_of_other_body", {"body": charter.body}))
    log = state.bodies.get(act.body)
    if log and any(since >= charter.in_force for since, _ in log.versions):
        return Rejected("text", Message("place.charter_not_newer", {"start": charter.in_force}))
    if log and log.ended and charter.in_force < log.ended[-1]:
        said = {"start": charter.in_force, "on": log.ended[-1]}
        return Rejected("text", Message("place.charter_before_the_end", said))
    return None
