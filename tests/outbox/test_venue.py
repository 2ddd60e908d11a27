"""A place is told with the notice and in the calendar; another place is told again."""

from datetime import timedelta

import pytest
from django.core import mail
from icalendar import Calendar

from tests.playing import MONTH, PLACE, client_of, play_into
from yishi.clerk import door
from yishi.clerk.memory import MEMORY
from yishi.journal.tables.models import SealedText
from yishi.outbox.delivery import deliver
from yishi.outbox.models import Message
from yishi.procedure.act import Act
from yishi.procedure.charters import EraseText
from yishi.procedure.convening import MoveSitting
from yishi.procedure.state import Sitting
from yishi.procedure.telling import GiveNotice
from yishi.procedure.verdict import Accepted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(settings, monkeypatch) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    play_into(MONTH, "agenda")
    client_of("chen", email="chen@example.org")
    client_of("liu", email="liu@example.org", language="en")
    now = MEMORY.at(PLACE).state.latest + timedelta(minutes=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


def done(person: str, act: Act, reason: str | None = None) -> None:
    assert isinstance(door.do(PLACE, person, act, reason=reason).verdict, Accepted)


def sitting() -> Sitting:
    return MEMORY.at(PLACE).state.sittings["oct"]


def sent() -> dict[str, str]:
    """What each address got now: the subject, by whom."""
    mail.outbox.clear()
    deliver(PLACE, MEMORY.at(PLACE).state)
    return {one.to[0]: one.subject for one in mail.outbox}


def entry() -> dict:
    return Calendar.from_ical(mail.outbox[0].attachments[0][1]).walk("VEVENT")[0]


def test_the_notice_names_place_and_wishes_in_mail_and_calendar() -> None:
    done("xiao", GiveNotice(sitting="oct", venue="三楼会议室", bring="请带\n三年报表"))

    got = sent()
    assert "在三楼会议室开会" in got["chen@example.org"]
    assert "会议要求：请带 三年报表" in got["chen@example.org"]
    assert "at 三楼会议室" in got["liu@example.org"]
    assert str(entry()["LOCATION"]) == "三楼会议室"
    assert "三楼会议室" in client_of("wang").get("/messages").content.decode()


def test_a_notice_without_a_place_says_none() -> None:
    done("xiao", GiveNotice(sitting="oct"))

    assert sent()["chen@example.org"].endswith("开会")
    assert "LOCATION" not in entry()


def test_another_place_with_a_new_notice_is_told_as_such_and_replaces_the_entry() -> None:
    done("xiao", GiveNotice(sitting="oct", venue="三楼会议室"))
    sent()
    first = entry()
    done("xiao", GiveNotice(sitting="oct", venue="政务大厅"))

    assert sent()["chen@example.org"].startswith("会议地点有变")
    assert str(entry()["LOCATION"]) == "政务大厅"
    assert entry()["SEQUENCE"] > first["SEQUENCE"]
    assert set(Message.objects.filter(kind="outbox.notice_elsewhere").values_list("person")) == {
        (p,) for p in sitting().people if p != "xiao"
    }


def test_a_meeting_moved_to_another_place_only_says_that_the_time_stands() -> None:
    done("xiao", GiveNotice(sitting="oct", venue="三楼会议室"))
    sent()
    start = sitting().starts_at
    done("chen", MoveSitting(sitting="oct", starts_at=start, venue="二楼"), "会议室有变。")
    done_for = sent()
    assert (
        "改在二楼召开，仍是" in done_for["liu@example.org"]
        or "still" in (done_for["liu@example.org"])
    )

    later = start + timedelta(hours=1)
    done("chen", MoveSitting(sitting="oct", starts_at=later), "再等一小时。")
    assert "在二楼" in _chinese("outbox.moved_to")


def _chinese(kind: str) -> str:
    """What a desk shows of the latest message of a kind."""
    row = Message.objects.filter(kind=kind, person="wang", channel="desk").latest("id")
    page = client_of("wang").get("/messages").content.decode()
    assert row.kind == kind
    return page


def test_wishes_that_were_erased_are_in_no_message() -> None:
    done("xiao", GiveNotice(sitting="oct", bring="请带李某的材料"))
    for ref in SealedText.objects.filter(words="请带李某的材料").values_list("ref", flat=True):
        done("chen", EraseText(body="chuwuhui", ref=ref), "不该写。")

    assert all("李某" not in said for said in sent().values())
    assert "李某" not in client_of("wang").get("/messages").content.decode()
    assert "￼" not in "".join(sent().values())
