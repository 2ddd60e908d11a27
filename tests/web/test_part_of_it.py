"""Whoever was there for part of a meeting sees that part, and not what was decided without them."""

import pytest

from tests.playing import client_of, play_into
from tests.web.pressing import shown

pytestmark = pytest.mark.django_db

CASE = "chuwuhui/cases/10-part-of-it.yaml"


def page(person: str, path: str) -> str:
    return client_of(person).get(path).content.decode()


def status(person: str, path: str) -> int:
    return client_of(person).get(path).status_code


def test_who_comes_late_hears_what_is_said_and_who_has_left_does_not() -> None:
    play_into(CASE, "came-late")

    assert "督查科岗位调整" in page("he", "/sittings/oct/room")
    assert shown(client_of("he").get("/sittings/oct/room"))["talk"] is not None
    assert shown(client_of("zhou").get("/sittings/oct/room"))["talk"] is None


def test_an_outcome_is_told_to_those_who_were_there_when_it_was_decided() -> None:
    play_into(CASE, "parted")

    def states(person: str) -> dict[str, str]:
        agenda = shown(client_of(person).get("/sittings/oct/room"))["agenda"]
        return {line.item: line.state for line in agenda}

    assert (states("liu")["budget"], states("liu")["posts"]) == ("adopt", "adopt")
    assert (states("zhou")["budget"], states("zhou")["posts"]) == ("adopt", "taken")
    assert (states("he")["budget"], states("he")["posts"]) == ("taken", "adopt")
    assert "已议决" in page("he", "/sittings/oct")


def test_the_whole_record_is_for_those_who_missed_nothing_each_decision_for_who_was_there() -> None:
    play_into(CASE, "parted")

    assert status("liu", "/sittings/oct/record") == 200
    assert status("zhou", "/sittings/oct/record") == status("he", "/sittings/oct/record") == 404
    assert status("zhou", "/decisions/d-budget") == status("he", "/decisions/d-posts") == 200
    assert status("zhou", "/decisions/d-posts") == status("he", "/decisions/d-budget") == 404
