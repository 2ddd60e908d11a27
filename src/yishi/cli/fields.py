"""Tables of fields for the reference pages: what may stand in each, and what it means."""

import ast
import inspect
import textwrap
import typing
from collections.abc import Iterator
from typing import Any

import msgspec

from yishi.values.wire import sealed_paths
from yishi.wording import Catalogue


def field_table(kind: type[msgspec.Struct], chinese: Catalogue | None = None) -> str:
    """A table of fields; with the words that people read for them where there are such."""
    sealed = {path[0] for path in sealed_paths(kind)}
    told = meanings(kind)
    head = [
        "field",
        *(["中文"] if chinese else []),
        "value",
        "needed",
        *(["meaning"] if told else []),
    ]
    rows = []
    for field in msgspec.structs.fields(kind):
        called = [chinese.word("fields", field.name)] if chinese else []
        value = _value(field, field.name in sealed)
        more = [told.get(field.name, "")] if told else []
        rows.append([f"`{field.name}`", *called, value, _needed(field), *more])
    ruled = "|" + "---|" * len(head)
    lines = ["| " + " | ".join(cells) + " |" for cells in (head, *rows)]
    return "\n".join([lines[0], ruled, *lines[1:]]) + "\n"


def meanings(kind: type[msgspec.Struct]) -> dict[str, str]:
    """What the source says beneath each field, by its name; what is inherited included."""
    found: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        if issubclass(one, msgspec.Struct) and one is not msgspec.Struct:
            found |= dict(_documented(one))
    mine = {field.name for field in msgspec.structs.fields(kind)}
    return {name: text for name, text in found.items() if name in mine}


def _documented(kind: type) -> Iterator[tuple[str, str]]:
    [defined] = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(defined, ast.ClassDef)
    for field, below in zip(defined.body, defined.body[1:], strict=False):
        if not (isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr)):
            continue
        if isinstance(field.target, ast.Name) and isinstance(below.value, ast.Constant):
            yield field.target.id, " ".join(str(below.value.value).split())


def _value(field: Any, sealed: bool) -> str:
    value = type_words(field.type)
    if not sealed:
        return value
    if value == "words":
        return "words (sealed in the journal)"
    return f"{value}; words in it are sealed in the journal"


def _needed(field: Any) -> str:
    if field.required:
        return "yes"
    default = field.default
    given = isinstance(default, int | str | bool) and default not in ("", 0)
    said = str(default).lower() if isinstance(default, bool) else default
    return f"no; else `{said}`" if given else "no"


def type_words(kind: Any) -> str:
    """What may stand in a field, in words."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if hasattr(kind, "__metadata__"):
        return _annotated(kind)
    if origin is typing.Literal:
        return ", ".join(f"`{a}`" for a in args if a != "")
    if origin is tuple:
        return f"list of {type_words(args[0])}"
    if args and type(None) in args:
        return " or ".join(type_words(a) for a in args if a is not type(None))
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return f"mapping of {', '.join(_inner(kind))}"
    names = {"str": "text", "bool": "`true` or `false`", "int": "whole number", "date": "day"}
    return names.get(getattr(kind, "__name__", ""), "time") if isinstance(kind, type) else "text"


def _inner(kind: type[msgspec.Struct]) -> Iterator[str]:
    """The fields of a mapping, each with what may stand in it."""
    for field in msgspec.structs.fields(kind):
        may = "" if field.required else ", may be left out"
        yield f"`{field.name}` ({type_words(field.type)}{may})"


def _annotated(kind: Any) -> str:
    meta = kind.__metadata__[0]
    if kind.__origin__ is int:
        return f"whole number, {meta.ge} to {meta.le}"
    if meta.max_length == 64:
        return "id"
    if meta.max_length is None and meta.pattern:
        pattern = meta.pattern.removesuffix(r"\Z").removeprefix("^").replace("|", r"\|")
        return f"text like `{pattern}`"
    return "words" if (meta.extra or {}).get("sealed") else "text"
