"""Log lines as JSON, without personal data: no names, no words, no addresses."""

import json
import logging
from datetime import UTC, datetime
from typing import Final

_KEPT: Final = ("institution", "act", "outcome", "status_code", "seq", "millis")
"""What a line may carry beside its message; all else that hangs on a record is left out."""


class JsonLines(logging.Formatter):
    """One JSON object a line: time in UTC, level, logger, message, and the facts named above."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() if record.name.startswith("yishi") else str(record.msg),
        }
        line |= {key: getattr(record, key) for key in _KEPT if hasattr(record, key)}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
