"""What waits for whom when people leave and rules end: nothing hangs on who cannot do it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.procedure.stages import CHARTERS, MONTH, after, played
from yishi.procedure import evolve
from yishi.procedure.duties import duties_of
from yishi.procedure.state import State

LIBRARY = CHARTERS / "general/cases/library.yaml"
LEFT = CHARTERS / "general/cases/21-left.yaml"


def awaited(state: State, kind: str, subject: str, at: datetime) -> Iterator[tuple[str, set[str]]]:
    return ((d.act, set(d.people)) for d in duties_of(state, kind, subject, at))


def test_a_task_waits_for_its_owner() -> None:
    state = after(LIBRARY, "minutes_issued").history.state
    assert state.latest is not None

    waits = dict(awaited(state, "task", "t1", state.latest))

    assert waits["complete_task"] == {"xu"}
    assert "hand_over_task" not in waits


def test_a_task_whose_owner_has_left_waits_to_be_handed_over() -> None:
    state = played(LEFT).history.state
    assert state.latest is not None

    waits = dict(awaited(state, "task", "t1", state.latest + timedelta(days=1)))

    assert "complete_task" not in waits
    assert waits["hand_over_task"] == {"sun", "qian"}


def test_a_change_asked_of_a_task_that_is_at_an_end_can_only_be_refused() -> None:
    asked = after(MONTH, "adjustment_requested").history.state
    assert asked.latest is not None
    ended = evolve.task_ends(evolve.task(asked, "t-budget", status="ended"), "t-budget")

    assert list(awaited(asked, "adjustment", "a1", asked.latest)) == [
        ("grant_adjustment", {"chen"})
    ]
    assert list(awaited(ended, "adjustment", "a1", asked.latest)) == [
        ("refuse_adjustment", {"chen"})
    ]
