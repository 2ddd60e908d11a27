"""The setting of one act: everything its rules may look at (pure)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from yishi.procedure.bodylog import BodyLog
from yishi.procedure.requests import Adjustment, Posting
from yishi.procedure.state import (
    Decision,
    Deliberation,
    Item,
    Sitting,
    State,
    Task,
)
from yishi.procedure.verdict import Message

if TYPE_CHECKING:
    from yishi.procedure.act import Deed
    from yishi.procedure.enact import Rulebook


class Setting:
    """A deed, the state it meets, and the subjects it names, looked up once.

    Made for one judgement and thrown away. A subject the deed does not name is None.
    """

    __slots__ = (
        "act", "actor", "adjustment", "at", "body", "book", "decision", "entered_at",
        "entered_by", "hand", "item", "notes", "posting", "reason", "sitting", "state", "talk",
        "task",
    )  # fmt: skip

    def __init__(self, deed: Deed, state: State, book: Rulebook, body: str, **found: Any) -> None:
        self.state = state
        self.act: Any = deed.act
        # What is entered from paper is judged by who did it and when, not by who types it now.
        self.actor = deed.doer
        self.at: datetime = deed.moment
        self.entered_by: str | None = deed.actor if deed.held_at else None
        # Who enters what somebody else stated, where the rules let them; `actor` is who stated it.
        self.hand: str | None = None
        self.entered_at: datetime = deed.at
        self.reason = deed.reason
        self.book = book
        self.body = body
        self.item: Item | None = found.get("item")
        self.sitting: Sitting | None = found.get("sitting")
        self.task: Task | None = found.get("task")
        self.decision: Decision | None = found.get("decision")
        self.adjustment: Adjustment | None = found.get("adjustment")
        self.posting: Posting | None = found.get("posting")
        self.talk: Deliberation | None = None
        if self.sitting is not None and self.item is not None:
            self.talk = self.sitting.deliberations.get(self.item.id)
        self.notes: list[Message] = []

    @property
    def on(self) -> date:
        """The day of the act, in the institution's own time."""
        return self.at.date()

    @property
    def log(self) -> BodyLog:
        """What the body has in hand."""
        return self.state.bodies.get(self.body, _EMPTY)

    @property
    def manuscript(self) -> str | None:
        """What is on its way out: `minutes`, once these are out a `corrigendum`, or `none`."""
        if self.sitting is None:
            return None
        if self.sitting.minutes is None:
            return "minutes"
        return "corrigendum" if self.sitting.corrigendum else "none"

    @property
    def publication(self) -> str | None:
        """How far publishing the minutes has come: `none` before there are any."""
        if self.sitting is None:
            return None
        return self.sitting.minutes.publishing if self.sitting.minutes else "none"

    def confirmed(self, day: date) -> None:
        """Note on the verdict that it used a year whose public holidays nobody confirmed."""
        if not self.state.calendar.is_confirmed(day.year):
            note = Message("calendar.unconfirmed", {"year": day.year})
            if note not in self.notes:
                self.notes.append(note)


_EMPTY = BodyLog()
