"""The draft of the minutes: worded, sent round, answered, checked, signed off; facts stay."""

import pytest

from tests.playing import MONTH, PLACE, client_of, play_into
from tests.web.documents import said
from tests.web.pressing import forms, press, text
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.outbox.models import Message
from yishi.procedure.circulating import CirculateMinutes, RequestCorrection
from yishi.procedure.drafting import PointWorded, WordPoint, steps_done
from yishi.procedure.issuing import SignMinutes
from yishi.procedure.verdict import Accepted

pytestmark = pytest.mark.django_db

MINUTES = "/sittings/oct/minutes"


@pytest.fixture
def clerk():
    """The office's clerk at minutes that are not out."""
    play_into(MONTH, "recorded")
    return client_of("xiao")


def draft():
    return MEMORY.at(PLACE).state.sittings["oct"].draft


def form(client, act: str, **subject: str):
    asked = "&".join(f"{key}={value}" for key, value in {"sitting": "oct", **subject}.items())
    return client.get(f"/do/{act}?{asked}")


def sent_round(clerk) -> None:
    press(clerk, form(clerk, "circulate_minutes"), "circulate_minutes", answer_by="")


def test_the_office_words_opening_closing_and_points_and_nothing_of_the_decision(clerk) -> None:
    opening = "会议通报了上次会议的落实情况。"
    press(clerk, form(clerk, "word_minutes"), "word_minutes", opening=opening, closing="特此纪要。")
    point = form(clerk, "word_point", item="budget")
    press(clerk, point, "word_point", words="市财政已经同意。")
    page, paper = text(clerk.get(MINUTES)), said(clerk, "minutes", "oct")

    for words in (opening, "市财政已经同意。", "特此纪要。"):
        assert words in page
        assert words in paper
    assert "同意2027年大厅运行经费预算按180万元编列。" in paper
    assert paper.index("按180万元编列") < paper.index("市财政已经同意") < paper.index("上报2027年")
    again = form(clerk, "word_point", item="budget").content.decode()
    assert "市财政已经同意。" in again


def test_what_says_the_decision_is_refused_by_name_with_what_stands(clerk) -> None:
    before = MEMORY.at(PLACE).state.decisions
    point = form(clerk, "word_point", item="budget")
    sent = {"outcome": "reject", "decision": "x", "due_on": "1", "owner": "liu", "unit": "y"}
    answer = press(clerk, point, "word_point", words="说明。", **sent)

    assert answer.status_code == 422
    for stands in (
        "决定结果：通过",
        "决定：同意2027年大厅运行经费预算按180万元编列。",
        "办结时限：没有",
        "责任人：李强",
        "责任科室：业务科",
    ):
        assert stands in text(answer)
    assert "说明。" in answer.content.decode()
    assert MEMORY.at(PLACE).state.decisions == before
    assert "budget" not in draft().points
    assert press(clerk, form(clerk, "word_minutes"), "word_minutes", outcome="x").status_code == 422


def test_a_point_moves_up_on_page_and_paper(clerk) -> None:
    first, second = [p.item.title for p in clerk.get(MINUTES).context["points"]][:2]
    press(clerk, clerk.get(MINUTES), "move_point")
    page, paper = clerk.get(MINUTES), said(clerk, "minutes", "oct")

    assert [p.item.title for p in page.context["points"]][:2] == [second, first]
    assert f"一、{second}" in paper


def test_who_may_sign_them_off_reads_them_before_they_are_sent_round(clerk) -> None:
    chen = client_of("chen")

    assert forms(chen.get(MINUTES), "sign_off_minutes") != []
    assert "同意2027年大厅运行经费预算按180万元编列。" in said(chen, "minutes", "oct")
    assert chen.get("/sittings/oct").context["issues"]


@pytest.mark.parametrize("person", ["liu", "he", "guan", "deng"])
def test_nobody_else_words_them_or_finds_the_draft(clerk, person) -> None:
    other = client_of(person)
    act = WordPoint(sitting="oct", item="budget", words="我来写。")

    assert not isinstance(do(PLACE, person, act).verdict, Accepted)
    assert other.get(MINUTES).status_code == 404


def test_what_somebody_else_has_worded_meanwhile_is_not_overwritten(clerk) -> None:
    page = form(clerk, "word_point", item="budget")
    do(PLACE, "tan", WordPoint(sitting="oct", item="budget", words="谭写的。"))
    answer = press(clerk, page, "word_point", words="肖写的。")

    assert answer.status_code == 409
    assert "肖写的。" in answer.content.decode()
    assert draft().points["budget"] == "谭写的。"


def test_the_draft_goes_to_the_members_who_may_read_the_minutes_and_to_nobody_else(clerk) -> None:
    sent_round(clerk)

    assert set(draft().sent.people) == {"chen", "liu", "zeng", "wang", "li", "zhou", "wu"}
    assert client_of("liu").get(MINUTES).status_code == 200
    for person in ("he", "guan", "deng"):
        assert client_of(person).get(MINUTES).status_code == 404
    told = Message.objects.filter(kind="outbox.draft", channel="desk")
    assert set(told.values_list("person", flat=True)) == set(draft().sent.people)


def test_a_member_asks_for_a_correction_and_the_office_takes_it_or_says_why_not(clerk) -> None:
    sent_round(clerk)
    liu = client_of("liu")
    asking = form(liu, "request_correction")
    why = {"words": "写明依据的文件。", "reason": "便于核对。"}
    press(liu, asking, "request_correction", item="budget", **why)
    do(
        PLACE,
        "wang",
        RequestCorrection(sitting="oct", note="c2", words="删一句。"),
        reason="重复。",
    )
    page = clerk.get(MINUTES)

    assert "写明依据的文件。" in text(page)
    assert "删一句。" not in text(liu.get(MINUTES))
    press(clerk, page, "take_correction")
    link = next(one.decline for one in clerk.get(MINUTES).context["corrections"] if one.decline)
    press(clerk, clerk.get(link), "decline_correction", reason="原话如此。")

    assert [one.status for one in draft().corrections] == ["taken", "declined"]
    assert "原话如此。" in text(client_of("wang").get(MINUTES))
    kinds = set(Message.objects.filter(channel="desk").values_list("kind", "person"))
    assert ("outbox.correction_requested", "xiao") in kinds
    assert ("outbox.correction_taken", "liu") in kinds
    assert ("outbox.correction_declined", "wang") in kinds


def test_a_correction_without_words_or_reason_comes_back_with_what_was_typed(clerk) -> None:
    sent_round(clerk)
    liu = client_of("liu")
    answer = press(liu, form(liu, "request_correction"), "request_correction", words="改。")

    assert answer.status_code in (409, 422)
    assert "改。" in answer.content.decode()
    assert draft().corrections == ()


def test_who_has_nothing_to_correct_says_so_by_one_press(clerk) -> None:
    sent_round(clerk)
    liu = client_of("liu")
    press(liu, liu.get(MINUTES), "agree_minutes")

    assert draft().answered == ("liu",)
    assert forms(liu.get(MINUTES), "agree_minutes") == []


def test_the_office_sends_it_round_without_a_day_that_has_passed(clerk) -> None:
    page = form(clerk, "circulate_minutes")
    answer = press(clerk, page, "circulate_minutes", answer_by="2020-01-01")

    assert answer.status_code == 409
    assert draft().sent is None


def test_a_check_or_a_sign_off_is_shown_and_falls_with_the_next_change(clerk) -> None:
    press(clerk, clerk.get(MINUTES), "check_minutes")
    do(PLACE, "xiao", CirculateMinutes(sitting="oct"))
    chen = client_of("chen")
    press(chen, chen.get(MINUTES), "sign_off_minutes")
    assert "肖雨核对" in text(clerk.get(MINUTES)).replace(" ", "")
    assert "陈志远签批" in text(clerk.get(MINUTES)).replace(" ", "")

    do(PLACE, "xiao", WordPoint(sitting="oct", item="budget", words="又改。"))

    assert draft().passed == ()


def test_a_change_after_the_round_voids_the_answers_and_a_new_round_is_offered(clerk) -> None:
    sent_round(clerk)
    liu = client_of("liu")
    press(liu, liu.get(MINUTES), "agree_minutes")
    asked = RequestCorrection(sitting="oct", note="c1", words="删一句。")
    do(PLACE, "wang", asked, reason="重复。")
    do(PLACE, "xiao", WordPoint(sitting="oct", item="budget", words="又改。"))
    page = clerk.get(MINUTES)

    assert (draft().answered, draft().waiting) == ((), ())
    assert not {"circulated", "answered"} & set(steps_done(draft()))
    assert "这以前的答复不再算数" in text(page)
    assert "这以前的答复不再算数" in text(liu.get(MINUTES))
    assert forms(liu.get(MINUTES), "agree_minutes") == []
    assert "作废" in text(clerk.get("/sittings/oct"))

    sent_round(clerk)

    assert draft().answered == ()
    assert set(draft().waiting) == set(draft().sent.people)
    assert "不再算数" not in text(clerk.get(MINUTES))
    press(liu, liu.get(MINUTES), "agree_minutes")
    assert draft().answered == ("liu",)


def test_a_change_takes_a_signature_back_and_the_page_asks_for_it_anew() -> None:
    play_into("general/cases/30-strict.yaml", "signed")
    client = client_of("sun")
    assert "须重新签发" not in text(client.get("/sittings/s3/minutes"))
    do(PLACE, "sun", WordPoint(sitting="s3", item="hours", words="自2027年2月起。"))
    held = MEMORY.at(PLACE).state.sittings["s3"]

    assert (held.signed, held.draft.unsigned) == ((), ("lin",))
    said = text(client.get("/sittings/s3/minutes"))
    assert "林远签发以后稿子改动过" in said.replace(" ", "")
    do(PLACE, "lin", SignMinutes(sitting="s3"))

    assert MEMORY.at(PLACE).state.sittings["s3"].signed == ("lin",)
    assert "须重新签发" not in text(client.get("/sittings/s3/minutes"))


def test_what_an_older_journal_has_signed_and_worded_stands_as_it_did() -> None:
    play_into("general/cases/30-strict.yaml", "signed")
    state = MEMORY.at(PLACE).state
    worded = PointWorded(sitting="s3", item="hours", words="自2027年2月起。")

    assert worded.apply(state, state.latest).sittings["s3"].signed == ("lin",)


def test_house_practice_is_told_on_the_draft_and_stops_nothing() -> None:
    play_into("general/cases/23-minutes-practice.yaml", "closed")
    sun = client_of("sun")
    page = sun.get("/sittings/s1/minutes")

    assert text(page).count("不是规则要求") == 3
    assert press(sun, page, "issue_minutes").status_code == 302


@pytest.mark.parametrize("person", ["xiao", "liu"])
def test_the_draft_asks_as_often_however_much_there_is(
    clerk, person, django_assert_num_queries
) -> None:
    sent_round(clerk)
    for n in range(3):
        asked = RequestCorrection(sitting="oct", note=f"c{n}", words="改。")
        do(PLACE, person if person == "liu" else "wang", asked, reason="因。")
    client = client_of(person)
    client.get(MINUTES)
    with django_assert_num_queries(8, exact=False):
        client.get(MINUTES)


def test_each_paper_has_a_place_of_its_own_above_the_minutes(clerk) -> None:
    said = text(clerk.get(MINUTES))
    page = clerk.get(MINUTES).content.decode()

    places = page.split('<ul class="plain screen">')[1].split("</ul>")[0].split("</li>")
    assert [place.count("Word</a>") for place in places] == [1, 1, 0, 0]
    assert "单位公文格式" in said
