"""The lists of people in minutes, in words: page and paper name the same, in the same order."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Message
from yishi.web.office import Office
from yishi.web.profiles.face import Face
from yishi.web.sittings.capacity import capacities, names_at
from yishi.web.sittings.missed import missed
from yishi.wording import Names
from yishi.wording.names import Apart

GROUPS: Final = ("present", "leave", "in_attendance", "absent")
"""出席 · 请假 · 列席 · 缺席, in the order in which they stand (GW-F2)."""


def attended(
    office: Office, sitting: Sitting, people: dict[str, list[str]], face: Face
) -> Iterator[tuple[str, str]]:
    """Label and people of each list that has anybody in it; who attended has one in any case.

    With the unit before the names, or names alone, as the institution has it (GW-F1).
    """
    join = office.catalogue.word("shapes", "join")
    units = face.profile.naming == "units"
    names = _by_unit(office, sitting, people) if units else names_at(office, sitting)
    for group in GROUPS:
        every = people[group]
        if units:
            said = _in_units(office, sitting, every, names, face.organ)
        else:
            said = join.join(_named(office, sitting, one, names) for one in every)
        if every or group == "present":
            yield _label(office, group), said or _say(office, "none", names)


def _by_unit(office: Office, sitting: Sitting, people: dict[str, list[str]]) -> Names:
    """Names where units stand before them: with posts for those whom these leave alike."""
    names, words = Names(office.state), office.catalogue.word
    told = {}
    for person in (p for group in people.values() for p in group):
        held = capacities(office, sitting, person)
        every = {one.unit for one in held}
        units = every - {None} or every
        if units & names.units_of_namesakes(person, sitting.held_on):
            posts = dict.fromkeys(one.post for one in held)
            told[person] = words("shapes", "join").join(posts)
    return Apart(office.state, None, told, words("shapes", "told_apart"))


def _in_units(
    office: Office, sitting: Sitting, people: Sequence[str], names: Names, organ: str
) -> str:
    """Those of one unit who follow one another have it before them once; all keep their order."""
    words, said = office.catalogue.word, []
    for unit, group in groupby(people, lambda one: _unit(office, sitting, one, organ)):
        joined = words("shapes", "join").join(_named(office, sitting, p, names) for p in group)
        said.append(words("shapes", "of_unit").format(unit=unit, names=joined) if unit else joined)
    return words("shapes", "units").join(said)


def _unit(office: Office, sitting: Sitting, person: str, organ: str) -> str:
    """The units in which somebody is there; of a post of the whole institution, that."""
    held = capacities(office, sitting, person)
    units = dict.fromkeys(Names(office.state).unit(one.unit) for one in held if one.unit)
    return office.catalogue.word("shapes", "join").join(units or ([organ] if held else []))


def _label(office: Office, group: str) -> str:
    if group in ("leave", "absent"):
        return office.catalogue.word("states.presence", group)
    return office.catalogue.text(f"page.minutes.{group}")


def _named(office: Office, sitting: Sitting, person: str, names: Names) -> str:
    """The name, and for which items they were not there, and why (GW-F5)."""
    join, found = office.catalogue.word("shapes", "join"), missed(sitting, person)
    said: Iterable[str] = (
        _say(office, f"missed_{why}", names, places=join.join(n)) for why, n in found.items()
    )
    why = office.catalogue.word("shapes", "comma").join(said)
    return _say(office, "name", names, who=person) + (
        _say(office, "aside", names, why=why) if why else ""
    )


def _say(office: Office, key: str, names: Names, **params: Any) -> str:
    return office.catalogue.sentence(Message(f"page.minutes.{key}", params), names)
