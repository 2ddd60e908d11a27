"""A wrong entry of who is there is put right: so that everything counts what really was."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from tests.procedure.acting import Company
from tests.procedure.stages import CHARTERS, MONTH, after, forked
from yishi.procedure.act import Deed
from yishi.procedure.decide import decide
from yishi.procedure.enact import bind
from yishi.procedure.kinds import ACTS
from yishi.procedure.minutes import MISSING
from yishi.procedure.practising import was_there
from yishi.procedure.righting import CorrectsPresence
from yishi.procedure.setting import Setting
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Accepted, Refused, Rejected, Verdict
from yishi.procedure.whereabouts import Presence

STRICT = CHARTERS / "general/cases/30-strict.yaml"


def do(company: Company, name: str, actor: str, reason: str | None = None, **said: Any) -> Verdict:
    return company.do(msgspec.convert({"sitting": "oct", **said}, ACTS[name]), actor, reason)


def right(company: Company, actor: str, person: str, status: str, **said: Any) -> Verdict:
    return do(company, "correct_presence", actor, person=person, status=status, **said)


def why(verdict: Verdict) -> list[str]:
    if isinstance(verdict, Rejected):
        return [verdict.message.id]
    return [g.message.id for g in verdict.grounds] if isinstance(verdict, Refused) else []


def held(company: Company, subject: str = "oct") -> Sitting:
    return company.state.sittings[subject]


@pytest.fixture
def office() -> Company:
    """The October meeting is open, and its first item has been reported."""
    company = Company(forked(after(MONTH, "item_presented")), None)  # type: ignore[arg-type]
    company.at += timedelta(minutes=1)
    return company


def test_a_departure_that_never_was_leaves_nothing_behind(office: Company) -> None:
    came = held(office).presence["zhou"]
    do(office, "leave_room", "xiao", person="zhou")
    gone = held(office).presence["zhou"].log[-1][1]

    assert isinstance(right(office, "xiao", "zhou", "present"), Accepted)
    assert held(office).presence["zhou"] == came
    assert was_there(held(office), "zhou", gone)


def test_who_was_entered_by_mistake_is_lacking_in_the_record_again(office: Company) -> None:
    setting: Any = Setting.__new__(Setting)
    assert "zeng" not in MISSING["people"](setting, held(office))
    before = held(office).presence.get("zeng")
    assert isinstance(before, Presence)

    right(office, "xiao", "zeng", "unknown")

    assert "zeng" not in held(office).presence
    assert "zeng" in MISSING["people"](setting, held(office))


def test_oneself_takes_back_ones_own_entry_and_nothing_else(office: Company) -> None:
    do(office, "leave_room", "wu", person="wu")
    assert why(right(office, "liu", "wu", "present")) == [
        "reserved_to.other",
        "corrects_presence.not_own",
    ]
    assert isinstance(right(office, "wu", "wu", "present"), Accepted)

    do(office, "leave_room", "xiao", person="wu")
    assert why(right(office, "wu", "wu", "present")) == ["corrects_presence.not_own"]


def test_who_has_spoken_since_is_there_for_good(office: Company) -> None:
    item = held(office).current
    stood = do(office, "state_position", "liu", item=item, member="liu", stance="for")
    assert isinstance(stood, Accepted), stood

    assert why(right(office, "xiao", "liu", "unknown")) == ["corrects_presence.spoke"]
    assert why(right(office, "xiao", "wang", "unknown")) == ["corrects_presence.spoke"]
    assert why(right(office, "xiao", "chen", "unknown")) == ["corrects_presence.presided"]


def test_what_has_been_decided_since_was_decided_by_those_entered() -> None:
    office = Company(forked(after(MONTH, "item_decided", 2)), None)  # type: ignore[arg-type]

    assert why(right(office, "xiao", "zeng", "unknown")) == ["corrects_presence.decided"]


def test_leave_that_nobody_granted_is_not_entered_by_way_of_a_correction(office: Company) -> None:
    grounds = why(right(office, "xiao", "zeng", "leave"))
    assert {"leave.not_granted", "leave.not_told"} <= set(grounds)


def test_a_closed_record_is_corrected_in_the_record_only() -> None:
    office = Company(forked(after(MONTH, "record_closed")), None)  # type: ignore[arg-type]

    assert "in_state.record" in why(right(office, "xiao", "he", "absent"))


def test_who_was_counted_for_the_opening_stays_counted() -> None:
    office = Company(forked(after(STRICT, "sitting_opened", 2)), None)  # type: ignore[arg-type]

    found = why(right(office, "qian", "gao", "unknown", sitting="s3"))
    assert found == ["corrects_presence.opened"]


def test_a_sign_in_ahead_of_the_day_is_in_the_report_and_stays() -> None:
    office = Company(forked(after(MONTH, "office_told")), None)  # type: ignore[arg-type]
    came = do(office, "mark_present", "liu", "出差回来就不走了。", person="liu")
    assert isinstance(came, Accepted)
    assert came.departures or held(office).presence["liu"].log[0][1].date() == held(office).held_on

    found = why(right(office, "liu", "liu", "unknown"))
    assert found == (["corrects_presence.departed"] if came.departures else [])


def test_under_rules_that_do_not_know_it_nobody_corrects_anything(office: Company) -> None:
    state = office.state
    digest = next(d for d in held(office).charters if state.charters[d].body == "general")
    clauses = tuple(c for c in state.charters[digest].clauses if c.label != "第五条")
    old = msgspec.structs.replace(state.charters[digest], clauses=clauses, digest="5" * 64)
    assert not any(isinstance(b.rule, CorrectsPresence) for b in bind(old)[0])
    charters = tuple("5" * 64 if d == digest else d for d in held(office).charters)
    sitting = msgspec.structs.replace(held(office), charters=charters)
    before = msgspec.structs.replace(
        state,
        charters=state.charters.set("5" * 64, old),
        sittings=state.sittings.set("oct", sitting),
    )
    said = {"sitting": "oct", "person": "wu", "status": "unknown"}
    act = msgspec.convert(said, ACTS["correct_presence"])

    verdict = decide(Deed(act=act, actor="xiao", at=office.at), before)

    assert why(verdict) == ["place.no_rule"]
