"""The agenda as one person may see it: titles only of what the rules let them read."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from yishi.procedure.state import Item, Sitting, State
from yishi.values.text import is_erased
from yishi.web.office import Office
from yishi.web.sittings.seated import AT_HAND
from yishi.web.sittings.times import expected
from yishi.web.sittings.told import Told, of

Papers = dict[str, dict[str, tuple[str, bool]]]
"""Papers by item and id: the title, and whether there is a file."""


class Line(msgspec.Struct, frozen=True):
    """One item of the agenda: its place, and the item itself where it may be read."""

    place: int
    item: str
    held: Item | None
    state: str
    """waiting · now · an outcome · taken, where it is decided and the decision closed to one"""
    floor: bool
    guests: tuple[str, ...]
    papers: tuple[tuple[str, str, bool], ...] = ()
    """(id, title, whether there is a file), where they may be read."""
    opens: bool = False
    """Whether its content, its proposal and its papers may be read."""
    minutes: int = 0
    """Planned for it; 0 where nothing is."""
    expected: datetime | None = None
    """About when it comes, by what is planned."""

    @property
    def named(self) -> tuple[str, ...]:
        """Those of a crowd called in whom the room names."""
        return self.guests[:AT_HAND]


def lines(office: Office, sitting: Sitting, happenings: Iterable[Told] = ()) -> tuple[Line, ...]:
    """Every item in its order; those that were put off or left the agenda are not in it."""
    titles, times = papers(_before_leaving(sitting, happenings)), expected(sitting)
    return tuple(
        msgspec.structs.replace(
            _line(office, sitting, n, i, titles),
            minutes=sitting.durations.get(i, 0),
            expected=times.get(i),
        )
        for n, i in enumerate(sitting.agenda, 1)
    )


def _line(office: Office, sitting: Sitting, place: int, item: str, titles: Papers) -> Line:
    reads = office.reads("item", item).allowed
    opens = reads and office.reads("paper", item).allowed
    mine = office.called_for(sitting, item)
    return Line(
        place=place,
        item=item,
        held=office.state.items[item] if reads else None,
        state=state_for(office, sitting, item),
        floor=item in sitting.floor,
        guests=sitting.guests(item) if reads or mine else (),
        opens=opens,
        papers=_latest(titles.get(item, {})) if opens else (),
    )


def _latest(papers: dict[str, tuple[str, bool]]) -> tuple[tuple[str, str, bool], ...]:
    """Of each title the version that was handed in last; the page of the item has the others."""
    last = {
        paper if is_erased(title) else title.strip(): (paper, title, file)
        for paper, (title, file) in papers.items()
    }
    return tuple(last.values())


def state_of(sitting: Sitting, item: str) -> str:
    """Where an item stands in this meeting."""
    talk = sitting.deliberations.get(item)
    if talk is not None and talk.outcome is not None:
        return talk.outcome
    return "now" if sitting.current == item else "waiting"


def state_for(office: Office, sitting: Sitting, item: str) -> str:
    """The same, for somebody to whom what was decided may be closed."""
    made = office.state.items[item].decision
    if made is None or office.state.decisions[made].sitting != sitting.id:
        return state_of(sitting, item)
    return state_of(sitting, item) if office.reads("decision", made).allowed else "taken"


def _before_leaving(sitting: Sitting, happenings: Iterable[Told]) -> Iterable[Told]:
    """Without what was handed in for an item when the meeting had left it to a later one."""
    end = sitting.closed_at
    gone = sitting.left if end else ()
    return (one for one in happenings if not (_item(one) in gone and end and one.at > end))


def _item(one: Told) -> str:
    return str(getattr(one.event, "item", ""))


def papers(happenings: Iterable[Told]) -> Papers:
    """Papers by item and id, each with its title and whether it has a file, not paper alone."""
    found: Papers = {}
    for one in of(happenings, "paper_supplied"):
        event: Any = one.event
        found.setdefault(event.item, {})[event.paper] = (event.title, event.digest is not None)
    return found


def streams(office: Office, sitting: Sitting) -> list[str]:
    """The journal's streams of a meeting and of the items of its agenda that may be read."""
    items = [i for i in sitting.agenda if office.reads("item", i).allowed]
    return [f"sitting/{sitting.id}", *(f"item/{i}" for i in items)]


def all_streams(sitting: Sitting) -> list[str]:
    """The streams of a meeting and of all its items, for whoever shows of them what is open."""
    return [f"sitting/{sitting.id}", *(f"item/{i}" for i in sitting.agenda)]


def left(state: State, sitting: Sitting) -> bool:
    """Whether an item of the agenda has no outcome yet, or one from the floor no answer."""
    waiting = (state.items[i] for i in state.bodies[sitting.body].waiting)
    raised = any(one.status == "raised" and one.sitting == sitting.id for one in waiting)
    return raised or any(sitting.talk_on(item).outcome is None for item in sitting.agenda)
