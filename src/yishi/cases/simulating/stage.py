"""The stories taken in turn: whoever comes next in time goes on (pure but for the data files)."""

from collections.abc import Callable, Generator
from datetime import datetime
from heapq import heappop, heappush
from typing import Any

from yishi.cases.simulating.habits import habits
from yishi.cases.simulating.office import Begin, Do, Office, Story, deed_of
from yishi.cases.simulating.people import successions
from yishi.cases.simulating.rhythm import body, calendars
from yishi.procedure.act import Deed
from yishi.procedure.state import State
from yishi.procedure.verdict import Verdict

Deeds = Generator[Deed, Verdict, State]


def run(
    state: State,
    seed: str,
    start: datetime,
    until: datetime,
    place_of: Callable[[str], str] | None,
    staying: frozenset[str] = frozenset(),
    package_of: Callable[[str], str] | None = None,
) -> Deeds:
    """Every deed from start until then, in order of time; what is going on then stays open."""
    office = Office(state, seed, start, habits())
    office.place_of, office.package_of, office.staying = place_of, package_of, staying
    stories: list[Story[Any]] = [calendars(office)]
    stories += [body(office, key) for key in office.governed()]
    stories.append(successions(office))
    queue: list[tuple[datetime, int, Story[Any]]] = []
    for number, story in enumerate(stories):
        heappush(queue, (start, number, story))
    number = len(stories)
    while queue and queue[0][0] <= until:
        office.now, _, story = heappop(queue)
        told: Verdict | None = None
        while True:
            try:
                step = story.send(told)
            except StopIteration:
                break
            told = None
            if isinstance(step, Do):
                deed = deed_of(step, office.now)
                told = yield deed
                office.take(deed, told)
                continue
            number += 1
            if isinstance(step, Begin):
                heappush(queue, (office.now, number, step.story))
            else:
                heappush(queue, (max(step, office.now), number, story))
                break
    return office.state
