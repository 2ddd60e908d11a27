"""One line of what a check has found. A part of `check.py`; like it, it stands alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from typing import TypeAlias

Fault: TypeAlias = "tuple[str, dict[str, Any]]"
"""A sentence by its id, and what stands in it."""


class Result(NamedTuple):
    """One line of the report; status is pass, fail or human."""

    group: str
    code: str
    status: str
    said: str
    params: dict[str, Any]


def all_well(
    group: str, code: str, said: str, faults: Iterable[Fault], **params: Any
) -> list[Result]:
    """One line that all is well, or one for each fault."""
    told = [Result(group, code, "fail", f"archived.{key}", more) for key, more in faults]
    return told or [Result(group, code, "pass", f"archived.{said}", params)]


def human(group: str, code: str, said: str, **params: Any) -> Result:
    """A line for a person to decide."""
    return Result(group, code, "human", f"archived.{said}", params)
