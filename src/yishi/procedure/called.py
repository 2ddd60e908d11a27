"""Whom the chair has called to speak, as a value (pure)."""

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
