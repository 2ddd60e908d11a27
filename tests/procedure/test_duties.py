"""What waits for whom when people leave and rules end: nothing hangs on who cannot do it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from tests.procedure.stages import CHARTERS, MONTH, WEEK, after, played
from yishi.procedure import evolve
from yishi.procedure.calling import NoticeLead
from yishi.procedure.duties import duties_of
from yishi.procedure.enact import book_of
from yishi.procedure.state import State

LIBRARY = CHARTERS / "general/cases/library.yaml"
PAPER = CHARTERS / "chuwuhui/cases/24-on-paper.yaml"
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


def test_an_entry_from_paper_is_due_on_the_day_after_the_meeting_or_when_it_began() -> None:
    state = after(PAPER, "paper_entry_begun").history.state
    held = state.sittings["oct"]
    assert state.latest is not None
    (duty,) = duties_of(state, "sitting", "oct", state.latest)

    assert duty.act == "end_paper_entry"
    assert f"{duty.due:%m-%d %H:%M}" == "10-31 23:59"

    assert held.entering is not None
    later = msgspec.structs.replace(held.entering, since=held.starts_at + timedelta(days=5))
    changed = msgspec.structs.replace(held, paper=later)
    late = evolve.put_sitting(state, changed)
    (duty,) = duties_of(late, "sitting", "oct", state.latest)
    assert f"{duty.due:%m-%d %H:%M}" == "11-04 23:59"


def test_the_notice_waits_until_the_day_that_its_rule_names_not_until_the_meeting_begins() -> None:
    state = after(MONTH, "sitting_convened").history.state
    assert state.latest is not None
    sitting = state.sittings["oct"]
    assert sitting.notice is None

    due = {d.act: d.due for d in duties_of(state, "sitting", "oct", state.latest)}

    ahead = sitting.starts_at - timedelta(days=1)
    assert due["give_notice"] == ahead.replace(hour=23, minute=59, second=59)
    assert due["set_agenda"] == due["give_notice"]


def test_the_hour_counts_where_the_rules_count_hours() -> None:
    state = after(WEEK, "sitting_convened").history.state
    assert state.latest is not None
    sitting = next(s for s in state.sittings.values() if s.notice is None)
    book = book_of(state, sitting.charters)
    lead = book.rule(NoticeLead)
    assert lead is not None
    hours = msgspec.structs.replace(lead, counted="hours", days=2)

    assert hours.last_moment(state.calendar, sitting.starts_at) == sitting.starts_at - timedelta(
        days=2
    )
