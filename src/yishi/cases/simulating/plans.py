"""A sitting somebody intends to call."""

from datetime import datetime
from typing import Literal

import msgspec


class Plan(msgspec.Struct, frozen=True):
    """Which body, when, and why if not in the usual way."""

    body: str
    every: str
    starts_at: datetime
    kind: Literal["ordinary", "extra"] = "ordinary"
    need: str | None = None
    reason: str | None = None
