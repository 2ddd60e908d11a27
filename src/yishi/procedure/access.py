"""May this person read this thing, and by which clause? (pure)"""

from datetime import datetime
from typing import Any

import msgspec

from yishi.procedure.act import Deed
from yishi.procedure.decide import judge, place
from yishi.procedure.reading import Read, Thing
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
}


def may_read(state: State, person: str, thing: Thing, subject: str, at: datetime) -> Access:
    """Whether somebody may read a thing just now; an unknown subject is answered with no."""
    fields: dict[str, Any] = {_SUBJECT[thing]: subject}
    deed = Deed(act=Read(thing=thing, **fields), actor=person, at=max(at, state.latest or at))
    setting = place(deed, state)
    if isinstance(setting, Rejected):
        return Access(False, setting.message, None)
    verdict = judge(setting, f"read/{thing}")
    if isinstance(verdict, Refused):
        ground = verdict.grounds[0]
        return Access(False, ground.message, ground.citation)
    message = Message("read_by.open", {"thing": thing})
    return Access(True, message, verdict.kept[0] if verdict.kept else None)
