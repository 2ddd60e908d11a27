"""In which of their posts somebody is at a meeting: as chair, as member, for an item (以何职务)."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from yishi.procedure.composition import Composition, DeputyChair, PresidedBy, RecordedBy
from yishi.procedure.enact import Rulebook, book_of
from yishi.procedure.issuing import SignedBy
from yishi.procedure.state import Sitting, State
from yishi.procedure.whereabouts import Seat
from yishi.web.office import Office
from yishi.wording import Names

SEATED: Final = ("members", "in_attendance")
"""The seats of a meeting, and the field of the rule that says whose they are."""


def capacities(office: Office, sitting: Sitting, person: str, item: str = "") -> tuple[Seat, ...]:
    """The posts in which somebody is at the meeting; several where it cannot be told; found once.

    None of whoever held no post on the day. With an item, those in which it is reported.
    """
    return office.facts.to(
        ("capacities", sitting.id, person, item),
        lambda: capacities_of(office.state, sitting, person, item),
    )


def capacities_of(state: State, sitting: Sitting, person: str, item: str = "") -> tuple[Seat, ...]:
    """The same, as it follows from the rules of the meeting and the posts of its day.

    Seats were given on the day on which it was convened, and stay as they were given.
    """
    book, today = book_of(state, sitting.charters), _held(state, person, sitting.held_on)
    if item and sitting.talk_on(item).rapporteur == person:
        reporting = tuple(one for one in today if one.unit == state.items[item].lead_unit)
        if reporting:
            return reporting
    convened = _held(state, person, sitting.convened_at.date())
    seated = _seated(book, sitting, convened, person)
    if person == sitting.chair:
        rule = book.rule(DeputyChair) if sitting.deputed else book.rule(PresidedBy)
        return _by(book, rule, seated or today) or seated or today
    if seated:
        return seated
    kept = _by(book, book.rule(RecordedBy), today) if person in sitting.keepers else ()
    return kept or _called(state, sitting, today, person) or today


def signing(office: Office, sitting: Sitting, person: str) -> tuple[Seat, ...]:
    """The posts by which somebody signs the minutes, as the rules name them."""
    book = book_of(office.state, sitting.charters)
    today = _held(office.state, person, sitting.held_on)
    return _by(book, book.rule(SignedBy), today) or capacities(office, sitting, person)


def names_at(office: Office, sitting: Sitting, item: str = "", signs: bool = False) -> Names:
    """Names in which two of the same are told apart by what they are at this meeting."""
    names, word = Names(office.state), office.catalogue.word
    known = {
        person: signing(office, sitting, person)
        if signs
        else capacities(office, sitting, person, item)
        for person in names.alike()
    }
    return names.apart(sitting.held_on, word("shapes", "told_apart"), word("shapes", "join"), known)


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


def _by(
    book: Rulebook,
    rule: PresidedBy | DeputyChair | RecordedBy | SignedBy | None,
    posts: Iterable[Seat],
) -> tuple[Seat, ...]:
    """Those of the posts that a rule names for what somebody does."""
    names = _printed(book, rule.by) if rule else frozenset()
    return tuple(one for one in posts if one.post in names)


def _printed(book: Rulebook, named: Iterable[str]) -> frozenset[str]:
    """The printed names of the posts that a rule's seats name."""
    every = (book.post_names(seat.partition("@")[0]) for seat in named)
    return frozenset(name for names in every for name in names)
