"""Under general rules of before an act was thought of, the act is nobody's and not anybody's."""

from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from tests.procedure.stages import MONTH, after
from yishi.procedure.act import Act, Deed
from yishi.procedure.charters import GENERAL, charter_of
from yishi.procedure.decide import decide
from yishi.procedure.enact import Rulebook, book_of
from yishi.procedure.kinds import ACTS
from yishi.procedure.offers import ask
from yishi.procedure.state import State
from yishi.procedure.verdict import Rejected

BEFORE = charter_of((Path(__file__).parent / "general-before.md").read_text("utf-8"))
"""General rules as an office enacted them before recesses, drafts, corrections and archives."""

SAID = {
    "sitting": "oct",
    "item": "budget",
    "note": "brand-new",
    "request": "brand-new",
    "words": "改。",
    "digest": "0" * 64,
    "person": "wu",
    "status": "unknown",
    "decision": "d-budget",
    "outcome": "adopt",
}
BOOK = Rulebook((BEFORE.digest,), (BEFORE,))
NEW = sorted(n for n in ACTS if {b.rule.name() for b in BOOK.for_act(n)} <= {"signed_by"})
"""Who signs says of no act that it did not know whose it is."""

EVENTS = ("notice_given", "item_presented", "minutes_issued")
TRIED = [
    (name, event)
    for name in NEW
    for event in EVENTS
    if name != "restate_decision" or event == "minutes_issued"
]
"""Before there is a decision, none can be stated anew."""


def under_older_rules(event: str) -> State:
    """A moment of the month, its meeting convened under the general rules of before."""
    state = after(MONTH, event).history.state
    now = next(d for d, charter in state.charters.items() if charter.body == GENERAL)
    held = state.sittings["oct"]
    charters = tuple(BEFORE.digest if d == now else d for d in held.charters)
    sitting = msgspec.structs.replace(held, charters=charters)
    return msgspec.structs.replace(
        state,
        charters=state.charters.set(BEFORE.digest, BEFORE),
        sittings=state.sittings.set("oct", sitting),
    )


def made(name: str) -> Act:
    """The act on the October meeting, filled with whatever it needs."""
    needed = [field.name for field in msgspec.structs.fields(ACTS[name]) if field.required]
    return msgspec.convert({field: SAID[field] for field in needed}, ACTS[name])


def later(state: State) -> datetime:
    assert state.latest is not None
    return state.latest + timedelta(minutes=1)


def test_there_are_acts_that_those_rules_do_not_know() -> None:
    assert {"call_recess", "correct_minutes", "sign_off_minutes", "archive_sitting"} <= set(NEW)
    assert {"enter_from_paper", "word_minutes", "request_correction"} <= set(NEW)


@pytest.mark.parametrize(("name", "event"), TRIED)
def test_what_they_do_not_know_is_done_by_nobody_and_offered_to_nobody(
    name: str, event: str
) -> None:
    state, act = under_older_rules(event), made(name)
    subject = {key: SAID[key] for key in ("sitting", "item", "decision") if hasattr(act, key)}

    for person in state.roster.people:
        verdict = decide(Deed(act=act, actor=person, at=later(state), reason="…"), state)
        assert isinstance(verdict, Rejected), (name, person)
        assert verdict.message.id == "place.no_rule"
        assert verdict.message.params == {"act": name}
        assert ask(state, person, later(state), ACTS[name], subject) is None


def test_what_they_know_stands_as_before() -> None:
    state = under_older_rules("item_presented")
    act = msgspec.convert({"sitting": "oct", "person": "wu"}, ACTS["leave_room"])

    assert not isinstance(decide(Deed(act=act, actor="wu", at=later(state)), state), Rejected)


def test_the_shipped_rules_say_of_every_act_whose_it_is() -> None:
    state = after(MONTH, "notice_given").history.state
    for body in ("chuwuhui", "zhurenbangonghui"):
        digests = tuple(
            next(d for d, charter in state.charters.items() if charter.body == one)
            for one in (body, GENERAL)
        )
        assert [name for name in ACTS if not book_of(state, digests).entrusts(name)] == []
