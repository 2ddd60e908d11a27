"""Whom the chair has called to speak, or asked to add something, as values (pure)."""

from datetime import datetime

import msgspec


class Called(msgspec.Struct, frozen=True):
    """Somebody whom the chair has called to report or to speak (请发言)."""

    person: str
    at: datetime
    turn: int
    """How many had spoken or let the turn pass by then."""
    report: bool
    """Whether it is the report that they were called for."""
    moves: int = 0
    """How many changes of their presence had been entered by then."""

    def is_over(self, turns: tuple[tuple[str, datetime], ...], reported: bool) -> bool:
        """Whether they have been heard since: the item is reported, or theirs is the turn taken."""
        spoke = any(person == self.person for person, _ in turns[self.turn :])
        return spoke or (self.report and reported)


class Asked(msgspec.Struct, frozen=True):
    """Somebody whom the chair has asked to add something (请补充)."""

    person: str
    at: datetime
    words: str
    turn: int
    """How many had spoken or let the turn pass by then."""
    call: int
    """How many had been called by then."""
    answered_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether they have not answered yet."""
        return self.answered_at is None
