"""A database that does not answer just now: said plainly, and nothing asked of it meanwhile."""

import pytest
from django.db import OperationalError, connection

from tests.playing import MONTH, client_of, play_into

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
    monkeypatch.setattr("yishi.web.desk.views._tally", lambda office: 1 / 0)

    answer = client.get("/")

    assert answer.status_code == 500
    assert "</html>" in answer.content.decode()
    assert 'lang="en"' in answer.content.decode()
