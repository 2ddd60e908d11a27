"""A form that could not be taken: what was typed is there after signing in, and goes through."""

import re

import pytest
from django.test import Client

from tests.playing import PLACE, client_of, play_into
from tests.web.pressing import forms, text
from tests.web.test_sign import PASSWORD
from yishi.accounts.models import Account
from yishi.clerk.memory import MEMORY

pytestmark = pytest.mark.django_db

WORDS = "三台取号机需要维护。\n分两批实施。"
TYPED = {
    "subject.body": "zhurenbangonghui",
    "title": "大厅取号机维护",
    "matter": "daily",
    "lead_unit": "business",
    "content": WORDS,
    "key": "once-and-no-more",
}


def strict(person: str = "") -> Client:
    """A browser whose forms are checked for their seal, as outside of tests."""
    client = Client(enforce_csrf_checks=True)
    if person:
        account = Account.objects.get(institution=PLACE, person=person)
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(autouse=True)
def office() -> None:
    play_into()
    for name in ("li", "zhou"):
        Account.objects.create_user(name, PASSWORD, institution=PLACE, person=name)


def sealed(page: str) -> str:
    found = re.search(r'name="kept" value="([^"]+)"', page)
    assert found
    return found.group(1)


def handed_in() -> list[str]:
    return [i.title for i in MEMORY.at(PLACE).state.items.values() if i.title == TYPED["title"]]


def back_with(client: Client, kept: str, **changed: str):
    fields = {"username": "li", "password": PASSWORD, "kept": kept}
    return client.post("/sign-in", fields | changed)


def test_what_was_typed_when_the_session_had_ended_goes_through_after_signing_in() -> None:
    client = Client()
    over = client.post("/do/submit_item", TYPED)

    assert over.status_code == 403
    assert "您填写的内容还在" in text(over)
    assert "分两批实施。" in over.content.decode()

    there = back_with(client, sealed(over.content.decode()))
    assert not handed_in()
    (fields,) = forms(there, "submit_item")
    fields.pop("csrfmiddlewaretoken")
    assert {name: values[0] for name, values in fields.items()} == TYPED

    assert client.post("/do/submit_item", fields).status_code == 302
    assert handed_in() == [TYPED["title"]]

    client.post("/do/submit_item", fields)
    assert handed_in() == [TYPED["title"]]


def test_a_wrong_password_loses_nothing_and_who_goes_on_is_named() -> None:
    client = Client()
    over = client.post("/do/submit_item", TYPED)

    wrong = back_with(client, sealed(over.content.decode()), password="wrong")
    assert "用户名或者密码不对" in text(wrong)
    assert "分两批实施。" in wrong.content.decode()

    there = back_with(client, sealed(wrong.content.decode()), username="zhou")
    assert "以周琳的身份登录" in text(there)
    again = back_with(client, sealed(over.content.decode()))
    assert forms(again, "submit_item")


def test_a_locked_name_still_leaves_what_was_typed_to_be_copied(settings) -> None:
    client = Client()
    kept = sealed(client.post("/do/submit_item", TYPED).content.decode())

    for _ in range(settings.LOCK_AFTER + 1):
        answer = back_with(client, kept, password="wrong")

    assert answer.status_code == 429
    assert "分两批实施。" in answer.content.decode()


def test_a_form_that_grew_old_in_another_window_is_sent_again_with_all_that_was_typed() -> None:
    client = strict("li")
    client.get("/do/submit_item?body=chuwuhui")
    stale = {**TYPED, "csrfmiddlewaretoken": "x" * 64}

    old = client.post("/do/submit_item", stale, headers={"origin": "http://testserver"})
    assert old.status_code == 403
    (fields,) = forms(old, "submit_item")

    assert client.post("/do/submit_item", fields).status_code == 302
    assert handed_in() == [TYPED["title"]]


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_a_form_from_elsewhere_is_not_offered_to_be_sent_again(origin: str) -> None:
    client = strict("li")
    headers = {"origin": origin} if origin else {}

    answer = client.post("/do/submit_item", TYPED, headers=headers)

    assert answer.status_code == 403
    assert not forms(answer, "submit_item")
    assert WORDS not in answer.content.decode()


@pytest.mark.parametrize("kept", ["", "nonsense", "eyJwYXRoIjoiL2RvL3gifQ:1:x"])
def test_what_was_not_sealed_here_is_not_taken_up(kept: str) -> None:
    assert back_with(Client(), kept)["Location"] == "/"


def test_a_password_is_never_carried_along() -> None:
    typed = {"old_password": "旧的 密码", "new_password1": "新的 密码", "words": "一句 话"}

    assert Client().post("/account", typed)["Location"] == "/sign-in?next=%2F"
    assert "新的 密码" not in strict("li").post("/account", typed).content.decode()


@pytest.mark.parametrize("path", ["/sign-out", "/messages", "/step-into"])
def test_where_nothing_was_typed_the_way_leads_to_the_sign_in_and_then_to_a_page(path: str) -> None:
    answer = Client().post(path)

    assert answer.status_code in (302, 404)
    if answer.status_code == 302:
        assert client_of("li").get(answer["Location"], follow=True).status_code == 200
