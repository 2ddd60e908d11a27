"""Small steps from one state to the next: one subject replaced, everything else shared (pure)."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from yishi.procedure.bodylog import BodyLog
from yishi.procedure.issued import Draft
from yishi.procedure.state import Item, Sitting, State, Task


def item(state: State, subject: str, **changes: Any) -> State:
    """The state with that item changed."""
    return put_item(state, replace(state.items[subject], **changes))


def off_agenda(state: State, subject: str, **changes: Any) -> State:
    """The state with that item on no agenda; whose agenda it left stays known."""
    held = state.items[subject]
    left = held.sitting or held.last_sitting
    return put_item(state, replace(held, sitting=None, last_sitting=left, **changes))


def put_item(state: State, value: Item) -> State:
    """The state with that item in it."""
    return replace(state, items=state.items.set(value.id, value))


def sitting(state: State, subject: str, **changes: Any) -> State:
    """The state with that sitting changed; an agenda made known before is told in a new edition."""
    after = replace(state.sittings[subject], **changes)
    if "agenda" in changes and after.status == "convened":
        after = replace(after, editions=after.editions.followed(after.agenda))
    return put_sitting(state, after)


def pending(state: State, subject: str, draft: Draft, **signed: tuple[str, ...]) -> State:
    """The state with the draft changed that is on its way: of the minutes, or of a correction."""
    held = state.sittings[subject].corrigendum
    if held is None:
        return sitting(state, subject, draft=draft, **signed)
    return sitting(state, subject, corrigendum=replace(held, draft=draft, **signed))


def resumed(state: State, subject: str, at: datetime) -> State:
    """The state in which that sitting's recess, if it is in one, is over."""
    held = state.sittings[subject]
    if held.recess is None:
        return state
    over = replace(held.recess, ended_at=at)
    return sitting(state, subject, recesses=(*held.recesses[:-1], over))


def put_sitting(state: State, value: Sitting) -> State:
    """The state with that sitting in it."""
    return replace(state, sittings=state.sittings.set(value.id, value))


def talk(state: State, where: str, subject: str, **changes: Any) -> State:
    """The state with the deliberation of an item in a sitting changed."""
    held = state.sittings[where]
    changed = replace(held.talk_on(subject), **changes)
    return sitting(state, where, deliberations=held.deliberations.set(subject, changed))


def task(state: State, subject: str, **changes: Any) -> State:
    """The state with that task changed."""
    return put_task(state, replace(state.tasks[subject], **changes))


def put_task(state: State, value: Task) -> State:
    """The state with that task in it."""
    return replace(state, tasks=state.tasks.set(value.id, value))


def task_ends(state: State, subject: str) -> State:
    """The task is at an end; nothing changes where it was at one before."""
    held = state.open_tasks
    return replace(state, open_tasks=held.delete(subject)) if subject in held else state


def log(state: State, body: str, **changes: Any) -> State:
    """The state with a body's log changed."""
    changed = replace(state.bodies.get(body, BodyLog()), **changes)
    return replace(state, bodies=state.bodies.set(body, changed))


def waits(state: State, subject: str) -> State:
    """The item joins those of its body that are not at an end."""
    body = state.items[subject].body
    held = state.bodies.get(body, BodyLog()).waiting
    return state if subject in held else log(state, body, waiting=(*held, subject))


def ends(state: State, subject: str) -> State:
    """The item is at an end and waits no longer."""
    body = state.items[subject].body
    held = state.bodies.get(body, BodyLog())
    return log(
        state,
        body,
        waiting=tuple(one for one in held.waiting if one != subject),
        carried=tuple(one for one in held.carried if one != subject),
    )


def settled(state: State, subject: str) -> State:
    """A sitting whose record is closed and whose minutes are out is in hand no longer."""
    done = state.sittings[subject]
    if done.minutes is None or not done.record.closed:
        return state
    planned = tuple(s for s in state.bodies[done.body].planned if s != subject)
    return log(state, done.body, planned=planned)
