"""The shape of an act and of an event, and the deed that carries an act (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

import msgspec

from yishi.values.text import Id, Text, snake

if TYPE_CHECKING:
    from yishi.procedure.setting import Setting
    from yishi.procedure.state import State
    from yishi.procedure.verdict import Rejected


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that happened; `apply` is how the state stands afterwards."""

    version: ClassVar[int] = 1

    def apply(self, state: State, at: datetime) -> State:
        """The state after this event, which happened at `at`."""
        raise NotImplementedError

    def stream(self) -> str:
        """The journal's stream for the event: the subject it is about."""
        for subject in ("adjustment", "task", "decision", "item", "sitting", "body"):
            value = getattr(self, subject, None)
            if value:
                return f"{subject}/{value}"
        return "institution"

    @classmethod
    def name(cls) -> str:
        """The event's name on the wire."""
        return snake(cls.__name__)


class Act(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something a person wants to do; the fields are what it needs."""

    new: ClassVar[str] = ""
    """The field that names something that must not exist yet."""
    reasoned: ClassVar[bool] = False
    """Whether the act itself needs the deed's reason."""
    overwrites: ClassVar[bool] = False
    """Whether the act puts its whole content in place of what stood there."""

    def events(self, setting: Setting) -> tuple[msgspec.Struct, ...]:
        """What happens when the act stands."""
        raise NotImplementedError

    def amiss(self, setting: Setting) -> Rejected | None:
        """What makes the act impossible as things stand, whatever the rules say."""
        return None

    @classmethod
    def name(cls) -> str:
        """The act's one name: in files, tests, pages, on the wire, in the journal."""
        return snake(cls.__name__)


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """An act with who does it, when, for whom and why."""

    act: Act
    actor: Id
    at: datetime
    """With the institution's own offset from UTC: days are counted in it."""
    reason: Text | None = None
    """Why a presumption is departed from, or why the act is done."""
    behalf: Id | None = None
    """For whom; of what is entered from paper, who really did it."""
    held_at: datetime | None = None
    """When it really happened, where it is entered from paper (纸质补录); else it is `at`."""

    @property
    def moment(self) -> datetime:
        """When it happened."""
        return self.held_at or self.at

    def moments(self) -> Iterator[tuple[str, datetime]]:
        """Every moment that it names, with its field."""
        own = (("at", self.at), ("held_at", self.held_at))
        names = self.act.__struct_fields__
        for name, moment in (*own, *((name, getattr(self.act, name)) for name in names)):
            if isinstance(moment, datetime):
                yield name, moment

    @property
    def doer(self) -> str:
        """Who did it, whoever entered it."""
        return (self.behalf if self.held_at else None) or self.actor
