"""House practice on its pages: switched by the convener, shown to everybody, never in the way."""

import re

import pytest

from tests.playing import PLACE, client_of, play_into
from yishi.clerk.memory import MEMORY

pytestmark = pytest.mark.django_db

PAGE = "/charters/chuwuhui/practice"


def hidden(page: str, kind: str) -> dict[str, str]:
    """What the form that switches a practice on carries unseen."""
    part = page.partition(f'id="{kind}"')[2].partition("</section>")[0]
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', part))


def test_the_convener_switches_a_practice_on_and_everybody_sees_it() -> None:
    play_into(until="approved")
    chen, liu = client_of("chen"), client_of("liu")
    form = hidden(chen.get(PAGE).content.decode(), "quorum")
    today = MEMORY.at(PLACE).state.latest.date()

    answer = chen.post(
        "/do/start_practice", {**form, "since": "2099-01-01", "num": "2", "den": "3"}, follow=True
    )
    page = liu.get(PAGE).content.decode()

    assert answer.redirect_chain == [(PAGE, 302)]
    assert "将要施行" in page
    assert "全体组成人员的 2/3 以上" in page
    assert today.year < 2099
    assert "/do/start_practice" not in page
    assert PAGE in liu.get("/charters/chuwuhui").content.decode()


def test_who_may_not_is_told_whose_it_is_and_a_lacking_number_is_named() -> None:
    play_into(until="approved")
    sent = {"subject.body": "chuwuhui", "practice": "quorum", "since": "2099-01-01", "key": "k"}

    other = client_of("liu").post("/do/start_practice", {**sent, "num": "1", "den": "2"})
    lacking = client_of("chen").post("/do/start_practice", sent)

    assert other.status_code == 409
    assert "“启用单位惯例”由会议召集人办理" in other.content.decode()
    assert lacking.status_code == 409
    assert "应当写明" in lacking.content.decode()


def test_the_general_rules_and_unknown_bodies_have_no_practices() -> None:
    play_into(until="approved")

    assert client_of("chen").get("/charters/general/practice").status_code == 404
    assert client_of("chen").get("/charters/nobody/practice").status_code == 404
