"""A charter may not say of seats only that each belongs to the holder of the other."""

from datetime import UTC, datetime

import pytest

from tests.procedure.stages import at_first
from yishi.charter.model import Charter
from yishi.charter.reader import read
from yishi.procedure.act import Deed
from yishi.procedure.convening import Convene
from yishi.procedure.enact import Rulebook
from yishi.procedure.lint import lint
from yishi.procedure.seats import holders
from yishi.procedure.setting import Setting

HEADER = """\
---
body: council
title: 委员会议事规则
name: 委员会
in_force: 2026-10-01
posts: {director: [主任]}
units: {secretariat: [办公室]}
---
# 委员会议事规则
## 一、召集
谁召集、谁主持、谁审定。
"""


def council(**by: str) -> Charter:
    """A charter that says of each act by whom it is done, and of the chair who presides."""
    said = {act: f"kind: reserved_to\nacts: [{act}]\nby: [{seats}]\n" for act, seats in by.items()}
    if "chair" in by:
        said["chair"] = f"kind: presided_by\nby: [{by['chair']}]\n"
    text = HEADER + "".join(f"\n```rule\n{rule}```\n" for rule in said.values())
    charter, faults = read(text)
    assert charter is not None
    assert not faults
    return charter


@pytest.mark.parametrize(
    ("by", "seats"),
    [
        ({"convene": "approver", "approve_item": "convener"}, ["approver", "convener"]),
        ({"convene": "approver", "approve_item": "director, convener"}, ["approver", "convener"]),
        ({"convene": "convener"}, ["convener"]),
        ({"approve_item": "approver"}, ["approver"]),
        ({"convene": "chair", "chair": "director"}, ["chair"]),
        (
            {"convene": "approver", "approve_item": "chair", "chair": "convener"},
            ["approver", "chair", "convener"],
        ),
        ({"convene": "approver", "approve_item": "director", "chair": "convener"}, []),
        ({"convene": "director", "approve_item": "convener", "chair": "approver"}, []),
    ],
)
def test_seats_that_lead_back_to_themselves_are_a_fault(
    by: dict[str, str], seats: list[str]
) -> None:
    found = [fault for fault in lint(council(**by)) if fault.message == "lint.circular"]

    assert [fault.params["seat"] for fault in found] == seats
    assert all(fault.level == "error" for fault in found)


def test_a_circle_closed_by_the_general_rules_is_a_fault_of_the_charter() -> None:
    own, general = council(convene="approver"), council(approve_item="convener")

    found = [fault for fault in lint(own, general) if fault.message == "lint.circular"]

    assert [fault.params["seat"] for fault in found] == ["approver"]


def held(seat: str, **by: str) -> tuple[str, ...]:
    """Who holds the seat under such a charter, which an older journal may have enacted."""
    charter, state, at = (
        council(**by),
        at_first().history.state,
        datetime(2026, 10, 12, 9, tzinfo=UTC),
    )
    act = Convene(sitting="s", body="council", starts_at=at)
    book = Rulebook((charter.digest,), (charter,))
    return holders(Setting(Deed(act=act, actor="chen", at=at), state, book, "council"), seat)


@pytest.mark.parametrize("seat", ["convener", "approver"])
def test_seats_that_only_name_each_other_are_nobodys(seat: str) -> None:
    assert held(seat, convene="approver", approve_item="convener") == ()


@pytest.mark.parametrize("seat", ["convener", "approver"])
def test_whoever_is_named_beside_the_circle_holds_the_seat(seat: str) -> None:
    found = held(seat, convene="approver", approve_item="director, convener")

    assert found == held("director", convene="approver") != ()
