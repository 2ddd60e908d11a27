"""Acts as they come in: plain data made into an act, or rejected with the field (pure)."""

from collections.abc import Iterator
from typing import Any

import msgspec

from yishi.procedure.act import Act, Deed
from yishi.procedure.kinds import ACTS
from yishi.procedure.verdict import Message, Rejected
from yishi.values.shapes import misfit
from yishi.values.text import ERASED, has_noncharacter
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


def inadmissible(deed: Deed) -> Rejected | None:
    """A new deed whose words feign an erasure, or hold what is no character.

    Asked of new deeds only: a journal gives words back as erased, and as they were written.
    """
    packed = pack(deed.act)
    texts = {**packed.texts, "reason": deed.reason or ""}
    for field, words in texts.items():
        if ERASED in words:
            return Rejected(field, Message("place.erased_sign"))
    for field, words in (*texts.items(), *_open(packed.facts)):
        if has_noncharacter(words):
            return Rejected(field, Message("place.no_character"))
    return None


def _open(node: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Whatever words stand open in an act, each with its field."""
    if isinstance(node, str):
        yield field, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _open(value, f"{field}.{key}".lstrip("."))
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from _open(value, f"{field}.{place}")
