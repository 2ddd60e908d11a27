"""The demonstration in the database: months of meetings, and one just now in each phase."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.playing import CHARTERS, PLACE
from yishi.accounts.models import Account
from yishi.cases.casting import set_up
from yishi.cases.simulation import after
from yishi.clerk.bulk import take_in
from yishi.cli import demo
from yishi.procedure.state import State

ZONE = "Asia/Shanghai"


def demonstrate(
    months: int = 1,
    slug: str = PLACE,
    real: bool = False,
    now: datetime | None = None,
    files: bool = False,
) -> State:
    """The shipped office as `yishi demo` makes it, with that many months behind it.

    With `files`, what it issued is there byte for byte; else it went out before files were kept.

    A `real` one has the same meetings, but does not say that it is a demonstration.
    """
    now = now or datetime.now(ZoneInfo(ZONE)).replace(microsecond=0)
    stage = set_up(CHARTERS / "cast.yaml", {}, after(now, -months).date())
    demo.founded(stage, "", demonstration=not real)
    out = demo.Outgoing(slug, now if not files else now - timedelta(days=400))
    demo.play(stage, "1", now, shipped=True, files=out.of)
    state = take_in(slug, stage.history.done, issued=out.issued)
    for person in state.roster.people:
        Account.objects.create_user(person, None, institution=slug, person=person)
    return state
