"""The token with which an institution is set up: a file that only the operator can read.

The first institution has one by itself; another one beside it only where the operator asks for it.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from django.conf import settings

NAME: Final = "setup-token"
ANOTHER: Final = "another-"
"""What a token for one more institution begins with."""


def _file() -> Path:
    return Path(settings.HOME) / NAME


def token(another: bool = False) -> str:
    """The token; made where there is none yet. Empty where it is there but not for this user."""
    held = held_token()
    if another and not is_for_another(held):
        _file().unlink(missing_ok=True)
    elif held or _file().exists():
        return held
    _put((ANOTHER if another else "") + secrets.token_urlsafe(24))
    return held_token()


def is_for_another(said: str) -> bool:
    """Whether the token sets up an institution beside those that are there."""
    return said.startswith(ANOTHER)


def _put(said: str) -> None:
    """Write the file whole and closed to others at once, or leave what somebody else has put."""
    home = _file().parent
    home.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=home, prefix=".token-", encoding="ascii") as fresh:
        fresh.write(said)
        fresh.flush()
        with suppress(FileExistsError):
            os.link(fresh.name, _file())


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


class Spent(Exception):  # noqa: N818
    """Somebody else has used the token at the same moment."""


@contextmanager
def spending() -> Iterator[None]:
    """Use the token for what is done inside, once; what fails inside leaves it as it was.

    Raises `Spent`.
    """
    held = held_token()
    try:
        _file().unlink()
    except FileNotFoundError as error:
        raise Spent from error
    try:
        yield
    except BaseException:
        _put(held)
        raise
