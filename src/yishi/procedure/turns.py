"""The chair calls somebody to report or to speak, and a clock begins (请发言) (pure).

A call is neither a position nor a pass: whom the charter waits for, it waits for as before.
"""

from datetime import datetime

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.called import Called
from yishi.procedure.setting import Setting
from yishi.procedure.state import Deliberation, Sitting, State
from yishi.values.text import Id


class SpeakerCalled(Event, frozen=True, kw_only=True):
    """The chair has called somebody to report or to speak; they have the floor."""

    sitting: Id
    item: Id
    member: Id
    by: Id

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        talk, there = held.talk_on(self.item), held.presence.get(self.member)
        moves = len(there.log) if there else 0
        called = Called(self.member, at, len(talk.turns), talk.rapporteur is None, moves)
        return evolve.talk(state, self.sitting, self.item, calls=(*talk.calls, called))


class CallSpeaker(Act, frozen=True, kw_only=True):
    """The chair calls somebody to report the item, or to speak to it (请发言)."""

    sitting: Id
    item: Id
    member: Id

    def events(self, setting: Setting) -> tuple[SpeakerCalled, ...]:
        by = setting.actor
        return (SpeakerCalled(sitting=self.sitting, item=self.item, member=self.member, by=by),)


def on_the_floor(sitting: Sitting) -> Called | None:
    """Who has been called and may speak just now.

    It ends when they are heard, let the turn pass, keep out or leave, when another is called, and
    with the item; who comes back is called anew.
    """
    talk = sitting.deliberations.get(sitting.current or "")
    if talk is None or not talk.calls or talk.outcome is not None:
        return None
    last = talk.calls[-1]
    over = last.is_over(talk.turns, talk.rapporteur is not None)
    gone = last.person in talk.recused or not sitting.is_present(last.person)
    return None if over or gone or _left(sitting, talk, last) else last


def broken_off(sitting: Sitting, talk: Deliberation) -> frozenset[Called]:
    """The calls of those who left the room before they were heard: no speech began with them."""
    return frozenset(one for one in talk.calls if _left(sitting, talk, one))


def _left(sitting: Sitting, talk: Deliberation, called: Called) -> bool:
    heard = [at for person, at in talk.turns[called.turn :] if person == called.person]
    if called.report and talk.presented_at is not None:
        heard.append(talk.presented_at)
    until = min(heard, default=None)
    there = sitting.presence.get(called.person)
    since = there.log[called.moves :] if there else ()
    return any(status != "present" and (until is None or at < until) for status, at in since)
