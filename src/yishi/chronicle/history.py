"""What was done and judged, in order.

A `History` can be forked, so that many cases may go on from one beginning.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from yishi.procedure.act import Deed
from yishi.procedure.decide import decide, fold
from yishi.procedure.paper import entered
from yishi.procedure.report import Judged
from yishi.procedure.state import State
from yishi.procedure.verdict import Accepted, Rejected, Verdict


class Transaction(msgspec.Struct, frozen=True):
    """What belongs together in the journal: a deed with its verdict, and what happened.

    Events of the institution's setting up have no deed.
    """

    at: datetime
    events: tuple[msgspec.Struct, ...]
    deed: Deed | None = None
    verdict: Verdict | None = None

    @property
    def held_at(self) -> datetime | None:
        """When it really happened, where it was entered from paper."""
        return self.deed.held_at if self.deed else None

    def upon(self, state: State) -> State:
        """The state that this leads to."""
        return followed(state, self.events, self.at, self.held_at)


def followed(
    state: State, events: tuple[msgspec.Struct, ...], at: datetime, held_at: datetime | None
) -> State:
    """The state after events, written at one time; what was on paper happened at its own."""
    after = fold(state, events, held_at or at)
    named = (getattr(event, "sitting", None) for event in events)
    where = next((one for one in named if one), None)
    if held_at is not None and where is not None:
        after = entered(after, where, held_at)
    return msgspec.structs.replace(after, latest=at)


class History:
    """The state of an institution and everything that led to it."""

    def __init__(self, state: State | None = None, done: Iterable[Transaction] = ()) -> None:
        self.state = state or State()
        self.done = list(done)

    def fork(self) -> "History":
        """A history that goes its own way from here."""
        return History(self.state, self.done)

    def do(self, deed: Deed) -> Verdict:
        """Judge a deed; what stands happens, what is refused is kept, what is rejected is not."""
        verdict = decide(deed, self.state)
        if not isinstance(verdict, Rejected):
            self.take(deed, verdict, verdict.events if isinstance(verdict, Accepted) else ())
        return verdict

    def take(self, deed: Deed, verdict: Verdict, events: tuple[msgspec.Struct, ...]) -> None:
        """Take up a judged deed and what happened by it."""
        done = Transaction(deed.at, events, deed, verdict)
        self.state = done.upon(self.state)
        self.done.append(done)

    def happened(self, events: tuple[msgspec.Struct, ...], at: datetime) -> None:
        """Take up events that nobody's deed brought about: founding, the roster.

        No events are nothing that happened: a cast without a calendar leaves no entry.
        """
        if not events:
            return
        self.state = fold(self.state, events, at)
        self.done.append(Transaction(at, events))

    def judged(self) -> Iterable[Judged]:
        """Every deed with its verdict, for the compliance report."""
        for one in self.done:
            if one.deed is not None and one.verdict is not None:
                yield Judged(one.deed, one.verdict)
