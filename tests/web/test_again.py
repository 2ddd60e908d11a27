"""Going back to a form that has been sent, and sending it once more as it stands."""

import re
from time import time
from unittest.mock import patch

import pytest
from django.test import Client

from tests.playing import MONTH, PLACE, client_of, play_into
from tests.web.pressing import forms, press
from yishi.clerk.memory import MEMORY
from yishi.web.acts.again import SHORTLY

pytestmark = pytest.mark.django_db

ITEM = {
    "title": "窗口延时服务",
    "matter": "windows",
    "weighty": "true",
    "written": "true",
    "content": "试行三个月。",
    "lead_unit": "business",
}


def sent(client: Client, act: str, path: str, **typed: str) -> str:
    """The form as it is shown now, filled in and sent; what the next page says of it."""
    assert press(client, client.get(path), act, **typed).status_code == 302
    return client.get("/").content.decode()


def submits(client: Client, **typed: str) -> str:
    return sent(client, "submit_item", "/do/submit_item?body=chuwuhui", **{**ITEM, **typed})


def items() -> int:
    return sum(one.title == ITEM["title"] for one in MEMORY.at(PLACE).state.items.values())


def test_the_same_said_again_is_not_done_again() -> None:
    play_into(MONTH, "submitted")
    client = client_of("li")

    assert "已办理：报送议题" in submits(client)
    assert "“报送议题”已经办过了，没有重复办理" in submits(client)

    assert items() == 1


def test_other_words_are_another_act() -> None:
    play_into(MONTH, "submitted")
    client = client_of("li")
    submits(client)

    assert "已办理：报送议题" in submits(client, content="试行半年。")

    assert items() == 2


def test_it_may_be_meant_after_something_else_was_done_or_some_time_has_passed() -> None:
    play_into(MONTH, "submitted")
    client = client_of("li")
    submits(client)
    (made,) = (i for i in MEMORY.at(PLACE).state.items.values() if i.title == ITEM["title"])
    sent(client, "withdraw_item", f"/do/withdraw_item?item={made.id}", reason="改报主任办公会。")

    assert "已办理：报送议题" in submits(client)
    with patch("django.core.signing.time.time", lambda: time() + SHORTLY.total_seconds() + 1):
        assert "已办理：报送议题" in submits(client)
    assert items() == 3


def test_what_another_person_says_is_judged_as_their_own() -> None:
    play_into(MONTH, "submitted")
    browser = client_of("li")
    submits(browser)
    other = client_of("wu")
    other.cookies["said"] = browser.cookies["said"].value

    form = other.get("/do/submit_item?body=chuwuhui")

    assert press(other, form, "submit_item", **ITEM).status_code == 409


def test_words_without_anything_new_are_kept_once_too() -> None:
    play_into(MONTH, "planned")
    client = client_of("li")
    state = MEMORY.at(PLACE).state
    (task,) = (key for key in state.open_tasks if state.tasks[key].owner == "li")
    path, said = f"/do/report_back?task={task}", {"words": "财政口径有变化。"}

    assert "已办理：反馈进展情况" in sent(client, "report_back", path, **said)
    assert "“反馈进展情况”已经办过了，没有重复办理" in sent(client, "report_back", path, **said)


# ── taken back ────────────────────────────────────────────────────────────────────────────────


def test_the_answer_has_the_way_back_where_there_is_one_and_the_rules_let_it() -> None:
    play_into(MONTH, "budget-presented")
    room, liu = "/sittings/oct/room", client_of("liu")
    press(liu, liu.get(room), "state_position", stance="for")
    answer = liu.get(room).content.decode()
    assert "办错了？更正表态" in answer
    link = re.search(r'href="(/do/settle_position[^"]*)"', answer).group(1).replace("&amp;", "&")
    form = liu.get(link)
    assert forms(form, "settle_position")[0]["member"] == ["liu"]
    press(liu, form, "settle_position", stance="against", reason="听了意见。")

    answer = liu.get(room).content.decode()
    assert "办错了" not in answer


def test_what_nothing_takes_back_is_asked_on_its_own_form_too() -> None:
    play_into(MONTH, "collated")
    form = client_of("chen").get("/do/approve_item?item=budget").content.decode()
    question = form.partition('<details class="sure">')[2].partition("</details>")[0]
    assert "审定以后可以列入议程" in question
    assert form.partition("<form method")[2].count('<button class="main">') == 1
    assert "<button disabled hidden></button>" in form
