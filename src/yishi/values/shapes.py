"""Plain data that does not fit a type: what is wrong and where, as a name and what it names (pure).

Whoever converts data gives the sentence; the words of the library that converts are nobody's.
"""

import re
import typing
from typing import Any, Final, NamedTuple

import msgspec

Path = tuple[str | int, ...]


class Misfit(NamedTuple):
    """What a conversion stumbled over; `shape` is empty where there is no name for it."""

    shape: str
    params: dict[str, str]
    path: Path


def misfit(error: str, kind: Any) -> Misfit:
    """What the error of a conversion to `kind` says."""
    problem, path = error.partition(" - at")[0], _path(error)
    for pattern, shape in _SHAPES:
        match = re.match(pattern, problem)
        if match is not None:
            return Misfit(shape, match.groupdict(), path)
    return Misfit("", {}, path)


_SHAPES: Final = (
    (r"Object contains unknown field `(?P<key>.*)`", "unknown_key"),
    (r"Object missing required field `(?P<key>.*)`", "missing_key"),
    (r"Invalid enum value (?P<value>.*)", "bad_value"),
    (r"Expected `int` >= (?P<limit>-?\d+)", "too_small"),
    (r"Expected `int` <= (?P<limit>-?\d+)", "too_large"),
    (r"Expected `str` of length <= (?P<limit>\d+)", "words_too_long"),
    (r"Expected `str` of length >= ", "words_missing"),
    (r"Expected `str` matching regex '\^\[A-Za-z0-9\]", "bad_id"),
    (r"Expected `str` matching regex '\^\\\\?d\{4\}-", "bad_period"),
    (r"Expected `str` matching regex '\^\[0-9a-f\]\{64\}", "bad_digest"),
    (r"Expected `str` matching regex", "words_missing"),
    (r"Invalid RFC3339 encoded date$", "bad_day"),
    (r"Invalid RFC3339 encoded datetime", "bad_moment"),
    (r"Expected `(?P<wanted>[\w |]+)`, got `(?P<got>\w+)`", "other_kind"),
)
"""How msgspec words what is wrong, and the name of it."""


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
