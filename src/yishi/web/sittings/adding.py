"""What the chair asks somebody to add to the item: who may be asked, who answers (请补充)."""

from datetime import datetime

import msgspec

from yishi.procedure.asking import adding_now, unanswered
from yishi.procedure.pausing import rested
from yishi.procedure.state import Deliberation, Sitting
from yishi.web.office import Office
from yishi.web.sittings.pressing import key, stands
from yishi.web.sittings.seated import at_hand


class Question(msgspec.Struct, frozen=True):
    """Who adds something just now, what they were asked for, and since when."""

    person: str
    words: str
    at: datetime
    epoch: int | None
    """The beginning in seconds, without the time that the meeting rested; None while it rests."""


class Adding(msgspec.Struct, frozen=True):
    """A form in which is entered what somebody adds."""

    person: str
    words: str
    at: datetime
    key: str


def question_of(office: Office, sitting: Sitting) -> Question | None:
    """Who adds something just now; None where nobody does. The big screen shows no words of it."""
    asked = adding_now(sitting)
    if asked is None:
        return None
    begun = asked.at.astimezone(office.zone)
    runs = begun + rested(sitting.recesses, begun, office.now)
    epoch = None if sitting.recess else int(runs.timestamp())
    return Question(asked.person, asked.words, begun, epoch)


def may_be_asked(office: Office, sitting: Sitting, talk: Deliberation) -> tuple[str, ...]:
    """Whom whoever presides may ask; nobody else asks.

    Of those called in for the item the rules are asked about one: they are there for the same.
    """
    if office.person != sitting.chair or talk.outcome is not None:
        return ()
    named = {"sitting": sitting.id, "item": talk.item}
    out = (office.person, *talk.recused)
    reports = (talk.rapporteur,) if talk.rapporteur else ()
    people = dict.fromkeys((*reports, *sitting.people, *at_hand(sitting, talk.item)))
    here = [p for p in people if p not in out and sitting.is_present(p)]
    seated = (*reports, *sitting.people)
    guests = [p for p in here if p not in seated]
    asked = [p for p in here if p in seated] + guests[:1]
    may = {p for p in asked if stands(office, "ask_speaker", **named, person=p)}
    return tuple(p for p in here if p in may or (p in guests and guests[0] in may))


def adding_of(office: Office, talk: Deliberation, named: dict[str, str]) -> tuple[Adding, ...]:
    """The forms for what was asked and is not added yet, of those that whoever looks may fill."""
    return tuple(
        Adding(one.person, one.words, one.at.astimezone(office.zone), key())
        for one in unanswered(talk)
        if stands(office, "answer_chair", **named, person=one.person)
    )
