"""Guessing passwords: locked by name and by address, never for ever, the same for unknown names."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from yishi.accounts.locking import address_of, locked, sweep
from yishi.accounts.models import Account, Failures

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-password-9"


def made(name: str) -> Account:
    return Account.objects.create_user(name, PASSWORD, institution="demo", person=name)


@pytest.fixture
def chen() -> Account:
    return made("chen")


def sign_in(client: Client, password: str = PASSWORD, username: str = "chen"):
    return client.post("/sign-in", {"username": username, "password": password})


def fail(times: int, username: str = "chen", address: str = "10.0.0.1") -> None:
    """A stranger guesses, each time from a browser of its own."""
    for _ in range(times):
        sign_in(Client(REMOTE_ADDR=address), "wrong", username)


def test_five_failures_lock_even_with_the_right_password(chen: Account) -> None:
    fail(5)

    answer = sign_in(Client())

    assert answer.status_code == 429
    assert "登录已经暂时锁定" in answer.content.decode()
    assert locked(["chen", "liu"]) == {"chen"}


def test_failures_from_many_addresses_count_together(chen: Account) -> None:
    for n in range(5):
        fail(1, address=f"10.0.{n}.1")

    assert sign_in(Client(REMOTE_ADDR="10.9.9.9")).status_code == 429


def test_other_spellings_of_the_name_count_as_the_same(chen: Account) -> None:
    for name in ("chen", "Chen", "CHEN", "ｃｈｅｎ", "cHen"):
        fail(1, name)

    assert sign_in(Client()).status_code == 429


def test_a_spelling_that_folds_to_the_name_in_two_steps_counts_too() -> None:
    made("weis\u015b")
    for name in ("weis\u015b", "wei\u00df\u0301", "WEI\u1e9e\u0301", "weiss\u0301", "weis\u015b"):
        fail(1, name)

    assert sign_in(Client(), username="wei\u00df\u0301").status_code == 429
    assert sign_in(Client(), username="weis\u015b").status_code == 429


def test_a_name_that_nobody_has_is_locked_alike(chen: Account) -> None:
    fail(5)
    fail(5, "nobody")

    first, second = sign_in(Client()), sign_in(Client(), username="nobody")

    assert first.status_code == second.status_code == 429
    token = re.compile(r'value="[^"]*"')
    assert token.sub("", first.content.decode()) == token.sub("", second.content.decode())


def wait(seconds: float) -> None:
    """Let time pass: all that is kept has happened so much earlier."""
    for row in Failures.objects.all():
        row.began -= timedelta(seconds=seconds)
        row.locked_until = row.locked_until and row.locked_until - timedelta(seconds=seconds)
        row.save()


def test_the_lock_stands_in_the_database_and_ends_by_itself(chen: Account, settings) -> None:
    fail(5)
    assert Failures.objects.filter(locked_until__gt=timezone.now()).count() == 1

    wait(settings.LOCK_SECONDS - 30)
    fail(3)
    assert sign_in(Client()).status_code == 429
    wait(60)

    assert sign_in(Client()).status_code == 302


def test_failures_long_ago_count_no_more(chen: Account, settings) -> None:
    fail(4)
    wait(settings.LOCK_SECONDS + 1)
    fail(4)

    assert sign_in(Client()).status_code == 302


def test_the_right_password_begins_the_count_anew(chen: Account) -> None:
    fail(4)
    assert sign_in(Client()).status_code == 302
    fail(4)

    assert sign_in(Client()).status_code == 302


def test_nobody_keeps_the_owner_out_of_the_own_browser(chen: Account) -> None:
    own = Client()
    sign_in(own)
    own.post("/sign-out")

    fail(20)

    assert sign_in(Client()).status_code == 429
    assert sign_in(own).status_code == 302


def test_a_known_browser_has_no_more_guesses_than_another(chen: Account) -> None:
    own = Client()
    sign_in(own)
    own.post("/sign-out")
    for _ in range(5):
        sign_in(own, "wrong")

    assert sign_in(own).status_code == 429
    assert sign_in(Client()).status_code == 302


def test_a_browser_is_known_for_those_only_who_signed_in_from_it(chen: Account) -> None:
    made("liu")
    lius = Client()
    sign_in(lius, username="liu")
    lius.post("/sign-out")
    fail(5)

    assert sign_in(lius).status_code == 429
    assert sign_in(lius, username="liu").status_code == 302


@pytest.mark.parametrize("forged", ["", "x", "WyJ4Il0:1:y", "[]", "\x00"])
def test_a_made_up_mark_of_a_browser_is_none(chen: Account, forged: str) -> None:
    fail(5)
    client = Client()
    client.cookies["browser"] = forged

    assert sign_in(client).status_code == 429


def test_an_address_is_locked_after_many_failures_whatever_the_names(
    chen: Account, settings
) -> None:
    settings.LOCK_ADDRESS_AFTER = 7
    own = Client(REMOTE_ADDR="10.0.0.1")
    sign_in(own)
    own.post("/sign-out")
    for n in range(7):
        fail(1, f"guess-{n}")

    assert sign_in(Client(REMOTE_ADDR="10.0.0.1")).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="10.0.0.2")).status_code == 302
    assert sign_in(own).status_code == 302


def test_an_office_that_signs_in_rightly_does_not_use_up_its_address(
    chen: Account, settings
) -> None:
    settings.LOCK_ADDRESS_AFTER = 3
    answers = {sign_in(Client(REMOTE_ADDR="10.0.0.1")).status_code for _ in range(6)}

    assert answers == {302}


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "6.6.6.6", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "10.1.1.1", "10.1.1.1"),
        (1, "6.6.6.6, 10.1.1.1", "10.1.1.1"),
        (2, "6.6.6.6, 10.1.1.1, 172.16.0.1", "10.1.1.1"),
        (2, "10.1.1.1", "127.0.0.1"),
        (1, "unknown", "127.0.0.1"),
        (1, "::ffff:10.1.1.1", "10.1.1.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_the_address_is_the_one_that_our_own_proxy_saw(
    settings, rf, proxies: int, forwarded: str, seen: str
) -> None:
    settings.PROXIES = proxies

    assert address_of(rf.get("/", headers={"x-forwarded-for": forwarded})) == seen


def test_behind_a_socket_nobody_has_an_address_and_names_are_still_counted(
    chen: Account, settings
) -> None:
    settings.LOCK_ADDRESS_AFTER = 2
    fail(4, address="")
    assert sign_in(Client(REMOTE_ADDR="")).status_code == 302
    fail(5, address="")

    assert sign_in(Client(REMOTE_ADDR="")).status_code == 429


def test_neither_name_nor_address_is_kept_and_what_is_old_goes(chen: Account, settings) -> None:
    fail(2, "nobody")
    kept = str(list(Failures.objects.values_list("key", flat=True)))
    assert "nobody" not in kept
    assert "10.0.0.1" not in kept

    wait(settings.LOCK_SECONDS + 1)
    sweep()

    assert not Failures.objects.exists()


def test_a_hundred_guesses_at_the_same_moment_are_not_a_hundred(
    chen: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each comes while the password of the one before is still being looked at."""
    looked, depth = [], 6

    def slowly(self, *args, **kwargs) -> bool:
        looked.append(1)
        if len(looked) < depth:
            sign_in(Client(), "wrong")
        return False

    monkeypatch.setattr(Account, "check_password", slowly)
    sign_in(Client(), "wrong")

    assert len(looked) == 5


def test_somebody_else_may_still_sign_in(chen: Account) -> None:
    made("liu")
    fail(5)

    assert sign_in(Client(), username="liu").status_code == 302
