"""What the rules carry to the next sitting comes to it, whatever becomes of the one before."""

from datetime import timedelta
from typing import Any

import msgspec

from tests.procedure.acting import Company
from tests.procedure.invariants import complaints
from tests.procedure.stages import MONTH, after, entries, forked
from yishi.procedure.kinds import ACTS
from yishi.procedure.verdict import Accepted, Refused, Verdict


def company() -> Company:
    """Just when the change of the budget's task was granted, and its item carried."""
    return Company(forked(after(MONTH, "adjustment_granted")), None)  # type: ignore[arg-type]


def done(office: Company, actor: str, name: str, **fields: Any) -> Verdict:
    return office.do(msgspec.convert(fields, ACTS[name]), actor)


def convened(office: Company, sitting: str, day: int) -> None:
    starts = f"2026-11-{day}T09:00:00+08:00"
    fields = {"sitting": sitting, "body": "chuwuhui", "starts_at": starts}
    assert isinstance(done(office, "chen", "convene", **fields), Accepted)


def agenda(office: Company, sitting: str) -> tuple[str, ...]:
    return office.state.sittings[sitting].agenda


def test_it_is_on_the_agenda_of_the_next_sitting_convened() -> None:
    office = company()
    convened(office, "first", 20)
    convened(office, "second", 27)

    assert agenda(office, "first") == ("budget-again",)
    assert agenda(office, "second") == ()


def test_it_is_ready_for_an_agenda_from_when_it_came_to_it() -> None:
    office = company()
    convened(office, "first", 20)
    convened(office, "third", 30)
    office.at += timedelta(hours=1)
    called = office.at
    assert isinstance(done(office, "chen", "call_off", sitting="first"), Accepted)
    assert office.state.items["budget-again"].ready_at == called

    office.at += timedelta(hours=1)
    convened(office, "second", 27)
    held = office.state.items["budget-again"]
    assert (held.sitting, held.ready_at) == ("second", office.at)


def test_it_goes_on_to_the_next_sitting_when_its_own_is_called_off() -> None:
    office = company()
    convened(office, "first", 20)
    convened(office, "third", 30)
    convened(office, "second", 27)

    assert isinstance(done(office, "chen", "call_off", sitting="first"), Accepted)
    assert agenda(office, "second") == ("budget-again",)
    assert office.state.items["budget-again"].sitting == "second"
    assert complaints(entries(office.stage)) == []


def test_it_waits_for_a_sitting_that_is_not_convened_yet() -> None:
    office = company()
    convened(office, "first", 20)
    done(office, "chen", "call_off", sitting="first")
    convened(office, "second", 27)

    assert agenda(office, "second") == ("budget-again",)


def test_it_is_not_left_out_of_the_sitting_it_went_on_to() -> None:
    office = company()
    convened(office, "first", 20)
    convened(office, "second", 27)
    done(office, "chen", "call_off", sitting="first")

    refused = done(office, "xiao", "set_agenda", sitting="second", items=["plan"])

    assert isinstance(refused, Refused)
    assert [g.message.id for g in refused.grounds] == ["carried_stay.left_out"]
