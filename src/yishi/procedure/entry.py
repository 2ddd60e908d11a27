"""How a meeting held on paper is being entered: since when, by whom, as far as when (pure)."""

from datetime import datetime

import msgspec


class PaperEntry(msgspec.Struct, frozen=True):
    """A meeting, or a stretch of it, held on paper and entered afterwards (纸质补录)."""

    since: datetime
    by: str
    reason: str
    last: datetime
    """When the latest thing entered really happened: nothing is entered before it."""
    chair: str | None = None
    """Who presided before: whoever took the chair on paper has it no longer once it goes on."""
    deputed: bool = False
    until: datetime | None = None
    """When all had been entered."""
    entries: int = 0
