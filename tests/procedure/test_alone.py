"""To whom alone an act belongs, asked once for everybody: the same as when each is asked."""

from collections.abc import Iterator

import pytest

from tests.playing import MONTH, WEEK, stage_of
from yishi.procedure.kinds import ACTS
from yishi.procedure.offers import Offer, Withheld, alone, ask, bars_others, questions
from yishi.procedure.state import State

OTHERS = {"mark_present": "person", "state_position": "member", "present_item": "rapporteur"}
"""Acts that somebody may do about somebody else, by the field that names whom."""


def states(case: str, every: int) -> Iterator[State]:
    """The states that a case goes through, some of them."""
    state = State()
    for number, one in enumerate(stage_of(case, "").history.done):
        state = one.upon(state)
        if number % every == 0 and state.latest is not None and state.bodies:
            yield state


@pytest.mark.parametrize(("case", "every"), [(MONTH, 31), (WEEK, 29)])
def test_nobody_else_is_offered_an_act_that_belongs_to_some_alone(case: str, every: int) -> None:
    barred = 0
    for state in states(case, every):
        assert state.latest is not None
        for kind, subject in questions(state):
            theirs = alone(state, state.latest, kind, subject)
            for person in state.roster.people if theirs is not None else ():
                if theirs is not None and person not in theirs:
                    answer = ask(state, person, state.latest, kind, subject)
                    assert not isinstance(answer, Offer), (kind.name(), subject, person)
                    barred += isinstance(answer, Withheld)
    assert barred > 200


@pytest.mark.parametrize(("case", "every"), [(MONTH, 23), (WEEK, 23)])
def test_nobody_else_is_offered_it_about_somebody_else(case: str, every: int) -> None:
    barred = 0
    for state in states(case, every):
        assert state.latest is not None
        for name, field in OTHERS.items():
            for _, subject in questions(state, wanted=(name,)):
                theirs = alone(state, state.latest, ACTS[name], subject, others=True)
                people = list(state.roster.people)
                for person in people if theirs is not None else ():
                    if theirs is not None and person not in theirs:
                        other = next(p for p in people if p != person)
                        about = {**subject, field: other}
                        answer = ask(state, person, state.latest, ACTS[name], about)
                        assert not isinstance(answer, Offer), (name, about, person)
                        barred += bars_others(state, state.latest, answer)
    assert barred > 20


def test_an_act_that_hangs_on_who_acts_is_left_to_be_asked() -> None:
    state = stage_of(MONTH, "budget-presented").history.state
    assert state.latest is not None
    here = {"sitting": "oct"}

    assert alone(state, state.latest, ACTS["close_sitting"], here) == {"chen"}
    assert alone(state, state.latest, ACTS["note_record"], here) == {"xiao"}
    assert alone(state, state.latest, ACTS["mark_present"], here) is None
    assert alone(state, state.latest, ACTS["mark_present"], here, others=True) == {"xiao"}
    decide = {**here, "item": "budget"}
    assert alone(state, state.latest, ACTS["decide_item"], decide) == {"chen", "xiao"}
