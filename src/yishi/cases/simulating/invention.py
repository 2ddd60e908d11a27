"""An office made up: units, people and posts for an institution of any name (pure but for data)."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import yaml

from yishi.cases.simulating.habits import OfficeNames, office_names
from yishi.charter.model import Charter
from yishi.charter.reader import read

SINCE = "2015-01-01"
"""Made-up people have held their posts since before any simulation."""


def invented(
    institution: str,
    charters: Path,
    names: Sequence[str],
    *,
    seed: str,
    sections: int = 6,
    counters: int = 6,
    staff: int = 2,
    on: date = date(2026, 1, 1),
) -> str:
    """The text of a cast file with so many sections, counters, and staff in each section.

    `names` are the charters to enact, as paths within the folder `charters`; which posts and
    which secretariat there are, and what they are called, is read off their headers.
    """
    rng, known = Random(f"{institution}/{seed}"), office_names()
    read_ones = [read((charters / name).read_text(encoding="utf-8"))[0] for name in names]
    bodies = [charter for charter in read_ones if charter is not None and charter.posts]
    people = _Named(rng, known)
    units = _units(bodies, known, sections, counters)
    posts = [*_leaders(bodies, known, rng, people), *_staffed(bodies, known, units, people, staff)]
    first = next(p["person"] for p in posts if p.get("unit") == known.secretariat)
    met = dict.fromkeys(p["person"] for p in posts)
    cast: dict[str, Any] = {
        "institution": institution,
        "on": on.isoformat(),
        "enacted_by": first,
        "charters": list(names),
        "units": units,
        "people": {person: people.called[person] for person in met},
        "posts": posts,
    }
    return yaml.safe_dump(cast, allow_unicode=True, sort_keys=False)


class _Named:
    """People by id, drawn one after the other, each name once."""

    def __init__(self, rng: Random, known: OfficeNames) -> None:
        self._rng, self._known = rng, known
        self.called: dict[str, str] = {}

    def __next__(self) -> str:
        while (name := self._drawn()) in self.called.values():
            pass
        person = f"p{len(self.called) + 1:03d}"
        self.called[person] = name
        return person

    def _drawn(self) -> str:
        return self._rng.choice(self._known.surnames) + self._rng.choice(self._known.given)


def _units(
    bodies: list[Charter], known: OfficeNames, sections: int, counters: int
) -> dict[str, dict[str, str]]:
    printed = next(n[0] for c in bodies for n in c.units.values())
    units = {known.secretariat: {"name": printed, "kind": "section", "since": SINCE}}
    for key, name in known.sections[: max(0, sections - 1)]:
        units[key] = {"name": name, "kind": "section", "since": SINCE}
    for key, name in known.counters[:counters]:
        units[key] = {"name": name, "kind": "counter", "since": SINCE}
    return units


def _leaders(
    bodies: list[Charter], known: OfficeNames, rng: Random, people: _Named
) -> Iterator[dict[str, str]]:
    """Holders of the posts that belong to no unit, under the name the charters print first."""
    for key, (least, most) in known.holders.items():
        printed = dict.fromkeys(c.posts[key][0] for c in bodies if key in c.posts)
        for name in printed:
            for _ in range(rng.randint(least, most)):
                yield _post(next(people), name)


def _staffed(
    bodies: list[Charter],
    known: OfficeNames,
    units: dict[str, dict[str, str]],
    people: _Named,
    staff: int,
) -> Iterator[dict[str, str]]:
    """A head and some staff in each section, one at each counter, the secretaries in the office."""
    head = next(c.posts[known.head][0] for c in bodies if known.head in c.posts)
    for key, unit in units.items():
        if unit["kind"] != "section":
            yield _post(next(people), known.counter_head, key)
            continue
        yield _post(next(people), head, key)
        for _ in range(staff):
            yield _post(next(people), known.clerk, key)
    for name in dict.fromkeys(
        c.posts[k][0] for k in known.seconded for c in bodies if k in c.posts
    ):
        person = next(people)
        yield _post(person, name)
        yield _post(person, known.clerk, known.secretariat)


def _post(person: str, name: str, unit: str = "") -> dict[str, str]:
    held = {"person": person, "post": name, "since": SINCE}
    return {**held, "unit": unit} if unit else held
