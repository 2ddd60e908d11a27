"""The newest of each kind of paper that somebody may read: what a profile is tried on."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Final

import msgspec
from django.http import Http404

from yishi.documents.model import Document
from yishi.procedure.charters import GENERAL
from yishi.procedure.issued import PUBLIC
from yishi.procedure.state import Decision, Sitting, State
from yishi.web.documents.makers import MAKERS
from yishi.web.documents.pen import Pen
from yishi.web.office import Office
from yishi.web.sittings.preview import issues

About = Iterator[tuple[str, str]]

TRIED: Final = 60
"""Of so many of a kind, the newest first, one is looked for that may be read."""

OF_MEETINGS: Final = ("record", "record-sheet", "notice", "agenda", "attendance")
MINUTES: Final = ("minutes", "minutes-general")
OF_TASKS: Final = ("task", "reminder", "feedback")
OF_BODIES: Final = ("collation", "bulletin", "report")


class Newest(msgspec.Struct, frozen=True):
    """A paper with what it is about."""

    subject: str
    about: str
    document: Document


def newest(pen: Pen, body: str, paper: str) -> Newest | None:
    """The newest paper of this kind of a body, or of any; nothing where there is none to read."""
    bodies = [b for b in pen.office.state.bodies if b != GENERAL] if body == GENERAL else [body]
    for subject, about in islice(WHERE[paper](pen.office, bodies), TRIED):
        try:
            return Newest(subject, about, MAKERS[paper](pen, subject, about))
        except Http404:
            continue
    return None


def _minutes(office: Office, bodies: list[str]) -> About:
    """Meetings whose minutes this person may see: those that are out first."""
    every = [one for one in _sittings(office.state, bodies) if one.opened_at]
    every.sort(key=lambda one: one.minutes is None)
    yield from ((one.id, "") for one in every if _shown(office, one))


def _shown(office: Office, sitting: Sitting) -> bool:
    if sitting.minutes is not None:
        return office.reads("minutes", sitting.id).allowed
    return issues(office, sitting)


def _sittings(state: State, bodies: list[str]) -> list[Sitting]:
    mine = (s for s in state.sittings.values() if s.body in bodies and s.kind != "before")
    return sorted(mine, key=lambda one: (one.starts_at, one.id), reverse=True)


def _meetings(office: Office, bodies: list[str]) -> About:
    every = _sittings(office.state, bodies)
    # Of one that is over, a paper has more to show than of one that nobody has come to.
    every.sort(key=lambda one: one.opened_at is None)
    yield from ((one.id, "") for one in every)


def _corrections(office: Office, bodies: list[str]) -> About:
    for one in _sittings(office.state, bodies):
        made = one.minutes.corrected if one.minutes else ()
        yield from ((one.id, str(each.number)) for each in reversed(made))


def _published(office: Office, bodies: list[str]) -> About:
    for one in _sittings(office.state, bodies):
        made = one.minutes.versions if one.minutes else ()
        yield from ((one.id, str(each.number)) for each in reversed(made))


def _leaves(office: Office, bodies: list[str]) -> About:
    for one in _sittings(office.state, bodies):
        yield from ((one.id, person) for person in one.leaves)


def _items(office: Office, bodies: list[str]) -> About:
    mine = [one for one in office.state.items.values() if one.body in bodies]
    mine.sort(key=lambda one: one.submitted_at, reverse=True)
    yield from ((one.id, "") for one in mine)


def _decisions(office: Office, bodies: list[str]) -> About:
    """Each decision with each unit that has to do something of it."""
    for held in _decided(office, bodies):
        tasks = (office.state.tasks[t] for t in held.tasks)
        units = dict.fromkeys(unit for one in tasks for unit in (one.unit, one.counter) if unit)
        yield from ((held.id, unit) for unit in units)


def _excerpts(office: Office, bodies: list[str]) -> About:
    published = (d for d in _decided(office, bodies) if d.publication is not None)
    yield from ((one.id, "") for one in published)


def _decided(office: Office, bodies: list[str]) -> list[Decision]:
    mine = (one for one in office.state.decisions.values() if one.body in bodies)
    return sorted(mine, key=lambda one: (one.at, one.id), reverse=True)


def _tasks(office: Office, bodies: list[str]) -> About:
    """Of those that somebody was reminded of, every paper has something to show."""
    mine = (one for one in office.state.tasks.values() if one.body in bodies)
    every = sorted(mine, key=lambda one: (bool(one.reminded), one.assigned_at), reverse=True)
    yield from ((one.id, "") for one in every)


def _adjustments(office: Office, bodies: list[str]) -> About:
    every = office.state.adjustments.values()
    yield from ((one.id, "") for one in every if office.state.tasks[one.task].body in bodies)


def _bodies(office: Office, bodies: list[str]) -> About:
    yield from ((one, "") for one in bodies)


WHERE: Final[Mapping[str, Callable[[Office, list[str]], About]]] = {
    **dict.fromkeys(MINUTES, _minutes),
    "correction": _corrections,
    PUBLIC: _published,
    **dict.fromkeys(OF_MEETINGS, _meetings),
    "leave": _leaves,
    "item": _items,
    "decision": _decisions,
    "excerpt": _excerpts,
    **dict.fromkeys(OF_TASKS, _tasks),
    "adjustment": _adjustments,
    **dict.fromkeys(OF_BODIES, _bodies),
}
"""By the paper, what it may be about, the newest first."""
