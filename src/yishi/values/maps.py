"""A persistent map that is gone through in the order of its keys.

`immutables.Map` gives its keys in the order of their hashes, and Python salts the hashes of strings
anew in each process. A list of names in a verdict would then stand in another order after every
restart, and replaying a journal would not give the same words.
"""

from collections.abc import Iterator, Mapping
from typing import TypeVar, overload

from immutables import Map as Unordered

K = TypeVar("K", str, int)
V = TypeVar("V")
D = TypeVar("D")


class Map(Mapping[K, V]):
    """Keys and values that never change; setting or deleting one gives a new map."""

    __slots__ = ("_held",)

    def __init__(self, held: Mapping[K, V] | None = None) -> None:
        self._held: Unordered[K, V] = Unordered(held) if held else Unordered()

    def set(self, key: K, value: V) -> "Map[K, V]":
        """The map with this value under the key."""
        return _around(self._held.set(key, value))

    def delete(self, key: K) -> "Map[K, V]":
        """The map without the key; KeyError when it is not there."""
        return _around(self._held.delete(key))

    @overload
    def get(self, key: K, /) -> V | None: ...

    @overload
    def get(self, key: K, /, default: V | D) -> V | D: ...

    def get(self, key: K, /, default: V | D | None = None) -> V | D | None:
        """The value under the key, or the default."""
        return self._held.get(key, default)

    def __getitem__(self, key: K) -> V:
        return self._held[key]

    def __contains__(self, key: object) -> bool:
        return key in self._held

    def __iter__(self) -> Iterator[K]:
        return iter(sorted(self._held))

    def __len__(self) -> int:
        return len(self._held)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Map) and self._held == other._held

    def __hash__(self) -> int:
        return hash(self._held)

    def __repr__(self) -> str:
        return f"Map({dict(self.items())!r})"


def _around(held: Unordered[K, V]) -> Map[K, V]:
    made: Map[K, V] = Map.__new__(Map)
    made._held = held
    return made
