"""The place of a meeting and what to bring, on the pages and papers that tell of it."""

import pytest

from tests.playing import MONTH, PLACE, WEEK, client_of, play_into
from tests.web.documents import got, said
from tests.web.documents import text as printed
from tests.web.pressing import forms, press, text
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.procedure.telling import GiveNotice
from yishi.procedure.verdict import Accepted

pytestmark = pytest.mark.django_db


def noticed(until: str = "leave-requested") -> None:
    play_into(MONTH, until)
    act = GiveNotice(sitting="oct", venue="三楼会议室", bring="请带三年报表。")
    assert isinstance(do(PLACE, "xiao", act, reason="补充。").verdict, Accepted)


def test_whoever_convenes_may_name_the_place() -> None:
    play_into(MONTH, "opened")
    page = client_of("chen").get("/do/convene?body=chuwuhui")
    assert "venue" in forms(page, "convene")[0]


def test_the_notice_is_looked_at_before_it_goes_and_names_place_and_wishes() -> None:
    play_into(MONTH, "agenda")
    client = client_of("xiao")
    assert "/do/give_notice?sitting=oct" in client.get("/sittings/oct").content.decode()

    page = client.get("/do/give_notice?sitting=oct")
    wishes = {"bring": "请带三年报表。", "reason": "补发。"}
    sent = press(client, page, "give_notice", venue="三楼会议室", **wishes)
    assert sent.status_code == 302
    shown = text(client.get("/sittings/oct"))
    assert "会议地点 三楼会议室" in shown
    assert "会议要求 请带三年报表。" in shown


def test_what_was_typed_stays_where_a_place_is_too_long() -> None:
    play_into(MONTH, "agenda")
    client = client_of("xiao")
    page = client.get("/do/give_notice?sitting=oct")
    again = press(client, page, "give_notice", venue="楼" * 201, bring="请带三年报表。")

    assert again.status_code == 422
    assert "请带三年报表。" in again.content.decode()
    assert MEMORY.at(PLACE).state.sittings["oct"].notice is None


def test_the_forms_begin_with_what_is_arranged() -> None:
    noticed()
    moving = client_of("chen").get("/do/move_sitting?sitting=oct")
    assert forms(moving, "move_sitting")[0]["venue"] == ["三楼会议室"]
    assert forms(moving, "move_sitting")[0]["starts_at"] == ["2026-10-30T09:00"]
    noticing = client_of("xiao").get("/do/give_notice?sitting=oct")
    assert "请带三年报表。" in noticing.content.decode()


def test_what_to_bring_is_for_those_who_have_a_place_in_the_meeting() -> None:
    noticed()
    assert "请带三年报表" in text(client_of("liu").get("/sittings/oct"))
    outside = text(client_of("zhao").get("/sittings/oct"))
    assert "请带三年报表" not in outside
    assert "三楼会议室" in outside, "that and where a body meets is no secret"


def test_the_papers_before_the_meeting_have_the_place() -> None:
    noticed()
    client = client_of("xiao")
    notice = said(client, "notice", "oct")
    assert "三楼会议室" in notice
    assert "请带三年报表。" in notice
    for paper in ("agenda", "attendance"):
        assert "三楼会议室" in printed(got(client, paper, "oct").content)


def test_room_record_and_minutes_say_where() -> None:
    play_into(WEEK, "")
    client = client_of("chen")
    assert "在二楼小会议室主持召开" in text(client.get("/sittings/w45/minutes"))
    assert "会议地点 二楼小会议室" in text(client.get("/sittings/w45/record"))
    assert "在二楼小会议室主持召开" in said(client, "minutes", "w45")
    assert "二楼小会议室" in said(client, "record", "w45")
    assert "二楼小会议室" in text(client.get("/sittings/w45/room"))
