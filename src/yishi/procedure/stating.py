"""What the chair states may be entered by whoever keeps the record, and set right by the chair."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace

from yishi.charter.model import Charter
from yishi.procedure import evolve, seats
from yishi.procedure.act import Act, Event
from yishi.procedure.rule import KEPT, Kind
from yishi.procedure.setting import Setting
from yishi.procedure.state import CARRIED, Outcome, State
from yishi.procedure.verdict import Message, Rejected
from yishi.values.text import Id, Text

# ── what may be entered ───────────────────────────────────────────────────────────────────────


class EnteredFor(Kind, frozen=True, kw_only=True):
    """Somebody enters what the holder of a seat stated, as that holder's own (如实登记)."""

    topic: ClassVar[str] = "entered_for"
    default_modality: ClassVar[str] = "may"
    modalities: ClassVar[tuple[str, ...]] = ("may",)
    happens: ClassVar[bool] = False
    acts: tuple[Id, ...]
    """Names of the acts; every rule judges them as that holder's."""
    of: str
    """The seat whose holder stated it; of several holders, the first."""
    by: tuple[str, ...]
    """Seats, any of whose holders may enter it."""
    outcomes: tuple[Outcome, ...]
    """What may be entered; the holder states the rest in person."""

    def governed(self) -> tuple[str, ...]:
        return self.acts

    def judge(self, setting: Setting) -> Message | None:
        if setting.hand is None:
            return None
        if setting.act.outcome in self.outcomes:
            return KEPT
        return Message("entered_for.in_person", {"of": (self.of,)})

    def hinges(self) -> frozenset[str]:
        return frozenset({"outcome"})

    def looks_at(self) -> tuple[str, ...]:
        return ("outcome",)

    def faults(self, charter: Charter) -> Iterator[tuple[str, Message]]:
        yield from seats.unknown(self.by, charter, "by")
        yield from seats.unknown((self.of,), charter, "of")


def entered_for(setting: Setting) -> Setting:
    """The same setting, judged as the deed of whoever stated it where somebody else enters it."""
    if setting.entered_by is not None:
        return setting
    for bound in setting.book.for_act(setting.act.name()):
        rule = bound.rule
        if isinstance(rule, EnteredFor) and not seats.holds(setting, rule.of, setting.actor):
            stated = seats.holders(setting, rule.of)
            if stated and any(seats.holds(setting, seat, setting.actor) for seat in rule.by):
                setting.hand, setting.actor = setting.actor, stated[0]
                break
    return setting


# ── what the chair sets right ─────────────────────────────────────────────────────────────────


class DecisionRestated(Event, frozen=True, kw_only=True):
    """The chair has set right how the decision was entered (更正决定的登记)."""

    sitting: Id
    item: Id
    decision: Id
    outcome: Outcome
    words: Text
    summary: Text | None = None

    def apply(self, state: State, at: datetime) -> State:
        held = state.decisions[self.decision]
        stated = replace(held, outcome=self.outcome, words=self.words)
        state = replace(state, decisions=state.decisions.set(self.decision, stated))
        return evolve.talk(state, self.sitting, self.item, outcome=self.outcome)


class RestateDecision(Act, frozen=True, kw_only=True):
    """The chair says what was decided where it was entered otherwise (更正决定的登记)."""

    decision: Id
    outcome: Outcome
    """As entered, or its like: 通过 and 原则同意 stand for each other."""
    words: Text
    summary: Text | None = None
    """What the discussion came to (总结); empty: as it was entered."""

    def amiss(self, setting: Setting) -> Rejected | None:
        held = setting.decision
        if held is None or self.outcome == held.outcome:
            return None
        if {self.outcome, held.outcome} == set(CARRIED):
            return None
        said = {"entered": held.outcome, "outcome": self.outcome}
        return Rejected("outcome", Message("restate_decision.another", said))

    def events(self, setting: Setting) -> tuple[DecisionRestated, ...]:
        held = setting.decision
        assert held is not None
        return (
            DecisionRestated(
                sitting=held.sitting,
                item=held.item,
                decision=self.decision,
                outcome=self.outcome,
                words=self.words,
                summary=self.summary,
            ),
        )
