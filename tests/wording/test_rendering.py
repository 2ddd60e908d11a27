"""Exact sentences in both languages."""

from datetime import date

import pytest
from msgspec.structs import replace

from tests.wording.hall import AT, CHUWUHUI, GENERAL, STATE, citation
from yishi.procedure.state import State
from yishi.procedure.verdict import Departure, Ground, Message
from yishi.wording import Catalogue, Names
from yishi.wording.formats import joined, placed, within

ZH, EN = Catalogue("zh"), Catalogue("en")
NAMES = Names(STATE, CHUWUHUI)

SENTENCES = [
    (
        Message("speaks_last.waiting", {"chair": "chen", "waiting": ("liu", "he")}),
        "会议主持人最后表态，尚未发表意见：刘敏、何立",
        "The chair states a position last; not yet heard: 刘敏, 何立",
    ),
    (
        Message("speaks_in_turn.not_yet", {"person": "he", "next": "liu"}),
        "按顺序现在由刘敏发言，还没有轮到何立",
        "In order of seats it is the turn of 刘敏, not yet of 何立",
    ),
    (
        Message("reserved_to.other", {"act": "convene", "by": ("director", "staff@secretariat")}),
        "“召集会议”由主任或者办公室工作人员办理",
        "“convene a meeting” is for 主任 or staff of 办公室 to do",
    ),
    (
        Message("rapporteur.other", {"person": "he", "by": ("section_head@raising_sections",)}),
        "议题由提出议题的科室负责人汇报，何立不在其列",
        "The item is reported by 科室负责人 of the sections raising the item; "
        "何立 is not among them",
    ),
    (
        Message(
            "in_state.item",
            {"act": "approve_item", "now": "submitted", "states": ("collated", "put_off")},
        ),
        "“审定同意上会”在议题已汇总或者暂缓上会时办理；该议题现在已报送",
        "“approve for a meeting” is done while the item is collated or put off; "
        "it is now handed in",
    ),
    (
        Message("in_state.sitting", {"act": "mark_present", "now": "closed", "states": ("open",)}),
        "“签到”在会议正在进行时办理；本次会议现在已散会",
        "“sign in” is done while the meeting is open; it is now closed",
    ),
    (
        Message("majority.members", {"stance": "for", "votes": 4, "base": 8, "needed": 5}),
        "赞成4票，全体组成人员8人，需要5票，没有达到多数",
        "Votes for: 4; members in all: 8; needed: 5; there is no majority",
    ),
    (
        Message("needs.missing", {"act": "request_adjustment", "fields": ("cause", "effect")}),
        "办理“提出调整意见”应当写明：原因、影响",
        "“ask for an adjustment” should state: cause, effect",
    ),
    (
        Message("task_parts.missing", {"task": "t1", "parts": ("unit", "due_on")}),
        "任务“制定延时服务方案”没有写明：责任科室、办结时限",
        "Task “制定延时服务方案” does not state: the section responsible, the due day",
    ),
    (
        Message("tasks_drawn.missing", {"decisions": ("d1",)}),
        "以下决定还没有整理出要落实的任务：关于《窗口延时服务》的决定",
        "No tasks have been drawn up from: the decision on “窗口延时服务”",
    ),
    (
        Message("submission_deadline.late", {"items": ("i1",), "last": date(2026, 10, 25)}),
        "本次会议的议题应当不迟于2026年10月25日报送；逾期报送：《窗口延时服务》",
        "Items for this meeting are due no later than 25 October 2026; "
        "handed in late: “窗口延时服务”",
    ),
    (
        Message("usual_day.weekday", {"start": AT, "days": 0, "weekday": 1, "half": "morning"}),
        "会议一般在星期一上午召开；这次定在2026年10月30日15:20（星期五）",
        "Meetings are usually held on Monday morning; "
        "this one is set for 30 October 2026, 15:20 (Friday)",
    ),
    (
        Message("usual_day.weekday", {"start": AT, "days": 0, "weekday": 4, "half": ""}),
        "会议一般在星期四召开；这次定在2026年10月30日15:20（星期五）",
        "Meetings are usually held on Thursday; "
        "this one is set for 30 October 2026, 15:20 (Friday)",
    ),
    (
        Message("cadence.broken", {"period": "2026-08", "reason": ""}),
        "2026年8月没有召开会议，也没有说明原因",
        "No meeting was held in August 2026, and no reason was given",
    ),
    (
        Message("cadence.departed", {"period": "2026-W33", "reason": "防汛"}),
        "2026年第33周没有召开会议，已说明原因：防汛",
        "No meeting was held in week 33 of 2026; the reason given: 防汛",
    ),
    (
        Message("minutes_owed.due", {"sitting": "s1"}),
        "处务会2026年第3次会议已散会，请整理会议纪要",
        "处务会, meeting 3 of 2026 has closed; please prepare its minutes",
    ),
    (
        Message("minutes_owed.broken", {"sitting": "s2"}),
        "没有会议纪要：处务会2026年10月30日会议",
        "There are no minutes: 处务会, meeting of 30 October 2026",
    ),
    (
        Message("spot_tasks.not_now", {"matter": "windows"}),
        "当场布置任务，在“中心窗口管理、业务等方面的重大问题”一项中进行",
        "Tasks are handed out on the spot under “中心窗口管理、业务等方面的重大问题”",
    ),
    (
        Message("read_by.closed", {"thing": "minutes", "by": ("present",)}),
        "按照保密规定，公开以前会议纪要只由到会人员查阅",
        "Under the secrecy clause, until publication open to those who were present only: "
        "the minutes",
    ),
    (
        Message("place.charter_faulty", {"line": 3, "fault": "charter.empty"}),
        "议事规则第3行有错误：文本是空的",
        "The rules of procedure have a fault in line 3: The text is empty",
    ),
    (
        Message("scope.not_listed", {"listed": ("传达文件，研究贯彻", "其他")}),
        "该事项不在本会议事范围以内。范围包括：传达文件，研究贯彻；其他",
        "The matter is not among those that come before this meeting: 传达文件，研究贯彻; 其他",
    ),
    (
        Message("standing_item.broken", {"unit": "business"}),
        "业务科没有汇报当前主要工作",
        "业务科 has not reported its current work",
    ),
    (
        Message("reminds.appeal", {"subject": "i1", "words": "请充分讨论"}),
        "《窗口延时服务》：请充分讨论",
        "“窗口延时服务”: 请充分讨论",
    ),
    (
        Message("reminds.appeal", {"subject": "s1", "words": "请充分讨论"}),
        "处务会2026年第3次会议：请充分讨论",
        "处务会, meeting 3 of 2026: 请充分讨论",
    ),
    (
        Message("reminds.appeal", {"subject": "t1", "words": "请充分讨论"}),
        "“制定延时服务方案”：请充分讨论",
        "“制定延时服务方案”: 请充分讨论",
    ),
]


@pytest.mark.parametrize(("message", "zh", "en"), SENTENCES, ids=lambda v: getattr(v, "id", None))
def test_a_sentence(message, zh, en):
    assert ZH.sentence(message, NAMES) == zh
    assert EN.sentence(message, NAMES) == en


def test_what_to_do_next():
    message = Message("speaks_in_turn.not_yet", {"person": "he", "next": "liu"})
    assert ZH.next(message, NAMES) == "请先请刘敏发言，或由其放弃发言"
    assert EN.next(message, NAMES) == "Please hear 刘敏 first, or let them pass"
    assert ZH.next(Message("kept"), NAMES) == ""


WAITING = Message("speaks_last.waiting", {"chair": "chen", "waiting": ("liu",)})


def test_a_ground_names_its_clause():
    ground = Ground(WAITING, citation("五（二）3"))
    assert ZH.ground(ground, NAMES) == (
        "会议主持人最后表态，尚未发表意见：刘敏"
        "（依据：《郴州市政务服务中心管理处处务会议事规则》五（二）3）"
    )
    assert EN.ground(ground, NAMES) == (
        "The chair states a position last; not yet heard: 刘敏"
        " (Rule: “郴州市政务服务中心管理处处务会议事规则”, 五（二）3)"
    )


def test_a_ground_of_the_general_rules_says_that_it_is_a_default():
    ground = Ground(Message("deputy_chair.nobody_named"), citation("第七条", charter=GENERAL))
    assert ZH.ground(ground, NAMES).endswith(
        "（依据：《议事通则（缺省规定）》第七条，规则未写明时的缺省规定，单位在自己的议事规则里写明即可改变）"
    )
    assert EN.ground(ground, NAMES).endswith(
        " (Rule: “议事通则（缺省规定）”, 第七条, the default where the rules are silent; "
        "a clause of the body's own changes it)"
    )


def test_a_departure_says_how_the_rule_is_read():
    said = {"start": AT, "days": 7, "weekday": 0, "half": ""}
    gone = Departure(
        Message("usual_day.month_end", said), citation("二", "月底指每月最后7天"), "防汛"
    )
    assert ZH.ground(gone, NAMES).endswith("》二）（规则的解读：月底指每月最后7天）")
    assert EN.ground(gone, NAMES).endswith("”, 二) (As the rule is read: 月底指每月最后7天)")


def test_posts_are_named_by_the_cited_charter():
    ground = Ground(Message("presided_by.other", {"by": ("director",)}), citation("二"))
    assert ZH.ground(ground, Names(STATE)).startswith("会议由主任主持")
    assert ZH.ground_next(ground, Names(STATE)).startswith("请由主任宣布开会")


@pytest.mark.parametrize(
    ("unit", "post", "said"),
    [
        ("市场监管窗口", "窗口负责人", "市场监管窗口负责人"),
        ("信息科", "科室负责人", "信息科科室负责人"),
        ("办公室", "办公室主任", "办公室主任"),
        ("", "主任", "主任"),
    ],
)
def test_a_word_between_unit_and_post_stands_once(unit, post, said):
    assert placed(unit, post) == said


def test_two_people_of_one_name_are_two_and_one_named_twice_is_one():
    roster = replace(STATE.roster, people={**STATE.roster.people, "li2": "刘敏"})
    names = Names(replace(STATE, roster=roster), CHUWUHUI)
    message = Message("speaks_last.waiting", {"chair": "chen", "waiting": ("liu", "li2", "liu")})

    assert ZH.sentence(message, names) == "会议主持人最后表态，尚未发表意见：刘敏、刘敏"


def test_what_was_erased_is_said_to_be_erased():
    message = Message("has_spoken.not_yet", {"person": "gone"})
    assert ZH.sentence(message, NAMES) == "〔已删除〕还没有表态，无从更正"
    assert EN.sentence(message, NAMES).startswith("[erased] has taken no position yet")
    owed = Message("papers.broken", {"item": "i2"})
    assert ZH.sentence(owed, NAMES) == "没有会议材料：〔已删除〕"
    assert EN.sentence(owed, NAMES) == "There are no papers: [erased]"


def test_what_is_unknown_stands_for_itself():
    nowhere = Names(State())
    said = {"person": "nobody", "by": ("director", "staff@nowhere")}
    assert ZH.sentence(Message("reported_to.other", said), nowhere) == (
        "进展情况报告director或者nowhere工作人员，nobody不在其列"
    )
    for id_, name in (("papers.kept", "item"), ("minutes_owed.due", "sitting")):
        assert "x9" in EN.sentence(Message(id_, {name: "x9"}), nowhere)
    assert ZH.sentence(Message("reserves.matter", {"body": "b9"}), nowhere).endswith("b9决定")
    assert ZH.sentence(Message("no.such.id"), nowhere) == "no.such.id"
    assert ZH.text("no.such.id") == "no.such.id"
    assert not ZH.has("no.such.id")
    assert ZH.word("acts", "fly") == "fly"


def test_a_parameter_that_is_missing_leaves_a_gap():
    assert ZH.text("charter.too_long", size=9) == "文本过长：9字节，最多……字节"


def test_values_are_not_filled_in_a_second_time():
    said = {"words": "{person:person}", "subject": "x9"}
    assert ZH.sentence(Message("reminds.appeal", said), NAMES) == "x9：{person:person}"


def test_faults_are_told_without_names():
    assert ZH.text("lint.modality", modality="may", allowed=["must", "presumed"]) == (
        "这种规则不能用语气may；可以用：must、presumed"
    )
    assert EN.text("journal.seq_gap", expected=5) == (
        "The numbering has a gap; entry 5 should stand here"
    )


def test_times_that_come_as_text_are_read():
    said = {"start": AT.isoformat(), "latest": "2026-10-29T23:59:59+08:00"}
    assert ZH.sentence(Message("notice.late", said), NAMES) == (
        "2026年10月30日15:20的会议，一般应当在2026年10月29日23:59以前通知，现在已过"
    )
    assert ZH.text("place.charter_not_newer", start="soon").endswith("自soon起施行")


def test_words_by_table():
    assert (ZH.word("acts", "submit_item"), EN.word("acts", "submit_item")) == (
        "报送议题",
        "hand in an item",
    )
    assert ZH.word("kinds", "speaks_last") == "末位表态"
    assert ZH.norm("speaks_last").startswith("主持人在其他人")
    assert ZH.word("states.task", "open") == "正在办理"
    assert ZH.word("report", "refused") == "已拦下"


def test_long_words_are_cut_short():
    long = STATE.tasks["t1"].words * 10
    task = STATE.tasks.set("t2", type(STATE.tasks["t1"])("t2", "s1", "chuwuhui", long, None, AT))
    state = State(tasks=task)
    said = ZH.sentence(Message("adjusted_by.meeting_only", {"task": "t2"}), Names(state))
    assert "……”" in said
    assert len(said) < 80


def test_quotation_marks_within_quotation_marks_are_the_inner_ones():
    words = "完成“好差评”整改"
    task = STATE.tasks.set("t2", type(STATE.tasks["t1"])("t2", "s1", "chuwuhui", words, None, AT))
    said = ZH.sentence(
        Message("adjusted_by.meeting_only", {"task": "t2"}), Names(State(tasks=task))
    )
    assert "“完成‘好差评’整改”" in said


@pytest.mark.parametrize(
    ("said", "inside"),
    [
        ("完成“好差评”整改", "完成‘好差评’整改"),
        ("完成“分步完成‘好差评’”", "完成‘分步完成“好差评”’"),
        ("甲‘乙’“丙”", "甲‘乙’‘丙’"),
        ("it’s “it”", "it’s ‘it’"),
        ("a “it’s” b", "a ‘it’s’ b"),
        ("关于“Xi’an”项目的‘请示’", "关于‘Xi’an’项目的‘请示’"),
        ("甲“乙‘丙’s’丁”戊", "甲‘乙“丙”s’丁’戊"),
        ("”甲“乙", "”甲‘乙"),
        ("没有引号", "没有引号"),
    ],
)
def test_quotation_marks_take_turns_however_deep_they_stand(said, inside):
    assert within(said, "“”‘’") == inside


def test_gw_k2_titles_and_quotations_stand_side_by_side_and_names_do_not() -> None:
    rows = {
        ("《甲》", "《乙》", "《丙》"): "《甲》《乙》《丙》",
        ("“甲”", "“乙”"): "“甲”“乙”",
        ("甲、《乙》", "丙"): "甲、《乙》、丙",
        ("《甲》", "“乙”"): "《甲》、“乙”",
    }
    for parts, said in rows.items():
        assert joined(ZH, parts) == said
    assert joined(ZH, ("《甲》", "《乙》", "《丙》"), either=True) == "《甲》《乙》或者《丙》"
    assert joined(EN, ("“a”", "“b”")) == "“a”, “b”"
