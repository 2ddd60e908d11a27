"""Until when the notice has to go out, said while a meeting is given its time (二)."""

from collections.abc import Callable

import pytest

from tests.playing import MONTH, PLACE, client_of, play_into
from tests.web.pressing import forms, press, text
from yishi.clerk.memory import MEMORY

pytestmark = pytest.mark.django_db

FORM = "/do/convene?body=chuwuhui&kind=ordinary&starts_at="
PART = "/do/convene/notice?body=chuwuhui&starts_at="
LATE, NOW = "2026-10-30T08:00", "2026-10-30T00:10"


@pytest.fixture(autouse=True)
def the_night_before(on: Callable[[str], None]) -> None:
    play_into(MONTH, "approved")
    on(NOW)


def test_the_form_says_until_when_notice_is_given_of_the_time_it_begins_with() -> None:
    said = text(client_of("chen").get(FORM + "2026-10-31T09:00"))

    assert "通知最迟2026年10月30日23:59发出。" in said
    assert "现在已过" not in said


@pytest.mark.parametrize("form", [FORM, PART])
def test_a_day_of_which_notice_is_late_is_told_to_be_one_before_anything_is_done(form: str) -> None:
    page = client_of("chen").get(form + LATE)

    assert "通知最迟2026年10月29日23:59发出，现在已过" in text(page)
    assert "二" in text(page)
    assert not MEMORY.at(PLACE).state.sittings


def test_without_a_script_a_button_looks_and_does_nothing() -> None:
    client = client_of("chen")
    page = client.get(FORM + "2026-10-31T09:00")

    looked = press(client, page, "convene", starts_at=LATE, look="notice")

    assert looked.status_code == 200
    assert forms(looked, "convene")[0]["starts_at"] == [LATE]
    assert "现在已过" in text(looked)
    assert not MEMORY.at(PLACE).state.sittings


def test_the_answer_says_it_too() -> None:
    client = client_of("chen")
    page = client.get(FORM + "2026-10-31T09:00")

    made = press(client, page, "convene", starts_at=LATE)

    assert made.status_code == 302
    assert "现在已过" in text(client.get(made["Location"]))


def test_what_is_no_time_is_told_nothing() -> None:
    client = client_of("chen")

    assert not client.get(PART + "2026-13-77T99:00").content.strip()
    assert not client.get("/do/close_sitting/notice?starts_at=" + LATE).content.strip()
    assert client.get("/do/convene/notice?body=nobody").status_code == 404
    assert client.get("/do/nothing/notice").status_code == 404


def beside(said: str, **more: str) -> str:
    page = client_of("chen").get(
        "/do/convene/notice", {"body": "chuwuhui", "starts_at": said, **more}
    )
    assert page.status_code == 200
    return text(page)


def test_a_time_that_has_passed_and_a_day_off_the_usual_ones_are_told_while_chosen() -> None:
    assert "开会时间2026年10月1日09:00已经过去" in beside("2026-10-01T09:00")
    assert "时区" not in beside("2026-10-01T09:00")
    assert "会议一般在每月最后7天召开" in beside("2026-11-17T09:00")
    usual = beside("2026-11-27T09:00")
    assert "会议一般在" not in usual
    assert "符合规定" not in usual
    assert "会议一般在" not in beside("2026-11-17T09:00", kind="extra")
    assert beside("2026-11-17T09:00", kind="<b>").strip() == ""
