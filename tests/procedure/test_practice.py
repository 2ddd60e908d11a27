"""House practice is shown and judges nothing: every verdict is the same without it."""

from pathlib import Path

import pytest

from tests.procedure.stages import CHARTERS, MONTH, WEEK, played
from yishi.chronicle.history import History
from yishi.procedure.act import Deed
from yishi.procedure.practice import NEEDED, TOPICS, StartPractice
from yishi.procedure.practising import practised, remarks
from yishi.procedure.verdict import Accepted, outcome

CASES = ((MONTH, "chen"), (WEEK, "chen"), (CHARTERS / "general/cases/30-strict.yaml", "lin"))


def with_every_practice(case: Path, convener: str) -> tuple[History, list[tuple[str, str]]]:
    """The case once more, every practice switched on first; outcomes then and now."""
    history, pairs, begun = History(), [], False
    for one in played(case).history.done:
        if one.deed is None:
            history.happened(one.events, one.at)
            continue
        if not begun and one.deed.act.name() not in ("enact_charter", "confirm_calendar"):
            begun = True
            switch_on(history, convener)
        verdict = history.do(one.deed)
        assert one.verdict is not None
        pairs.append((outcome(one.verdict), outcome(verdict)))
    return history, pairs


def switch_on(history: History, convener: str) -> None:
    """Every practice, as strict as can be, for every body."""
    at = history.state.latest
    assert at is not None
    for body in sorted(set(history.state.bodies) - {"general"}):
        for practice in TOPICS:
            given = dict.fromkeys(NEEDED.get(practice, ()), 1)
            act = StartPractice(body=body, practice=practice, since=at.date(), **given)
            assert isinstance(history.do(Deed(act=act, actor=convener, at=at)), Accepted)


@pytest.mark.parametrize(("case", "convener"), CASES, ids=lambda one: getattr(one, "stem", one))
def test_no_verdict_hangs_on_a_practice(case: Path, convener: str) -> None:
    history, pairs = with_every_practice(case, convener)
    held = [s for s in history.state.sittings.values() if s.opened_at]

    assert [pair for pair in pairs if pair[0] != pair[1]] == []
    assert any(practised(history.state, one) for one in held)
    assert any(remarks(history.state, one, history.state.latest) for one in held)


def test_a_remark_has_no_clause_and_says_that_no_rule_asks_for_it() -> None:
    found = []
    for case in ("23-practice", "23-minutes-practice"):
        state = played(CHARTERS / f"general/cases/{case}.yaml").history.state
        found += remarks(state, state.sittings["s1"], state.latest)

    assert {one.practice for one in found} == set(TOPICS) - {"tally"}
    assert all(one.message.id.startswith("practice.") for one in found)
