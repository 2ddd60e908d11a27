"""Who presides over a convened meeting, and keeps its record, goes with the post until it opens."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec.structs import replace

from yishi.procedure import evolve, seats
from yishi.procedure.act import Deed, Event
from yishi.procedure.composition import Composition, PresidedBy, RecordedBy, SeatGiven
from yishi.procedure.setting import Setting
from yishi.procedure.state import Sitting, State
from yishi.procedure.whereabouts import Seat
from yishi.roster.model import Roster
from yishi.values.text import Id


class SittingPassedOn(Event, frozen=True, kw_only=True):
    """A convened sitting has another chair or secretary: whoever holds the post on its day.

    The chair's seat goes along with the post; everybody else's stays as it was convened.
    """

    sitting: Id
    chair: Id | None = None
    secretary: Id | None = None
    members: tuple[SeatGiven, ...]

    def apply(self, state: State, at: datetime) -> State:
        members = tuple(Seat(s.person, s.post, s.unit) for s in self.members)
        changes = {"chair": self.chair, "secretary": self.secretary, "members": members}
        return evolve.sitting(state, self.sitting, **changes)


def passed_on(
    setting: Setting, roster: Roster, sittings: Iterable[Sitting]
) -> Iterator[SittingPassedOn]:
    """What changes in sittings that are convened, with the posts as they are held on their days."""
    state = replace(setting.state, roster=roster)
    for sitting in sittings:
        if sitting.status == "convened":
            yield from _of(setting, state, sitting)


def convened(state: State) -> Iterator[Sitting]:
    """Every sitting that is convened and not open yet."""
    for log in state.bodies.values():
        for sitting in (state.sittings[one] for one in log.planned):
            if sitting.status == "convened":
                yield sitting


def _of(setting: Setting, state: State, sitting: Sitting) -> Iterator[SittingPassedOn]:
    book = setting.book.beside(state, sitting.charters)
    deed = Deed(act=setting.act, actor=setting.actor, at=sitting.starts_at)
    then = Setting(deed, state, book, sitting.body, sitting=sitting)
    chair = sitting.chair if sitting.deputed else _heir(then, PresidedBy, sitting.chair)
    secretary = _heir(then, RecordedBy, sitting.secretary)
    if (chair, secretary) != (sitting.chair, sitting.secretary):
        members = tuple(_seats(then, sitting, chair))
        yield SittingPassedOn(sitting=sitting.id, chair=chair, secretary=secretary, members=members)


def _heir(
    then: Setting, kind: type[PresidedBy] | type[RecordedBy], named: str | None
) -> str | None:
    """Who was named, while they hold the post on the day; else who holds it; None for nobody."""
    rule = then.book.rule(kind)
    held = [p for seat in rule.by for p in seats.holders(then, seat)] if rule else []
    return named if named in held else next(iter(held), None)


def _seats(then: Setting, sitting: Sitting, chair: str | None) -> Iterator[SeatGiven]:
    """The seats with the new chair's first, where that post's was; a vacant post keeps its own."""
    due = {s.person: s for r in then.book.all_of(Composition) for s in r.seats(then, r.members)}
    rule = then.book.rule(PresidedBy)
    names = {name for seat in rule.by for name in then.book.post_names(seat)} if rule else set()
    if chair in due and sitting.seat_of(chair or "") is None:
        yield due[chair]
    for seat in sitting.members:
        gone = chair is not None and seat.post in names and seat.person not in due
        if not gone:
            yield SeatGiven(person=seat.person, post=seat.post, unit=seat.unit)
