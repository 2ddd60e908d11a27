"""The lists of people in minutes, in words: page and paper name the same, in the same order."""

from collections.abc import Iterator
from typing import Any, Final

from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Message
from yishi.web.office import Office
from yishi.web.sittings.missed import missed

GROUPS: Final = ("present", "leave", "in_attendance", "absent")
"""出席 · 请假 · 列席 · 缺席, in the order in which they stand (GW-F2)."""


def attended(
    office: Office, sitting: Sitting, people: dict[str, list[str]]
) -> Iterator[tuple[str, str]]:
    """Label and names of each list that has anybody in it; who attended has one in any case."""
    join = office.catalogue.word("shapes", "join")
    for group in GROUPS:
        named = [_named(office, sitting, one) for one in people[group]]
        if named or group == "present":
            yield _label(office, group), join.join(named) or _say(office, "none")


def _label(office: Office, group: str) -> str:
    if group in ("leave", "absent"):
        return office.catalogue.word("states.presence", group)
    return _say(office, group)


def _named(office: Office, sitting: Sitting, person: str) -> str:
    """The name, and for which items they were not there, and why (GW-F5)."""
    join, found = office.catalogue.word("shapes", "join"), missed(sitting, person)
    said = (_say(office, f"missed_{why}", places=join.join(n)) for why, n in found.items())
    why = office.catalogue.word("shapes", "comma").join(said)
    return _say(office, "name", who=person) + (_say(office, "aside", why=why) if why else "")


def _say(office: Office, key: str, **params: Any) -> str:
    return office.catalogue.sentence(Message(f"page.minutes.{key}", params), office.apart)
