"""A message that is owed to people, and whom a meeting concerns."""

from typing import Any

import msgspec

from yishi.procedure.state import State


class Owed(msgspec.Struct, frozen=True):
    """A message to people, before it is put on its channels."""

    people: tuple[str, ...]
    kind: str
    params: dict[str, Any]
    link: str
    mail: bool = False
    calendar: str = ""


def everybody(state: State, sitting: str) -> tuple[str, ...]:
    """Whom a meeting concerns: its seats, and those called in for an item."""
    held = state.sittings[sitting]
    guests = (p for people in held.invited.values() for p in people)
    return tuple(dict.fromkeys((*held.people, *guests)))
