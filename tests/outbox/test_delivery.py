"""Mail goes out message by message: what is wrong with one keeps no other back."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from tests.playing import PLACE, client_of, play_into
from yishi.clerk import tick as timer
from yishi.clerk.memory import MEMORY
from yishi.outbox.delivery import TAKEN, deliver
from yishi.outbox.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def served(settings) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    play_into(until="collated")
    for person in ("chen", "liu", "he"):
        client_of(person, email=f"{person}@example.org")


def owe(person: str, key: str = "k") -> Message:
    now = timezone.now() - timedelta(minutes=1)
    return Message.objects.create(
        institution=PLACE,
        person=person,
        channel="mail",
        key=key,
        kind="outbox.approved",
        params={"item": "budget"},
        made_at=now,
        next_try=now,
    )


def send() -> tuple[int, int]:
    return deliver(PLACE, MEMORY.at(PLACE).state)


def test_each_message_goes_out_once(served: None) -> None:
    owe("chen")

    assert send() == (1, 0)
    assert send() == (0, 0)
    assert [one.to for one in mail.outbox] == [["chen@example.org"]]


def test_a_message_with_a_line_break_in_its_address_fails_alone(served: None) -> None:
    client_of("wang", email="wang@example.org\nBcc: all@example.org")
    broken = owe("wang")
    owe("liu")

    assert send() == (1, 1)

    broken.refresh_from_db()
    assert broken.failure
    assert broken.attempts == 1
    assert [one.to for one in mail.outbox] == [["liu@example.org"]]


def test_a_server_that_does_not_answer_counts_as_a_failure_of_each(served, monkeypatch) -> None:
    def refuse(self: EmailBackend) -> None:
        raise ConnectionRefusedError("nobody there")

    monkeypatch.setattr(EmailBackend, "open", refuse)
    owed = [owe("chen"), owe("liu")]

    assert send() == (0, 2)

    for one in owed:
        one.refresh_from_db()
        assert one.failure == "nobody there"
        assert one.next_try > timezone.now()


def test_no_transaction_is_open_while_the_server_is_spoken_to(served, monkeypatch) -> None:
    depths: list[int] = []

    def spoken(self: EmailBackend, messages: list) -> int:
        depths.append(len(connection.savepoint_ids))
        return len(messages)

    outside = len(connection.savepoint_ids)
    monkeypatch.setattr(EmailBackend, "send_messages", spoken)
    owe("chen")

    assert send() == (1, 0)
    assert depths == [outside]


def test_what_one_process_is_sending_no_other_takes_up(served: None) -> None:
    one = owe("chen")
    Message.objects.filter(id=one.id).update(next_try=timezone.now() + TAKEN)

    assert send() == (0, 0)
    assert mail.outbox == []


def test_what_is_wrong_with_one_institution_keeps_the_timer_from_no_other(
    served, monkeypatch
) -> None:
    play_into(until="collated", slug="alpha")
    looked: list[str] = []

    def look(slug: str, at: object) -> int:
        looked.append(slug)
        if slug == "alpha":
            raise OSError("broken")
        return 0

    monkeypatch.setattr(timer, "tick", look)
    owe("chen")

    assert timer.tick_all() == (0, 1, 1)
    assert looked == ["alpha", PLACE]
