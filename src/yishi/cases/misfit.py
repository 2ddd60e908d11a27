"""Data that does not fit its kind, told in the words of the one who wrote it (pure)."""

import re
import typing
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

import msgspec

from yishi.procedure.verdict import Message

Path = tuple[str | int, ...]


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one, to say what would be right; empty when none is known."""
    return next(iter(get_close_matches(word, sorted(known), 1, 0.0)), "")


def explained(error: str, kind: Any) -> tuple[Message, Path]:
    """What a conversion to `kind` stumbled over, and the path to it within the data."""
    problem, _, _ = error.partition(" - at")
    where = _path(error)
    found = type_at(kind, where)
    for pattern, message in _SHAPES:
        match = re.match(pattern, problem)
        if match is None:
            continue
        params = match.groupdict()
        if message == "case.unknown_key":
            params["near"] = nearest(params["key"], fields_of(found))
            where = (*where, params["key"])
        if message == "case.bad_value":
            return Message(message, {**params, "allowed": values_of(found)}), where
        return Message(message, params), where
    return Message("case.misfit", {"problem": problem}), where


_SHAPES = (
    (r"Object contains unknown field `(?P<key>.*)`", "case.unknown_key"),
    (r"Object missing required field `(?P<key>.*)`", "case.missing_key"),
    (r"Invalid enum value (?P<value>.*)", "case.bad_value"),
    (r"Expected `str` of length <= (?P<limit>\d+)", "case.words_too_long"),
    (r"Expected `str` of length >= ", "case.words_missing"),
    (r"Expected `str` matching regex '\^\[A-Za-z0-9\]", "case.bad_id"),
    (r"Expected `str` matching regex '\^\\\\?d\{4\}-", "case.bad_period"),
    (r"Expected `str` matching regex '\^\[0-9a-f\]\{64\}", "case.bad_digest"),
    (r"Expected `str` matching regex", "case.words_missing"),
    (r"Invalid RFC3339 encoded date$", "case.bad_day"),
    (r"Invalid RFC3339 encoded datetime", "case.bad_moment"),
    (r"Expected `(?P<wanted>[\w |]+)`, got `(?P<got>\w+)`", "case.other_kind"),
)
"""How msgspec words what is wrong, and the message that says it."""


def _path(error: str) -> Path:
    path = error.rpartition("`$")[2].rpartition("`")[0] if "`$" in error else ""
    steps: list[str | int] = []
    for piece in path.replace("[", ".[").split("."):
        if piece.startswith("["):
            inner = piece[1:-1]
            steps += [int(inner)] if inner.isdigit() else []
        elif piece:
            steps.append(piece)
    return tuple(steps)


def type_at(kind: Any, path: Path) -> Any:
    """The type that stands at a path within a kind; None where it cannot be told."""
    for step in path:
        kind = next((one for one in (_within(k, step) for k in _choices(kind)) if one), None)
    return kind


def _choices(kind: Any) -> tuple[Any, ...]:
    """The types that a union or an annotated type comes down to."""
    if hasattr(kind, "__metadata__"):
        return _choices(kind.__origin__)
    args = typing.get_args(kind)
    if type(None) in args:
        return tuple(one for arg in args if arg is not type(None) for one in _choices(arg))
    return (kind,)


def _within(kind: Any, step: str | int) -> Any:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        fields = msgspec.structs.fields(kind)
        return next((field.type for field in fields if field.encode_name == step), None)
    args = typing.get_args(kind)
    if typing.get_origin(kind) is dict:
        return args[1]
    return args[0] if typing.get_origin(kind) in (tuple, list) and args else None


def fields_of(kind: Any) -> tuple[str, ...]:
    """The names that a mapping of this kind may have."""
    return tuple(
        field.encode_name
        for one in _choices(kind)
        if isinstance(one, type) and issubclass(one, msgspec.Struct)
        for field in msgspec.structs.fields(one)
    )


def values_of(kind: Any) -> tuple[str, ...]:
    """The values that a choice of this kind may have."""
    return tuple(
        str(value)
        for one in _choices(kind)
        if typing.get_origin(one) is typing.Literal
        for value in typing.get_args(one)
        if value
    )
