"""What house practice and a quorum have to say of a meeting in progress: shown to all alike.

Nothing hangs on who looks. A practice says each time that no rule asks for it.
"""

from datetime import datetime, timedelta

import msgspec

from yishi.procedure.attendance import Quorum, threshold
from yishi.procedure.bodylog import Practice
from yishi.procedure.enact import book_of
from yishi.procedure.pausing import rested
from yishi.procedure.practice import ruling
from yishi.procedure.practising import practised, speaking
from yishi.procedure.state import Sitting, State
from yishi.procedure.turns import broken_off
from yishi.procedure.verdict import Citation
from yishi.web.office import Office
from yishi.web.sittings.tally import setting_of, turn


class Clock(msgspec.Struct, frozen=True):
    """The report or speech that runs just now, and until when it should be over."""

    practice: str
    begun_at: datetime
    until: datetime
    told_at: datetime
    """What the server's clock said when this was made."""

    @property
    def begun(self) -> int:
        """The beginning in seconds, as a browser counts."""
        return int(self.begun_at.timestamp())

    @property
    def limit(self) -> int:
        """How many seconds it should take."""
        return int((self.until - self.begun_at).total_seconds())

    @property
    def over(self) -> bool:
        """Whether it has taken longer already."""
        return self.told_at > self.until


class Enough(msgspec.Struct, frozen=True):
    """How many members are here, and how many there have to be, or should be."""

    present: int
    base: int
    needed: int
    citation: Citation | None
    """The clause; None where it is house practice only."""

    @property
    def short(self) -> bool:
        """Whether too few are here."""
        return self.present < self.needed


class Habits(msgspec.Struct, frozen=True):
    """All of it, for one meeting as it stands."""

    clock: Clock | None
    quorum: Enough | None
    asks_recusal: bool


def habits_of(office: Office, sitting: Sitting) -> Habits:
    """What there is to show of a meeting that is called or open."""
    if sitting.status not in ("convened", "open"):
        return Habits(None, None, False)
    held = practised(office.state, sitting)
    talk = sitting.deliberations.get(sitting.current or "")
    return Habits(
        clock=_clock(office, sitting, held),
        quorum=quorum_of(office.state, sitting, held),
        asks_recusal="recusal" in held and talk is not None and talk.outcome is None,
    )


def quorum_of(state: State, sitting: Sitting, held: dict[str, Practice]) -> Enough | None:
    """By the charter's quorum; else by house practice; None where there is neither."""
    base = len(sitting.members)
    present = sum(sitting.is_present(seat.person) for seat in sitting.members)
    book = book_of(state, sitting.charters)
    rule, practice = book.rule(Quorum), held.get("quorum")
    if rule is not None:
        needed = threshold(base, rule.num, rule.den, rule.strict)
        return Enough(present, base, needed, book.bound(rule).citation)
    if practice is not None:
        return Enough(present, base, threshold(base, practice.num, practice.den, False), None)
    return None


def _clock(office: Office, sitting: Sitting, held: dict[str, Practice]) -> Clock | None:
    """What runs: the report until it is entered, then a speech while anybody is still to speak."""
    talk = sitting.deliberations.get(sitting.current or "")
    said = speaking(talk, broken=broken_off(sitting, talk)) if talk else ()
    runs = next((one for one in said if one.ended_at is None), None)
    practice = held.get(runs.practice) if runs is not None else None
    if talk is None or runs is None or practice is None or sitting.recess is not None:
        return None
    if runs.practice == "speech_limit":
        waiting, _ = turn(setting_of(office, sitting.id, talk.item))
        chair = sitting.chair is not None and not talk.heard(sitting.chair)
        if not waiting and (not chair or sitting.chair in talk.recused):
            return None
    begun = runs.begun_at.astimezone(office.zone)
    until = begun + timedelta(minutes=practice.limit) + rested(sitting.recesses, begun, office.now)
    return Clock(runs.practice, begun, until, office.now)


def codes(state: State, sitting: Sitting) -> bool:
    """Whether people sign in by code here: by the charter's rule, or as house practice."""
    bounds = book_of(state, sitting.charters).bounds
    ruled = next(ruling(bounds, "sign_in"), None) is not None
    shows = sitting.status in ("convened", "open")
    return shows and (ruled or "sign_in" in practised(state, sitting))
