"""May this person read this thing, and by which clause? (pure)"""

from datetime import datetime
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from yishi.procedure.act import Deed
from yishi.procedure.decide import found, judge, place
from yishi.procedure.delivering import recipients
from yishi.procedure.issued import Hidden
from yishi.procedure.reading import Read, Thing, readers_in
from yishi.procedure.state import State
from yishi.procedure.verdict import Citation, Message, Refused, Rejected


class Access(msgspec.Struct, frozen=True):
    """The answer with its ground: the clause that opens the thing or keeps it closed."""

    allowed: bool
    message: Message
    citation: Citation | None


_SUBJECT: dict[Thing, str] = {
    "item": "item",
    "paper": "item",
    "decision": "decision",
    "record": "sitting",
    "minutes": "sitting",
    "task": "task",
    "report": "sitting",
}


def _read(state: State, thing: Thing, subject: str) -> Read:
    """The question; an item is asked for in the sitting on whose agenda it stands or stood last."""
    if thing == "report" and subject in state.bodies:
        return Read(thing=thing, body=subject)
    fields: dict[str, Any] = {_SUBJECT[thing]: subject}
    item = state.items.get(subject) if _SUBJECT[thing] == "item" else None
    where = (item.sitting or item.last_sitting) if item is not None else None
    if where:
        fields["sitting"] = where
    return Read(thing=thing, **fields)


def may_read(state: State, person: str, thing: Thing, subject: str, at: datetime) -> Access:
    """Whether somebody may read a thing just now; an unknown subject is answered with no."""
    deed = Deed(act=_read(state, thing, subject), actor=person, at=max(at, state.latest or at))
    setting = place(deed, state)
    if isinstance(setting, Rejected):
        return Access(False, setting.message, None)
    verdict = judge(setting, f"read/{thing}")
    if isinstance(verdict, Refused):
        ground = verdict.grounds[0]
        return Access(False, ground.message, ground.citation)
    message = Message("read_by.open", {"thing": thing})
    return Access(True, message, verdict.kept[0] if verdict.kept else None)


def may_read_published(state: State, person: str, decision: str, at: datetime) -> bool:
    """Whether somebody may read what is published of a decision: whoever the whole is open to,
    or would be if the whole were published.
    """
    held = state.decisions.get(decision)
    if held is None or held.publication is None:
        return False
    whole = state.decisions.set(decision, replace(held, published=True))
    return any(
        may_read(one, person, "decision", decision, at).allowed
        for one in (state, replace(state, decisions=whole))
    )


def may_read_public_minutes(state: State, person: str, sitting: str, at: datetime) -> bool:
    """Whether somebody may read what is published of a meeting's minutes: whoever the minutes are
    open to, or would be if the whole of them were published.
    """
    held = state.sittings.get(sitting)
    public = held.minutes.public if held is not None and held.minutes else None
    if held is None or held.minutes is None or public is None:
        return False
    told = len(held.minutes.corrected)
    whole = replace(public, proposal=replace(public.proposal, hidden=Hidden(), corrections=told))
    versions = (*held.minutes.versions[:-1], whole)
    opened = replace(held, minutes=replace(held.minutes, versions=versions))
    after = replace(state, sittings=state.sittings.set(sitting, opened))
    return any(may_read(one, person, "minutes", sitting, at).allowed for one in (state, after))


def delivered_to(state: State, sitting: str, at: datetime) -> tuple[str, ...]:
    """Whom a meeting's minutes go to, as things stand."""
    nobody = Deed(act=_read(state, "minutes", sitting), actor="", at=at)
    setting = found(nobody, state)
    return () if isinstance(setting, Rejected) else recipients(setting)


EVERYBODY: Final = frozenset({""})
"""Stands for everyone who is known to the institution."""


def readers(state: State, thing: Thing, subject: str, at: datetime) -> frozenset[str]:
    """Everyone who may read a thing just now, or `EVERYBODY`: the same rules, asked once."""
    asked = _read(state, thing, subject)
    nobody = Deed(act=asked, actor="", at=at)
    setting = found(nobody, state)
    if isinstance(setting, Rejected):
        return frozenset()
    people = readers_in(setting, thing)
    return EVERYBODY if people is None else people
