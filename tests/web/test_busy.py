"""A database that does not answer just now: said plainly, and nothing asked of it meanwhile."""

import pytest
from django.db import OperationalError, connection

from tests.playing import MONTH, client_of, play_into
from tests.web.pressing import forms

pytestmark = pytest.mark.django_db


def locked(execute, sql, params, many, context):
    raise OperationalError("database is locked")


@pytest.mark.parametrize("path", ["/", "/items/", "/health", "/do/collate_item?item=budget"])
def test_while_the_database_is_locked_a_page_says_so(path: str) -> None:
    play_into(MONTH, "submitted")
    client = client_of("xiao")
    client.raise_request_exception = False

    with connection.execute_wrapper(locked):
        answer = client.get(path)

    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "系统正忙" in answer.content.decode()


def test_an_act_that_meets_a_locked_database_is_not_done_and_says_so() -> None:
    play_into(MONTH, "submitted")
    client = client_of("xiao")
    client.raise_request_exception = False

    def no_writing(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(no_writing):
        answer = client.post("/do/collate_item", {"subject.item": "budget", "key": "k"})
    again = client.post("/do/collate_item", {"subject.item": "budget", "key": "k"})

    assert answer.status_code == 503
    assert again.status_code == 302


def test_a_fault_of_our_own_is_told_in_the_language_of_whoever_meets_it(monkeypatch) -> None:
    play_into(MONTH, "submitted")
    client = client_of("xiao", language="en")
    client.raise_request_exception = False
    monkeypatch.setattr("yishi.web.desk.views._coming", lambda office: 1 / 0)

    answer = client.get("/")

    assert answer.status_code == 500
    assert "</html>" in answer.content.decode()
    assert 'lang="en"' in answer.content.decode()
    assert "this page could not be shown" in answer.content.decode()
    assert "not recorded" not in answer.content.decode()


def test_what_was_typed_while_the_database_was_busy_is_sent_again_by_one_press() -> None:
    play_into()
    client = client_of("wu")
    client.raise_request_exception = False
    typed = {"subject.sitting": "oct", "subject.item": "budget", "reason": "同意，尽快办。"}

    with connection.execute_wrapper(locked):
        answer = client.post("/do/pass_turn", {**typed, "key": "k", "member": "wu"})

    assert answer.status_code == 503
    (fields,) = forms(answer, "pass_turn")
    assert fields["reason"] == ["同意，尽快办。"]
    assert fields["csrfmiddlewaretoken"][0]


def test_a_fault_of_our_own_leaves_what_was_typed_to_be_copied(monkeypatch) -> None:
    play_into()
    client = client_of("wu")
    client.raise_request_exception = False
    monkeypatch.setattr("yishi.web.acts.doing.do", lambda *args, **kwargs: 1 / 0)
    typed = {"subject.sitting": "oct", "subject.item": "budget", "member": "wu", "key": "k"}

    answer = client.post(
        "/do/state_position", {**typed, "stance": "for", "words": "同意，尽快办。"}
    )

    assert answer.status_code == 500
    assert "您的操作没有记入" in answer.content.decode()
    assert "同意，尽快办。" in answer.content.decode()
    assert not forms(answer, "state_position")
