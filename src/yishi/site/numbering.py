"""Every request has a number, which its log lines bear and a page of failure shows."""

import logging
import re
import secrets
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CURRENT: Final[ContextVar[HttpRequest | None]] = ContextVar("request", default=None)
"""The request that is being answered."""

HEADER: Final = "X-Request-Id"
_FITTING: Final = re.compile(r"[0-9a-f]{16,64}")
LOG: Final = logging.getLogger("yishi.requests")


class Numbered:
    """Gives each request its number, and says in one line what became of it."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its number."""
        request.number = number = _number(request)  # type: ignore[attr-defined]
        began, token = time.monotonic(), CURRENT.set(request)
        try:
            response = self.answer(request)
            response.headers[HEADER] = number
            if request.resolver_match is not None:
                took = round((time.monotonic() - began) * 1000)
                told = {"status_code": response.status_code, "millis": took}
                LOG.info("request", extra=told)
            return response
        finally:
            CURRENT.reset(token)


def _number(request: HttpRequest) -> str:
    """The number that our own reverse proxy gave it; else a new one."""
    said = request.headers.get(HEADER, "")
    if settings.PROXIES and _FITTING.fullmatch(said):
        return said
    return secrets.token_hex(16)
