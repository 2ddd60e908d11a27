"""What the big screen shows of a long order and a long agenda: who is next, and how many more."""

from typing import Final

import msgspec

from yishi.procedure.state import Sitting
from yishi.web.office import Office
from yishi.web.sittings.agenda import Line
from yishi.web.sittings.seated import places, post_of
from yishi.web.sittings.talk import Speaker, Talk

WHOLE: Final = 9
"""Speakers who are all shown, those who were heard too; of more, those who come next."""

NEXT: Final = 6
"""Of more: how many who are still to speak are named."""

LINES: Final = 7
"""Items of the agenda that have room, and how many beside a code for signing in."""
BESIDE_CODE: Final = 4


class Turns(msgspec.Struct, frozen=True):
    """The order of speaking on the wall."""

    named: tuple[Speaker, ...]
    more: int
    """How many are to speak after those who are named."""
    heard: int
    """How many were heard who are not named."""
    posts: dict[str, str]
    """The post of whoever has the same name as somebody else in the room."""


class Plan(msgspec.Struct, frozen=True):
    """The agenda on the wall: the item in hand and those around it."""

    before: int
    lines: tuple[Line, ...]
    after: int


def turns_of(office: Office, sitting: Sitting, talk: Talk) -> Turns:
    """All of a few; of many, who has the floor and who follows."""
    every = talk.speakers
    posts = namesakes(office, sitting)
    if len(every) + talk.later <= WHOLE:
        return Turns(every, talk.later, 0, posts)
    owing = [one for one in every if not one.heard and not one.recused]
    owing.sort(key=lambda one: (not one.called, not one.next))
    heard = sum(one.heard for one in every)
    return Turns(tuple(owing[:NEXT]), len(owing[NEXT:]) + talk.later, heard, posts)


def namesakes(office: Office, sitting: Sitting) -> dict[str, str]:
    """The posts of those of the meeting who cannot be told apart by their names."""
    by_name: dict[str, list[str]] = {}
    for person in places(office, sitting):
        by_name.setdefault(office.names.person(person), []).append(person)
    alike = (person for people in by_name.values() if len(people) > 1 for person in people)
    return {person: post_of(office, sitting, person) for person in alike}


def plan_of(agenda: tuple[Line, ...], room: int) -> Plan:
    """As many items as there is room for, from the one before the item in hand on."""
    at = next((n for n, line in enumerate(agenda) if line.state in ("now", "waiting")), 0)
    first = max(0, min(at - 1, len(agenda) - room))
    shown = agenda[first : first + room]
    return Plan(first, shown, len(agenda) - first - len(shown))


def missing(office: Office, sitting: Sitting) -> int:
    """How many of those who belong to the whole meeting have not been heard of yet."""
    return sum(person not in sitting.presence for person in sitting.people)
