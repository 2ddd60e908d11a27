"""Minutes, ledger and compliance report as plain text, from the state alone."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from yishi.charter.labels import numbered
from yishi.chronicle.history import History
from yishi.cli.terminal import hanging, table
from yishi.procedure.adjusting import ended_with
from yishi.procedure.enact import book_of
from yishi.procedure.majority import counted
from yishi.procedure.report import LedgerRow, Row, compliance, ledger
from yishi.procedure.state import Sitting, State, Task
from yishi.procedure.verdict import Message
from yishi.wording import Catalogue, Names


def minutes_text(state: State, sitting: Sitting, catalogue: Catalogue, columns: int = 100) -> str:
    """The minutes of a sitting (会议纪要): who was there, what was settled, who does it by when."""
    names, charter = Names(state), state.charters[sitting.charters[0]]
    out = [
        catalogue.text(
            "papers.minutes",
            name=charter.name,
            year=sitting.year,
            number=sitting.number,
            minutes=sitting.minutes.number if sitting.minutes else 0,
        ),
        catalogue.text("papers.when", start=sitting.starts_at),
        *_people(sitting, names, catalogue),
        "",
    ]
    for order, item in enumerate(sitting.taken, 1):
        out += _settled(state, sitting, item, order, catalogue)
    spot = [state.tasks[t] for t in sitting.tasks if state.tasks[t].decision is None]
    if spot:
        out += ["", catalogue.text("papers.spot_tasks")]
        out += [f"   · {_task(task, names, catalogue)}" for task in spot]
    return "\n".join(_hung(line, columns) for line in out)


def _settled(
    state: State, sitting: Sitting, key: str, order: int, catalogue: Catalogue
) -> Iterator[str]:
    item, names = state.items[key], Names(state)
    outcome = catalogue.word("outcomes", sitting.deliberations[key].outcome or "")
    yield f"{order}. {item.title}  {outcome}"
    decision = state.decisions.get(item.decision or "")
    if decision is None or decision.sitting != sitting.id:
        return
    yield f"   {decision.words}"
    if said := counted(book_of(state, sitting.charters), sitting, decision):
        yield "   " + catalogue.sentence(said, names)
    for task in decision.tasks:
        yield f"   · {_task(state.tasks[task], names, catalogue)}"
    for task in ended_with(state, decision):
        yield "   · " + catalogue.text("papers.ended", words=state.tasks[task].words)


def _hung(line: str, columns: int) -> str:
    """A line wrapped, its further lines under the words of the first."""
    words = line.lstrip(" ·")
    return hanging(line.removesuffix(words), words, columns)


def _people(sitting: Sitting, names: Names, catalogue: Catalogue) -> list[str]:
    members = [seat.person for seat in sitting.members]
    guests = dict.fromkeys(p for people in sitting.invited.values() for p in people)
    others = [p for p in (*sitting.people, *guests) if p not in members]

    def of(people: list[str], *statuses: str) -> list[str]:
        held = sitting.presence
        return [p for p in people if p in held and held[p].status in statuses]

    rows = {
        "chair": [sitting.chair] if sitting.chair else [],
        "attending": of(members, "present", "left"),
        "in_attendance": of(others, "present", "left"),
        "leave": of(members + others, "leave"),
        "absent": of(members + others, "absent"),
        "secretary": [sitting.secretary] if sitting.secretary else [],
    }
    return [
        catalogue.sentence(Message(f"papers.{key}", {"people": tuple(people)}), names)
        for key, people in rows.items()
        if people
    ]


def _task(task: Task, names: Names, catalogue: Catalogue) -> str:
    said = {
        "words": task.words,
        "unit": task.unit or task.counter or "",
        "owner": task.owner or "",
        "due": _day(task.due_on),
    }
    return catalogue.sentence(Message("papers.task", said), names)


def ledger_text(
    state: State, body: str, at: datetime, catalogue: Catalogue, columns: int = 100
) -> str:
    """The ledger of a body's tasks (督办台账)."""
    names = Names(state)
    head = [
        catalogue.text(f"papers.ledger_{column}")
        for column in ("words", "unit", "owner", "due", "status", "notes")
    ]
    rows = [_ledger_row(row, names, catalogue) for row in ledger(state, at, body)]
    titled = catalogue.text("papers.ledger", name=names.body(body))
    return titled + "\n" + table(head, rows, columns)


def _ledger_row(row: LedgerRow, names: Names, catalogue: Catalogue) -> list[str]:
    status = catalogue.word("states.task", row.status)
    if row.overdue:
        status += catalogue.text("papers.overdue")
    course = {
        "feedback": row.feedback,
        "checked": row.checked,
        "reminded": row.reminded,
        "adjusted": len(row.adjusted),
    }
    told = [catalogue.text(f"papers.course_{key}", times=n) for key, n in course.items() if n]
    counts = catalogue.word("shapes", "join").join(told)
    unit, owner = names.unit(row.unit or row.counter or ""), names.person(row.owner or "")
    return [row.words, unit, owner, _day(row.due_on), status, counts]


STATUSES = ("kept", "departed", "refused", "broken")
"""Columns of the compliance report."""


def report_text(
    history: History,
    body: str,
    period: tuple[datetime, datetime],
    catalogue: Catalogue,
    columns: int = 100,
) -> str:
    """The compliance report of a body (议事合规报告), clause by clause, for a period."""
    state = history.state
    names = Names(state)
    rows = compliance(history.judged(), state, body, period[1], period=period)
    head = [catalogue.text("papers.clause"), *(catalogue.word("report", s) for s in STATUSES)]
    said = {"name": names.body(body), "start": period[0].date(), "end": period[1].date()}
    noted = [_noted(row, body, catalogue, names, columns) for row in rows if row.status != "kept"]
    return "\n".join(
        [
            catalogue.text("papers.report", **said),
            table(head, _counts(rows, body, state, catalogue), columns),
            "",
            *(noted or [catalogue.text("papers.nothing_noted")]),
        ]
    )


def _counts(rows: Iterable[Row], body: str, state: State, catalogue: Catalogue) -> list[list[str]]:
    """For each clause how often it was kept, departed from …; other charters' at the end."""
    counts: dict[tuple[bool, str, str], Counter[str]] = {}
    for row in rows:
        own, charter = row.citation.body == body, row.citation.charter
        counts.setdefault((not own, charter, row.citation.label), Counter())[row.status] += 1
    order = {
        (digest, clause.label): (place, clause.heading)
        for digest, charter in state.charters.items()
        for place, clause in enumerate(charter.clauses)
    }
    return [
        [_called(key, order[key[1:]][1], state), *(str(counts[key][s] or "") for s in STATUSES)]
        for key in sorted(counts, key=lambda key: (key[0], key[1], order[key[1:]][0]))
    ]


def _called(key: tuple[bool, str, str], heading: str, state: State) -> str:
    """A clause by its label and what its heading says, after the charter's name if another's."""
    foreign, charter, label = key
    said = numbered(heading)[1].strip()
    name = f"{state.charters[charter].name} " if foreign else ""
    return f"{name}{label}" if said in label else f"{name}{label} {said}"


def _noted(row: Row, body: str, catalogue: Catalogue, names: Names, columns: int) -> str:
    status = catalogue.word("report", row.status)
    said = catalogue.sentence(row.message, names.under(row.citation))
    reason = "" if row.reason in said else catalogue.text("papers.reason", reason=row.reason)
    when = f"{row.at:%m-%d} " if row.at else ""
    foreign = "" if row.citation.body == body else f"{names.body(row.citation.body)} "
    first = f"{status}  {foreign}{row.citation.label}  "
    return hanging(first, f"{when}{said}{reason}", columns)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
