"""Forms sent by those who have no business with them: nothing is told that may not be read."""

import pytest
from django.db import connection
from django.test import Client

from tests.playing import MONTH, PLACE, client_of, play_into
from yishi.clerk.memory import MEMORY
from yishi.clerk.models import Submission
from yishi.procedure.access import may_read
from yishi.web.acts.form import KEY

pytestmark = pytest.mark.django_db

ACTS = (
    *("correct_record", "note_record", "set_agenda", "begin_item", "decide_item"),
    *("invite_others", "present_item", "state_position"),
    *("close_sitting", "close_record", "issue_minutes", "give_notice"),
)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("until", ["", "noted", "closed"])
def test_no_form_names_what_whoever_asks_may_not_read(act: str, until: str) -> None:
    play_into(MONTH, until)
    state, stranger = MEMORY.at(PLACE).state, client_of("guan")
    closed = {
        item.title
        for item in state.items.values()
        if not may_read(state, "guan", "item", item.id, state.latest).allowed
    }
    noted = {words for sitting in state.sittings.values() for _, _, words in sitting.record.notes}

    for sitting in state.sittings:
        shown = stranger.get(f"/do/{act}?sitting={sitting}").content.decode()
        shown += stranger.post(f"/do/{act}", {"subject.sitting": sitting}).content.decode()
        assert [words for words in (*closed, *noted) if words in shown] == []

    assert closed
    assert noted or until


def test_whoever_sets_the_agenda_or_corrects_the_record_still_chooses_by_words() -> None:
    play_into(MONTH, "convened")
    agenda = client_of("xiao").get("/do/set_agenda?sitting=oct").content.decode()
    assert "2027年大厅运行经费预算" in agenda


def test_the_secretary_chooses_what_in_the_record_to_correct() -> None:
    play_into(MONTH, "closed")
    record = client_of("xiao").get("/do/correct_record?sitting=oct").content.decode()
    assert "2027年大厅运行经费预算" in record


def no_zeros(execute, sql, params, many, context):
    """PostgreSQL knows no such character in a text, and would fail; SQLite would not."""
    assert not any(isinstance(one, str) and "\x00" in one for one in params or ()), sql
    return execute(sql, params, many, context)


@pytest.mark.parametrize(
    "path",
    [
        "/reports/?body=chuwuhui&clause=%00",
        "/erasing?q=%00%00",
        "/papers/budget/%00",
        "/items/?q=%00",
        "/decisions/?q=%00",
        "/tasks/?q=%00&owner=%00",
        "/sittings/?body=%00",
        "/messages?page=%00",
        "/charters/general?version=%00",
    ],
)
def test_a_zero_in_an_address_reaches_no_query(path: str) -> None:
    play_into(MONTH, "requested")

    with connection.execute_wrapper(no_zeros):
        answer = client_of("chen").get(path)

    assert answer.status_code in (200, 404)


@pytest.mark.parametrize("key", ["k" * 65, "k\x00", "键", "a b"])
def test_a_form_with_a_key_that_no_form_was_given_is_handled_under_a_fresh_one(key: str) -> None:
    play_into(MONTH, "approved")
    sent = {"subject.item": "budget", "title": "测算表", "on_paper": "1", "key": key}

    answer = client_of("li").post("/do/supply_paper", sent)

    assert answer.status_code == 302
    assert all(KEY.match(one.key) for one in Submission.objects.all())
    assert Submission.objects.exists()


@pytest.mark.parametrize(
    "said", [{"institution": "\x00"}, {"institution": PLACE, "person": "\x00"}]
)
def test_nobody_steps_into_what_no_name_can_be(said: dict[str, str]) -> None:
    play_into(MONTH, "approved", demonstration=True)

    with connection.execute_wrapper(no_zeros):
        answer = Client().post("/step-into", said)

    assert answer.status_code == 404
