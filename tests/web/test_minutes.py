"""The minutes: previewed by those who issue them, read by those the rules name, as issued."""

import pytest

from tests.playing import MONTH, PLACE, WEEK, client_of, play_into
from tests.web.pressing import forms, press, text
from yishi.clerk.memory import MEMORY
from yishi.web.answers import REMEMBERED

pytestmark = pytest.mark.django_db

MINUTES = "/sittings/oct/minutes"


def test_the_minutes_say_what_was_settled_and_who_does_it_until_when() -> None:
    play_into(MONTH, "minutes")
    page = client_of("liu").get(MINUTES)
    said = text(page)

    for words in (
        "处务会会议纪要",
        "〔2026〕1号",
        "陈志远主持召开处务会2026年第1次会议",
        "郴州市政务服务中心 陈志远、刘敏、曾建国，办公室 王芳，业务科 李强，"
        "督查科 周琳，信息科 吴昊",
        "请假 郴州市政务服务中心 何立",
        "会议决定（通过）：同意2027年大厅运行经费预算按180万元编列。",
        "会议研究后缓议。",
        "上报2027年预算",
        "2026年11月20日",
        "办公室 2026年11月2日印发",
    ):
        assert words in said
    assert "培训费偏低" not in said


def test_before_issue_the_office_previews_them_with_what_is_missing() -> None:
    play_into(MONTH, "recorded")
    page = client_of("xiao").get(MINUTES)

    assert [(g.message.id, g.citation.label) for g in page.context["missing"]] == [
        ("task_parts.missing", "五(三)1")
    ]
    assert forms(page, "issue_minutes") == []
    assert "待填" in text(page)


def test_before_issue_nobody_else_finds_them() -> None:
    play_into(MONTH, "recorded")

    for person in ("liu", "li", "guan", "deng"):
        assert client_of(person).get(MINUTES).status_code == 404


def test_the_office_fills_in_what_is_missing_and_issues_them() -> None:
    play_into(MONTH, "recorded")
    client = client_of("xiao")
    page = client.get(MINUTES)
    link = next(m.set for p in page.context["points"] for m in p.matters if m.task == "t-budget")
    assert press(client, client.get(link), "set_task", due_on="2026-12-20").status_code == 302
    ready = client.get(MINUTES)
    assert ready.context["missing"] == ()
    assert "内容已经齐全" in text(ready)
    assert "没有审议议题" not in text(ready)
    assert press(client, ready, "issue_minutes").status_code == 302

    assert MEMORY.at(PLACE).state.sittings["oct"].minutes.number == 1
    assert client_of("liu").get(MINUTES).status_code == 200


def test_minutes_that_may_go_out_before_the_record_is_complete_say_that_it_is_not() -> None:
    play_into(MONTH, "closed")
    client = client_of("xiao")
    page = client.get(MINUTES)
    link = next(m.set for p in page.context["points"] for m in p.matters if m.task == "t-budget")
    press(client, client.get(link), "set_task", due_on="2026-12-20")

    said = text(client.get(MINUTES))

    assert "会议记录还没有完成" in said
    assert "内容已经齐全" not in said


@pytest.mark.parametrize(
    ("person", "reads"),
    [
        *(("chen", True), ("liu", True), ("xiao", True), ("tan", True), ("li", True)),
        *(("he", False), ("guan", False), ("deng", False), ("luo", False)),
    ],
)
def test_issued_minutes_are_for_the_readers_that_the_rules_name(person: str, reads: bool) -> None:
    play_into(MONTH, "minutes")

    assert client_of(person).get(MINUTES).status_code == (200 if reads else 404)


def test_the_minutes_stay_as_issued_when_a_task_is_adjusted_later() -> None:
    play_into(MONTH, "granted")
    assert MEMORY.at(PLACE).state.tasks["t-budget"].due_on.isoformat() == "2026-12-04"
    said = text(client_of("liu").get(MINUTES))

    assert "2026年11月20日" in said
    assert "2026年12月4日" not in said


def test_they_stay_as_issued_when_the_words_of_a_task_are_adjusted_later(on) -> None:
    play_into(MONTH, "reported-up")
    on("2026-11-16")
    client, asked = (
        client_of("li"),
        {"cause": "口径变化。", "effect": "办不成。", "opinion": "请调整。"},
    )
    form = client.get("/do/request_adjustment?task=t-budget")
    press(client, form, "request_adjustment", words="按新口径重编预算", **asked)
    [adjustment] = MEMORY.at(PLACE).state.adjustments
    chair = client_of("chen")
    press(chair, chair.get(f"/do/grant_adjustment?adjustment={adjustment}"), "grant_adjustment")

    assert MEMORY.at(PLACE).state.tasks["t-budget"].words == "按新口径重编预算"
    said = text(client_of("liu").get(MINUTES))
    assert "上报2027年预算" in said
    assert "按新口径重编预算" not in said


def test_a_counter_and_a_task_handed_out_there_and_then_stand_in_them() -> None:
    play_into(WEEK, "minutes")
    page = client_of("liu").get("/sittings/w45/minutes")

    assert "市场监管窗口" in text(page)
    assert [m.words for m in page.context["unbound"]] == ["组织大厅秩序巡查"]
    assert "列席 办公室 王芳，业务科 李强，督查科 周琳，信息科 吴昊" in text(page)


def test_they_say_which_earlier_task_ends_and_which_goes_on() -> None:
    play_into(WEEK, "explained")
    assert "原任务“增设综合窗口”到此为止。" in text(client_of("liu").get("/sittings/w47/minutes"))

    play_into(MONTH, "", slug="other")
    page = client_of("liu", slug="other").get("/sittings/nov/minutes")
    [again] = [p for p in page.context["points"] if p.item.id == "budget-again"]
    assert [(m.task, m.continues, m.due_on.isoformat()) for m in again.matters] == [
        ("t-budget", True, "2026-12-04"),
        ("t-budget-2", False, "2026-12-04"),
    ]
    assert "上报2027年预算 （原任务，继续办理）" in text(page)


def test_another_task_can_be_drawn_out_of_a_decision_before_issue_only() -> None:
    play_into(MONTH, "recorded")
    drafts = [p.draft for p in client_of("xiao").get(MINUTES).context["points"]]
    assert [bool(d) for d in drafts] == [False, True, False, True]

    play_into(MONTH, "minutes", slug="other")
    issued = client_of("xiao", slug="other").get(MINUTES).context["points"]
    assert not any(p.draft or any(m.set for m in p.matters) for p in issued)


@pytest.mark.parametrize(
    ("until", "person", "queries"),
    # Of a draft the paper itself is looked at too, for characters that no font has.
    [("recorded", "xiao", 11), ("minutes", "liu", 7), ("", "liu", 7)],
)
def test_the_minutes_ask_as_often_however_much_there_is(
    until: str, person: str, queries: int, django_assert_num_queries
) -> None:
    play_into(MONTH, until)
    client = client_of(person)
    client.get(MINUTES)
    REMEMBERED.forget()
    with django_assert_num_queries(queries):
        client.get(MINUTES)
