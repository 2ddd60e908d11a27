"""What is missing or unsafe in the settings, said at the start with what would be right.

An installation that is no trial does not start with any of these errors.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET: Final = 50
"""Characters that a secret has at the least."""


def _secret() -> Iterator[checks.CheckMessage]:
    if len(settings.SECRET_KEY) < SHORTEST_SECRET or settings.SECRET_KEY.startswith("trial-only"):
        yield checks.Error(
            "YISHI_SECRET_KEY is missing or too short.",
            hint=f"Set at least {SHORTEST_SECRET} random characters; keep them secret and the same "
            "in every process.",
            id="yishi.E001",
        )


def _hosts() -> Iterator[checks.CheckMessage]:
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        yield checks.Error(
            "YISHI_HOSTS does not name the hosts that the pages are served under.",
            hint="For example YISHI_HOSTS='yishi.example.gov.cn'.",
            id="yishi.E002",
        )


def _address() -> Iterator[checks.CheckMessage]:
    said = urlsplit(settings.BASE_URL)
    if said.scheme != "https" or not said.netloc:
        yield checks.Error(
            "YISHI_BASE_URL is not an https address.",
            hint="Links in mail begin with it, for example 'https://yishi.example.gov.cn'.",
            id="yishi.E003",
        )


def _mail() -> Iterator[checks.CheckMessage]:
    if not settings.EMAIL_HOST:
        yield checks.Warning(
            "YISHI_SMTP_HOST is not set: notices reach people on their desk only.",
            hint="Set YISHI_SMTP_HOST and YISHI_MAIL_FROM to send mail too.",
            id="yishi.W001",
        )


def _embedded() -> Iterator[checks.CheckMessage]:
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield checks.Warning(
            "The embedded database is in use.",
            hint="It serves one small office; for an institution set DATABASE_URL to PostgreSQL.",
            id="yishi.W002",
        )


def _proxy() -> Iterator[checks.CheckMessage]:
    if not settings.PROXIES:
        yield checks.Warning(
            "YISHI_PROXY is not set: behind a reverse proxy everybody has one address.",
            hint="Set how many proxies of your own stand before the pages, mostly 1; each adds to "
            "X-Forwarded-For or sets it anew.",
            id="yishi.W003",
        )


ALL: Final[tuple[Callable[[], Iterator[checks.CheckMessage]], ...]] = (
    _secret,
    _hosts,
    _address,
    _mail,
    _embedded,
    _proxy,
)
"""Every check; a trial is asked none of them."""


def found() -> list[checks.CheckMessage]:
    """What is wrong with the settings as they are."""
    return [] if settings.TRIAL else [message for check in ALL for message in check()]


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
