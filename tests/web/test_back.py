"""Where `next=` leads: to a page of this site, asked for in one place and nowhere else."""

import pytest
from django.test import Client

from tests.house.source import SOURCE
from tests.playing import client_of, play_into
from yishi.web.back import ours

ELSEWHERE = (
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example/",
    "///elsewhere.example/",
    "javascript:alert(1)",
    "elsewhere",
    "\t//elsewhere.example/",
    "",
)


@pytest.mark.parametrize("wanted", ["/", "/tasks/", "/tasks/?state=late#a", "/items/预算"])
def test_a_page_of_ours_is_led_to(wanted: str) -> None:
    assert ours(wanted) == wanted


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_an_address_elsewhere_is_none(wanted: str) -> None:
    assert ours(wanted) == ""


def test_what_is_safe_is_asked_in_one_place() -> None:
    asking = [
        path.relative_to(SOURCE).as_posix()
        for path in sorted(SOURCE.rglob("*.py"))
        if "url_has_allowed_host_and_scheme(" in path.read_text(encoding="utf-8")
    ]

    assert asking == ["web/back.py"]


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_every_form_that_takes_a_way_back_keeps_to_it(wanted: str) -> None:
    play_into(until="approved")
    data = {"subject.item": "budget", "title": "表", "on_paper": "1", "next": wanted}

    handed_in = client_of("li").post("/do/supply_paper", data)
    spoken = Client().post("/language", {"language": "en", "next": wanted})
    entered = client_of("tan").get("/do/submit_item", {"next": wanted, "body": "chuwuhui"})

    assert handed_in["Location"] == "/items/budget"
    assert spoken["Location"] == "/"
    assert entered.context["back"] == "/charters/chuwuhui"
