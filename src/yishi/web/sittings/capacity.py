"""In which of their posts somebody is at a meeting: as chair, as member, for an item (以何职务)."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from yishi.procedure.composition import Composition, DeputyChair, PresidedBy
from yishi.procedure.enact import Rulebook, book_of
from yishi.procedure.state import Sitting, State
from yishi.procedure.whereabouts import Seat
from yishi.web.office import Office

SEATED: Final = ("members", "in_attendance")
"""The seats of a meeting, and the field of the rule that says whose they are."""


def capacities(office: Office, sitting: Sitting, person: str) -> tuple[Seat, ...]:
    """The posts in which somebody is at the meeting; several where it cannot be told; found once.

    None of whoever held no post on the day.
    """
    return office.facts.to(
        ("capacities", sitting.id, person),
        lambda: capacities_of(office.state, sitting, person),
    )


def capacities_of(state: State, sitting: Sitting, person: str) -> tuple[Seat, ...]:
    """The same, as it follows from the rules of the meeting and the posts of its day.

    Seats were given on the day on which it was convened, and stay as they were given.
    """
    book = book_of(state, sitting.charters)
    convened, today = (
        _held(state, person, day) for day in (sitting.convened_at.date(), sitting.held_on)
    )
    found = _seated(book, sitting, convened, person) or _called(state, sitting, today, person)
    found = found or today
    if person == sitting.chair:
        return _presiding(book, sitting, found) or found
    return found


def _held(state: State, person: str, on: date) -> tuple[Seat, ...]:
    held = state.roster.posts_of(person, on)
    return tuple(Seat(a.person, a.post, a.unit) for a in held)


def _seated(
    book: Rulebook, sitting: Sitting, posts: Iterable[Seat], person: str
) -> tuple[Seat, ...]:
    """The seat as it was given, and every other post that gives one of the same kind."""
    for kind in SEATED:
        given = [seat for seat in getattr(sitting, kind) if seat.person == person]
        if given:
            rules = (getattr(rule, kind) for rule in book.all_of(Composition))
            names = _printed(book, (post for each in rules for post in each))
            return tuple(dict.fromkeys((*given, *(one for one in posts if one.post in names))))
    return ()


def _called(state: State, sitting: Sitting, posts: Iterable[Seat], person: str) -> tuple[Seat, ...]:
    """The posts in the sections whose items somebody was called in for, or reports."""
    items = [item for item in sitting.agenda if person in sitting.guests(item)]
    items += [i for i, talk in sitting.deliberations.items() if talk.rapporteur == person]
    raised = {state.items[item].lead_unit for item in items}
    return tuple(one for one in posts if one.unit is not None and one.unit in raised)


def _presiding(book: Rulebook, sitting: Sitting, posts: Iterable[Seat]) -> tuple[Seat, ...]:
    """The posts by which somebody presides."""
    rule = book.rule(DeputyChair) if sitting.deputed else book.rule(PresidedBy)
    names = _printed(book, rule.by) if rule else frozenset()
    return tuple(one for one in posts if one.post in names)


def _printed(book: Rulebook, named: Iterable[str]) -> frozenset[str]:
    """The printed names of the posts that a rule's seats name."""
    every = (book.post_names(seat.partition("@")[0]) for seat in named)
    return frozenset(name for names in every for name in names)
