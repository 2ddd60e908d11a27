"""Signing in: it works, then who may not, then what is wrong; locks, links, idle sessions."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.house.source import SOURCE
from tests.playing import PLACE, client_of, play_into
from yishi.accounts.links import one_time_link, one_time_path
from yishi.accounts.models import Account
from yishi.clerk.door import happen
from yishi.clerk.memory import MEMORY
from yishi.procedure.charters import InstitutionFounded
from yishi.register.models import Institution

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-password-9"


@pytest.fixture
def chen() -> Account:
    play_into()
    return Account.objects.create_user("chen", PASSWORD, institution=PLACE, person="chen")


def sign_in(client: Client, password: str = PASSWORD, username: str = "chen"):
    return client.post("/sign-in", {"username": username, "password": password})


def test_name_and_password_lead_to_the_desk(chen: Account) -> None:
    client = Client()

    assert sign_in(client, username="Chen").status_code == 302
    assert client.get("/").status_code == 200


def test_a_wrong_password_is_told_and_a_stranger_is_sent_to_the_sign_in(chen: Account) -> None:
    answer = sign_in(Client(), "wrong")

    assert answer.status_code == 200
    assert "用户名或者密码不对" in answer.content.decode()
    assert Client().get("/people/")["Location"].startswith("/sign-in")


def test_an_unknown_name_gets_the_same_answer_as_a_wrong_password(chen: Account) -> None:
    client = Client()

    first, second = sign_in(client, "wrong"), sign_in(client, "wrong", "nobody")

    def plain(answer):
        page = re.sub(r'value="[^"]*"', "", answer.content.decode())
        return re.sub(r"/static/\S+", "", page)

    assert plain(first) == plain(second)


def test_a_stopped_account_does_not_sign_in(chen: Account) -> None:
    Account.objects.update(is_active=False)

    assert sign_in(Client()).status_code == 200


def test_signing_out_ends_the_session_on_the_server(chen: Account) -> None:
    client = Client()
    sign_in(client)
    old = client.cookies["sessionid"].value

    client.post("/sign-out")

    client.cookies["sessionid"] = old
    assert client.get("/").status_code == 302


def test_a_session_left_alone_ends(chen: Account, settings) -> None:
    client = Client()
    sign_in(client)
    assert client.get("/").status_code == 200
    Account.objects.update(last_login=timezone.now() - timedelta(hours=3))
    session = client.session
    session["seen"] = (timezone.now() - timedelta(seconds=settings.IDLE_SECONDS + 5)).timestamp()
    session.save()

    assert client.get("/").status_code == 302


def test_a_session_in_use_goes_on(chen: Account, settings) -> None:
    client = Client()
    sign_in(client)
    Account.objects.update(last_login=timezone.now() - timedelta(hours=3))
    session = client.session
    session["seen"] = (timezone.now() - timedelta(seconds=settings.IDLE_SECONDS - 60)).timestamp()
    session.save()

    assert client.get("/").status_code == 200
    assert client.session["seen"] > timezone.now().timestamp() - 60


def test_a_session_ends_after_so_long_however_much_it_is_used(chen: Account, settings) -> None:
    client = Client()
    sign_in(client)
    client.get("/")
    session = client.session
    session["began"] -= settings.SESSION_COOKIE_AGE + 5
    session["seen"] = timezone.now().timestamp()
    session.save()

    assert client.get("/").status_code == 302
    sign_in(client)
    assert client.get("/").status_code == 200


def test_the_password_is_changed_by_its_owner(chen: Account) -> None:
    client = Client()
    sign_in(client)
    new = {"new_password1": "another-long-one-7", "new_password2": "another-long-one-7"}

    assert client.post("/account", {"old_password": "wrong", **new}).status_code == 422
    assert client.post("/account", {"old_password": PASSWORD, **new}).status_code == 302
    assert client.get("/").status_code == 200
    assert sign_in(Client()).status_code == 200
    assert sign_in(Client(), "another-long-one-7").status_code == 302


@pytest.mark.parametrize("weak", ["short-1", "1234567890", "password123", "chen"])
def test_a_weak_password_is_refused(chen: Account, weak: str) -> None:
    client = Client()
    sign_in(client)

    answer = client.post(
        "/account", {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
    )

    assert answer.status_code == 422


def test_a_password_of_somebody_elses_is_changed_before_anything_else(chen: Account) -> None:
    Account.objects.update(must_change=True)
    client = Client()
    sign_in(client)

    assert client.get("/")["Location"] == "/account"
    new = {"new_password1": "another-long-one-7", "new_password2": "another-long-one-7"}
    client.post("/account", {"old_password": PASSWORD, **new})
    assert client.get("/").status_code == 200


def used(path: str) -> Client:
    client = Client()
    answer = client.get(path)
    if answer.status_code == 302:
        new = {"new_password1": "another-long-one-7", "new_password2": "another-long-one-7"}
        client.post(answer["Location"], new)
    return client


def test_a_one_time_link_sets_the_password_once(chen: Account) -> None:
    path = one_time_path(chen)

    used(path)

    assert sign_in(Client(), "another-long-one-7").status_code == 302
    assert chen.handled.get().what == "password_set"
    again = Client().get(path)
    assert again.status_code == 200
    assert "已经用过" in again.content.decode()


def test_whoever_set_the_password_by_a_link_is_not_locked_out_any_more(chen: Account) -> None:
    for _ in range(5):
        sign_in(Client(), "wrong")
    used(one_time_path(chen))

    assert sign_in(Client(), "another-long-one-7").status_code == 302


def test_opening_a_link_sets_nothing(chen: Account) -> None:
    Client().get(one_time_path(chen), follow=True)

    assert sign_in(Client()).status_code == 302


@pytest.mark.parametrize("path", ["/set-password/x/y", "/set-password/MQ/abc-def"])
def test_a_made_up_link_is_dead(chen: Account, path: str) -> None:
    assert "已经用过" in Client().get(path).content.decode()


def test_a_link_for_one_account_does_not_open_another(chen: Account) -> None:
    liu = Account.objects.create_user("liu", PASSWORD, institution=PLACE, person="liu")
    mine, theirs = one_time_link(chen).split("/")[-2:], one_time_link(liu).split("/")[-2:]

    crossed = f"/set-password/{theirs[0]}/{mine[1]}"

    assert "已经用过" in Client().get(crossed).content.decode()
    assert not mail.outbox


def demonstrate() -> None:
    """Say in the register, and nowhere else, that the institution is a demonstration."""
    Institution.objects.filter(slug=PLACE).update(demonstration=True)


def test_nobody_steps_into_anybody_outside_a_demonstration(chen: Account) -> None:
    client_of("liu")

    for client in (Client(), client_of("wang")):
        answer = client.post("/step-into", {"institution": PLACE, "person": "liu"})
        assert answer.status_code == 404


def test_no_row_of_a_table_turns_the_role_switch_on(chen: Account) -> None:
    client_of("liu")
    demonstrate()

    answer = Client().post("/step-into", {"institution": PLACE, "person": "liu"})

    assert answer.status_code == 404
    assert "step-into" not in Client().get("/sign-in").content.decode()


def step_in(**more: str) -> int:
    data = {"institution": PLACE, "person": "liu", **more}
    return Client().post("/step-into", data).status_code


def test_no_setting_turns_the_role_switch_on(
    chen: Account, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    client_of("liu")
    for name in ("TRIAL", "DEBUG", "DEMO", "DEMONSTRATION", "YISHI_DEMO"):
        setattr(settings, name, True)
        monkeypatch.setenv(f"YISHI_{name}", "1")
    asked = {"demonstration": "1", "demo": "true"}

    assert step_in(**asked) == 404
    assert not client_of("liu").get("/?demonstration=1").context["office"].roles


def test_no_later_entry_turns_an_institution_into_a_demonstration(chen: Account) -> None:
    client_of("liu")
    again = InstitutionFounded(institution=PLACE, on=date(2026, 1, 1), demonstration=True)
    happen(PLACE, (again,), timezone.now())
    demonstrate()

    assert step_in() == 404
    MEMORY.forget(PLACE)
    assert step_in() == 404
    assert not MEMORY.at(PLACE).state.demonstration


def test_no_act_founds_anything_anew() -> None:
    """What an act brings about is named by its class; none of them can write a founding."""
    for path in (SOURCE / "procedure").glob("*.py"):
        made = re.findall(r"InstitutionFounded\(", path.read_text(encoding="utf-8"))
        assert len(made) == (path.name == "charters.py"), path.name


def test_a_demonstration_by_its_own_founding_lets_one_step_into_a_role() -> None:
    play_into(slug="show", demonstration=True)
    Account.objects.create_user("show-liu", None, institution="show", person="liu")
    client = Client()

    answer = client.post("/step-into", {"institution": "show", "person": "liu"})

    assert answer.status_code == 302
    assert "刘敏" in client.get("/").content.decode()
    assert MEMORY.at("show").state.demonstration


def test_the_sign_in_of_a_demonstration_offers_everybody_with_a_post_to_step_into() -> None:
    play_into(slug="show", demonstration=True)
    Account.objects.create_user("show-liu", None, institution="show", person="liu")
    page = Client().get("/sign-in?next=/tasks/").content.decode()

    assert '<button name="person" value="liu">刘敏<small>副主任</small></button>' in page
    assert page.index('value="chen"') < page.index('value="liu"') < page.index('value="li"')
    assert '<input type="hidden" name="next" value="/tasks/">' in page


def test_from_one_institution_nobody_steps_into_another(chen: Account) -> None:
    play_into(slug="show", demonstration=True)
    Account.objects.create_user("show-liu", None, institution="show", person="liu")

    answer = client_of("wang").post("/step-into", {"institution": "show", "person": "liu"})

    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["/sign-out", "/step-into", "/people/accounts/li/make"])
def test_an_address_that_only_takes_forms_says_so_instead_of_staying_blank(
    chen: Account, path: str
) -> None:
    answer = client_of("chen").get(path)

    assert answer.status_code == 405
    assert "回到工作台" in answer.content.decode()


@pytest.mark.parametrize(
    ("password", "zh", "en"),
    [
        ("短", "密码太短了，至少10个字", "Too short: at least 10 characters"),
        ("password123", "这个密码太常见了", "too common"),
        ("83746529103", "密码不能全是数字", "not only digits"),
        ("chen-zhiyuan", "密码与用户名太相近", "too much like the username"),
    ],
)
def test_what_is_wrong_with_a_password_is_said_in_the_language_of_the_page(
    chen: Account, password: str, zh: str, en: str
) -> None:
    Account.objects.filter(pk=chen.pk).update(username="chen-zhiyuan")
    client = client_of("chen")
    typed = {"old_password": "wrong", "new_password1": password, "new_password2": password}

    for language, said, wrong in (
        ("zh", zh, "旧密码不对"),
        ("en", en, "The old password is wrong"),
    ):
        client.cookies["language"] = language
        page = client.post("/account", typed).content.decode()
        assert said in page
        assert wrong in page


def test_the_page_of_ones_account_leaves_the_keyboard_where_it_is(chen: Account) -> None:
    """On a phone it would cover half of what is there."""
    page = client_of("chen").get("/account").content.decode()

    assert 'name="old_password"' in page
    assert "autofocus" not in page
    assert "还没有办过。" in page
