"""What is missing or unsafe in the settings, said at the start with what would be right.

An installation that is no trial does not start with any of these errors; a trial may leave out what
is its own to set, but what is set must be right.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from yishi.procedure.charters import GENERAL
from yishi.procedure.state import State
from yishi.procedure.verdict import Message
from yishi.site.environment import FAULTS
from yishi.wording import Catalogue, Names

SHORTEST_SECRET: Final = 50
"""Characters that a secret has at the least."""


def _secret() -> Iterator[Message]:
    if len(settings.SECRET_KEY) < SHORTEST_SECRET or settings.SECRET_KEY.startswith("trial-only"):
        yield Message("site.no_secret", {"least": SHORTEST_SECRET})


def _hosts() -> Iterator[Message]:
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        yield Message("site.no_hosts")


def _address() -> Iterator[Message]:
    said = urlsplit(settings.BASE_URL)
    if said.scheme != "https" or not said.netloc:
        yield Message("site.no_address")


def _mail() -> Iterator[Message]:
    if not settings.EMAIL_HOST:
        yield Message("site.no_mail")


def _proxy() -> Iterator[Message]:
    if not settings.PROXIES:
        yield Message("site.no_proxy")


def _embedded() -> Iterator[Message]:
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield Message("site.embedded")


def _charters() -> Iterator[Message]:
    if not any(Path(settings.CHARTERS, GENERAL).glob("[0-9]*.md")):
        yield Message("site.no_charters", {"folder": str(settings.CHARTERS)})


def _misread() -> Iterator[Message]:
    yield from FAULTS


SAFE: Final[tuple[Callable[[], Iterator[Message]], ...]] = (_secret, _hosts, _address)
"""What an installation must have; a trial is asked none of them."""

RIGHT: Final[tuple[Callable[[], Iterator[Message]], ...]] = (_misread, _charters)
"""What must be right wherever it is set."""

ADVICE: Final[tuple[Callable[[], Iterator[Message]], ...]] = (_mail, _proxy, _embedded)
"""What an installation may do without, and should know that it does."""


def found() -> list[checks.CheckMessage]:
    """What is wrong with the settings as they are; in English, with the message for other words."""
    errors = RIGHT if settings.TRIAL else (*SAFE, *RIGHT)
    advice = () if settings.TRIAL else ADVICE
    return [
        *(_said(message, checks.Error) for check in errors for message in check()),
        *(_said(message, checks.Warning) for check in advice for message in check()),
    ]


def _said(message: Message, kind: type[checks.Error | checks.Warning]) -> checks.CheckMessage:
    words, nobody = Catalogue("en"), Names(State())
    said, hint = words.sentence(message, nobody), words.next(message, nobody)
    return kind(said, hint=hint, obj=message, id=message.id)


def register_all() -> None:
    """Let Django run them with its own."""

    def run(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
        return found()

    checks.register(run, "yishi")


def demand() -> None:
    """Refuse to start with an error. Raises `ImproperlyConfigured` naming every one."""
    errors = [m for m in found() if m.level >= checks.ERROR]
    if errors:
        raise ImproperlyConfigured(" ".join(f"[{m.id}] {m.msg} {m.hint}" for m in errors))
