"""Signing in by the code on the big screen: read off the screen, opened on a phone, in time."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import People
from tests.journeys.meeting import enters
from tests.journeys.people import Person
from tests.journeys.place import Place
from tests.journeys.proof import holds
from tests.journeys.seeing import code_on
from tests.journeys.told import told

OCT = "/sittings/oct"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker, chromium: Browser
) -> Iterator[Place]:
    """The October meeting is called and told to everybody."""
    with django_db_blocker.unblock(), told(request.param, tmp_path) as there:
        yield there


def starts_signing_in(chen: Person) -> None:
    """What the rules leave open the convener may switch on for their own meetings."""
    chen.goes("/charters/chuwuhui/practice")
    chen.presses("启用", chen.page.locator("#sign_in")).is_told("已办理：启用单位惯例")


def scans(phone: Person, wall: Person) -> str:
    """The camera sees what the wall shows, and the phone opens it."""
    address = code_on(wall.page.locator("img.scan"))
    phone.page.goto(address)
    return address


def test_whoever_scans_the_wall_is_there_by_code_on_every_screen(
    place: Place, people: People, tmp_path: Path
) -> None:
    chen, xiao, liu = people("chen"), people("xiao"), people("liu", phone=True)
    place.clock.to("2026-10-30 08:50")
    starts_signing_in(chen)
    wall = people("xiao", scripts=True)  # a second window of hers, on the wall
    wall.goes(f"{OCT}/screen").sees("请用手机扫码")

    address = scans(liu, wall)
    assert address.startswith(f"{place.address}{OCT}/code/")
    assert "/sign-in" in liu.page.url
    liu.signs_in()
    liu.sees("以刘敏的名义签到").presses("我到了，签到").is_told("已扫码签到")

    for person in (enters(chen), enters(xiao)):
        person.sees("扫码签到", within=person.attendee("刘敏"))
    wall.goes(f"{OCT}/screen").sees("在会 1 人")
    liu.goes(f"{OCT}/room").sees("扫码签到", within=liu.attendee("刘敏"))

    # The wall shows another code by and by; whoever comes with the old one is told so.
    place.clock.to("08:52")
    zeng = people("zeng", phone=True)
    zeng.page.goto(address)
    zeng.sees("这个签到码已经过期，没有签到。请重新扫大屏幕上的码")
    assert "zeng" not in place.state.sittings["oct"].presence
    wall.goes(f"{OCT}/screen")
    assert scans(zeng, wall) != address
    zeng.signs_in()
    zeng.presses("我到了，签到").is_told("已扫码签到")
    place.clock.to("09:00")
    chen.goes(f"{OCT}/room").presses("我到了，签到").presses("宣布开会")
    xiao.goes(f"{OCT}/record")
    for name in ("刘敏", "曾建国"):
        xiao.sees("扫码签到", within=xiao.row(name))
    holds(tmp_path / "journal")
