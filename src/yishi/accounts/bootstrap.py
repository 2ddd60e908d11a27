"""The token with which an empty installation is set up: a file that only its operator can read."""

import secrets
from pathlib import Path
from typing import Final

from django.conf import settings

NAME: Final = "setup-token"


def _file() -> Path:
    return Path(settings.HOME) / NAME


def token() -> str:
    """The token; made where there is none yet."""
    held = held_token()
    if held:
        return held
    made = secrets.token_urlsafe(24)
    _file().parent.mkdir(parents=True, exist_ok=True)
    _file().touch(mode=0o600)
    _file().write_text(made, encoding="ascii")
    return made


def held_token() -> str:
    """The token, or nothing where none was made or it was used."""
    try:
        return _file().read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def is_token(said: str) -> bool:
    """Whether this is the token."""
    held = held_token()
    return bool(held) and secrets.compare_digest(held.encode(), said.encode())


def used() -> None:
    """The token opens nothing any more."""
    _file().unlink(missing_ok=True)
