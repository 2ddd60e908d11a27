"""The chair asks somebody in the room to add something; they answer, and the record tells both."""

from datetime import datetime

import pytest

from tests.playing import MONTH, PLACE, client_of, play_into
from tests.web.documents import said
from tests.web.pressing import forms, press, shown, text
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.procedure.asking import AnswerChair, AskSpeaker, adding_now
from yishi.procedure.attendance import LeaveRoom, MarkPresent, Recuse
from yishi.procedure.convening import InviteOthers
from yishi.procedure.deliberation import PresentItem, StatePosition
from yishi.procedure.practising import speaking
from yishi.procedure.turns import CallSpeaker
from yishi.procedure.verdict import Accepted

pytestmark = pytest.mark.django_db

OCT, SCREEN, RECORD = "/sittings/oct/room", "/sittings/oct/screen", "/sittings/oct/record"
LIBRARY = "general/cases/23-practice.yaml"
WORDS = "请说明测算依据。"
ANSWER = "按上年实际支出测算。"
BUDGET = {"sitting": "oct", "item": "budget"}


def seen(person: str, path: str = OCT) -> str:
    return text(client_of(person).get(path))


def does(person: str, act: object, **said: object) -> None:
    assert isinstance(do(PLACE, person, act, **said).verdict, Accepted), act


def asks(whom: str = "li", words: str = WORDS) -> None:
    """The chair asks by the form of the room."""
    client = client_of("chen")
    page = client.get(OCT)
    assert press(client, page, "ask_speaker", person=whom, words=words).status_code == 302


def adding() -> str:
    asked = adding_now(MEMORY.at(PLACE).state.sittings["oct"])
    return asked.person if asked is not None else ""


def test_whoever_is_asked_sees_it_on_the_phone_and_everybody_who_adds_something() -> None:
    play_into()
    before = shown(client_of("li").get(OCT))["own"]

    asks("li")

    li = client_of("li").get(OCT)
    assert "请您补充" in text(li)
    assert f"主持人请李强补充：{WORDS}" in text(li)
    assert shown(li)["own"] != before
    assert len(forms(li, "answer_chair")) == 1
    for person in ("zeng", "chen", "xiao"):
        assert "正在补充：李强" in seen(person)
        assert f"主持人请李强补充：{WORDS}" in seen(person)
        assert "请您补充" not in seen(person)
    assert forms(client_of("zeng").get(OCT), "answer_chair") == []


def test_what_was_added_stays_with_the_item_on_every_screen_but_the_wall() -> None:
    play_into()
    asks("li")
    answered = AnswerChair(**BUDGET, person="li", words=ANSWER)
    assert f"李强：{ANSWER}" not in seen("zeng")

    does("li", answered)

    for person in ("zeng", "chen", "xiao", "li"):
        assert f"补充 李强：{ANSWER}" in seen(person)
    assert ANSWER not in seen("chen", SCREEN)
    asks("zhou", "请督查科说说上年执行情况。")
    does("xiao", AnswerChair(**BUDGET, person="zhou", words="执行率九成。" * 60))
    assert "周琳：" in seen("zeng")
    assert "展开全文" in seen("zeng")


def test_the_wall_shows_who_adds_something_and_not_what() -> None:
    play_into()
    asks("li")

    wall = seen("chen", SCREEN)
    assert "正在补充：李强" in wall
    assert WORDS not in wall


def test_what_is_added_stands_in_the_record_in_its_place_under_the_name() -> None:
    play_into()
    asks("li")
    client = client_of("li")
    sent = press(client, client.get(OCT), "answer_chair", words=ANSWER)
    assert sent.status_code == 302

    assert adding() == ""
    assert "请您补充" not in seen("li")
    told = seen("xiao", RECORD)
    places = [told.index(one) for one in ("李强汇报", "主持人请李强补充", "李强补充 ： " + ANSWER)]
    assert places == sorted(places)
    assert WORDS in told


def test_the_record_on_paper_prints_both() -> None:
    play_into()
    asks("li")
    does("xiao", AnswerChair(**BUDGET, person="li", words=ANSWER))

    paper = said(client_of("xiao"), "record", "oct")
    assert f"主持人请李强补充：{WORDS}" in paper
    assert f"李强补充（肖雨登记）：{ANSWER}" in paper


def test_the_secretary_enters_what_somebody_adds_and_the_record_says_so() -> None:
    play_into()
    asks("zhou")
    client = client_of("xiao")
    page = client.get(OCT)
    assert "登记周琳的补充" in text(page)
    assert press(client, page, "answer_chair", words=ANSWER).status_code == 302

    assert f"周琳补充 肖雨登记 ： {ANSWER}" in seen("xiao", RECORD)


def test_neither_the_question_nor_the_answer_takes_a_turn_or_counts() -> None:
    play_into()
    asks("liu")
    does("liu", AnswerChair(**BUDGET, person="liu", words=ANSWER))
    talk = MEMORY.at(PLACE).state.sittings["oct"].deliberations["budget"]

    assert (talk.positions, talk.passed, talk.turns) == ((), (), ())
    refused = do(PLACE, "chen", StatePosition(**BUDGET, member="chen", stance="for")).verdict
    assert "五(二)3" in [g.citation.label for g in refused.grounds]
    assert "您是下一位" in seen("liu")


def test_only_the_chair_is_offered_to_ask_and_only_those_in_the_room_are_named() -> None:
    play_into()
    does("zhou", LeaveRoom(sitting="oct", person="zhou"))
    does("zeng", Recuse(**BUDGET, person="zeng"), reason="亲属承办。")
    page = client_of("chen").get(OCT)

    named = shown(page)["talk"].asking
    assert "li" in named
    assert not {"chen", "zhou", "zeng", "luo"} & set(named)
    for person in ("liu", "xiao", "li"):
        assert forms(client_of(person).get(OCT), "ask_speaker") == []
    refused = do(PLACE, "liu", AskSpeaker(**BUDGET, person="li", words=WORDS)).verdict
    assert [g.citation.label for g in refused.grounds] == ["第七条"]


def test_nobody_is_asked_to_add_before_there_is_something_to_add_to() -> None:
    play_into(MONTH, "noted")
    client = client_of("chen")
    assert press(client, client.get(OCT), "begin_item").status_code == 302

    assert forms(client.get(OCT), "ask_speaker") == []


def test_who_is_called_in_for_the_item_may_be_asked() -> None:
    play_into()
    does("chen", InviteOthers(**BUDGET, people=("luo",)))
    does("xiao", MarkPresent(sitting="oct", person="luo"))
    asks("luo")

    assert "请您补充" in seen("luo")


def test_words_are_needed_and_what_was_typed_stays() -> None:
    play_into()
    client = client_of("chen")
    answer = press(client, client.get(OCT), "ask_speaker", person="li", words="")

    assert answer.status_code == 422
    assert adding() == ""


ENDS = {
    "they leave": ("li", LeaveRoom(sitting="oct", person="li")),
    "they keep out": ("li", Recuse(**BUDGET, person="li")),
    "another is called": ("chen", CallSpeaker(**BUDGET, member="liu")),
    "another speaks": ("liu", StatePosition(**BUDGET, member="liu", stance="for")),
    "they answer": ("li", AnswerChair(**BUDGET, person="li", words=ANSWER)),
    "another is asked": ("chen", AskSpeaker(**BUDGET, person="wu", words=WORDS)),
}


@pytest.mark.parametrize("how", sorted(ENDS))
def test_they_add_until(how: str) -> None:
    play_into()
    asks("li")
    assert adding() == "li"
    person, act = ENDS[how]
    does(person, act, reason="亲属承办。")

    assert adding() != "li"
    assert "正在补充：李强" not in seen("xiao")


def test_what_was_asked_may_be_answered_after_another_has_been_called() -> None:
    play_into()
    asks("li")
    does("chen", CallSpeaker(**BUDGET, member="liu"))

    assert len(forms(client_of("li").get(OCT), "answer_chair")) == 1
    assert "正在发言：刘敏" in seen("zeng")


def hour(said: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-06T{said}:00+08:00")


def test_what_is_added_is_not_reckoned_to_whoever_speaks_next() -> None:
    play_into(LIBRARY, "begun")
    shelf = {"sitting": "s1", "item": "shelf"}
    report = PresentItem(**shelf, rapporteur="xu", parts=("content",))
    does("xu", report, at=hour("09:05"))
    does("qian", MarkPresent(sitting="s1", person="zheng"), at=hour("09:05"))
    does("lin", AskSpeaker(**shelf, person="xu", words=WORDS), at=hour("09:06"))
    does("xu", AnswerChair(**shelf, person="xu", words=ANSWER), at=hour("09:16"))
    does("qian", StatePosition(**shelf, member="zheng", stance="for"), at=hour("09:18"))

    talk = MEMORY.at(PLACE).state.sittings["s1"].deliberations["shelf"]
    spoke = [(one.person, f"{one.begun_at:%H:%M}") for one in speaking(talk) if one.ended_at]
    assert spoke == [("xu", "09:00"), ("zheng", "09:16")]
