"""Signing in by the code on the big screen: in time, for this meeting, by one press."""

import re
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.playing import PLACE, client_of, play_into
from yishi.accounts.models import Account
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.clerk.models import Submission
from yishi.procedure.convening import CallOff, MoveSitting
from yishi.procedure.verdict import Accepted
from yishi.web.acts.form import KEY
from yishi.web.sittings.code import token_of

pytestmark = pytest.mark.django_db

LIBRARY = "general/cases/23-practice.yaml"


def scanned(person: str, subject: str = "s1", token: str = "") -> Client:
    """A phone whose owner is signed in to their account and has scanned a code."""
    phone = client_of(person)
    phone.get(f"/sittings/{subject}/code/{token or token_of(PLACE, subject)}")
    return phone


def test_a_phone_that_scans_in_time_signs_its_owner_in_by_one_press(on) -> None:
    play_into(LIBRARY, "opened")
    on("2026-11-06T09:01")
    phone = scanned("gao")

    page = phone.get("/sittings/s1/scan").content.decode()
    answer = phone.post("/sittings/s1/scan/in", {"key": "k"})
    held = MEMORY.at(PLACE).state.sittings["s1"].presence["gao"]

    assert "以高岩的名义签到" in page
    assert answer.headers["Location"] == "/sittings/s1/room"
    assert (held.status, held.ways) == ("present", ("code",))


def test_whoever_scans_before_signing_in_to_the_account_still_signs_in(on) -> None:
    play_into(LIBRARY, "opened")
    on("2026-11-06T09:01")
    client_of("gao")
    phone = Client()
    answer = phone.get(f"/sittings/s1/code/{token_of(PLACE, 's1')}", follow=True)
    assert answer.redirect_chain[-1][0].endswith("next=/sittings/s1/scan")
    on("2026-11-06T09:05")
    Account.objects.get(person="gao").set_password("议事 by the book")
    phone.force_login(
        Account.objects.get(person="gao"), "django.contrib.auth.backends.ModelBackend"
    )

    assert phone.post("/sittings/s1/scan/in", {"key": "k"}).status_code == 302
    assert MEMORY.at(PLACE).state.sittings["s1"].is_present("gao")


@pytest.mark.parametrize("which", ["yesterday", "another meeting", "forged", "none", "too late"])
def test_a_code_that_does_not_count_signs_nobody_in_and_says_so(which: str, on) -> None:
    play_into(LIBRARY, "opened")
    on("2026-11-05T09:01" if which == "yesterday" else "2026-11-06T09:01")
    token = token_of(PLACE, "s0" if which == "another meeting" else "s1")
    on("2026-11-06T09:01")
    phone = client_of("gao")
    told = ""
    if which != "none":
        sent = token[:-2] + "xx" if which == "forged" else token
        told = phone.get(f"/sittings/s1/code/{sent}").content.decode()
    if which == "too late":
        on("2026-11-06T09:30")
    answer = phone.post("/sittings/s1/scan/in", {"key": "k"})

    said = {"yesterday": "过期", "another meeting": "另一次会议", "forged": "不是本系统的签到码"}
    assert said.get(which, "") in told
    assert answer.status_code == 410
    assert "没有签到" in answer.content.decode()
    assert "gao" not in MEMORY.at(PLACE).state.sittings["s1"].presence


def test_the_form_of_signing_in_cannot_be_made_to_say_that_a_code_was_scanned() -> None:
    play_into(LIBRARY, "opened")
    sent = {"subject.sitting": "s1", "person": "gao", "way": "code", "key": "k"}
    client_of("gao").post("/do/mark_present", sent)

    assert MEMORY.at(PLACE).state.sittings["s1"].presence["gao"].ways == ("self",)


def test_only_whoever_projects_shows_the_code_and_each_picture_is_another(on) -> None:
    play_into(LIBRARY, "opened")
    on("2026-11-06T09:01")
    lin = client_of("lin")

    page, first = lin.get("/sittings/s1/code"), lin.get("/sittings/s1/code.svg").content
    on("2026-11-06T09:02")
    second = lin.get("/sittings/s1/code.svg").content

    assert page.headers["Refresh"] == "30"
    assert b"<svg" in page.content
    assert first != second
    wall = lin.get("/sittings/s1/screen").content.decode().partition('<div class="wall">')[2]
    assert "/sittings/s1/code.svg" in wall
    assert client_of("xu").get("/sittings/s1/code").status_code == 404
    assert client_of("xu").get("/sittings/s1/code.svg").status_code == 404


def test_a_code_of_another_institution_signs_nobody_in(on) -> None:
    play_into(LIBRARY, "opened")
    on("2026-11-06T09:01")
    phone = scanned("gao", token=token_of("elsewhere", "s1"))

    assert phone.post("/sittings/s1/scan/in", {"key": "k"}).status_code == 410
    assert "gao" not in MEMORY.at(PLACE).state.sittings["s1"].presence


@pytest.mark.parametrize("key", ["", "\x00", "k" * 500])
def test_a_press_without_a_proper_key_signs_in_once(key: str, on) -> None:
    play_into(LIBRARY, "opened")
    on("2026-11-06T09:01")
    phone = scanned("gao")

    assert phone.post("/sittings/s1/scan/in", {"key": key}).status_code == 302
    assert MEMORY.at(PLACE).state.sittings["s1"].is_present("gao")
    kept = Submission.objects.get(act="mark_present", person="gao").key
    assert kept != key
    assert KEY.match(kept)


def test_a_second_press_of_the_same_form_is_told_and_changes_nothing(on) -> None:
    play_into(LIBRARY, "opened")
    on("2026-11-06T09:01")
    phone = scanned("gao")
    key = phone.get("/sittings/s1/scan").context["key"]
    phone.post("/sittings/s1/scan/in", {"key": key})
    head = MEMORY.at(PLACE).head

    again = phone.post("/sittings/s1/scan/in", {"key": key}, follow=True)

    assert "没有重复办理" in again.content.decode()
    assert MEMORY.at(PLACE).head == head


def test_a_code_that_turns_on_the_wall_keeps_no_session_alive() -> None:
    play_into(LIBRARY, "opened")
    wall = client_of("lin")
    wall.get("/")
    session, ago = wall.session, timedelta(seconds=settings.IDLE_SECONDS - 120)
    session["seen"] = (timezone.now() - ago).timestamp()
    session.save()

    for path in ("/sittings/s1/code", "/sittings/s1/code.svg"):
        assert wall.get(path).status_code == 200
    assert wall.session["seen"] == session["seen"]
    wall.get("/sittings/s1/screen")
    assert wall.session["seen"] > session["seen"]
    session["seen"] = (timezone.now() - ago - timedelta(seconds=240)).timestamp()
    session.save()
    assert wall.get("/sittings/s1/code.svg").status_code == 302


def test_whoever_has_scanned_nothing_is_not_told_that_a_code_ran_out(on) -> None:
    play_into(LIBRARY, "opened")
    person = MEMORY.at(PLACE).state.sittings["s1"].people[0]

    page = client_of(person).get("/sittings/s1/scan").content.decode()

    assert "还没有扫这次会议的签到码" in page
    assert "已经过期" not in page


@pytest.mark.parametrize("person", ["lin", "qian"])
def test_the_page_of_the_code_follows_the_big_screen(person: str, on) -> None:
    play_into(LIBRARY, "opened")
    on("2026-11-06T09:01")
    client = client_of(person)

    page = client.get("/sittings/s1/code").content.decode()
    shown = re.findall(r'data-part="screen" data-digest="(\w+)"', page)
    wall = client.get("/sittings/s1/screen").content.decode()

    assert 'data-view="screen"' in page
    assert "yishi/live" in page
    assert shown == re.findall(r'data-part="screen" data-digest="(\w+)"', wall)


def test_the_page_of_the_code_says_that_its_meeting_was_moved_or_called_off(on) -> None:
    play_into(LIBRARY, "told")
    on("2026-11-06T08:30")
    client = client_of("lin")
    move = MoveSitting(sitting="s1", starts_at=datetime.fromisoformat("2026-11-06T10:00+08:00"))
    assert isinstance(do(PLACE, "lin", move, reason="领导临时开会。").verdict, Accepted)
    assert "会议已改期，改到2026年11月6日10:00" in client.get("/sittings/s1/code").content.decode()

    off = do(PLACE, "lin", CallOff(sitting="s1"), reason="停电。")
    assert isinstance(off.verdict, Accepted)
    page = client.get("/sittings/s1/code").content.decode()
    assert "data-ended" in page
    assert "停电。" in page
    assert client_of("bai").get("/sittings/s1/code").status_code == 404
