"""How a decision was carried, said in one sentence that is true of every shape of the rule."""

from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest

from yishi.procedure.majority import Majority, counted
from yishi.procedure.state import Decision, Deliberation, Sitting, State
from yishi.procedure.whereabouts import Seat
from yishi.values.maps import Map
from yishi.wording import Catalogue, Names

AT = datetime(2026, 10, 30, 10, tzinfo=timezone(timedelta(hours=8)))


def sentence(rule: Majority | None, language: str = "zh", **made: Any) -> str | None:
    said = {"outcome": "adopt", "tally": (5, 8), "recused": (), **made}
    talk = Deliberation("budget", recused=said.pop("recused"))
    sitting = Sitting(
        id="oct",
        body="chuwuhui",
        kind="ordinary",
        status="closed",
        convened_at=AT,
        convened_by="chen",
        starts_at=AT,
        charters=(),
        members=(Seat("chen", "主任", None), Seat("liu", "副主任", None)),
        in_attendance=(),
        chair="chen",
        secretary=None,
        deliberations=Map().set("budget", talk),
    )
    decision = Decision(
        id="d", item="budget", sitting="oct", body="chuwuhui", words="同意。", at=AT, **said
    )
    book: Any = SimpleNamespace(rule=lambda kind: rule)
    message = counted(book, sitting, decision)
    return Catalogue(language).sentence(message, Names(State())) if message else None


@pytest.mark.parametrize(
    ("rule", "chinese", "english"),
    [
        (
            Majority(base="members"),
            "全体组成人员共8人，5人赞成，超过半数",
            "8 members in all, 5 for: more than half",
        ),
        (
            Majority(base="present", strict=False),
            "到会的组成人员共8人，5人赞成，达到半数",
            "8 members present, 5 for: at least half",
        ),
        (
            Majority(base="stated", num=2, den=3, strict=False),
            "表态的组成人员共8人，5人赞成，达到三分之二",
            "8 members who took a position, 5 for: at least two thirds",
        ),
        (
            Majority(base="members", num=4, den=6),
            "全体组成人员共8人，5人赞成，超过三分之二",
            "8 members in all, 5 for: more than two thirds",
        ),
        (
            Majority(base="members", num=5, den=9),
            "全体组成人员共8人，5人赞成，超过5/9",
            "8 members in all, 5 for: more than 5/9",
        ),
        (
            Majority(base="members", num=1, den=1, strict=False),
            "全体组成人员共8人，5人赞成，全体一致",
            "8 members in all, 5 for: all of them",
        ),
    ],
)
def test_it_says_of_how_many_by_how_many_and_by_which_share(
    rule: Majority, chinese: str, english: str
) -> None:
    assert sentence(rule) == chinese
    assert sentence(rule, "en") == english


def test_a_refusal_was_carried_by_those_against() -> None:
    said = sentence(Majority(base="members"), outcome="reject")

    assert said == "全体组成人员共8人，5人反对，超过半数"


def test_whom_the_rule_takes_out_of_the_base_is_said_where_there_was_somebody() -> None:
    rule = Majority(base="members", recused="leave")

    assert sentence(rule) == "全体组成人员共8人，5人赞成，超过半数"
    assert sentence(rule, recused=("guest",)) == "全体组成人员共8人，5人赞成，超过半数"
    said = sentence(rule, recused=("liu",), tally=(5, 7))
    assert said == "除回避的以外，组成人员共7人，5人赞成，超过半数"


@pytest.mark.parametrize("outcome", ["postpone", "noted"])
def test_what_is_put_off_or_noted_is_carried_by_nobody(outcome: str) -> None:
    assert sentence(Majority(base="members"), outcome=outcome) is None


def test_nothing_is_said_where_nothing_was_counted() -> None:
    assert sentence(None) is None
    assert sentence(Majority(base="members"), tally=(0, 0)) is None
