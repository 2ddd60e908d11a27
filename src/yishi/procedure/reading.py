"""Kinds of rules about who reads what (知悉范围, 保密)."""

from collections.abc import Iterator
from typing import ClassVar, Literal

import msgspec

from yishi.charter.model import Charter
from yishi.procedure import seats
from yishi.procedure.act import Act
from yishi.procedure.rule import KEPT, Kind
from yishi.procedure.setting import Setting
from yishi.procedure.verdict import Message
from yishi.values.text import Id

Thing = Literal["item", "paper", "decision", "record", "minutes", "task", "report"]
"""What somebody may ask to read.

Of an item, its title and where it stands; as its paper, what it says, the handling that it
proposes and all that was handed in to it (会议材料).
"""


class Read(Act, frozen=True, kw_only=True):
    """Somebody asks to read something (查阅): a question, never an entry."""

    thing: Thing
    item: Id | None = None
    sitting: Id | None = None
    decision: Id | None = None
    task: Id | None = None
    body: Id | None = None

    def events(self, setting: Setting) -> tuple[msgspec.Struct, ...]:
        return ()


class ReadBy(Kind, frozen=True, kw_only=True):
    """Who may read a thing, until it is published if it can be (知悉范围)."""

    topic: ClassVar[str] = "readers"
    repeats: ClassVar[bool] = True
    governs: ClassVar[tuple[str, ...]] = ("read",)
    things: tuple[Thing, ...]
    """What is read."""
    by: tuple[str, ...]
    """Seats."""
    until: Literal["", "published", "published_itself"] = ""
    """From when on everybody may read it; empty: never.

    `published`: minutes once all that the meeting decided is public, or they are. Of minutes,
    `published_itself`: once they are published as a whole, by the approval that is their own.
    """
    secret: bool = False
    """Whether the clause imposes secrecy; a default of the general rules never does."""

    def governed(self) -> tuple[str, ...]:
        return tuple(f"read/{thing}" for thing in self.things)

    def judge(self, setting: Setting) -> Message | None:
        if self._public(setting):
            return KEPT
        if any(seats.holds(setting, seat, setting.actor) for seat in self.by):
            return KEPT
        said = {"thing": setting.act.thing, "by": self.by}
        return Message("read_by.closed" if self.secret else "read_by.other", said)

    def opens(self, setting: Setting) -> frozenset[str]:
        """Who may read, whoever asks; the empty name stands for everybody."""
        if self._public(setting) or "anyone" in self.by:
            return frozenset({""})
        return frozenset(p for seat in self.by for p in seats.holders(setting, seat))

    def _public(self, setting: Setting) -> bool:
        """Whether it is open to everybody by now."""
        if not self.until:
            return False
        itself = _published_itself(setting)
        return itself or (self.until == "published" and _published(setting))

    def faults(self, charter: Charter) -> Iterator[tuple[str, Message]]:
        return seats.unknown(self.by, charter, "by")


def readers_in(setting: Setting, thing: Thing) -> frozenset[str] | None:
    """Everybody who may read a thing of the meeting that an act is about; None: all may."""
    people: frozenset[str] | None = None
    for bound in setting.book.for_act(f"read/{thing}"):
        opened = bound.rule.opens(setting) if isinstance(bound.rule, ReadBy) else None
        if opened is not None and "" not in opened:
            people = opened if people is None else people & opened
    return people


def _published(setting: Setting) -> bool:
    if setting.decision is not None:
        return setting.decision.published
    decided = setting.state.decided_at(setting.sitting) if setting.sitting else ()
    return bool(decided) and all(made.published for made in decided)


def _published_itself(setting: Setting) -> bool:
    """Whether these are minutes that are public as a whole; a correction of after is not yet."""
    if setting.sitting is None or getattr(setting.act, "thing", "minutes") != "minutes":
        return False
    minutes = setting.sitting.minutes
    public = minutes.public if minutes else None
    if minutes is None or public is None or public.proposal.hidden.anything:
        return False
    return len(minutes.corrected) == public.proposal.corrections
