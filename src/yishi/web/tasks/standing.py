"""How tasks stood at a moment, as the journal tells it: not as they stand now."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from yishi.procedure.decide import happen
from yishi.procedure.state import State, Task
from yishi.values.maps import Map
from yishi.web.office import Office
from yishi.web.sittings.told import Told, told


class Standing(msgspec.Struct, frozen=True):
    """A task as it stood."""

    task: Task
    done_at: datetime | None = None
    """When its owner said that it was done and it was not sent back; else when it was closed."""
    adjusted: tuple[datetime, ...] = ()
    """When changes of it were granted."""


def stood(office: Office, tasks: Iterable[Task], until: datetime) -> list[Standing]:
    """How these tasks stood before a moment, those of which minutes were out: two queries."""
    held = {task.id: task for task in tasks}
    adjustments = office.state.adjustments
    streams = [f"task/{key}" for key in held]
    streams += [f"adjustment/{one.id}" for one in adjustments.values() if one.task in held]
    by_task: dict[str, list[Told]] = {key: [] for key in held}
    for one in told(office, streams):
        task = getattr(one.event, "task", None)
        if task in by_task and one.at < until:
            by_task[task].append(one)
    bare = msgspec.structs.replace(office.state, tasks=Map())
    issued = (key for key in held if _issued(office, held[key], until))
    return list(_each(bare, {key: by_task[key] for key in issued if by_task[key]}))


def _issued(office: Office, task: Task, until: datetime) -> bool:
    minutes = office.state.sittings[task.sitting].minutes
    return minutes is not None and minutes.issued_at < until


def _each(bare: State, by_task: dict[str, list[Told]]) -> Iterator[Standing]:
    for key, events in by_task.items():
        state, done_at = bare, None
        for one in events:
            state = happen(state, one.event, one.at)
            if one.kind == "task_completed":
                done_at = one.at
            elif one.kind == "task_sent_back":
                done_at = None
        task = state.tasks[key]
        granted = tuple(one.at for one in events if one.kind == "adjustment_granted")
        closed = task.closed_at if task.status == "closed" else None
        yield Standing(task, done_at or closed, granted)
