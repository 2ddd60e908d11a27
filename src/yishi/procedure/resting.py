"""Which decision a task rests on, and whether a decision still stands to be changed (pure)."""

from yishi.procedure.state import CARRIED, Decision, State, Task


def stands_on(state: State, task: Task) -> str | None:
    """The decision a task rests on: the latest that let it go on, else the one it came from.

    One that came from no decision that could be changed may have been let go on by itself.
    """
    held = _goes_on(state, task, task.decision)
    if held is not None and changeable(state, state.decisions[held]):
        return held
    let = (
        (made.at, made.id) for made in state.decisions.values() if _lets_go_on(state, made, task)
    )
    latest = max(let, default=None)
    return held if latest is None else _goes_on(state, task, latest[1])


def _goes_on(state: State, task: Task, held: str | None) -> str | None:
    """The last decision of those that changed this one, each letting the task go on."""
    while held is not None:
        later = state.decisions[held].changed_by
        going = [made for made in later if task.id in state.decisions[made].tasks]
        if not going:
            break
        held = going[-1]
    return held


def _lets_go_on(state: State, made: Decision, task: Task) -> bool:
    """Whether a decision about the task itself let it go on."""
    return task.id in made.tasks and state.items[made.item].changes_task == task.id


def stands_alone(state: State, task: Task) -> bool:
    """Whether a task rests on no decision that could be changed in its place."""
    return changed_instead(state, task) is None


def changed_instead(state: State, task: Task) -> str | None:
    """The decision that is to be changed in place of a task; none if the task is itself."""
    stands = stands_on(state, task)
    return stands if stands and changeable(state, state.decisions[stands]) else None


def superseded(state: State, decision: Decision) -> bool:
    """Whether a later decision stands in its place; one that an adjustment asked for does not.

    Such a one changed one task only.
    """
    later = (state.items[state.decisions[one].item] for one in decision.changed_by)
    return any(item.adjustment is None for item in later)


def changeable(state: State, decision: Decision) -> bool:
    """Whether an item of the same body may change a decision: it was carried and still stands."""
    return decision.outcome in CARRIED and not superseded(state, decision)
