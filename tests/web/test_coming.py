"""One press says that one has read the notice and comes; the office sees who does."""

from typing import Any

import pytest

from tests.playing import MONTH, client_of, play_into
from tests.web.documents import said
from tests.web.pressing import forms, press, text
from tests.web.test_agenda import done, meeting
from yishi.procedure.attendance import RequestLeave
from yishi.procedure.telling import GiveNotice, ReceiveNotice

pytestmark = pytest.mark.django_db

OCT = "/sittings/oct"


@pytest.fixture(autouse=True)
def noticed(on) -> None:
    """It is the morning after the notice, two days before the meeting."""
    play_into(MONTH, "noticed")
    on("2026-10-28T09:00")


def coming() -> tuple[str, ...]:
    notice = meeting().notice
    assert notice is not None
    return notice.coming


def answers(page: Any) -> list[str]:
    """What each button of the page that acknowledges the notice answers by it."""
    return ["".join(one.get("answer", [])) for one in forms(page, "receive_notice")]


@pytest.mark.parametrize("path", [OCT, "/"])
def test_one_press_says_that_one_has_read_it_and_comes(path: str) -> None:
    liu = client_of("liu")
    page = liu.get(path)
    assert answers(page) == ["comes", ""]
    assert "/do/request_leave?sitting=oct&amp;person=liu" in page.content.decode()
    assert page.content.decode().count("/do/request_leave") == 1

    assert press(liu, page, "receive_notice").status_code == 302
    assert coming() == ("liu",)
    assert meeting().has_read("liu")
    assert meeting().editions.read["liu"] == 1
    after = liu.get(OCT)
    assert answers(after) == []
    assert "您已答复参加" in text(after)


def test_who_has_only_read_it_may_say_so_afterwards_and_once() -> None:
    liu = client_of("liu")
    page = liu.get(OCT)
    assert press(liu, page, "receive_notice", 1).status_code == 302
    assert coming() == ()

    page = liu.get(OCT)
    assert answers(page) == ["comes"]
    assert "还没有答复是否参加" in text(page)
    assert press(liu, page, "receive_notice").status_code == 302
    assert coming() == ("liu",)
    again = press(liu, page, "receive_notice", key="another")
    assert again.status_code == 409
    assert "您已经答复参加" in text(again)


def test_nothing_but_coming_can_be_answered() -> None:
    liu = client_of("liu")
    page = press(liu, liu.get(OCT), "receive_notice", answer="perhaps")

    assert page.status_code != 302
    assert not meeting().has_read("liu")


def test_the_office_sees_each_in_one_place_and_whom_it_asks_to_read() -> None:
    done("wang", ReceiveNotice(sitting="oct", answer="comes"))
    done("liu", ReceiveNotice(sitting="oct"))
    done("he", ReceiveNotice(sitting="oct", answer="comes"))
    done("he", RequestLeave(sitting="oct", person="he"), "培训。")
    page = client_of("xiao").get(OCT)
    seen = page.context["receipts"]

    assert (seen.coming, seen.read, seen.excused) == (("wang",), ("liu",), ("he",))
    assert set(seen.unread) == set(meeting().people) - {"wang", "liu", "he"}
    assert seen.enough is None
    for words in ("参加 1 人", "已阅（未答复）1 人", "请假 1 人"):
        assert words in text(page)
    assert answers(client_of("he").get(OCT)) == []


def test_a_new_notice_is_answered_anew() -> None:
    done("liu", ReceiveNotice(sitting="oct", answer="comes"))
    done("xiao", GiveNotice(sitting="oct", venue="四楼"))

    assert answers(client_of("liu").get(OCT)) == ["comes", ""]


def test_who_has_no_place_in_it_finds_nothing_to_answer() -> None:
    assert answers(client_of("luo").get(OCT)) == []


def test_the_printed_notice_says_who_comes() -> None:
    done("liu", ReceiveNotice(sitting="oct", answer="comes"))
    done("wang", ReceiveNotice(sitting="oct"))
    done("he", RequestLeave(sitting="oct", person="he"), "培训。")
    receipts = said(client_of("xiao"), "notice", "oct").partition("回执")[2]

    assert [receipts.count(word) for word in ("参加", "已阅", "请假")] == [1, 1, 1]


# ── whether there would be enough ─────────────────────────────────────────────────────────────


def test_a_quorum_is_held_against_the_members_who_come(on) -> None:
    play_into("general/cases/30-strict.yaml", "told", slug="strict")
    on("2027-01-18T09:00")
    zheng = client_of("zheng", slug="strict")
    page = zheng.get("/sittings/s3")
    assert "答复参加 0 人，需要 4 人 还不够" in text(page)

    assert press(zheng, page, "receive_notice").status_code == 302
    for person in ("lin", "sun", "xu"):
        client = client_of(person, slug="strict")
        press(client, client.get("/sittings/s3"), "receive_notice")
    after = zheng.get("/sittings/s3")
    assert "答复参加 4 人，需要 4 人 够了" in text(after)
    assert 'class="clause"' in after.content.decode().partition('class="quorum"')[2][:400]


def test_house_practice_about_a_quorum_is_told_as_practice(on) -> None:
    play_into("general/cases/23-practice.yaml", "told", slug="library")
    on("2026-11-05T09:00")
    page = text(client_of("lin", slug="library").get("/sittings/s1"))

    assert "答复参加 0 人，以 4 人为宜 还不够 单位惯例，不是规则要求" in page
