"""The chair asks somebody in the room to add something to the item, and they do (请补充) (pure).

Asking is no position and answering none: neither takes a turn, and whom the charter waits for, it
waits for as before; so the chair may ask who states a position last.
"""

from datetime import datetime
from typing import Literal

from msgspec.structs import replace

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.called import Asked
from yishi.procedure.setting import Setting
from yishi.procedure.state import Deliberation, Sitting, State
from yishi.values.text import Id, Text


class SpeakerAsked(Event, frozen=True, kw_only=True):
    """The chair has asked somebody to add something to the item, and said what."""

    sitting: Id
    item: Id
    person: Id
    by: Id
    words: Text

    def apply(self, state: State, at: datetime) -> State:
        talk = state.sittings[self.sitting].talk_on(self.item)
        new = Asked(self.person, at, self.words, len(talk.turns), len(talk.calls))
        return evolve.talk(state, self.sitting, self.item, asked=(*talk.asked, new))


class ChairAnswered(Event, frozen=True, kw_only=True):
    """Whoever was asked has added it, with words that stand under their name (补充)."""

    sitting: Id
    item: Id
    person: Id
    source: Literal["member", "secretary"]
    words: Text

    def apply(self, state: State, at: datetime) -> State:
        talk = state.sittings[self.sitting].talk_on(self.item)
        asked = tuple(
            replace(one, answered_at=at) if one.person == self.person and one.open else one
            for one in talk.asked
        )
        return evolve.talk(state, self.sitting, self.item, asked=asked)


class AskSpeaker(Act, frozen=True, kw_only=True):
    """The chair asks somebody to add something to the item (请补充). It states no position."""

    sitting: Id
    item: Id
    person: Id
    words: Text
    """What is to be added."""

    def events(self, setting: Setting) -> tuple[SpeakerAsked, ...]:
        return (
            SpeakerAsked(
                sitting=self.sitting,
                item=self.item,
                person=self.person,
                by=setting.actor,
                words=self.words,
            ),
        )


class AnswerChair(Act, frozen=True, kw_only=True):
    """Whoever was asked adds to the item, or the secretary enters it (补充). It is no position."""

    sitting: Id
    item: Id
    person: Id
    words: Text

    def events(self, setting: Setting) -> tuple[ChairAnswered, ...]:
        own = setting.entered_by is None and setting.actor == self.person
        return (
            ChairAnswered(
                sitting=self.sitting,
                item=self.item,
                person=self.person,
                source="member" if own else "secretary",
                words=self.words,
            ),
        )


def unanswered(talk: Deliberation) -> tuple[Asked, ...]:
    """What nobody has answered yet, the latest of each person, in the order of asking."""
    if talk.outcome is not None:
        return ()
    latest = {one.person: one for one in talk.asked if one.open}
    return tuple(one for one in talk.asked if latest.get(one.person) is one)


def adding_now(sitting: Sitting) -> Asked | None:
    """Who has been asked last and may add something just now.

    It ends when they have, when they keep out or leave, when somebody else is called or speaks, and
    with the item.
    """
    talk = sitting.deliberations.get(sitting.current or "")
    if talk is None or not talk.asked or talk.outcome is not None:
        return None
    last = talk.asked[-1]
    on = len(talk.turns) > last.turn or len(talk.calls) > last.call
    gone = last.person in talk.recused or not sitting.is_present(last.person)
    return last if last.open and not on and not gone else None
