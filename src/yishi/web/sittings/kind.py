"""A kind of viewer: all that the rules let somebody see of one meeting just now, and no name.

What of the room all of one kind see alike is made with `Eyes` and once for the kind
(`frame.py`). Eyes have no person: whatever would hang on who looks fails, instead of being shown
to everybody who is alike in other things.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final, NoReturn

import msgspec

from yishi.procedure.access import EVERYBODY, Access
from yishi.procedure.reading import Thing
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Message
from yishi.web.answers import Answers
from yishi.web.office import Office
from yishi.web.sittings.seated import concerned, hears, places, projects

Opened = frozenset[tuple[Thing, str]]

VIEWS: Final = ("room", "screen")
"""What a meeting in progress is seen by: its page, and the big screen."""


class Kind(msgspec.Struct, frozen=True):
    """A set of rights in one meeting; who has the same sees the same."""

    sitting: str
    view: str
    inside: bool
    """Whether what is said to the item in hand is heard."""
    called_in: bool
    present: bool
    """Whether somebody who is called in has come; of others the roll tells it to all."""
    opened: frozenset[tuple[Thing, str]]
    called_for: frozenset[str]
    """The items for which they are called in."""
    shared: bool
    """Whether all who are in the room may read the item in hand; asked for the big screen."""


NOTHING: Final = {
    "inside": False,
    "called_in": False,
    "present": False,
    "opened": frozenset(),
    "called_for": frozenset(),
    "shared": False,
}
"""What a kind has that has no rights at all."""


def with_only(kind: Kind, *rights: str) -> Kind:
    """The kind with these of its rights and no other: what hangs on no other is seen alike."""
    return msgspec.structs.replace(kind, **{n: v for n, v in NOTHING.items() if n not in rights})


def kind_of(office: Office, sitting: Sitting, view: str = "room") -> Kind | None:
    """The kind of viewer that somebody is just now; None when the view is not open to them."""
    return office.answers.to(("kind", sitting.id, view), lambda: _kind(office, sitting, view))


def _kind(office: Office, sitting: Sitting, view: str) -> Kind | None:
    shown = view in VIEWS and sitting.status != "called_off" and concerned(office, sitting)
    if not shown or (view == "screen" and not projects(office, sitting)):
        return None
    called_in = places(office, sitting).get(office.person) == "guest"
    return Kind(
        sitting=sitting.id,
        view=view,
        inside=hears(office, sitting, sitting.current),
        called_in=called_in,
        present=called_in and sitting.is_present(office.person),
        opened=frozenset(_opened(office, sitting, view)),
        called_for=_called_for(office, sitting),
        shared=view == "screen" and _shared(office, sitting),
    )


def _there(office: Office, sitting: Sitting) -> frozenset[str]:
    """Who is in the room."""
    return frozenset(p for p in places(office, sitting) if sitting.is_present(p))


def _shared(office: Office, sitting: Sitting) -> bool:
    item = sitting.current
    return item is not None and _all(office, "item", item, _there(office, sitting))


def _called_for(office: Office, sitting: Sitting) -> frozenset[str]:
    """The items of the agenda for which somebody is called in."""
    every = office.facts.to(("called for", sitting.id), lambda: _called(sitting))
    return frozenset(every.get(office.person, ()))


def _called(sitting: Sitting) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in sitting.agenda:
        for person in sitting.guests(item):
            found.setdefault(person, []).append(item)
    return found


def _opened(office: Office, sitting: Sitting, view: str) -> Iterator[tuple[Thing, str]]:
    """What is open to somebody; of what is not in hand the wall shows what all present may read."""
    if view == "room":
        yield from opened_to(office, sitting)
        return
    room = _there(office, sitting)
    for thing, subject in things(office, sitting):
        wall = subject != sitting.current
        if office.is_open(thing, subject) and (not wall or _all(office, thing, subject, room)):
            yield thing, subject


def opened_to(office: Office, sitting: Sitting) -> frozenset[tuple[Thing, str]]:
    """Of all that the room may show, what is open to this person: found out once for everybody."""
    to_all, by_person = office.facts.to(("opened", sitting.id), lambda: _by_person(office, sitting))
    known = to_all if office.person in office.state.roster.people else frozenset()
    return known | by_person.get(office.person, frozenset())


def _by_person(office: Office, sitting: Sitting) -> tuple[Opened, dict[str, Opened]]:
    """What everybody known to the institution may read, and what somebody may beside it."""
    may = {one: office.readers(*one) for one in things(office, sitting)}
    people = {person for readers in may.values() if readers != EVERYBODY for person in readers}
    to_all = frozenset(one for one, readers in may.items() if readers == EVERYBODY)
    return to_all, {p: frozenset(one for one, r in may.items() if p in r) for p in people}


def _all(office: Office, thing: Thing, subject: str, people: frozenset[str]) -> bool:
    """Whether a thing is open to all of these."""
    may = office.readers(thing, subject)
    return may == EVERYBODY or people <= may


def things(office: Office, sitting: Sitting) -> list[tuple[Thing, str]]:
    """All that the room may show a part of, if it is open: items, their papers, decisions."""
    return office.facts.to(("things", sitting.id), lambda: _things(office, sitting))


def _things(office: Office, sitting: Sitting) -> list[tuple[Thing, str]]:
    items = [*sitting.agenda, *raised(office, sitting)]
    made = [m for m in (office.state.items[i].decision for i in items) if m is not None]
    found: list[tuple[Thing, str]] = [("item", i) for i in items]
    return [*found, *(("paper", i) for i in items), *(("decision", m) for m in made)]


def raised(office: Office, sitting: Sitting) -> list[str]:
    """What is raised from the floor and waits for an answer: it is on no agenda yet."""
    items = office.state.items
    waiting = office.state.bodies[sitting.body].waiting
    return [i for i in waiting if items[i].status == "raised" and items[i].sitting == sitting.id]


class NobodyLooksError(Exception):
    """What all of a kind see alike was about to hang on who looks."""


class Eyes(Office):
    """What a kind of viewer sees with: the state, what is open to the kind, and nobody."""

    def __init__(self, office: Office, kind: Kind) -> None:
        self.kind = kind
        self.institution = office.institution
        self.language, self.catalogue = office.language, office.catalogue
        self.held, self.now = office.held, office.now

    def __getattr__(self, name: str) -> NoReturn:
        raise NobodyLooksError(name)

    def reads(self, thing: Thing, subject: str) -> Access:
        if thing not in ("item", "paper", "decision"):
            raise NobodyLooksError(f"read/{thing}")
        return Access((thing, subject) in self.kind.opened, Message("read_by.open"), None)

    def called_for(self, sitting: Sitting, item: str) -> bool:
        return item in self.kind.called_for

    def ask(self, kind: Any, subject: dict[str, str]) -> NoReturn:
        raise NobodyLooksError(kind.name())

    @cached_property
    def own_parts(self) -> Answers:
        """Parts of pages made for this kind: kept with the whole."""
        return Answers()
