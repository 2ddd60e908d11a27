"""Issued minutes are delivered: who has read them is shown, the rest are reminded."""

import pytest

from tests.playing import MONTH, PLACE, client_of, play_into
from tests.web.pressing import forms, press, text
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.outbox.models import Message
from yishi.procedure.delivering import ReceiveMinutes, RemindMinutes
from yishi.procedure.verdict import Accepted, Refused, Rejected

pytestmark = pytest.mark.django_db

MINUTES = "/sittings/oct/minutes"


@pytest.fixture(autouse=True)
def issued() -> None:
    """Minutes that are out."""
    play_into(MONTH, "minutes")


def minutes():
    return MEMORY.at(PLACE).state.sittings["oct"].minutes


def test_a_reader_says_so_by_one_press_and_the_office_sees_it() -> None:
    liu = client_of("liu")
    press(liu, liu.get(MINUTES), "receive_minutes")
    page = client_of("xiao").get(MINUTES)

    assert minutes().received == ("liu",)
    assert page.context["delivery"].read == ("liu",)
    assert "liu" not in page.context["delivery"].unread
    assert "您已经确认已阅" in text(liu.get(MINUTES))
    assert forms(liu.get(MINUTES), "receive_minutes") == []


def test_they_go_to_those_who_may_read_them_and_nobody_else() -> None:
    unread = client_of("xiao").get(MINUTES).context["delivery"].unread

    assert {"chen", "liu", "li", "wang"} <= set(unread)
    assert not {"he", "guan", "deng", "luo"} & set(unread)


def test_a_reader_is_not_told_who_else_has_read_them() -> None:
    do(PLACE, "wang", ReceiveMinutes(sitting="oct"))
    seen = client_of("liu").get(MINUTES).context["delivery"]

    assert (seen.own, seen.read, seen.unread, seen.remind) == (False, (), (), None)


def test_a_reminder_goes_to_those_who_have_not_read_them_only() -> None:
    do(PLACE, "liu", ReceiveMinutes(sitting="oct"))
    clerk = client_of("xiao")
    press(clerk, clerk.get(MINUTES), "remind_minutes")
    told = Message.objects.filter(kind="outbox.unread_minutes", channel="desk")
    people = set(told.values_list("person", flat=True))

    assert "li" in people
    assert not {"liu", "xiao", "he", "guan"} & people
    assert minutes().reminded is not None


@pytest.mark.parametrize("person", ["he", "guan", "deng"])
def test_who_may_not_read_them_cannot_say_that_they_did(person) -> None:
    verdict = do(PLACE, person, ReceiveMinutes(sitting="oct")).verdict

    assert isinstance(verdict, Rejected)
    assert minutes().received == ()


def test_only_the_office_reminds_and_only_while_somebody_has_not_read_them() -> None:
    assert isinstance(do(PLACE, "li", RemindMinutes(sitting="oct")).verdict, Refused)
    for person in client_of("xiao").get(MINUTES).context["delivery"].unread:
        assert isinstance(do(PLACE, person, ReceiveMinutes(sitting="oct")).verdict, Accepted)

    assert isinstance(do(PLACE, "xiao", RemindMinutes(sitting="oct")).verdict, Rejected)
    assert forms(client_of("xiao").get(MINUTES), "remind_minutes") == []


def test_what_was_read_once_is_not_read_again() -> None:
    do(PLACE, "liu", ReceiveMinutes(sitting="oct"))

    assert isinstance(do(PLACE, "liu", ReceiveMinutes(sitting="oct")).verdict, Rejected)
