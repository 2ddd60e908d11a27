"""Log lines as JSON, without personal data: no names, no words, no addresses, no links.

A line says what happened, where, and in which request, never with what: messages of exceptions and
the arguments of log calls may hold what somebody typed, so that of those only numbers are written.
"""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from traceback import walk_tb
from typing import Any, Final

from django.http import HttpRequest
from gunicorn.glogging import Logger

from yishi.site.numbering import CURRENT

_KEPT: Final = ("institution", "status_code", "millis")
"""What a line may carry beside its message; all else that hangs on a record is left out."""

OURS: Final = "yishi"
"""Loggers of this name say constant words (ruff G); others may have put anything into theirs."""

EVENTS: Final = {
    "django.request": "request_failed",
    "django.security": "request_unsafe",
    "django.db": "database",
    "gunicorn": "server",
    "py.warnings": "warning",
    "asyncio": "stream_failed",
}
"""What it is that others tell, by the beginning of their logger's name."""


class JsonLines(logging.Formatter):
    """One JSON object a line: time in UTC, level, event, logger, and the facts named above."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": _event(record),
            "logger": record.name,
        }
        said = _said(record)
        if said:
            line["message"] = said
        line |= _asked(getattr(record, "request", None) or CURRENT.get())
        line |= {key: getattr(record, key) for key in _KEPT if hasattr(record, key)}
        if record.exc_info and record.exc_info[1] is not None:
            line["trace"] = list(_trace(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False, default=str)


def _ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == OURS


def _event(record: logging.LogRecord) -> str:
    """What happened, in one word: ours say so themselves, of others their logger tells."""
    if _ours(record):
        return str(record.msg)
    known = (said for name, said in EVENTS.items() if f"{record.name}.".startswith(f"{name}."))
    return next(known, "other")


def _said(record: logging.LogRecord) -> str:
    """What others say, of its arguments the numbers only; where they have filled it in, its place.

    Empty where nothing is left of it.
    """
    if _ours(record):
        return ""
    if not record.args:
        return f"{record.module}.{record.funcName}:{record.lineno}"
    args = record.args if isinstance(record.args, tuple) else (record.args,)
    shown = tuple(one if isinstance(one, int | float) else "…" for one in args)
    try:
        said = str(record.msg) % shown
    except (TypeError, ValueError):
        said = str(record.msg)
    return said if any(c.isalpha() for c in said) else ""


def _asked(request: HttpRequest | None) -> dict[str, Any]:
    """Of a request: its number, how and what page, whose institution, by the number of whom."""
    number = getattr(request, "number", "")
    if request is None or not number:
        return {}
    told: dict[str, Any] = {"request": number, "method": request.method}
    if request.resolver_match is not None:
        told["page"] = request.resolver_match.route
    office = getattr(request, "office", None)
    if office is not None:
        told |= {"institution": office.institution, "account": office.account.pk}
    return told


def _trace(error: BaseException | None) -> Iterator[dict[str, Any]]:
    """The exception and those that it came from: what kind each is, and the places it passed."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield {"error": _kind(error), "places": _places(error)}
        hidden = error.__suppress_context__
        error = error.__cause__ or (None if hidden else error.__context__)


def _kind(error: BaseException) -> str:
    kind = type(error)
    number = getattr(error, "errno", None)
    return f"{kind.__module__}.{kind.__qualname__}" + (
        f" {number}" if isinstance(number, int) else ""
    )


def _places(error: BaseException) -> list[str]:
    return [
        f"{frame.f_globals.get('__name__', '')}.{frame.f_code.co_name}:{line}"
        for frame, line in walk_tb(error.__traceback__)
    ]


class ServerLog(Logger):  # type: ignore[misc]
    """What the serving processes say of themselves, in the same lines (`gunicorn --logger-class`).

    As it comes, it would name the address of whoever sent a request, and the request itself.
    """

    def setup(self, cfg: Any) -> None:
        """Put our lines on what Gunicorn has set up."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonLines())
