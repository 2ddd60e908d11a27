"""Words beside a decision: what they say otherwise than the register is found, the rest is left."""

from datetime import date

import pytest

from yishi.documents.proof_facts import Facts
from yishi.documents.proofreading import proofread

FACTS = Facts(
    outcomes=("adopt",),
    decided=("同意按季更新知识库，由业务科办理。",),
    owners=("李强",),
    units=("业务科",),
    due=(date(2026, 12, 20),),
    votes={"for": 5, "against": 1},
)
NONE = Facts(outcomes=("noted",), decided=(), owners=(), units=(), due=(), votes={})


@pytest.mark.parametrize(
    ("words", "said", "wrong"),
    [
        ("会议决定：不同意按月更新知识库。", "不同意", "outcome"),
        ("会议经研究，原则同意更新。", "原则同意", "outcome"),
        ("会议决定：知识库免费开放。", "知识库免费开放", "decided"),
        ("责任人：王芳；材料另附。", "王芳", "owner"),
        ("责任科室为办公室。", "办公室", "unit"),
        ("办结时限：2027年1月1日。", "2027年1月1日", "due"),
        ("请于12月21日前办结。", "12月21日", "due"),
        ("表决时6票赞成，1票反对。", "6票赞成", "votes"),
        ("表决时赞成五票、反对两人，弃权三票。", "弃权三票", "votes"),
    ],
)
def test_what_differs_from_the_register_is_found_with_what_stands_there(words, said, wrong) -> None:
    (lapse,) = proofread(words, facts=FACTS)

    assert (words[lapse.start : lapse.end], lapse.better) == (said, None)
    assert lapse.wrong.id == f"proofreading.fact_{wrong}"
    assert lapse.wrong.params


def test_where_the_register_has_nothing_that_is_said() -> None:
    words = "会议决定：知识库开放。责任人：王芳；责任科室：业务科；办结时限：2027年1月1日。"
    found = [one.wrong.id.rpartition("_")[2] for one in proofread(words, facts=NONE)]

    assert found == ["undecided", "owner", "unit", "due"]


@pytest.mark.parametrize(
    "words",
    [
        "会议决定：同意按季更新知识库，由业务科办理。",
        "会议同意以后，业务科已经着手。责任人：李强同志；责任科室：业务科；办结时限：12月20日。",
        "表决时5票赞成1票反对，没有人弃权。",
        "会议通过视频召开。上半年的改造于2026年5月1日办结了，责任人由科室另定。",
        "大家不同意拖延，会议要求抓紧。",
    ],
)
def test_what_agrees_or_tells_of_something_else_is_left_alone(words) -> None:
    assert proofread(words, facts=FACTS) == ()


def test_of_a_whole_meeting_only_what_no_item_has_is_remarked_on() -> None:
    every = Facts(
        outcomes=("adopt", "reject"), decided=("同意甲。", "乙不办。"), owners=(), units=(), due=()
    )

    assert proofread("会议不同意乙，会议同意甲，3票赞成，12月1日前办结。", facts=every) == ()
    (lapse,) = proofread("会议原则同意丙。", facts=every)
    assert lapse.wrong.params == {"stands": ("adopt", "reject")}
