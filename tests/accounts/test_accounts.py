"""Accounts: one spelling of a name, never given twice, no right of their own."""

import unicodedata
from datetime import timedelta
from itertools import product

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from yishi.accounts import keeping
from yishi.accounts.links import TOKENS, Tokens
from yishi.accounts.models import Account, Handling, plain_name

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-password-9"


def made(username: str = "chen", person: str = "chen", password: str | None = PASSWORD) -> Account:
    return Account.objects.create_user(username, password, institution="demo", person=person)


def test_a_fresh_installation_has_no_account() -> None:
    assert not Account.objects.exists()


def test_a_password_is_kept_hashed_and_an_account_without_one_lets_nobody_in() -> None:
    assert PASSWORD not in made().password
    assert not made("liu", "liu", None).has_usable_password()


@pytest.mark.parametrize("typed", ["Chen", "ＣＨＥＮ", " chen "])
def test_a_username_is_the_same_in_any_case_and_width(typed: str) -> None:
    made()

    with pytest.raises(keeping.Unfit, match="username_taken"):
        keeping.fit_name(typed)
    assert Account.objects.get_by_natural_key(typed).person == "chen"


def test_one_spelling_is_its_own_spelling() -> None:
    """Else failures would be counted under one name and the account found under another."""
    letters = [chr(code) for code in range(0x3000) if chr(code).isprintable()]
    marks = ["", *(mark for mark in letters if unicodedata.combining(mark))]
    once = [plain_name(f"a{letter}{mark}") for letter, mark in product(letters, marks)]

    assert [name for name in once if plain_name(name) != name] == []


def test_a_username_is_never_given_again_though_its_account_is_stopped() -> None:
    keeping.stop(made(), "yan")

    with pytest.raises(keeping.Unfit, match="username_taken"):
        keeping.make("demo", "liu", "chen", "yan")


@pytest.mark.parametrize("name", ["", "x", "a b", "a/b", "<b>", "x" * 65])
def test_a_malformed_username_is_refused(name: str) -> None:
    with pytest.raises(keeping.Unfit, match="username_malformed"):
        keeping.fit_name(name)


def test_a_stopped_account_ends_the_sessions_of_its_owner_and_of_nobody_else() -> None:
    chen, liu = made(), made("liu", "liu")
    for one in (chen, liu):
        Client().force_login(one, backend="django.contrib.auth.backends.ModelBackend")

    keeping.stop(chen, "yan")

    held = [s.get_decoded()["_auth_user_id"] for s in Session.objects.all()]
    assert held == [str(liu.pk)]


def test_what_is_done_with_an_account_is_written_down() -> None:
    account = keeping.make("demo", "liu", "liu", "yan")
    keeping.stop(account, "yan")
    keeping.restore(account, "yan")

    assert list(Handling.objects.order_by("id").values_list("what", "by")) == [
        ("made", "yan"),
        ("stopped", "yan"),
        ("restored", "yan"),
    ]


def test_there_is_no_admin_no_group_and_no_superuser() -> None:
    fields = {field.name for field in Account._meta.get_fields()}

    assert not fields & {"is_superuser", "is_staff", "groups", "user_permissions"}
    assert Client().get("/admin/").status_code in (302, 404)


def test_a_link_is_dead_when_it_is_older_than_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    account = made()
    link = TOKENS.make_token(account)
    assert TOKENS.check_token(account, link)
    later = timezone.now().replace(tzinfo=None) + timedelta(hours=30)
    monkeypatch.setattr(Tokens, "_now", lambda self: later)

    assert not TOKENS.check_token(account, link)
