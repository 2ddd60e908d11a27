"""What was done and judged, in order.

A `History` can be forked, so that many cases may go on from one beginning.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from yishi.procedure.act import Deed
from yishi.procedure.decide import decide, fold
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
        self.state = fold(self.state, events, deed.at)
        if not events:
            self.state = msgspec.structs.replace(self.state, latest=deed.at)
        self.done.append(Transaction(deed.at, events, deed, verdict))

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
