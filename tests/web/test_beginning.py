"""Two people at one form: what neither of them touched of the other's is never wiped unseen."""

import re

import pytest

from tests.playing import MONTH, PLACE, client_of, play_into
from tests.web.pressing import forms, press, text
from yishi.clerk.memory import MEMORY
from yishi.web.acts.beginning import digest, settled
from yishi.web.acts.inputs import Choice, Input

pytestmark = pytest.mark.django_db

OPENING = "会议通报了上次会议的落实情况。"


@pytest.fixture
def two():
    """Two people of the office at minutes that are not out."""
    play_into(MONTH, "recorded")
    return client_of("xiao"), client_of("tan")


def held():
    return MEMORY.at(PLACE).state.sittings["oct"]


def opened(client, act: str = "word_minutes", **subject: str):
    said = {"sitting": "oct", **subject}
    return client.get(f"/do/{act}?" + "&".join(f"{k}={v}" for k, v in said.items()))


def areas(page) -> dict[str, str]:
    shape = r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>'
    return dict(re.findall(shape, page.content.decode(), re.S))


def again(page, act: str = "word_minutes", **typed: str) -> dict[str, object]:
    """What a browser sends of a page that came back, with what stands in its fields."""
    return dict(forms(page, act)[0]) | areas(page) | typed


def test_a_field_that_was_not_touched_shows_what_the_other_wrote_and_keeps_it(two) -> None:
    xiao, tan = two
    first, second = opened(xiao), opened(tan)
    press(xiao, first, "word_minutes", opening=OPENING)
    answer = press(tan, second, "word_minutes", closing="特此纪要。")

    assert answer.status_code == 409
    assert areas(answer) == {"opening": OPENING, "closing": "特此纪要。"}
    assert "别人在这一项里写成了" not in text(answer)
    assert tan.post("/do/word_minutes", again(answer)).status_code == 302
    assert (held().draft.opening, held().draft.closing) == (OPENING, "特此纪要。")


def test_where_both_wrote_ones_own_words_stay_and_the_others_stand_beside_them(two) -> None:
    xiao, tan = two
    first, second = opened(xiao), opened(tan)
    press(xiao, first, "word_minutes", opening=OPENING)
    answer = press(tan, second, "word_minutes", opening="谭写的。")

    assert areas(answer)["opening"] == "谭写的。"
    assert f"别人在这一项里写成了： {OPENING}" in text(answer)
    assert held().draft.opening == OPENING
    tan.post("/do/word_minutes", again(answer))
    assert held().draft.opening == "谭写的。"


def test_what_the_other_emptied_is_said_to_be_empty(two) -> None:
    xiao, tan = two
    press(xiao, opened(xiao), "word_minutes", opening=OPENING)
    first, second = opened(xiao), opened(tan)
    press(xiao, first, "word_minutes", opening="", closing="特此纪要。")
    answer = press(tan, second, "word_minutes", opening="谭写的。", closing="")

    assert areas(answer) == {"opening": "谭写的。", "closing": "特此纪要。"}
    assert "别人把这一项删空了" in text(answer)


def test_a_form_that_came_back_for_another_fault_is_still_of_when_it_was_opened(two) -> None:
    xiao, tan = two
    first, second = opened(xiao), opened(tan)
    press(xiao, first, "word_minutes", opening=OPENING)
    wrong = press(tan, second, "word_minutes", closing="看不见的\x07字")
    assert wrong.status_code == 422
    answer = tan.post("/do/word_minutes", again(wrong, opening="", closing="特此纪要。"))

    assert answer.status_code == 409
    assert areas(answer) == {"opening": OPENING, "closing": "特此纪要。"}
    assert held().draft.opening == OPENING


def field(name: str, kind: str, *values: str, rows=()) -> Input:
    labels = (Choice("a", "甲"), Choice("b", "乙"), Choice("c", "丙"))
    one = Input(name=name, kind=kind, label=name, required=False, choices=labels)
    one.values, one.rows = values, tuple(rows)
    return one


def test_items_and_their_minutes_are_kept_or_taken_together() -> None:
    began = {
        "items": digest("agenda", (("a", "b"), ())),
        "durations": digest("plan", (("", "5"), ())),
    }
    now = {"items": (("a", "b", "c"), ()), "durations": (("", "5", "9"), ())}
    untouched = [field("items", "agenda", "a", "b"), field("durations", "plan", "0", "5")]
    items, plan = settled(untouched, began, now)
    assert (items.values, plan.values) == (("a", "b", "c"), ("", "5", "9"))

    changed = [field("items", "agenda", "a", "b"), field("durations", "plan", "7", "5")]
    items, plan = settled(changed, began, now)
    assert (items.values, plan.values) == (("a", "b"), ("7", "5"))
    assert items.stands == "甲\n乙\n丙"


def test_rows_ticks_and_line_ends_are_told_apart_by_what_they_say() -> None:
    rows = ({"by": "2026-12-01", "words": "一"},)
    assert digest("steps", ((), rows)) == digest("steps", ((), (*rows, {"by": "", "words": ""})))
    assert digest("flag", (("True",), ())) == digest("flag", (("yes",), ()))
    assert digest("words", (("一\r\n二 ",), ())) == digest("words", (("一\n二",), ()))
    assert digest("plan", (("", "5"), ())) != digest("plan", (("5", ""), ()))
    (one,) = settled([field("steps", "steps", rows=rows)], {}, {"steps": ((), ({"words": "二"},))})
    assert (one.rows, one.stands) == (rows, "二")
