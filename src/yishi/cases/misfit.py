"""Data that does not fit its kind, told in the words of the one who wrote it (pure)."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from yishi.procedure.verdict import Message
from yishi.values.shapes import Path, fields_of, misfit, type_at, values_of


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one, to say what would be right; empty when none is known."""
    return next(iter(get_close_matches(word, sorted(known), 1, 0.0)), "")


def explained(error: str, kind: Any) -> tuple[Message, Path]:
    """What a conversion to `kind` stumbled over, and the path to it within the data."""
    shape, params, where = misfit(error, kind)
    found = type_at(kind, where)
    if shape == "unknown_key":
        near = nearest(params["key"], fields_of(found))
        return Message("case.unknown_key", {**params, "near": near}), (*where, params["key"])
    if shape == "bad_value":
        return Message("case.bad_value", {**params, "allowed": values_of(found)}), where
    return Message(f"case.{shape or 'misfit'}", dict(params)), where
