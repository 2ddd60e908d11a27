"""To which body's rules an entry of the journal belongs (pure)."""

from typing import Any

from yishi.chronicle.scribe import AUDIT
from yishi.journal import Entry
from yishi.procedure.state import State

_HOLDERS = ("sitting", "item", "task", "decision", "adjustment")


def body_of(entry: Entry, state: State) -> str:
    """The body whose meetings the entry is about.

    Empty for what concerns the institution as a whole: its people, units and posts.
    """
    about = entry.payload.get("act", {}) if entry.stream == AUDIT else _stream(entry.stream)
    body = str(about.get("body", ""))
    if body in state.bodies:
        return body
    return next((found for kind in _HOLDERS if (found := _of(state, kind, about.get(kind)))), "")


def _stream(stream: str) -> dict[str, str]:
    kind, _, subject = stream.partition("/")
    return {kind: subject}


def _of(state: State, kind: str, subject: Any) -> str:
    held = getattr(state, f"{kind}s").get(subject) if subject else None
    if held is None:
        return ""
    return str(state.tasks[held.task].body if kind == "adjustment" else held.body)
