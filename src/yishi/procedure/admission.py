"""Acts as they come in: plain data made into an act, or rejected with the field (pure)."""

from typing import Any

import msgspec

from yishi.procedure.act import Act
from yishi.procedure.kinds import ACTS
from yishi.procedure.verdict import Message, Rejected


def read_act(name: str, fields: dict[str, Any]) -> Act | Rejected:
    """An act from plain data; unknown names and misfits are rejected with their field."""
    kind = ACTS.get(name)
    if kind is None:
        return Rejected("do", Message("act.unknown", {"act": name}))
    try:
        return msgspec.convert(fields, kind)
    except msgspec.ValidationError as error:
        field = str(error).rpartition("`$.")[2].partition("`")[0] if "`$." in str(error) else ""
        return Rejected(field, Message("act.misfit", {"act": name, "error": str(error)}))
