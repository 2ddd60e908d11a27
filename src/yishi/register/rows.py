"""Each row as a pure function of the state: what a subject looks like in the register."""

from typing import Any

from yishi.procedure.calling import held_from
from yishi.procedure.state import State
from yishi.register.initials import initials


def institution_row(state: State) -> dict[str, Any]:
    """The institution itself."""
    return {
        "name": state.called or state.institution,
        "zone": state.zone or "Asia/Shanghai",
        "demonstration": state.demonstration,
        "founded_on": state.founded_on,
    }


def item_row(state: State, subject: str) -> dict[str, Any]:
    """An item (议题)."""
    item = state.items[subject]
    return {
        "body": item.body,
        "title": item.title,
        "matter": item.matter,
        "status": item.status,
        "origin": item.origin,
        "lead_unit": item.lead_unit or "",
        "submitted_by": item.submitted_by,
        "submitted_at": item.submitted_at,
        "sitting": item.sitting or "",
        "decision": item.decision or "",
        "initials": initials(item.title),
    }


def sitting_row(state: State, subject: str) -> dict[str, Any]:
    """A meeting (会议)."""
    sitting = state.sittings[subject]
    return {
        "body": sitting.body,
        "kind": sitting.kind,
        "status": sitting.status,
        "starts_at": held_from(sitting),
        "year": sitting.year,
        "number": sitting.number,
        "chair": sitting.chair or "",
        "items": len(sitting.agenda),
        "minutes": sitting.minutes.number if sitting.minutes else None,
        "record_closed": sitting.record.closed,
    }


def decision_row(state: State, subject: str) -> dict[str, Any]:
    """A decision (决定)."""
    decision = state.decisions[subject]
    return {
        "body": decision.body,
        "item": decision.item,
        "sitting": decision.sitting,
        "title": state.items[decision.item].title,
        "outcome": decision.outcome,
        "words": decision.words,
        "at": decision.at,
        "published": decision.published,
        "changed": bool(decision.changed_by),
        "initials": initials(state.items[decision.item].title),
    }


def task_row(state: State, subject: str) -> dict[str, Any]:
    """A task (督办事项)."""
    task = state.tasks[subject]
    issued = state.sittings[task.sitting].minutes is not None
    return {
        "body": task.body,
        "sitting": task.sitting,
        "decision": task.decision or "",
        "words": task.words,
        "unit": task.unit or "",
        "counter": task.counter or "",
        "owner": task.owner or "",
        "due_on": task.due_on,
        "status": task.status if issued else "assigned",
        "assigned_at": task.assigned_at,
        "closed_at": task.closed_at,
        "feedback": len(task.feedback),
        "reminded": len(task.reminded),
        "checked": len(task.checked),
        "reported": len(task.reported),
        "adjusted": len(task.adjusted),
        "initials": initials(task.words),
    }
