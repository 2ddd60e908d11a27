"""Acts as they come in: plain data made into an act, or rejected with the field (pure)."""

from typing import Any

import msgspec

from yishi.procedure.act import Act, Deed
from yishi.procedure.kinds import ACTS
from yishi.procedure.verdict import Message, Rejected
from yishi.values.shapes import misfit
from yishi.values.text import ERASED
from yishi.values.wire import pack


def read_act(name: str, fields: dict[str, Any]) -> Act | Rejected:
    """An act from plain data; unknown names and misfits are rejected with their field."""
    kind = ACTS.get(name)
    if kind is None:
        return Rejected("do", Message("act.unknown", {"act": name}))
    try:
        return msgspec.convert(fields, kind)
    except msgspec.ValidationError as error:
        field = ".".join(map(str, misfit(str(error), kind).path))
        return Rejected(field, Message("act.misfit", {"act": name}))


def feigned(deed: Deed) -> Rejected | None:
    """A new deed whose words feign an erasure; only a journal gives words back as erased."""
    texts = {**pack(deed.act).texts, "reason": deed.reason or ""}
    for field, words in texts.items():
        if ERASED in words:
            return Rejected(field, Message("place.erased_sign"))
    return None
