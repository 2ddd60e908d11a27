"""The record: everything said, by whom it was entered, and what was corrected; for its readers."""

import re
from datetime import timedelta

import pytest

from tests.playing import MONTH, PLACE, WEEK, client_of, play_into
from tests.web.pressing import forms, press, text
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.journal.tables.models import SealedText
from yishi.procedure.charters import EraseText
from yishi.procedure.deliberation import BeginItem
from yishi.procedure.floor import DeclineFloorItem
from yishi.procedure.minutes import CorrectRecord, NoteRecord
from yishi.procedure.verdict import Accepted
from yishi.procedure.voting import DecideItem
from yishi.web.answers import REMEMBERED

pytestmark = pytest.mark.django_db

RECORD = "/sittings/oct/record"


def test_the_record_tells_who_was_there_what_each_said_and_what_was_decided() -> None:
    play_into(MONTH, "recorded")
    said = text(client_of("liu").get(RECORD))

    for words in (
        "组成人员应到 8 人，实到 7 人",
        "李强汇报",
        "汇报预算测算",
        "培训费偏低，不同意压缩。",
        "同意2027年大厅运行经费预算按180万元编列。",
        "没有形成多数，缓议。",
        "周琳补充：培训费明年拟另列。",
        "请假 2026年10月30日09:01",
        "肖雨于2026年10月30日15:00完成本记录",
    ):
        assert words in said


def test_what_the_secretary_entered_is_told_apart_from_what_the_member_said() -> None:
    play_into(MONTH, "closed")
    said = text(client_of("liu").get(RECORD))

    assert "曾建国 赞成 肖雨登记 同意，注意节约。" in said
    assert "刘敏 赞成 本人表态 同意。" in said


@pytest.mark.parametrize(
    ("person", "reads"),
    [
        *(("chen", True), ("liu", True), ("xiao", True), ("tan", True), ("wang", True)),
        *(("he", False), ("guan", False), ("deng", False), ("luo", False)),
    ],
)
def test_the_record_is_for_who_was_present_and_the_office(person: str, reads: bool) -> None:
    play_into(MONTH, "closed")

    assert client_of(person).get(RECORD).status_code == (200 if reads else 404)


def test_there_is_no_record_before_the_meeting_is_open() -> None:
    play_into(MONTH, "present")

    assert client_of("xiao").get(RECORD).status_code == 404


def test_items_have_the_numbers_of_the_agenda_and_say_when_they_came_in_another_order() -> None:
    play_into(MONTH, "budget-decided")
    at = MEMORY.at(PLACE).state.latest
    put_off = DecideItem(
        sitting="oct", item="posts", decision="d", outcome="postpone", words="缓。"
    )
    acts = (BeginItem(sitting="oct", item="posts"), put_off)
    for act in acts:
        assert isinstance(do(PLACE, "chen", act, at=at).verdict, Accepted)

    def numbers(path: str, name: str) -> dict[str, int]:
        return {t.item.id: t.place for t in client_of("xiao").get(path).context[name]}

    agenda = {"circular": 1, "budget": 2, "posts": 4}
    assert numbers(RECORD, "taken") == agenda
    assert numbers("/sittings/oct/minutes", "points") == {"circular": 1, "budget": 2, "posts": 3}
    assert "与议程的顺序不同" not in text(client_of("xiao").get(RECORD))

    later = BeginItem(sitting="oct", item="platform")
    assert isinstance(do(PLACE, "chen", later, at=at + timedelta(minutes=1)).verdict, Accepted)
    page = client_of("xiao").get(RECORD)
    assert [(t.item.id, t.place, t.turn) for t in page.context["taken"]] == [
        ("circular", 1, 0),
        ("budget", 2, 0),
        ("platform", 3, 4),
        ("posts", 4, 3),
    ]
    assert "会上第4个审议，与议程的顺序不同。" in text(page)


def test_a_correction_stands_beside_what_it_corrects_with_its_reason() -> None:
    play_into(MONTH, "closed")
    noted = NoteRecord(sitting="oct", note="n1", item="budget", words="周琳说可以。")
    first = CorrectRecord(sitting="oct", note="n2", corrects="n1", words="周琳说不可以。")
    second = CorrectRecord(sitting="oct", note="n3", corrects="n2", words="周琳保留意见。")
    for act in (noted, first, second):
        assert isinstance(do(PLACE, "xiao", act, reason="听录音核对。").verdict, Accepted)
    taken = {t.item.id: t for t in client_of("liu").get(RECORD).context["taken"]}
    note = next(e for e in taken["budget"].entries if e.told.kind == "record_noted")

    assert note.told.event.words == "周琳说可以。"
    assert note.corrected[0].told.event.words == "周琳说不可以。"
    assert note.corrected[0].corrected[0].told.event.words == "周琳保留意见。"
    assert "听录音核对。" in text(client_of("liu").get(RECORD))


def test_a_correction_of_an_item_stands_under_the_item() -> None:
    play_into(MONTH, "closed")
    act = CorrectRecord(sitting="oct", note="c1", corrects="posts", words="汇报人为周琳、邓洁。")
    assert isinstance(do(PLACE, "xiao", act, reason="漏记。").verdict, Accepted)
    taken = {t.item.id: t for t in client_of("liu").get(RECORD).context["taken"]}

    assert [e.told.event.words for e in taken["posts"].corrected] == ["汇报人为周琳、邓洁。"]
    assert taken["budget"].corrected == ()


def test_a_note_may_be_said_to_belong_to_an_item() -> None:
    play_into(MONTH, "closed")
    client = client_of("xiao")
    page = client.get(RECORD)
    answer = press(client, page, "note_record", words="补充说明。", item="platform")

    assert answer.status_code == 302
    held = MEMORY.at(PLACE).state.sittings["oct"].record.notes[-1]
    assert (held[1], held[2]) == ("platform", "补充说明。")
    assert "窗口叫号系统更新" in page.content.decode().partition('id="note"')[2]


def test_who_keeps_the_record_is_told_what_is_missing_and_closes_it_by_one_press() -> None:
    play_into(WEEK, "queue-heard")
    page = client_of("tan").get("/sittings/w45/record")
    assert {g.message.id for g in page.context["missing"]} >= {"record_contents.items"}
    assert client_of("liu").get("/sittings/w45/record").context["missing"] == ()

    play_into(MONTH, "closed", slug="other")
    client = client_of("xiao", slug="other")
    page = client.get(RECORD)
    assert forms(client_of("liu", slug="other").get(RECORD), "close_record") == []
    assert press(client, page, "close_record").status_code == 302
    assert MEMORY.at("other").state.sittings["oct"].record.closed
    assert "现在还不能完成记录" not in client.get(RECORD).content.decode()


def test_reports_of_the_sections_stand_under_the_item_that_heard_them() -> None:
    play_into(WEEK, "closed")
    taken = {t.item.id: t for t in client_of("liu").get("/sittings/w45/record").context["taken"]}
    kinds = [e.told.kind for e in taken["w45.section_reports"].entries]

    assert kinds.count("work_reported") == 4
    assert "work_reported" not in [e.told.kind for e in taken["heating"].entries]
    assert "总结：多数同意增设窗口" in text(client_of("liu").get("/sittings/w45/record"))
    assert "组织大厅秩序巡查" in text(client_of("liu").get("/sittings/w45/record"))


def test_a_decision_that_changes_another_says_which_old_task_ends_and_which_goes_on() -> None:
    play_into(WEEK, "explained")
    assert "原任务“增设综合窗口”到此为止。" in text(client_of("liu").get("/sittings/w47/record"))

    play_into(MONTH, "", slug="other")
    page = client_of("liu", slug="other").get("/sittings/nov/record")
    [again] = [one for one in page.context["taken"] if one.item.id == "budget-again"]
    assert again.goes_on
    assert not set(again.goes_on) & set(again.tasks)
    assert all(f"原任务“{words}”继续办理。" in text(page) for words in again.goes_on)


def test_what_somebody_in_attendance_says_is_told_apart_from_a_vote() -> None:
    play_into(WEEK, "closed")
    page = client_of("liu").get("/sittings/w45/record").content.decode()
    lines = re.findall(r"<li>.*?</li>", page, re.DOTALL)
    member, guest = (
        [one for one in lines if f"<strong>{name}</strong>" in one and "本人表态" in one]
        for name in ("刘敏", "王芳")
    )

    assert guest
    assert all("列席，不计票" in one for one in guest)
    assert member
    assert not any("列席，不计票" in one for one in member)


def test_an_item_from_the_floor_that_was_declined_is_on_record_with_the_reason() -> None:
    play_into(WEEK, "raised")
    act = DeclineFloorItem(sitting="w45", item="heating")
    assert isinstance(do(PLACE, "chen", act, reason="下周再议。").verdict, Accepted)
    said = text(client_of("liu").get("/sittings/w45/record"))

    assert "《大厅供暖提前》" in said
    assert "下周再议。" in said


def test_erased_words_are_gone_from_the_record_and_it_still_stands() -> None:
    play_into(MONTH, "closed")
    words = "培训费偏低，不同意压缩。"
    ref = SealedText.objects.get(chain=PLACE, words=words).ref
    assert isinstance(
        do(PLACE, "chen", EraseText(body="chuwuhui", ref=ref), reason="依法删除。").verdict,
        Accepted,
    )
    page = client_of("liu").get(RECORD)

    assert words not in text(page)
    assert "〔已删除〕" in text(page)


@pytest.mark.parametrize(
    ("case", "until", "where"),
    [(MONTH, "budget-heard", "oct"), (MONTH, "", "oct"), (WEEK, "closed", "w45")],
)
@pytest.mark.parametrize("person", ["liu", "tan"])
def test_the_record_asks_as_often_however_much_was_said(
    case: str, until: str, where: str, person: str, django_assert_num_queries
) -> None:
    play_into(case, until)
    client = client_of(person)
    client.get(f"/sittings/{where}/record")
    REMEMBERED.forget()
    with django_assert_num_queries(7):
        client.get(f"/sittings/{where}/record")


def test_a_wrong_entry_of_presence_is_put_right_from_its_line_in_the_record() -> None:
    play_into(MONTH, "roll-called")
    xiao, where = client_of("xiao"), r'href="(/do/correct_presence\?[^"]+)"'

    def lines(client) -> list[str]:
        found = re.findall(where, client.get(RECORD).content.decode())
        return [re.search(r"person=(\w+)", one)[1] for one in found]

    assert {"zeng", "he"} <= set(lines(xiao))
    assert "chen" not in lines(xiao), "he has opened the meeting since"
    assert not lines(client_of("chen"))

    form = re.findall(where, xiao.get(RECORD).content.decode())[lines(xiao).index("zeng")]
    page = xiao.get(form.replace("&amp;", "&"))
    done = press(xiao, page, "correct_presence", status="unknown")

    assert (done.status_code, done["Location"]) == (302, RECORD)
    assert "zeng" not in MEMORY.at(PLACE).state.sittings["oct"].presence
