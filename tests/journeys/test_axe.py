"""Axe finds nothing: on any page that anybody reaches, large or small, nor where one is refused."""

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook
from playwright.sync_api import Browser

import yishi.web
from tests.journeys.place import ZONE, Clock, Place, database, served
from tests.journeys.reading import Reading
from tests.playing import PLACE, client_of
from tests.web.demonstration import demonstrate
from tests.web.test_crawl import kind_of_page, walked
from tests.web.test_setup import filled
from yishi.accounts import bootstrap
from yishi.accounts.links import one_time_path
from yishi.accounts.models import Account
from yishi.clerk.memory import MEMORY

NOW = datetime(2026, 12, 16, 10, 30, tzinfo=ZONE)

PEOPLE = ("chen", "liu", "he", "li", "wang", "xiao", "tan", "luo", "deng", "guan", "ning")
"""A kind of person each: who presides, decides, attends, prepares, works, serves, administers."""


@pytest.fixture(scope="module")
def office(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker, chromium: Browser
) -> Iterator[Place]:
    """The demonstration with three months behind it and a meeting in each phase."""
    folder = tmp_path_factory.mktemp("axe")
    with (
        django_db_blocker.unblock(),
        database("sqlite", folder),
        served(folder, Clock(NOW)) as place,
    ):
        demonstrate(3, now=NOW)
        yield place


def shapes_of(raw: str) -> set[str]:
    """What kinds of elements a page is made of, whatever they say."""
    found = set()
    for tag, said in re.findall(r"<([a-z0-9]+)((?:\s[^<>]*)?)>", raw):
        names = sorted(set(re.findall(r"\s(aria-[a-z]+|for|scope|title|hidden)=", said)))
        kinds = re.findall(r'\s(?:class|type|role)="([^"]*)"', said)
        found.add(" ".join((tag, *kinds, *names)))
    return found


@pytest.fixture(scope="module")
def reading(chromium: Browser, office: Place) -> Reading:
    """A browser beside the demonstration."""
    return Reading(chromium, office)


def test_what_is_wrong_with_a_page_is_found(reading: Reading) -> None:
    faults = "\n".join(reading.faults_of("/wrong", "<p style='width: 600px'><img src='a.png'>"))

    assert "/wrong at 1280: html-has-lang" in faults
    assert "/wrong at 390: image-alt" in faults
    assert "/wrong at 390: 218 pixels too wide" in faults


def test_axe_finds_nothing_on_any_page_that_anybody_reaches(reading: Reading) -> None:
    """Every page kind once, and again for whoever sees an element there that was nowhere before."""
    state, kinds, shapes = MEMORY.at(PLACE).state, set[str](), set[str]()
    faults: list[str] = []
    for person in PEOPLE:
        for one in walked(client_of(person), state, "zh"):
            kind, made_of = kind_of_page(one.address, state), shapes_of(one.raw)
            if one.raw and not (kind in kinds and made_of <= shapes):
                kinds.add(kind)
                shapes |= made_of
                faults += [f"{person}: {said}" for said in reading.faults_of(one.address, one.raw)]

    assert not faults, "\n".join(faults)
    assert len(kinds) > 40


SHOWN = {
    "/": "chen",
    "/design": "chen",
    "/sittings/now-open/room": "chen",
    "/sittings/now-open/screen": "xiao",
    "/sittings/now-closed/minutes": "xiao",
    "/sittings/now-closed/record": "xiao",
    "/tasks/": "xiao",
    "/charters/chuwuhui": "li",
    "/do/submit_item?body=chuwuhui": "li",
    "/people/": "ning",
}
"""A page of each make, and somebody who sees it whole."""


PRINTED = {
    "/items/": "chen",
    "/sittings/now-noticed": "xiao",
    "/reports/?body=chuwuhui": "chen",
    "/calendar": "chen",
    "/search?q=安排": "chen",
}
"""More of what people print."""

STYLES = Path(yishi.web.__file__).parent / "static" / "yishi" / "app.css"

NARROW = """Array.from(document.querySelectorAll('table:not(.month) td:first-child'))
  .filter(function (cell) { return cell.innerText.trim().length > 8 && cell.clientWidth < 100; })
  .concat(Array.from(document.querySelectorAll('.month td'))
    .filter(function (cell) { return cell.scrollWidth > cell.clientWidth; })).length"""
"""How many cells have words that their width breaks to pieces, or that run out of a day."""


@pytest.mark.parametrize("chosen", [{"theme": "dark"}, {"size": "large"}], ids=str)
def test_axe_finds_nothing_on_a_dark_ground_nor_in_large_type(
    chosen: dict[str, str], reading: Reading
) -> None:
    faults: list[str] = []
    for path, person in SHOWN.items():
        client = client_of(person)
        for name, value in chosen.items():
            client.cookies[name] = value
        answer = client.get(path)
        assert answer.status_code == 200, path
        faults += reading.faults_of(path, answer.content.decode())

    assert not faults, "\n".join(faults)


PRESSED = "main button, main .button, .top, .foot, .demo, main a[href^='/do/']"
"""What nobody presses or follows on paper."""


def test_on_paper_nothing_is_pressed_nothing_cut_and_no_word_stands_letter_by_letter(
    reading: Reading,
) -> None:
    """As wide as A4 between its margins."""
    page, found = reading.page, list[str]()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 980})
    try:
        for path, person in (SHOWN | PRINTED).items():
            page.set_content(client_of(person).get(path).content.decode())
            page.add_style_tag(path=str(STYLES))
            pressed = page.locator(PRESSED).filter(visible=True).all_inner_texts()
            found += [f"{path}: {said}" for said in pressed]
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            narrow = page.evaluate(NARROW)
            found += [f"{path}: {wide} pixels cut"] if wide > 0 else []
            found += [f"{path}: {narrow} narrow cells"] if narrow else []
    finally:
        page.emulate_media(media="screen")

    assert not found, "\n".join(found)


# ── what answers a form, and what is seen before anybody has signed in ────────────────────────

ITEM = {"subject.body": "chuwuhui", "title": "窗口延时服务", "matter": "windows"}
DAY = {"subject.body": "chuwuhui", "starts_at": "2026-12-17T09:00"}
LINES = (("姓名", "职务", "科室"), ("张三", "", "没有的科室"), ("", "科员", "办公室"))
PASSWORDS = {"old_password": "a", "new_password1": "b", "new_password2": "c"}

ANSWERS = {
    "nothing filled in": ("li", "/do/submit_item", {"subject.body": "chuwuhui"}, 422),
    "refused by a clause": ("li", "/do/submit_item", ITEM | {"lead_unit": "business"}, 409),
    "asked for a reason": ("chen", "/do/convene", DAY, 409),
    "no such date": ("chen", "/do/convene", DAY | {"starts_at": "31"}, 422),
    "a spreadsheet with faults": ("ning", "/people/import", {"sheet": LINES}, 422),
    "no spreadsheet": ("ning", "/people/import", {}, 422),
    "a wrong password": ("li", "/account", PASSWORDS, 422),
    "a link to give away": ("ning", "/people/accounts/li/link", {}, 200),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_axe_finds_nothing_where_a_form_comes_back(what: str, reading: Reading) -> None:
    person, path, said, status = ANSWERS[what]
    sent = {name: sheet(v) if name == "sheet" else v for name, v in said.items()}

    answer = client_of(person).post(path, sent)

    assert answer.status_code == status
    assert reading.faults_of(path, answer.content.decode()) == []


def sheet(lines: tuple[tuple[str, ...], ...]) -> SimpleUploadedFile:
    """A spreadsheet of these lines."""
    book, out = Workbook(), BytesIO()
    for line in lines:
        book.active.append(line)
    book.save(out)
    return SimpleUploadedFile("people.xlsx", out.getvalue())


def test_axe_finds_nothing_on_pages_that_no_link_leads_to(reading: Reading) -> None:
    link = one_time_path(Account.objects.get(person="li"))
    wrong = Client().post("/sign-in", {"username": "li", "password": "not it"})

    pages = {
        "/sign-in": Client().get("/sign-in"),
        "/sign-in?wrong": wrong,
        "/nothing-here": Client().get("/nothing-here"),
        "/items/none": client_of("li").get("/items/none"),
        "/design": client_of("li").get("/design"),
        link: Client().get(link, follow=True),
        f"{link}?spent": Client().get("/set-password/bGk/spent-token"),
    }

    faults = [
        f for path, one in pages.items() for f in reading.faults_of(path, one.content.decode())
    ]
    assert not faults, "\n".join(faults)


def test_axe_finds_nothing_on_the_sheet_of_a_meeting_held_on_paper(reading: Reading) -> None:
    """After the others: the meeting that is going on is entered from paper from here on."""
    client, path = client_of("xiao"), "/sittings/now-open/paper"
    begins = client.get(path).content.decode()
    faults = reading.faults_of(path, begins)
    begun = {"subject.sitting": "now-open", "reason": "停电。"}
    assert client.post("/do/enter_from_paper", begun).status_code == 302

    faults += reading.faults_of(path, client.get(path).content.decode())
    early = {"day": f"{NOW:%Y-%m-%d}", "item.now-hall.said.chen.stance": "for"}
    stopped = client.post(path, early)
    assert stopped.status_code == 409
    faults += reading.faults_of(path, stopped.content.decode())
    form = "/do/leave_room?sitting=now-open"
    faults += reading.faults_of(form, client.get(form).content.decode())
    assert not faults, "\n".join(faults)


def test_axe_finds_nothing_in_an_empty_installation(reading: Reading, tmp_path: Path) -> None:
    with database("sqlite", tmp_path):
        opened = f"/setup?token={bootstrap.token()}"
        pages = {
            "/setup": Client().get("/setup"),
            opened: Client().get(opened),
            "/setup?again": Client().post("/setup", {"token": bootstrap.token(), "slug": "A B"}),
            "/setup?done": Client().post("/setup", filled()),
        }
    assert [one.status_code for one in pages.values()] == [403, 200, 422, 200]

    faults = [
        f for path, one in pages.items() for f in reading.faults_of(path, one.content.decode())
    ]
    assert not faults, "\n".join(faults)
