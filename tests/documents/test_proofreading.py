"""Words proof-read: what is wrong is found with what belongs there, the rest is left."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishi.documents.proof_people import Known
from yishi.documents.proofreading import mended, proofread
from yishi.values.text import ERASED

KNOWN = Known(
    people={
        "陈志远": ("主任",),
        "刘敏": ("副主任",),
        "曾建国": ("主任科员",),
        "肖雨": ("处务会秘书", "科员"),
    },
    posts=frozenset({"主任", "副主任", "主任科员", "处务会秘书", "科员", "科室负责人"}),
)

WRONG = [
    ("GW-D4", "会议学习了郴政服发[2017]15号文件。", "会议学习了郴政服发〔2017〕15号文件。"),
    ("GW-D4", "会议学习了郴政服发（2017）15号文件。", "会议学习了郴政服发〔2017〕15号文件。"),
    ("GW-D4", "[2026]3号已经印发。", "〔2026〕3号已经印发。"),
    ("GW-D4", "郴政服发〔2026〕第03号已经印发。", "郴政服发〔2026〕3号已经印发。"),
    ("GW-D4", "郴政服发[2026]第3号已经印发。", "郴政服发〔2026〕3号已经印发。"),
    ("GW-E6", "一.加强学习", "一、加强学习"),
    ("GW-E6", "1、加强学习", "1.加强学习"),
    ("GW-E6", "1）加强学习", "（1）加强学习"),
    ("GW-E6", "(1)加强学习", "（1）加强学习"),
    ("GW-K3", "（一）、加强学习", "（一）加强学习"),
    ("GW-K3", "会议要求：一是，加强学习。", "会议要求：一是加强学习。"),
    ("GW-K3", "会议要求。第一、加强学习。", "会议要求。第一，加强学习。"),
    ("GW-K4", "学习文件、报纸...", "学习文件、报纸……"),
    ("GW-K4", "学习文件、报纸……等。", "学习文件、报纸等。"),
    ("GW-K4", "方向--服务群众", "方向——服务群众"),
    ("GW-K2", "学习《规则》、《办法》。", "学习《规则》《办法》。"),
    ("GW-K2", "做到“快办”、“好办”。", "做到“快办”“好办”。"),
    ("GW-K7", "加强学习，，提高认识。", "加强学习，提高认识。"),
    ("GW-K7", "加强学习。。", "加强学习。"),
    ("GW-K7", "加强学习，。", "加强学习。"),
    ("GW-K7", "会议要求，加强学习", "会议要求，加强学习。"),
    ("GW-K7", "会议要求，加强学习，", "会议要求，加强学习。"),
    ("GW-K6", "学习《关于〈规则》的通知》。", None),
    ("GW-K6", "学习《关于印发《规则》的通知》。", "学习《关于印发〈规则〉的通知》。"),
    ("GW-K6", "学习（见附件。", None),
    ("GW-K1", "会议要求,加强学习。", "会议要求，加强学习。"),
    ("GW-K1", "会议要求, 加强学习。", "会议要求，加强学习。"),
    ("GW-K1", "完成95%,比去年高。", "完成95%，比去年高。"),
    ("GW-K1", "预算(含人员经费)不变。", "预算（含人员经费）不变。"),
    ("GW-K1", "预算（含人员经费)不变。", "预算（含人员经费）不变。"),
    ("GW-K1", '做到"马上办"。', "做到“马上办”。"),
    ("GW-K1", "会议要求加强学习.", "会议要求加强学习。"),
    ("GW-G2", "2026年03月05日以前办结。", "2026年3月5日以前办结。"),
    ("GW-G2", "2026-03-05以前办结。", "2026年3月5日以前办结。"),
    ("GW-G2", "2026.3.5以前办结。", "2026年3月5日以前办结。"),
    ("GW-G2", "2月30日以前办结。", None),
    ("GW-G2", "2026年2月29日以前办结。", None),
    ("GW-J5", "于26年3月5日办结。", "于2026年3月5日办结。"),
    ("GW-J5", "26年3月办结。", "2026年3月办结。"),
    ("GW-J5", "98年3月建成。", "1998年3月建成。"),
    ("GW-J5", "二零二六年办结。", "二〇二六年办结。"),
    ("GW-J1", "预算一百八十万元。", "预算180万元。"),
    ("GW-J1", "预算一百零五元。", "预算105元。"),
    ("GW-J1", "建设二十五公里。", "建设25公里。"),
    ("GW-J3", "还要三、四个月。", "还要三四个月。"),
    ("GW-J3", "还要3、4天。", "还要三四天。"),
    ("GW-J6", "下降5～8%。", "下降5%～8%。"),
    ("GW-J6", "需要5~8天。", "需要5～8天。"),
    ("GW-J7", "增长.5%。", "增长0.5%。"),
    ("GW-J7", "占.5的比例。", "占0.5的比例。"),
    ("GW-J7", "下降到.85，仍然偏高。", "下降到0.85，仍然偏高。"),
    ("GW-K1", "会议听取了情况汇报.大家同意。", "会议听取了情况汇报。大家同意。"),
    ("GW-K1", "由艾力.买买提负责。", None),
    ("GW-J9", "奖励5百元。", "奖励500元。"),
    ("GW-J9", "服务3千人。", "服务3000人。"),
    ("GW-J2", "学习郴政服发〔二〇一七〕15号文件。", "学习郴政服发〔2017〕15号文件。"),
    ("GW-J2", "学习郴政服发〔2017〕十五号文件。", "学习郴政服发〔2017〕15号文件。"),
    ("GW-J10", "2025年起草，二〇二六年办结。", "2025年起草，2026年办结。"),
    ("GW-J10", "2025年起草，二零二六年办结。", "2025年起草，2026年办结。"),
    ("GW-K8", "按照郴政服发〔2017〕15号《处务会议事规则》办理。", None),
    ("GW-K8", "按照郴政服发〔2017〕15号文《处务会议事规则》办理。", None),
    ("GW-E5", "一、学习\n二、培训\n四、检查", None),
    ("GW-E5", "（一）学习\n一、总的要求", None),
]


@pytest.mark.parametrize(("number", "words", "right"), WRONG)
def test_what_is_wrong_is_found_with_the_words_that_belong_there(number, words, right) -> None:
    (lapse,) = proofread(words)

    assert lapse.number == number
    assert (mended(words, lapse) if lapse.better is not None else None) == right
    assert right is None or proofread(right) == ()


RIGHT = [
    "打通服务群众的最后一公里，落实三重一大制度。",
    "“十四五”期间，第一书记、一把手每年三次到窗口。",
    "会议同意2027年大厅运行经费预算按180万元编列（含人员经费），比上年增长0.5%。",
    "一、加强学习，提高认识\n（一）学习\n1.报纸\n2.文件\n（二）培训\n1.课程\n（1）时间\n二、检查",
    "时间为9:30，详见http://example.cn/服务?a=1,2，邮箱为a.b@example.cn。",
    "按照《规则》（郴政服发〔2017〕15号）、郴政服发〔2018〕2号和《办法》办理。",
    "二〇二六年，成立三十周年。",
    "2026年学习《二〇三五年远景目标》，落实“二〇三〇年前”的要求，一百二十三年。",
    "数十万元、几百元、三四十万元、百分之二十、一百五十多万元。",
    "按《规则》（郴政服发〔2017〕15号）第三条（一）、（二）办理。",
    "按照1）现场核对；2）书面说明的次序办理。",
    "第一、二季度，一、二号窗口和第3、4个窗口都完成。",
    "任期三年、五年，1999年3月至2026年11月，历时10年3个月。",
    "系统升级到V1.2版，接口API(v2)不变，网址www.example.cn。",
    "2026年11月30日至12月2日，周一—周五，5—8天。",
    "陈述、高建设、王国都不是姓名。",
    "工作满12年6月以上的，按10年3月以内的办法、郴政服发〔2026〕30号文件、第03号窗口的做法办理。",
    "会议通报了上次会议的落实情况",
    "",
    ERASED,
]


@pytest.mark.parametrize("words", RIGHT)
def test_what_is_right_is_left_alone(words) -> None:
    assert [(s.number, words[s.start : s.end], s.better) for s in proofread(words, KNOWN)] == []


def test_a_title_of_a_task_needs_no_full_stop() -> None:
    assert proofread("会议要求，加强学习", whole=False) == ()


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("由陈志元主持。", "由陈志远主持。"),
        ("会议听取了情况，曾建过汇报。", "会议听取了情况，曾建国汇报。"),
        ("请副主任刘明牵头。", "请副主任刘敏牵头。"),
        ("由肖玉同志负责。", "由肖雨同志负责。"),
        ("由主任刘敏负责。", "由副主任刘敏负责。"),
        ("会议要求，陈志元主任要抓好落实。", "会议要求，陈志远主任要抓好落实。"),
        ("由陈志元主任负责。", "由陈志远主任负责。"),
        ("会议请陈志元主任负责。", "会议请陈志远主任负责。"),
        ("会议听取陈志元主任的说明。", "会议听取陈志远主任的说明。"),
        ("刘敏主任强调了纪律。", "刘敏副主任强调了纪律。"),
        ("会议听取了刘敏主任的说明。", "会议听取了刘敏副主任的说明。"),
        ("会议同意陈志远副主任的要求。", "会议同意陈志远主任的要求。"),
        ("陈志远副主任要求办好。", "陈志远主任要求办好。"),
        ("主任陈志元要求办好。", "主任陈志远要求办好。"),
        ("会上，曾建过指出两点。", "会上，曾建国指出两点。"),
        ("请科室负责人肖雨负责。", None),
    ],
)
def test_names_and_posts_are_held_against_the_roster(words, right) -> None:
    (lapse,) = proofread(words, KNOWN)

    assert lapse.number == ""
    assert (mended(words, lapse) if lapse.better is not None else None) == right


@pytest.mark.parametrize(
    "words",
    [
        "由陈志远主持，副主任刘敏、主任科员曾建国、处务会秘书肖雨参加。",
        "会上，曾建议加强学习。",
        "主任刘姓的，由陈述说明，肖像由人负责。",
        "陈志刚的来信已经答复。",
        "由办公室主任刘敏负责。",
        "会上，陈志远主任强调，刘敏副主任、曾建国主任科员、肖雨科员要抓落实。",
        "陈主任、刘副主任要求办好，曾建国主任科员参加。",
        "会议要求陈志远主任办公会议定的事项抓紧办。",
    ],
)
def test_names_that_are_right_or_no_names_are_left_alone(words) -> None:
    assert proofread(words, KNOWN) == ()


def test_every_lapse_stands_apart_from_every_other_and_mending_all_ends() -> None:
    words = "会议要求,,加强学习(一是,二是),。\n1、《甲》、《乙》2026年02月30日...等"
    for _ in range(30):
        lapses = proofread(words, KNOWN)
        assert all(a.end <= b.start for a, b in pairwise(lapses))
        fixes = [one for one in lapses if one.better is not None]
        if not fixes:
            break
        words = mended(words, fixes[0])

    assert fixes == []


@given(
    st.text(
        "一二十百两零第是、，。,.:(（）)《》“”…-~～%0123年月日元个\n由陈志刘敏主任同志２ a",
        max_size=60,
    )
)
def test_whatever_is_written_every_lapse_lies_in_it_and_alters_something(words) -> None:
    for one in proofread(words, KNOWN):
        assert 0 <= one.start <= one.end <= len(words)
        assert one.better is None or mended(words, one) != words
