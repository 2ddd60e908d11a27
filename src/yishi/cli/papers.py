"""Minutes, ledger and compliance report as plain text, from the state alone."""

from collections import Counter
from datetime import date, datetime

from yishi.chronicle.history import History
from yishi.cli.terminal import table
from yishi.procedure.report import Row, compliance, ledger
from yishi.procedure.state import Sitting, State, Task
from yishi.procedure.verdict import Message
from yishi.wording import Catalogue, Names


def minutes_text(state: State, sitting: Sitting, catalogue: Catalogue) -> str:
    """The minutes of a sitting (会议纪要): who was there, what was settled, who does it by when."""
    names, charter = Names(state), state.charters[sitting.charters[0]]
    number = sitting.minutes.number if sitting.minutes else 0
    out = [
        catalogue.text(
            "papers.minutes",
            name=charter.name,
            year=sitting.year,
            number=sitting.number,
            minutes=number,
        ),
        catalogue.text("papers.when", start=_clock(sitting.starts_at)),
        *_people(sitting, names, catalogue),
        "",
    ]
    for order, talk in enumerate((sitting.deliberations[i] for i in sitting.taken), 1):
        item = state.items[talk.item]
        outcome = catalogue.word("outcomes", talk.outcome or "")
        out.append(f"{order}. {item.title}  {outcome}")
        decision = state.decisions.get(item.decision or "")
        if decision is not None and decision.sitting == sitting.id:
            out.append(f"   {decision.words}")
            if decision.tally[1]:
                said = {"votes": decision.tally[0], "base": decision.tally[1]}
                out.append("   " + catalogue.text("papers.tally", **said))
            out += [f"   · {_task(state.tasks[t], names, catalogue)}" for t in decision.tasks]
    spot = [state.tasks[t] for t in sitting.tasks if state.tasks[t].decision is None]
    if spot:
        out += ["", catalogue.text("papers.spot_tasks")]
        out += [f"   · {_task(task, names, catalogue)}" for task in spot]
    return "\n".join(out)


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


def ledger_text(state: State, body: str, at: datetime, catalogue: Catalogue) -> str:
    """The ledger of a body's tasks (督办台账)."""
    names = Names(state)
    head = [
        catalogue.text(f"papers.ledger_{column}")
        for column in ("words", "unit", "owner", "due", "status", "notes")
    ]
    rows = [
        [
            row.words,
            names.unit(row.unit or row.counter or ""),
            names.person(row.owner or ""),
            _day(row.due_on),
            catalogue.word("state.task", row.status),
            catalogue.text(
                "papers.ledger_counts",
                feedback=row.feedback,
                checked=row.checked,
                reminded=row.reminded,
                adjusted=len(row.adjusted),
            ),
        ]
        for row in ledger(state, at, body)
    ]
    return catalogue.text("papers.ledger", name=names.body(body)) + "\n" + table(head, rows)


def report_text(history: History, body: str, at: datetime, catalogue: Catalogue) -> str:
    """The compliance report of a body (议事合规报告), clause by clause."""
    state = history.state
    names = Names(state)
    rows = compliance(history.judged(), state, body, at)
    own = [row for row in rows if row.citation.body == body]
    counts: dict[str, Counter[str]] = {}
    for row in own:
        counts.setdefault(row.citation.label, Counter())[row.status] += 1
    statuses = ("kept", "departed", "refused", "broken")
    order = [clause.label for clause in state.charters[own[0].citation.charter].clauses]
    head = [catalogue.text("papers.clause"), *(catalogue.word("report", s) for s in statuses)]
    lines = [
        [label, *(str(counts[label][s] or "") for s in statuses)]
        for label in sorted(counts, key=order.index)
    ]
    noted = [_noted(row, catalogue, names) for row in own if row.status != "kept"]
    titled = catalogue.text("papers.report", name=names.body(body))
    return "\n".join([titled, table(head, lines), "", *noted])


def _noted(row: Row, catalogue: Catalogue, names: Names) -> str:
    status = catalogue.word("report", row.status)
    said = catalogue.sentence(row.message, names)
    reason = catalogue.text("papers.reason", reason=row.reason) if row.reason else ""
    return f"{row.citation.label}  {status}  {said}{reason}"


def _clock(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
