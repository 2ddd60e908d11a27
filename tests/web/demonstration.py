"""The demonstration in the database: months of meetings, and one just now in each phase."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from tests.playing import CHARTERS, PLACE
from yishi.accounts.models import Account
from yishi.cases.casting import set_up
from yishi.cases.simulation import after
from yishi.chronicle.history import Transaction
from yishi.clerk.bulk import take_in
from yishi.cli import demo
from yishi.procedure.charters import InstitutionFounded
from yishi.procedure.state import State

ZONE = "Asia/Shanghai"


def demonstrate(
    months: int = 1, slug: str = PLACE, real: bool = False, now: datetime | None = None
) -> State:
    """The shipped office as `yishi demo` makes it, with that many months behind it.

    A `real` one has the same meetings, but does not say that it is a demonstration.
    """
    now = now or datetime.now(ZoneInfo(ZONE)).replace(microsecond=0)
    stage = set_up(CHARTERS / "cast.yaml", {}, after(now, -months).date())
    demo.play(stage, "1", now, shipped=True)
    state = take_in(slug, _founded(stage.history.done, not real))
    for person in state.roster.people:
        Account.objects.create_user(person, None, institution=slug, person=person)
    return state


def _founded(told: list[Transaction], demonstration: bool) -> Iterator[Transaction]:
    for one in told:
        events = tuple(
            msgspec.structs.replace(e, zone=ZONE, demonstration=demonstration)
            if isinstance(e, InstitutionFounded)
            else e
            for e in one.events
        )
        yield msgspec.structs.replace(one, events=events)
