"""The item before the meeting: who has spoken to it, who is next, what each may do now."""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec
from django.urls import reverse

from yishi.procedure.state import Deliberation, Position, Sitting
from yishi.procedure.turns import on_the_floor
from yishi.procedure.verdict import Citation, Ground
from yishi.web.acts.views import link_to
from yishi.web.office import Office
from yishi.web.sittings.adding import Adding, Question, adding_of, may_be_asked, question_of
from yishi.web.sittings.agenda import Line, lines
from yishi.web.sittings.calling import Floor, floor_of, to_report
from yishi.web.sittings.deciding import Deciding, asking_more, deciding_of, putting_off
from yishi.web.sittings.pressing import Press, for_others, key, press, stands, why_not
from yishi.web.sittings.reported import reported
from yishi.web.sittings.seated import AT_HAND, at_hand, post_of
from yishi.web.sittings.tally import Tally, setting_of, tally, turn
from yishi.web.sittings.told import Told, of

STANCES: Final = ("for", "against", "abstain", "none")


class Saying(msgspec.Struct, frozen=True):
    """A form in which a stance is entered: whose, and which stances stand."""

    member: str
    stances: tuple[str, ...]
    key: str
    passing: Press | None


class Speaker(msgspec.Struct, frozen=True):
    """Somebody who speaks to the item, or keeps out of it."""

    person: str
    post: str
    said: tuple[Position, ...]
    passed: bool
    recused: bool
    next: bool
    chair: bool
    conflict: bool
    enter: Saying | None = None
    """The form of whoever enters it for them; None where nobody may just now."""
    passing: Press | None = None
    """The one press by which whoever presides goes on to the next speaker."""
    calling: Press | None = None
    """The one press by which they are called to speak."""
    called: bool = False
    """Whether they have been called and have the floor."""
    settled: str | None = None
    """The stance that they have settled on (更正表态), where nothing else was entered since."""

    @property
    def heard(self) -> bool:
        """Whether the person has spoken or let the turn pass."""
        return self.passed or bool(self.said)


WHOLE: Final = 12
"""Speakers who all stand open in the room; of more, those around whoever has the floor."""


class Order(msgspec.Struct, frozen=True):
    """The order of speaking in three parts, of which the first and the last are folded."""

    early: tuple[Speaker, ...]
    shown: tuple[Speaker, ...]
    late: tuple[Speaker, ...]

    @property
    def unsettled(self) -> bool:
        """Whether somebody whose part is folded has still to settle what they said."""
        return any(one.conflict for one in self.early)


class Talk(msgspec.Struct, frozen=True):
    """The current item: what all of a kind may see of it, then what one person may do."""

    line: Line
    item: str
    talk: Deliberation
    report: str
    speakers: tuple[Speaker, ...]
    turn: Citation | None
    waiting: tuple[str, ...]
    tally: Tally | None
    floor: Floor | None = None
    """Who has been called to report or to speak, and not been heard since."""
    question: Question | None = None
    """Who adds something just now, since the chair asked for it."""
    added: tuple[tuple[str, str], ...] = ()
    """Who has added something to the item at this meeting, and their words."""
    later: int = 0
    """How many are to speak after those who are shown."""
    calling: tuple[Press, ...] = ()
    """The presses by which whoever looks calls somebody to report."""
    called: bool = False
    """Whether it is whoever looks who has been called."""
    ahead: int = -1
    """How many speak before the person who looks; -1 when it is not for them to wait."""
    mine: Saying | None = None
    mine_closed: tuple[Ground, ...] = ()
    settle: str = ""
    recuse: tuple[str, ...] = ()
    """Who may be entered as keeping out of the item, by whoever looks: oneself first."""
    recuse_key: str = ""
    present: tuple[str, ...] = ()
    """Who may be entered as reporting, by whoever looks."""
    present_key: str = ""
    present_link: str = ""
    """The form to report instead of those whose item it is; empty when that is not at hand."""
    deciding: Deciding | None = None
    """The form of the decision, as soon as nobody is waited for or something can be decided."""
    closed: tuple[tuple[str, tuple[Ground, ...]], ...] = ()
    putting_off: str = ""
    asking_more: str = ""
    """The link to put the item off until what is asked for has been handed in (补充材料后再议)."""
    asking: tuple[str, ...] = ()
    """Whom whoever looks may ask to add something."""
    asking_key: str = ""
    adding: Adding | None = None
    """What whoever looks has been asked to add."""
    add_for: tuple[Adding, ...] = ()
    """What others have been asked to add, which whoever looks may enter."""

    @property
    def order(self) -> Order:
        """Who has the floor, the last who were heard and the next; of a few, everybody."""
        every = self.speakers
        if len(every) <= WHOLE:
            return Order((), every, ())
        owing = (n for n, one in enumerate(every) if not one.heard and not one.recused)
        at = next(owing, len(every))
        return Order(every[: max(0, at - 3)], every[max(0, at - 3) : at + 6], every[at + 6 :])


def talk_for_all(office: Office, sitting: Sitting, happenings: Iterable[Told]) -> Talk | None:
    """The current item as all of a kind see it; None while nothing is before the meeting."""
    item = sitting.current
    if item is None:
        return None
    setting = setting_of(office, sitting.id, item)
    waiting, order = turn(setting)
    talk = sitting.talk_on(item)
    report = _report(sitting, item, happenings)
    return Talk(
        line=next(line for line in lines(office, sitting, happenings) if line.item == item),
        item=item,
        talk=talk,
        report=(report.event.words or "") if report else "",
        speakers=_speakers(office, sitting, talk, waiting, order is not None),
        turn=order,
        waiting=waiting,
        later=len(waiting[AT_HAND:]),
        tally=tally(setting) if talk.positions else None,
        floor=floor_of(office, sitting),
        question=question_of(office, sitting),
        added=tuple(_added(sitting, item, happenings)),
    )


def talk_on(office: Office, sitting: Sitting, alike: Talk) -> Talk:
    """The current item for the person who looks, with what they may do."""
    item, talk, me = alike.item, alike.talk, office.person
    named = {"sitting": sitting.id, "item": item}
    deciding = deciding_of(office, sitting, item)
    # Where the sections report their work, nobody reports the item itself.
    standing = reported(office, sitting, ()) is not None
    present = () if standing else _rapporteurs(office, sitting, item)
    enters = _enters(office, sitting, talk, named)
    all_heard = talk.rapporteur is not None and not alike.waiting and _heard(sitting.chair, talk)
    adding = adding_of(office, talk, named)
    return msgspec.structs.replace(
        alike,
        asking=may_be_asked(office, sitting, talk) if talk.rapporteur or standing else (),
        asking_key=key(),
        adding=next((one for one in adding if one.person == me), None),
        add_for=tuple(one for one in adding if one.person != me),
        speakers=tuple(_entering(office, sitting, talk, enters, one) for one in alike.speakers),
        calling=to_report(office, sitting, talk) if talk.rapporteur is None else (),
        called=alike.floor is not None and alike.floor.person == me,
        ahead=alike.waiting.index(me) if me in alike.waiting else -1,
        mine=saying(office, sitting, item, me) if _owes(talk, me) else None,
        mine_closed=_closed(office, talk, named),
        settle=_settling(office, named),
        recuse=_recusing(office, sitting, named),
        recuse_key=key(),
        present=present if _reports_here(office, sitting, item, present) else (),
        present_key=key(),
        present_link=_linked_report(office, sitting, item, present),
        deciding=deciding if deciding is not None and (deciding.ripe or all_heard) else None,
        closed=deciding.closed if deciding is not None else (),
        putting_off=putting_off(named, deciding),
        asking_more=asking_more(office, named, deciding),
    )


def _report(sitting: Sitting, item: str, happenings: Iterable[Told]) -> Told | None:
    """The report of the item at this meeting."""
    here = (t for t in of(happenings, "item_presented") if t.event.sitting == sitting.id)
    return next((t for t in here if t.event.item == item), None)


def _added(sitting: Sitting, item: str, happenings: Iterable[Told]) -> Iterator[tuple[str, str]]:
    for one in of(happenings, "chair_answered"):
        if one.event.sitting == sitting.id and one.event.item == item:
            yield one.event.person, one.event.words or ""


def _heard(person: str | None, talk: Deliberation) -> bool:
    return person is None or talk.heard(person) or person in talk.recused


def _owes(talk: Deliberation, person: str) -> bool:
    """Whether somebody has not yet entered a stance of their own."""
    return not talk.heard(person)


def saying(office: Office, sitting: Sitting, item: str, member: str) -> Saying | None:
    """The form for a member's stance; None when none of them would stand."""
    named = {"sitting": sitting.id, "item": item, "member": member}
    if not stands(office, "state_position", **named):
        return None
    possible = tuple(s for s in STANCES if stands(office, "state_position", **named, stance=s))
    return Saying(member, possible, key(), press(office, "pass_turn", **named))


def _closed(office: Office, talk: Deliberation, named: dict[str, str]) -> tuple[Ground, ...]:
    """Why one's own position is not open yet: the chair speaks last, others speak first."""
    if not _owes(talk, office.person) or talk.rapporteur is None:
        return ()
    return why_not(office, "state_position", **named, member=office.person)


def _speakers(
    office: Office,
    sitting: Sitting,
    talk: Deliberation,
    waiting: tuple[str, ...],
    in_turn: bool,
) -> tuple[Speaker, ...]:
    """In the frozen order, the chair last; only who speaks, has spoken or keeps out.

    Of a crowd that is to speak, those who are next.
    """
    chair = sitting.chair
    every = dict.fromkeys((*sitting.people, *sitting.guests(talk.item)))
    shown = {*waiting[:AT_HAND], *talk.recused, *talk.passed, *(p.member for p in talk.positions)}
    heard = [p for p in every if p in shown]
    order = [p for p in heard if p != chair] + [p for p in (chair,) if p]
    first = set(waiting[:1] if in_turn else waiting)
    floor = on_the_floor(sitting)
    called = floor.person if floor is not None else ""
    return tuple(_speaker(office, sitting, talk, p, p in first, p == called) for p in order)


def _speaker(
    office: Office, sitting: Sitting, talk: Deliberation, person: str, is_next: bool, called: bool
) -> Speaker:
    return Speaker(
        person=person,
        post=post_of(office, sitting, person),
        said=talk.stated_by(person),
        passed=person in talk.passed,
        recused=person in talk.recused,
        next=is_next and talk.rapporteur is not None,
        chair=person == sitting.chair,
        conflict=person in talk.in_conflict(),
        called=called,
        settled=_settled(talk, person),
    )


def _settled(talk: Deliberation, person: str) -> str | None:
    """The stance that holds now where somebody settled it."""
    once = any(one.member == person for one in talk.settlings)
    return talk.stance_of(person) if once else None


def _enters(office: Office, sitting: Sitting, talk: Deliberation, named: dict[str, str]) -> bool:
    """Whether this person may have stances of others to enter."""
    return talk.outcome is None and for_others(office, sitting, "state_position", "member", **named)


def _entering(
    office: Office, sitting: Sitting, talk: Deliberation, enters: bool, speaker: Speaker
) -> Speaker:
    """A speaker with the form of whoever enters it for them, or the press that goes on."""
    if speaker.person == office.person or talk.outcome is not None:
        return speaker
    enter = saying(office, sitting, talk.item, speaker.person) if enters else None
    named = {"sitting": sitting.id, "item": talk.item, "member": speaker.person}
    passes = enter is None and speaker.next and office.person == sitting.chair
    passing = press(office, "pass_turn", **named) if passes else None
    calls = speaker.next and not speaker.called
    calling = press(office, "call_speaker", **named) if calls else None
    return msgspec.structs.replace(speaker, enter=enter, passing=passing, calling=calling)


def _settling(office: Office, named: dict[str, str]) -> str:
    """The link to settle one's own stance; empty when there is nothing to settle."""
    me = office.person
    if not stands(office, "settle_position", **named, member=me):
        return ""
    return link_to(
        "settle_position", named, member=me, next=reverse("room", args=[named["sitting"]])
    )


def _recusing(office: Office, sitting: Sitting, named: dict[str, str]) -> tuple[str, ...]:
    """Who may be entered as keeping out; anybody in the room by those who keep its record."""
    others = (*sitting.people, *at_hand(sitting, named["item"]))
    keeps = office.person in sitting.keepers
    here = (p for p in others if keeps and sitting.is_present(p))
    every = dict.fromkeys((office.person, *here))
    return tuple(p for p in every if stands(office, "recuse", **named, person=p))


def _rapporteurs(office: Office, sitting: Sitting, item: str) -> tuple[str, ...]:
    """Who may report the item, entered by the person who looks."""
    named = {"sitting": sitting.id, "item": item}
    enters = for_others(office, sitting, "present_item", "rapporteur", **named)
    others = (*sitting.people, *at_hand(sitting, item)) if enters else ()
    every = dict.fromkeys((office.person, *others))
    return tuple(p for p in every if stands(office, "present_item", **named, rapporteur=p))


def _reports_here(office: Office, sitting: Sitting, item: str, present: tuple[str, ...]) -> bool:
    """Whether the form of the report is at hand: for the item's own people, and for the record."""
    held = office.state.items[item]
    raising = {held.lead_unit, *held.co_units}
    own = raising & office.state.roster.units_of(office.person, office.now.date())
    return bool(own) or present[:1] not in ((), (office.person,))


def _linked_report(office: Office, sitting: Sitting, item: str, present: tuple[str, ...]) -> str:
    if not present or _reports_here(office, sitting, item, present):
        return ""
    named = {"sitting": sitting.id, "item": item}
    return link_to("present_item", named, rapporteur=office.person, next=_room(sitting))


def _room(sitting: Sitting) -> str:
    return reverse("room", args=[sitting.id])
