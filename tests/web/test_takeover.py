"""Getting at what is somebody else's: old links, forgotten sessions, forms without a seal."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from tests.house.source import SOURCE
from tests.playing import PLACE, client_of, play_into
from tests.web.test_back import ELSEWHERE
from yishi.accounts import asking, keeping
from yishi.accounts.links import one_time_path
from yishi.accounts.models import Account, Asked

pytestmark = pytest.mark.django_db

OLD, NEW = "a-long-password-9", "another-long-one-7"
TWICE = {"new_password1": NEW, "new_password2": NEW}


@pytest.fixture
def chen() -> Account:
    play_into()
    return Account.objects.create_user(
        "chen", OLD, institution=PLACE, person="chen", email="chen@example.org"
    )


def signed_in(password: str = OLD) -> Client:
    client = Client()
    assert client.post("/sign-in", {"username": "chen", "password": password}).status_code == 302
    return client


def within(client: Client) -> bool:
    """Whether the browser is signed in."""
    return client.get("/").status_code == 200


# ── links ─────────────────────────────────────────────────────────────────────────────────────


def owner_signs_in(chen: Account) -> None:
    """The owner has the password after all."""
    signed_in()


def owner_changes_the_password(chen: Account) -> None:
    """The owner sets another one on the page of the own account."""
    signed_in().post("/account", {"old_password": OLD, **TWICE})


def the_address_changes(chen: Account) -> None:
    """Whoever reads the old mailbox has nothing of the link any more."""
    asked = asking.ask_address(chen, "new@example.org", "yan")
    asking.confirm(asked.pk, "tan")


def codes_set_a_password(chen: Account) -> None:
    """Two people let the owner set one."""
    asked, first = asking.ask_password(chen, "yan")
    codes = {"first": first, "second": asking.show(asked.pk, "tan")}
    assert (
        Client().post("/set-password/", {"username": "chen", **codes, **TWICE}).status_code == 302
    )
    assert Asked.objects.get().status == "done"


def the_account_is_stopped(chen: Account) -> None:
    """Nobody sets a password of an account that is stopped."""
    keeping.stop(chen, "yan")


AFTER = (
    owner_signs_in,
    owner_changes_the_password,
    the_address_changes,
    codes_set_a_password,
    the_account_is_stopped,
)


@pytest.mark.parametrize("happens", AFTER)
@pytest.mark.parametrize("opened", [False, True])
def test_a_link_from_before_is_dead(
    chen: Account, happens: Callable[[Account], None], opened: bool
) -> None:
    """Also in a browser in which it had been opened already."""
    client, path = Client(), one_time_path(chen)
    if opened:
        path = client.get(path)["Location"]
        assert 'name="new_password1"' in client.get(path).content.decode()

    happens(chen)
    password = Account.objects.get(pk=chen.pk).password

    assert "已经用过" in client.get(path).content.decode()
    client.post(
        path, {"new_password1": "a-third-long-one-3", "new_password2": "a-third-long-one-3"}
    )
    assert Account.objects.get(pk=chen.pk).password == password


def test_a_password_set_by_a_link_ends_every_session_there_was(chen: Account) -> None:
    inside = client_of("chen")
    path = one_time_path(Account.objects.get(pk=chen.pk))
    assert within(inside)

    client = Client()
    client.post(client.get(path)["Location"], TWICE)

    assert not within(inside)
    assert not within(client)
    assert within(signed_in(NEW))


def test_a_password_changed_by_its_owner_ends_the_other_sessions(chen: Account) -> None:
    here, elsewhere = signed_in(), signed_in()

    here.post("/account", {"old_password": OLD, **TWICE})

    assert within(here)
    assert not within(elsewhere)


# ── sessions ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Let so much time pass."""
    now = timezone.now()
    held = [now]
    monkeypatch.setattr("django.utils.timezone.now", lambda: held[0])

    def passes(span: timedelta) -> None:
        held[0] += span

    return passes


def test_a_session_ends_twelve_hours_after_the_sign_in_however_much_it_is_used(
    chen: Account, clock: Callable[[timedelta], None]
) -> None:
    client, used = signed_in(), 0
    for _ in range(24):
        clock(timedelta(minutes=29, seconds=59))
        used += within(client)

    clock(timedelta(minutes=1))

    assert used == 24
    assert not within(client)


def test_the_hours_count_from_the_sign_in_and_not_from_the_first_page(
    chen: Account, clock: Callable[[timedelta], None]
) -> None:
    client = signed_in()

    assert datetime.fromtimestamp(client.session["began"]).astimezone() == timezone.now()


def test_signing_in_elsewhere_wakes_no_session_that_was_left_alone(
    chen: Account, clock: Callable[[timedelta], None]
) -> None:
    forgotten = signed_in()
    assert within(forgotten)
    clock(timedelta(hours=3))

    assert within(signed_in())

    assert not within(forgotten)


# ── forms ─────────────────────────────────────────────────────────────────────────────────────


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every address there is, with something in place of what it is about."""
    for one in patterns:
        said = before + "".join(c if c not in "<>" else " " for c in str(one.pattern))
        path = re.sub(r" ?\w+:\w+ ?", "1", said)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, before + str(one.pattern))
        else:
            yield "/" + path


def test_no_address_takes_a_form_without_its_seal(chen: Account) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(chen, backend="django.contrib.auth.backends.ModelBackend")
    tried = list(addresses(get_resolver().url_patterns))

    for person in (client, Client(enforce_csrf_checks=True)):
        taken = [path for path in tried if person.post(path).status_code not in (403, 404)]
        assert taken == []

    assert len(tried) > 50
    assert {path for path in tried if client.post(path).status_code == 404} == set()


def test_every_form_that_sends_carries_its_seal() -> None:
    """Looked for in the templates: a form that lacks it would only be turned away."""
    for path in sorted(SOURCE.rglob("*.html")):
        for form in path.read_text(encoding="utf-8").split('method="post"')[1:]:
            assert "csrf_token" in form.partition("</form>")[0], path.name


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_no_sign_in_leads_elsewhere(chen: Account, wanted: str) -> None:
    typed = {"username": "chen", "password": OLD, "next": wanted}

    assert Client().post("/sign-in", typed)["Location"] == "/"
    assert client_of("chen").get("/sign-in", {"next": wanted})["Location"] == "/"
    assert Client().post("/display", {"next": wanted})["Location"] == "/"
    play_into(slug="show", demonstration=True)
    Account.objects.create_user("show-liu", None, institution="show", person="liu")
    step = {"institution": "show", "person": "liu", "next": wanted}
    assert Client().post("/step-into", step)["Location"] == "/"
