"""Where the votes stand on the item before the meeting, counted by the rules themselves."""

import msgspec

from yishi.procedure.act import Deed
from yishi.procedure.attendance import threshold
from yishi.procedure.decide import found
from yishi.procedure.majority import Majority, ShowsTally, all_heard, standing
from yishi.procedure.practising import practised
from yishi.procedure.reading import Read
from yishi.procedure.setting import Setting
from yishi.procedure.speaking import SpeaksInTurn, queue
from yishi.procedure.verdict import Citation
from yishi.web.office import Office


class Tally(msgspec.Struct, frozen=True):
    """How many take which stance, the base they are counted on, and what carries."""

    votes: int
    against: int
    abstained: int
    base: int
    needed: int
    kind: str
    """members · present · stated"""
    citation: Citation

    @property
    def carried(self) -> bool:
        """Whether the votes for it make the majority."""
        return bool(self.base) and self.votes >= self.needed

    @property
    def lost(self) -> bool:
        """Whether the votes against it make the majority."""
        return bool(self.base) and self.against >= self.needed


def setting_of(office: Office, sitting: str, item: str) -> Setting:
    """The item in this meeting as the rules look at it, nobody acting."""
    question = Read(thing="item", sitting=sitting, item=item)
    nobody = Deed(act=question, actor="", at=office.now)
    setting = found(nobody, office.state)
    assert isinstance(setting, Setting)
    return setting


def tally(setting: Setting) -> Tally | None:
    """The count by the body's rule on majorities; None where it has none."""
    rule = setting.book.rule(Majority)
    if rule is None:
        return None
    votes, base = standing(setting, rule, "for")
    against, _ = standing(setting, rule, "against")
    abstained, _ = standing(setting, rule, "abstain")
    needed = threshold(base, rule.num, rule.den, rule.strict)
    citation = setting.book.bound(rule).citation
    return Tally(votes, against, abstained, base, needed, rule.base, citation)


class Wall(msgspec.Struct, frozen=True):
    """The tally as the big screen shows it: in numbers alone."""

    tally: Tally
    by: Citation | None
    """The clause by which it may be shown; None where it is house practice only."""


def on_the_wall(setting: Setting) -> Wall | None:
    """What the big screen may show of the count just now, by a clause or by house practice.

    House practice shows it once all are heard; None where neither lets it.
    """
    rule, sitting = setting.book.rule(ShowsTally), setting.sitting
    practice = sitting is not None and "tally" in practised(setting.state, sitting)
    if not (rule.opens(setting) if rule is not None else practice and all_heard(setting)):
        return None
    counted = tally(setting)
    by = setting.book.bound(rule).citation if rule is not None else None
    return Wall(counted, by) if counted is not None else None


def turn(setting: Setting) -> tuple[tuple[str, ...], Citation | None]:
    """Who is still to speak, in the charter's order, and the clause where an order is kept."""
    talk = setting.talk
    waiting = tuple(p for p in queue(setting) if talk is None or not talk.heard(p))
    rule = setting.book.rule(SpeaksInTurn)
    return waiting, setting.book.bound(rule).citation if rule else None
