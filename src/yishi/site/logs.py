"""Log lines as JSON, without personal data: no names, no words, no addresses, no links.

A line says where and what kind of thing went wrong, never with what: messages of exceptions and
the arguments of log calls may hold what somebody typed, so that neither is written.
"""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from traceback import walk_tb
from typing import Any, Final

from gunicorn.glogging import Logger

_KEPT: Final = ("institution", "act", "outcome", "status_code", "seq", "millis")
"""What a line may carry beside its message; all else that hangs on a record is left out."""

OURS: Final = "yishi"
"""Loggers of this name say constant words (ruff G); others may have put anything into theirs."""


class JsonLines(logging.Formatter):
    """One JSON object a line: time in UTC, level, logger, message, and the facts named above."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _said(record),
        }
        line |= {key: getattr(record, key) for key in _KEPT if hasattr(record, key)}
        page = getattr(getattr(record, "request", None), "resolver_match", None)
        if page is not None:
            line["page"] = page.route
        if record.exc_info and record.exc_info[1] is not None:
            line["trace"] = list(_trace(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False, default=str)


def _said(record: logging.LogRecord) -> str:
    """The message before its arguments went in; for one that others have filled, its place."""
    if record.args or record.name.partition(".")[0] == OURS:
        return str(record.msg)
    return f"{record.module}.{record.funcName}:{record.lineno}"


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
