"""Frozen values to plain data and back, with the sealed texts set apart (pure).

`pack` gives what may stand open in a journal entry and, by path, the words that may not;
`unpack` puts them together again. A text that is missing comes back as `ERASED`.
"""

import types
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec.structs import FieldInfo

from yishi.values.text import ERASED

S = TypeVar("S", bound=msgspec.Struct)


class Packed(msgspec.Struct, frozen=True):
    """A value ready for the journal: open facts, and words by path (`steps.0.words`)."""

    facts: dict[str, Any]
    texts: dict[str, str]


def pack(value: msgspec.Struct) -> Packed:
    """Part a struct into open facts and sealed words; fields left at None are left out."""
    facts = msgspec.to_builtins(value)
    texts: dict[str, str] = {}
    for path in sealed_paths(type(value)):
        _lift(facts, path, "", texts)
    return Packed(_without_none(facts), texts)


def unpack(kind: type[S], facts: Mapping[str, Any], texts: Mapping[str, str | None]) -> S:
    """Build the struct again; a path whose words are None was erased.

    Raises `msgspec.ValidationError` when the facts do not fit the struct.
    """
    whole = _copied(facts)
    for path, words in texts.items():
        _lower(whole, path.split("."), ERASED if words is None else words)
    return msgspec.convert(whole, kind)


@cache
def fields_in(kind: type[msgspec.Struct]) -> tuple[FieldInfo, ...]:
    """The fields of a struct: looked up once, since their types are worked out anew each time."""
    return msgspec.structs.fields(kind)


@cache
def sealed_paths(kind: type[msgspec.Struct]) -> tuple[tuple[str, ...], ...]:
    """Paths of a struct's sealed fields; `*` stands for each element of a tuple."""
    found: list[tuple[str, ...]] = []
    for field in msgspec.structs.fields(kind):
        found += [(field.encode_name, *rest) for rest in _sealed_in(field.type)]
    return tuple(found)


def _sealed_in(kind: Any) -> Iterator[tuple[str, ...]]:
    origin = get_origin(kind)
    if origin is not None and hasattr(kind, "__metadata__"):
        for meta in kind.__metadata__:
            if isinstance(meta, msgspec.Meta) and (meta.extra or {}).get("sealed"):
                yield ()
    elif origin in (Union, types.UnionType):
        for part in get_args(kind):
            yield from _sealed_in(part)
    elif origin is tuple:
        yield from (("*", *rest) for rest in _sealed_in(get_args(kind)[0]))
    elif isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield from sealed_paths(kind)


def _lift(node: Any, path: tuple[str, ...], at: str, texts: dict[str, str]) -> None:
    head, rest = path[0], path[1:]
    if head == "*":
        for number, element in enumerate(node):
            _lift(element, rest, f"{at}{number}.", texts)
    elif node.get(head) is None:
        return
    elif rest:
        _lift(node[head], rest, f"{at}{head}.", texts)
    else:
        texts[f"{at}{head}"] = node.pop(head)


def _lower(node: Any, path: list[str], words: str) -> None:
    for step in path[:-1]:
        node = node[int(step)] if isinstance(node, list) else node.setdefault(step, {})
    node[path[-1]] = words


def _without_none(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _without_none(value) for key, value in node.items() if value is not None}
    if isinstance(node, list | tuple):
        return [_without_none(value) for value in node]
    return node


def _copied(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {key: _copied(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_copied(value) for value in node]
    return node
