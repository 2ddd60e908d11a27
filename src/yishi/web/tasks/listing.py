"""The ledger of tasks (督办台账): what somebody may read of it, as they asked for it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

import msgspec
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.http import QueryDict

from yishi.procedure.act import Deed
from yishi.procedure.charters import GENERAL
from yishi.procedure.decide import place
from yishi.procedure.followup import RemindOwner
from yishi.procedure.seats import holders as holders_of
from yishi.procedure.state import Task
from yishi.procedure.verdict import Rejected
from yishi.register.models import TaskRow
from yishi.web.acts.inputs import Choice
from yishi.web.items.listing import plain, sitting_name
from yishi.web.lists import holding, readable, searched
from yishi.web.office import Office

STATES: Final = (
    "running",
    "late",
    "soon",
    "open",
    "completed",
    "assigned",
    "closed",
    "ended",
    "all",
)
"""What one can ask the ledger for; without a word, whatever is not at an end."""

RUNNING: Final = ("open", "completed", "assigned")
"""States of a task that is not at an end."""

SOON: Final = timedelta(days=7)

HOLDERS: Final = 12
"""People with late tasks that the ledger names above itself."""

_RANK: Final = Case(
    When(status="open", then=Value(0)),
    When(status="completed", then=Value(1)),
    When(status="assigned", then=Value(2)),
    default=Value(3),
)


class Asked(msgspec.Struct, frozen=True):
    """What somebody asked of the ledger; what cannot be is not asked."""

    state: str = STATES[0]
    body: str = ""
    unit: str = ""
    owner: str = ""
    text: str = ""
    mine: bool = False
    """Only what this person or a unit of theirs carries."""

    @property
    def anything(self) -> bool:
        """Whether the ledger is narrowed at all."""
        return self != Asked()


def asked(office: Office, query: QueryDict) -> Asked:
    """What a query asks for, as far as there is such a thing."""
    held = office.state
    state, body, unit, owner = (query.get(name, "") for name in ("state", "body", "unit", "owner"))
    return Asked(
        state=state if state in STATES else STATES[0],
        body=body if body in held.bodies else "",
        unit=unit if unit in held.roster.units else "",
        owner=owner if owner in held.roster.people else "",
        text=searched(query.get("q", "")),
        mine=query.get("mine") == "1",
    )


def rows(office: Office, one: Asked) -> QuerySet[TaskRow]:
    """The tasks asked for that this person may read: the most pressing first, then the past."""
    found = _mine(office).filter(_in_state(one.state, office.now.date()))
    if one.body:
        found = found.filter(body=one.body)
    if one.unit:
        found = found.filter(Q(unit=one.unit) | Q(counter=one.unit))
    if one.owner:
        found = found.filter(owner=one.owner)
    if one.text:
        found = found.filter(holding(one.text, "words"))
    if one.mine:
        units = office.state.roster.units_of(office.person, office.now.date())
        found = found.filter(Q(owner=office.person) | Q(unit__in=units) | Q(counter__in=units))
    return found.order_by(
        _RANK,
        F("closed_at").desc(nulls_first=True),
        F("due_on").asc(nulls_last=True),
        "assigned_at",
        "id",
    )


def _mine(office: Office) -> QuerySet[TaskRow]:
    return TaskRow.objects.filter(readable(office, "task"), institution=office.institution)


def _counts(office: Office, one: Task, state: str) -> bool:
    """Whether a task that is not struck off is in a state that one can ask for."""
    status, today = status_of(office, one), office.now.date()
    if state not in ("late", "soon"):
        return status == state
    if status != "open" or one.due_on is None:
        return False
    return one.due_on < today if state == "late" else today <= one.due_on <= today + SOON


def _in_state(state: str, today: date) -> Q:
    if state == "all":
        return Q()
    if state == "running":
        return Q(status__in=RUNNING)
    if state == "late":
        return Q(status="open", due_on__lt=today)
    if state == "soon":
        return Q(status="open", due_on__range=(today, today + SOON))
    return Q(status=state)


def running(office: Office) -> list[Task]:
    """Every task that is not struck off and that this person may read, as the state has it."""
    held = office.state
    return [held.tasks[t] for t in held.open_tasks if office.reads("task", t).allowed]


WATCHING: Final = ("remind_owner", "report_up", "grant_adjustment")
"""Acts of those who look after what others carry."""


def concerning(office: Office, tasks: list[Task]) -> list[Task]:
    """Those of these that this person carries, a unit of theirs does, or that they look after."""
    units = office.state.roster.units_of(office.person, office.now.date())
    watched: dict[str, bool] = {}
    found = []
    for one in tasks:
        carried = one.owner == office.person or one.unit in units or one.counter in units
        if not carried and one.body not in watched:
            watched[one.body] = _watches(office, one)
        if carried or watched[one.body]:
            found.append(one)
    return found


def _watches(office: Office, task: Task) -> bool:
    """Whether the rules leave it to this person to look after tasks as this one."""
    setting = place(
        Deed(act=RemindOwner(task=task.id), actor=office.person, at=office.now), office.state
    )
    if isinstance(setting, Rejected):
        return False
    seats = {seat for act in WATCHING for seat in setting.book.seats_for(act)}
    return any(office.person in holders_of(setting, seat) for seat in seats)


def tally(office: Office, tasks: list[Task]) -> dict[str, int]:
    """How many of these stand in each state."""
    states = ("late", "soon", "open", "completed", "assigned")
    return {state: sum(_counts(office, one, state) for one in tasks) for state in states}


def count(one: Asked, tasks: list[Task], tally: dict[str, int]) -> int | None:
    """How many tasks are asked for, where that has been counted already."""
    if one != Asked(state=one.state):
        return None
    return len(tasks) if one.state == "running" else tally.get(one.state)


def holders(office: Office, tasks: list[Task]) -> list[dict[str, Any]]:
    """In whose hands the late ones of these are, the longest late first."""
    today = office.now.date()
    late: dict[str, list[date]] = {}
    for one in tasks:
        if one.due_on is not None and _counts(office, one, "late"):
            late.setdefault(one.owner or "", []).append(one.due_on)
    every = sorted((min(days), owner, len(days)) for owner, days in late.items())
    return [
        {"owner": owner, "n": n, "unit": _unit(office, owner), "days": (today - since).days}
        for since, owner, n in every[:HOLDERS]
    ]


def _unit(office: Office, person: str) -> str:
    """Where somebody sits just now."""
    return min(office.state.roster.units_of(person, office.now.date()), default="")


def shown(office: Office, row: TaskRow) -> dict[str, Any]:
    """A task with what the register does not say by itself: how far its day is away."""
    left = (row.due_on - office.now.date()).days if row.due_on else None
    pressing = row.status == "open" and left is not None
    return {
        "row": row,
        "words": plain(office, row.words),
        "unit": row.unit or row.counter,
        "late": -left if pressing and left is not None and left < 0 else 0,
        "left": left if pressing and left is not None and 0 <= left <= SOON.days else None,
    }


def status_of(office: Office, task: Task) -> str:
    """The state that the ledger shows: a task waits until the minutes are out."""
    issued = office.state.sittings[task.sitting].minutes is not None
    return task.status if issued else "assigned"


def bodies(office: Office) -> list[Choice]:
    """The bodies that meet."""
    every = (b for b in sorted(office.state.bodies) if b != GENERAL)
    return [Choice(b, office.names.body(b)) for b in every]


def units(office: Office) -> list[Choice]:
    """Sections and counters, closed ones too: their tasks are still there."""
    held = office.state.roster.units.values()
    return [Choice(u.id, u.name) for u in sorted(held, key=lambda u: (u.kind, u.id))]


def owners(office: Office) -> list[Choice]:
    """Everybody who may own a task; whoever asks comes first."""
    people = office.state.roster.people
    every = sorted(people, key=lambda p: (p != office.person, office.names.person(p)))
    return [Choice(p, plain(office, office.names.person(p))) for p in every]


COLUMNS: Final = (
    "words",
    "body",
    "sitting",
    "unit",
    "owner",
    "due",
    "late",
    "status",
    "closed",
    "feedback",
    "checked",
    "reminded",
    "reported",
    "adjusted",
)
"""What the spreadsheet says of each task."""


def table(office: Office, found: QuerySet[TaskRow]) -> Iterator[tuple[Any, ...]]:
    """The rows of the spreadsheet."""
    names, words = office.names, office.catalogue
    for one in (shown(office, row) for row in found.iterator(chunk_size=2000)):
        row = one["row"]
        closed = row.closed_at.astimezone(office.zone).date() if row.closed_at else None
        yield (
            one["words"],
            names.body(row.body),
            sitting_name(office, row.sitting),
            names.unit(one["unit"]) if one["unit"] else "",
            plain(office, names.person(row.owner)) if row.owner else "",
            row.due_on,
            one["late"] or None,
            words.word("states.task", row.status),
            closed,
            row.feedback,
            row.checked,
            row.reminded,
            row.reported,
            row.adjusted,
        )
