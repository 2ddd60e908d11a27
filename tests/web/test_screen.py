"""The big screen: for whoever conducts the meeting or keeps its record; nothing of what is said."""

import re

import pytest

from tests.playing import PLACE, client_of, play_into
from yishi.clerk.door import do
from yishi.procedure.attendance import LeaveRoom

pytestmark = pytest.mark.django_db

SCREEN = "/sittings/oct/screen"


def shown(person: str) -> str:
    page = client_of(person).get(SCREEN).content.decode()
    return re.sub(r"<[^>]*>|\s+", " ", page.partition("<main")[2])


def test_it_shows_the_item_and_whose_turn_it_is_and_no_word_or_stance() -> None:
    play_into(until="platform-heard")

    page = shown("xiao")

    assert "窗口叫号系统更新" in page
    assert "汇报人" in page
    assert "已发言" in page
    assert "11:00开始" in page
    for secret in ("先修后换", "预算不足", "赞成", "反对", "票", "通过", "同意"):
        assert secret not in page
    assert "已议" in page


def test_items_to_come_stay_off_the_wall_while_somebody_may_not_read_them() -> None:
    play_into(until="platform-heard")
    there = shown("xiao")
    do(PLACE, "guan", LeaveRoom(sitting="oct", person="guan"))

    assert "督查科岗位调整" not in there
    assert "督查科岗位调整" in shown("xiao")


def test_it_says_who_is_next() -> None:
    play_into()

    page = client_of("chen").get(SCREEN).content.decode()

    assert re.search(r'<li aria-current="true">刘敏 <span class="tag live">下一位', page)


def test_only_chair_and_secretary_put_it_on_the_wall_and_only_while_there_is_a_meeting() -> None:
    play_into()
    for person in ("liu", "guan", "luo", "ning"):
        assert client_of(person).get(SCREEN).status_code == 404
        assert SCREEN not in client_of(person).get("/sittings/oct/room").content.decode()
    assert SCREEN in client_of("xiao").get("/sittings/oct/room").content.decode()


def test_after_the_meeting_there_is_none() -> None:
    play_into(until="closed")

    assert client_of("xiao").get(SCREEN).status_code == 404
