"""What people are told of an act, on the desk and by mail, and how it comes to them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from icalendar import Calendar

from tests.playing import MONTH, PLACE, client_of, play_into, stage_of
from yishi.clerk import door
from yishi.clerk.memory import MEMORY
from yishi.journal.tables.models import SealedText
from yishi.outbox.delivery import TRIES, deliver, wait
from yishi.outbox.models import Message
from yishi.procedure.charters import EraseText
from yishi.procedure.convening import CallOff
from yishi.procedure.telling import GiveNotice
from yishi.procedure.verdict import Accepted

pytestmark = pytest.mark.django_db


class Down(BaseEmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages: list) -> int:
        raise ConnectionResetError("the server hung up")


@pytest.fixture
def office(monkeypatch, settings) -> None:
    """The sitting is set; Chen reads Chinese, Liu English, He has no address."""
    settings.EMAIL_HOST = "mail.example.org"
    play_into(MONTH, "agenda")
    client_of("chen", email="chen@example.org")
    client_of("liu", email="liu@example.org", language="en")
    client_of("he")
    at(monkeypatch, 1)


def at(monkeypatch, minutes: float) -> datetime:
    """It is so many minutes after the last thing of the case."""
    latest = stage_of(MONTH, "agenda").history.state.latest
    assert latest is not None
    now = latest.astimezone(UTC) + timedelta(minutes=minutes)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    return now


def give_notice() -> None:
    done = door.do(PLACE, "xiao", GiveNotice(sitting="oct"))
    assert isinstance(done.verdict, Accepted)


def send() -> tuple[int, int]:
    return deliver(PLACE, MEMORY.at(PLACE).state)


def test_a_notice_comes_to_every_desk_and_to_every_address(office) -> None:
    give_notice()

    told = Message.objects.filter(kind="outbox.notice")
    sitting = MEMORY.at(PLACE).state.sittings["oct"]
    assert set(told.filter(channel="desk").values_list("person", flat=True)) == {
        *sitting.people
    } - {"xiao"}
    assert sorted(told.filter(channel="mail").values_list("person", flat=True)) == ["chen", "liu"]
    assert send() == (2, 0)
    assert send() == (0, 0)


def test_each_reads_it_in_the_language_of_the_account(office) -> None:
    give_notice()
    send()

    by = {one.to[0]: one for one in mail.outbox}
    assert by["chen@example.org"].subject.startswith("会议通知：")
    assert by["liu@example.org"].subject.startswith("Notice of meeting")
    assert all("/sittings/oct" in one.body for one in mail.outbox)
    assert not [one for one in mail.outbox if "{" in one.body or "outbox." in one.subject]


def test_the_calendar_entry_names_the_zone_it_is_held_in(office) -> None:
    give_notice()
    send()

    name, held, kind = mail.outbox[0].attachments[0]
    calendar = Calendar.from_ical(held)
    zones = list(calendar.walk("VTIMEZONE"))
    event = calendar.walk("VEVENT")[0]
    assert (name, kind) == ("meeting.ics", "text/calendar; charset=utf-8; method=PUBLISH")
    assert [str(zone["TZID"]) for zone in zones] == ["Asia/Shanghai"]
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert event.decoded("DTSTART") == MEMORY.at(PLACE).state.sittings["oct"].starts_at
    assert "\r\n" in held


def test_a_meeting_called_off_takes_its_entry_out_of_the_calendar(office) -> None:
    give_notice()
    first = _entry()
    done = door.do(PLACE, "chen", CallOff(sitting="oct"), reason="另有紧急会议。")
    assert isinstance(done.verdict, Accepted), done.verdict

    last = _entry()

    assert last["STATUS"] == "CANCELLED"
    assert last["UID"] == first["UID"]
    assert last["SEQUENCE"] > first["SEQUENCE"]


def _entry() -> dict:
    mail.outbox.clear()
    send()
    return Calendar.from_ical(mail.outbox[0].attachments[0][1]).walk("VEVENT")[0]


def test_a_server_that_fails_loses_nothing_and_is_asked_later_and_later(
    office, settings, monkeypatch
) -> None:
    settings.EMAIL_BACKEND = "tests.outbox.test_what_is_owed.Down"
    give_notice()
    minutes, waits = 1.0, []
    for turn in range(TRIES):
        now = at(monkeypatch, minutes)
        assert send() == (0, 2), turn
        assert send() == (0, 0), "asked again before its time"
        row = Message.objects.filter(channel="mail").order_by("id")[0]
        assert row.attempts == turn + 1
        assert row.failure == "the server hung up"
        waits.append(row.next_try - now)
        minutes += waits[-1] / timedelta(minutes=1)

    assert waits == [wait(n + 1) for n in range(TRIES)]
    assert waits == sorted(waits)
    assert waits[-1] > waits[0]
    assert set(Message.objects.filter(channel="mail").values_list("given_up", flat=True)) == {True}
    at(monkeypatch, minutes + 10_000)
    assert send() == (0, 0)


def test_mail_given_up_stands_on_a_page_and_goes_out_when_asked_again(
    office, settings, monkeypatch
) -> None:
    settings.EMAIL_BACKEND = "tests.outbox.test_what_is_owed.Down"
    give_notice()
    send()
    secretary, section = client_of("xiao"), client_of("li")

    page = secretary.get("/messages/failures")
    assert "the server hung up" in page.content.decode()
    assert "陈志远" in page.content.decode()
    assert section.get("/messages/failures").status_code == 404
    assert "有 2 封邮件没有送出" in secretary.get("/").content.decode()
    assert 'href="/messages/failures"' in secretary.get("/messages").content.decode()
    assert "/messages/failures" not in section.get("/").content.decode()

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    secretary.post("/messages/failures")
    assert send() == (2, 0)


def test_a_name_erased_before_the_mail_goes_out_is_not_in_it(office) -> None:
    """The title of an item is erased while the message about it still waits."""
    owed = timezone.now()
    Message.objects.create(
        institution=PLACE,
        person="chen",
        channel="mail",
        key="k",
        kind="outbox.approved",
        params={"item": "budget"},
        made_at=owed,
        next_try=owed,
    )
    title = MEMORY.at(PLACE).state.items["budget"].title
    for ref in SealedText.objects.filter(words=title).values_list("ref", flat=True):
        act = EraseText(body="chuwuhui", ref=ref)
        assert isinstance(door.do(PLACE, "chen", act, reason="不该写。").verdict, Accepted)

    assert send() == (1, 0)
    assert title not in mail.outbox[0].subject + mail.outbox[0].body
    assert "￼" not in mail.outbox[0].subject


def test_nobody_is_told_of_their_own_act_and_an_act_undone_tells_nobody(office) -> None:
    before = Message.objects.count()

    refused = door.do(PLACE, "li", GiveNotice(sitting="oct"))

    assert not isinstance(refused.verdict, Accepted)
    assert Message.objects.count() == before
    give_notice()
    assert not Message.objects.filter(kind="outbox.notice", person="xiao").exists()


def test_what_is_queued_can_be_read_back_by_the_page_that_shows_it(office) -> None:
    give_notice()

    page = client_of("chen").get("/messages").content.decode()

    assert "会议通知" in page
    assert "10月30日" in page
