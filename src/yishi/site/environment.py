"""What the environment says, read once at the start; what cannot be read is told, not guessed.

A value that cannot be used is kept in `FAULTS`; its default stands in, so that the start comes as
far as telling all of them at once.
"""

import logging
import os
from pathlib import Path
from typing import Any, Final

import dj_database_url

from yishi.procedure.verdict import Message

FAULTS: Final[list[Message]] = []
"""One for each value that could not be used."""

MOST: Final = 10**9


def number(name: str, default: float, least: float = 1, most: float = MOST) -> float:
    """A number from the environment, within its bounds."""
    said = os.environ.get(name, "").strip()
    if not said:
        return default
    try:
        found = float(said)
    except ValueError:
        found = least - 1
    if not least <= found <= most:
        bounds = {"least": _short(least), "most": _short(most)}
        FAULTS.append(Message("site.not_a_number", {"name": name, "said": said, **bounds}))
        return default
    return found


def whole(name: str, default: int, least: int = 1, most: int = MOST) -> int:
    """A whole number from the environment, within its bounds."""
    found = number(name, default, least, most)
    if found != int(found):
        said = os.environ[name].strip()
        FAULTS.append(Message("site.not_whole", {"name": name, "said": said}))
        return default
    return int(found)


def _short(value: float) -> str:
    return f"{value:g}" if value < MOST else str(MOST)


def level(name: str, default: str) -> str:
    """How much is logged."""
    said = os.environ.get(name, "").strip().upper() or default
    known = tuple(logging.getLevelNamesMapping())
    if said in known:
        return said
    FAULTS.append(Message("site.not_a_level", {"name": name, "said": said, "known": known}))
    return default


def origins(name: str) -> list[str]:
    """Addresses with their scheme, separated by blanks."""
    said = os.environ.get(name, "").split()
    wrong = [one for one in said if not one.startswith(("https://", "http://"))]
    FAULTS.extend(Message("site.not_an_origin", {"name": name, "said": one}) for one in wrong)
    return [one for one in said if one not in wrong]


def database(name: str, home: Path, keep: int) -> dict[str, Any]:
    """The database that an address names: PostgreSQL, or the embedded one."""
    embedded = f"sqlite:///{home / 'yishi.sqlite3'}"
    said = os.environ.get(name, "") or embedded
    scheme = said.partition("://")[0]
    try:
        if scheme in ("postgres", "postgresql", "sqlite"):
            return dict(dj_database_url.parse(said, conn_max_age=keep))
    except ValueError:
        pass
    FAULTS.append(Message("site.not_a_database", {"name": name}))
    return dict(dj_database_url.parse("sqlite://:memory:"))
