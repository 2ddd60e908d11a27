"""The roster as pages show it: units with their people, posts through time, places in bodies."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from yishi.procedure.charters import GENERAL
from yishi.procedure.composition import Composition, PresidedBy, RecordedBy
from yishi.procedure.enact import Rulebook, book_of, digests_on, version_on
from yishi.procedure.seats import SECTION
from yishi.procedure.state import State
from yishi.register.initials import readings
from yishi.roster.model import Appointment, Unit
from yishi.web.lists import letters, narrow
from yishi.web.office import Office


def units(office: Office) -> list[dict[str, Any]]:
    """Every unit there is today with who holds which post in it, sections first."""
    state, today = office.state, office.now.date()
    held = _by_unit(state, today)
    there = [u for u in state.roster.units.values() if u.until is None or today <= u.until]
    there.sort(key=lambda u: (u.kind != SECTION, u.since, u.id))
    return [{"unit": u, "ahead": u.since > today, "held": held.get(u.id, [])} for u in there]


def at_large(office: Office) -> list[Appointment]:
    """Posts held in the institution as a whole."""
    held = _by_unit(office.state, office.now.date()).get("", [])
    return sorted(held, key=lambda a: a.since)


def unplaced(office: Office) -> list[str]:
    """People who hold no post today."""
    state, today = office.state, office.now.date()
    placed = {a.person for each in _by_unit(state, today).values() for a in each}
    return sorted(p for p in state.roster.people if p not in placed)


def posts_of(office: Office, person: str) -> str:
    """The posts that somebody holds today, in words."""
    held = office.state.roster.posts_of(person, office.now.date())
    said = [f"{office.names.unit(a.unit)} {a.post}" if a.unit else a.post for a in held]
    return office.catalogue.word("shapes", "join").join(said)


def known_by(office: Office, said: str) -> list[str]:
    """People whose name, unit or post of today holds every word, or has it as first letters.

    Those found by their name alone come first.
    """
    words = narrow(said).split()
    told = {person: [name] for person, name in office.state.roster.people.items()}
    by_name = {p for p in told if all(_holds(told[p], word) for word in words)}
    for unit, held in _by_unit(office.state, office.now.date()).items():
        named = office.names.unit(unit) if unit else ""
        for one in held:
            told[one.person] += [named, one.post, named + one.post]
    found = (p for p, texts in told.items() if all(_holds(texts, word) for word in words))
    return sorted(found, key=lambda p: (p not in by_name, told[p][0], p))


def _holds(texts: list[str], word: str) -> bool:
    return any(
        word in text
        or (letters(word) and any(one.startswith(word.lower()) for one in readings(text)))
        for text in texts
    )


def ended(office: Office) -> list[Unit]:
    """Units that are closed."""
    today = office.now.date()
    gone = [u for u in office.state.roster.units.values() if u.until and u.until < today]
    return sorted(gone, key=lambda u: u.until or today, reverse=True)


def _by_unit(state: State, today: date) -> dict[str, list[Appointment]]:
    found: dict[str, list[Appointment]] = {}
    for each in state.roster.appointments.values():
        for one in each:
            if one.holds(today):
                found.setdefault(one.unit or "", []).append(one)
    return found


def history(office: Office, person: str) -> list[Appointment]:
    """Everything that a person held, holds, or is to hold, the latest first."""
    held = (a for each in office.state.roster.appointments.values() for a in each)
    return sorted((a for a in held if a.person == person), key=lambda a: a.since, reverse=True)


def bodies(office: Office) -> list[dict[str, Any]]:
    """For each body, who would be what in it if a meeting were convened today."""
    state, today = office.state, office.now.date()
    found = []
    for body in sorted(b for b in state.bodies if b != GENERAL):
        if version_on(state, body, today) is None:
            continue
        book = book_of(state, digests_on(state, body, today))
        found.append({"body": body, "places": list(_places(office, book))})
    return found


def _places(office: Office, book: Rulebook) -> Iterable[dict[str, Any]]:
    compositions = book.all_of(Composition)
    yield _place(office, book, "members", [p for c in compositions for p in c.members])
    yield _place(office, book, "in_attendance", [p for c in compositions for p in c.in_attendance])
    presided, recorded = book.rule(PresidedBy), book.rule(RecordedBy)
    yield _place(office, book, "chair", presided.by if presided else ())
    yield _place(office, book, "secretary", recorded.by if recorded else ())


def _place(office: Office, book: Rulebook, role: str, posts: Iterable[str]) -> dict[str, Any]:
    roster, today = office.state.roster, office.now.date()
    held: dict[str, Appointment] = {}
    empty = []
    for post in posts:
        found = list(roster.holding(book.post_names(post), today))
        for one in found:
            held.setdefault(one.person, one)
        if not found:
            empty += list(book.post_names(post)[:1])
    return {"role": role, "held": list(held.values()), "empty": tuple(empty)}
