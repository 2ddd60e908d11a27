"""Nobody alone gets at somebody else's account: addresses, passwords, first sign-ins."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.playing import PLACE, client_of, play_into
from yishi.accounts.models import Account, Asked
from yishi.clerk.door import happen
from yishi.clerk.memory import MEMORY
from yishi.cli.main import main
from yishi.outbox.delivery import deliver
from yishi.outbox.models import Message
from yishi.roster.events import PostFilled, PostVacated
from yishi.web.office import Office
from yishi.web.people.seconds import seconds

pytestmark = pytest.mark.django_db

POSTS = "general/cases/20-posts.yaml"
NEW = "a-new-long-one-7"
CODE = re.compile(r'<p class="code">([^<]+)</p>')
"""Yan keeps the accounts; Sun and Qian are the office; Gao heads a section; Bai has no post."""


@pytest.fixture(autouse=True)
def library(settings) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    play_into(POSTS, "proposed")


def body(answer) -> str:
    return str(answer.content.decode())


def account(person: str, email: str = "", password: str | None = "an-old-long-one-5") -> Account:
    """An account that has been in use."""
    return Account.objects.create_user(
        f"demo-{person}", password, institution=PLACE, person=person, email=email
    )


def handle(person: str, what: str, by: str = "yan", **data: str):
    return client_of(by).post(f"/people/accounts/{person}/{what}", data)


def settle(what: str, by: str, row: Asked | None = None):
    row = row or Asked.objects.latest("id")
    return client_of(by).post(f"/people/accounts/asked/{row.pk}/{what}")


def code_in(answer) -> str:
    found = CODE.search(body(answer))
    assert found, body(answer)
    return found[1]


def use(first: str, second: str, username: str = "demo-gao", password: str = NEW):
    data = {"username": username, "first": first, "second": second}
    return Client().post(
        "/set-password/", data | {"new_password1": password, "new_password2": password}
    )


def signs_in(password: str, username: str = "demo-gao") -> bool:
    data = {"username": username, "password": password}
    return Client().post("/sign-in", data).status_code == 302


def mails() -> list[tuple[str, str]]:
    """What goes out now: to whom, and the subject."""
    mail.outbox.clear()
    deliver(PLACE, MEMORY.at(PLACE).state)
    return [(one.to[0], one.subject) for one in mail.outbox]


def links() -> list[str]:
    """To whom one-time links went."""
    return [one.to[0] for one in mail.outbox if "/set-password/" in one.body]


def desk(person: str) -> list[str]:
    rows = Message.objects.filter(person=person, channel="desk").order_by("id")
    return [row.kind for row in rows if "password" in row.kind or "address" in row.kind]


# ── an address ────────────────────────────────────────────────────────────────────────────────


def test_an_address_counts_when_a_second_person_has_confirmed_it() -> None:
    account("gao", "gao@example.org")

    asked = handle("gao", "address", email="yan@elsewhere.example")
    before = Account.objects.get(person="gao").email
    told = mails()
    done = settle("confirm", "sun")

    assert asked.status_code == done.status_code == 302
    assert before == "gao@example.org"
    assert (
        "gao@example.org",
        "颜宁申请更换您的邮箱，请您同意或者不同意；您不办，由另一人核实",
    ) in told
    assert Account.objects.get(person="gao").email == "yan@elsewhere.example"
    assert desk("gao") == ["outbox.address_asked", "outbox.address_changed"]
    assert {to for to, said in mails() if "已经更换" in said} == {
        "gao@example.org",
        "yan@elsewhere.example",
    }


def test_no_link_goes_to_an_address_that_does_not_count() -> None:
    account("gao", "gao@example.org")
    handle("gao", "address", email="yan@elsewhere.example")

    handle("gao", "link")

    mails()
    assert links() == ["gao@example.org"]


def test_the_owner_agrees_or_does_not() -> None:
    account("gao", "gao@example.org")
    gao = client_of("gao")
    handle("gao", "address", email="new@example.org")
    assert "new@example.org" in body(gao.get("/account"))

    settle("decline", "gao")
    assert Account.objects.get(person="gao").email == "gao@example.org"
    handle("gao", "address", email="new@example.org")
    settle("confirm", "gao")

    assert Account.objects.get(person="gao").email == "new@example.org"
    assert "new@example.org" in body(gao.get("/account"))
    assert "/settle" not in body(gao.get("/account"))


def test_an_address_is_not_taken_away_alone_either() -> None:
    account("gao", "gao@example.org")

    handle("gao", "address", email="")

    assert Account.objects.get(person="gao").email == "gao@example.org"
    assert "申请取消登记的邮箱" in body(client_of("sun").get("/people/accounts/asked/"))


def test_the_same_address_again_asks_for_nothing() -> None:
    account("gao", "gao@example.org")

    handle("gao", "address", email="gao@example.org")

    assert not Asked.objects.exists()


def test_asked_for_anew_the_earlier_one_is_dead() -> None:
    account("gao", "gao@example.org")
    handle("gao", "address", email="a@example.org")
    first = Asked.objects.latest("id")
    handle("gao", "address", email="b@example.org")

    answer = client_of("sun").post(f"/people/accounts/asked/{first.pk}/confirm", follow=True)

    assert "已经办过" in body(answer)
    assert Account.objects.get(person="gao").email == "gao@example.org"
    assert Asked.objects.filter(status="waiting").count() == 1


def test_confirming_twice_does_no_harm() -> None:
    account("gao", "gao@example.org")
    handle("gao", "address", email="b@example.org")

    settle("confirm", "sun")
    again = settle("confirm", "qian")

    assert again.status_code == 302
    assert desk("gao").count("outbox.address_changed") == 1


def test_who_asked_takes_it_back() -> None:
    account("gao", "gao@example.org")
    handle("gao", "address", email="b@example.org")

    assert settle("decline", "yan").status_code == 302
    assert settle("confirm", "sun").status_code == 302
    assert Account.objects.get(person="gao").email == "gao@example.org"


def test_the_owner_changes_it_with_the_password_and_both_addresses_are_told() -> None:
    gao = account("gao", "gao@example.org")
    client = Client()
    client.force_login(gao)

    wrong = client.post("/account/address", {"email": "b@example.org", "password": "wrong"})
    bad = client.post("/account/address", {"email": "b@", "password": "an-old-long-one-5"})
    right = client.post(
        "/account/address", {"email": "b@example.org", "password": "an-old-long-one-5"}
    )

    assert (wrong.status_code, bad.status_code, right.status_code) == (422, 422, 302)
    assert 'value="b@example.org"' in body(wrong)
    assert "邮箱写得不对" in body(bad)
    assert Account.objects.get(person="gao").email == "b@example.org"
    assert {to for to, _ in mails()} == {"gao@example.org", "b@example.org"}


@pytest.mark.parametrize("page", ["/account", "/account/address"])
def test_whoever_sits_down_at_an_open_session_does_not_guess_the_password(page: str) -> None:
    gao = account("gao")
    client = Client()
    client.force_login(gao)
    new = {"email": "b@example.org", "new_password1": NEW, "new_password2": NEW}
    for _ in range(5):
        client.post(page, new | {"old_password": "wrong", "password": "wrong"})

    right = new | {"old_password": "an-old-long-one-5", "password": "an-old-long-one-5"}
    assert client.post(page, right).status_code == 429
    assert signs_in("an-old-long-one-5")


def test_a_weak_new_password_is_no_failed_guess() -> None:
    gao = account("gao")
    client = Client()
    client.force_login(gao)
    weak = {"old_password": "an-old-long-one-5", "new_password1": "x", "new_password2": "x"}

    answers = {client.post("/account", weak).status_code for _ in range(7)}

    assert answers == {422}


# ── a password without an address ─────────────────────────────────────────────────────────────


def test_two_codes_of_two_people_set_a_password_once() -> None:
    account("gao")

    first = code_in(handle("gao", "link"))
    second = code_in(settle("show", "sun"))
    done = use(first, second)
    again = use(first, second, password="yet-another-one-8")

    assert done.status_code == 302
    assert again.status_code == 422
    assert signs_in(NEW)
    assert not signs_in("an-old-long-one-5")
    assert desk("gao") == ["outbox.password_asked", "outbox.password_by_codes"]
    said = [h.what for h in Account.objects.get(person="gao").handled.order_by("id")]
    assert said == ["password_asked", "code_shown", "password_set"]


def test_how_a_code_is_typed_does_not_matter() -> None:
    account("gao")
    first = code_in(handle("gao", "link"))
    second = code_in(settle("show", "sun"))

    wide = "".join(chr(ord(c) + 0xFEE0) if c != "-" else " " for c in first)
    assert use(f" {wide.lower()} ", second.replace("-", "").lower()).status_code == 302


@pytest.mark.parametrize("given", ["first", "second", "neither", "twice first", "empty"])
def test_one_code_alone_is_of_no_use(given: str) -> None:
    account("gao")
    first = code_in(handle("gao", "link"))
    second = code_in(settle("show", "sun"))
    tried = {
        "first": (first, "AAAA-AAAA"),
        "second": ("AAAA-AAAA", second),
        "neither": ("AAAA-AAAA", "AAAA-AAAA"),
        "twice first": (first, first),
        "empty": ("", ""),
    }[given]

    answer = use(*tried)

    assert answer.status_code == 422
    assert "用户名或者码不对" in body(answer)
    assert signs_in("an-old-long-one-5")


def test_before_the_second_code_was_shown_nothing_fits() -> None:
    account("gao")
    first = code_in(handle("gao", "link"))

    for second in ("", first, "AAAA-AAAA"):
        assert use(first, second).status_code == 422


def test_an_unknown_name_gets_the_same_answer() -> None:
    account("gao")
    token = re.compile(r'value="[^"]*"')

    known, unknown = use("A", "B"), use("A", "B", "nobody")

    assert known.status_code == unknown.status_code == 422
    assert token.sub("", body(known)) == token.sub("", body(unknown))


def test_shown_again_it_is_another_and_the_one_before_is_dead() -> None:
    account("gao")
    first = code_in(handle("gao", "link"))
    old = code_in(settle("show", "sun"))
    new = code_in(settle("show", "sun"))

    assert use(first, old).status_code == 422
    assert use(first, new).status_code == 302


def test_codes_are_kept_nowhere_and_die_with_the_day(settings) -> None:
    account("gao")
    first = code_in(handle("gao", "link"))
    second = code_in(settle("show", "sun"))
    row = Asked.objects.get()
    assert first.replace("-", "") not in f"{row.first}{row.second}"
    assert "code" not in body(client_of("sun").get("/people/accounts/asked/")).split("<main")[1]

    late = timezone.now() - timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 5)
    Asked.objects.update(shown_at=late)

    assert use(first, second).status_code == 422


def test_what_waits_too_long_is_dead() -> None:
    account("gao")
    handle("gao", "link")
    Asked.objects.update(at=timezone.now() - timedelta(days=8))

    answer = client_of("sun").post(
        f"/people/accounts/asked/{Asked.objects.get().pk}/show", follow=True
    )

    assert "过了时间" in body(answer)
    assert "没有等着核实的" in body(answer)


def test_a_stopped_account_is_not_opened_by_codes() -> None:
    account("gao")
    first = code_in(handle("gao", "link"))
    second = code_in(settle("show", "sun"))
    handle("gao", "stop")

    assert use(first, second).status_code == 422


def test_a_weak_password_keeps_the_codes_good() -> None:
    account("gao")
    first = code_in(handle("gao", "link"))
    second = code_in(settle("show", "sun"))

    weak = use(first, second, password="short")

    assert weak.status_code == 422
    assert f'value="{first}"' in body(weak)
    assert use(first, second).status_code == 302


def test_guessing_codes_ends_by_the_address_and_nobody_is_kept_out(settings) -> None:
    settings.LOCK_ADDRESS_AFTER = 4
    account("gao")
    first = code_in(handle("gao", "link"))
    second = code_in(settle("show", "sun"))
    for _ in range(4):
        use("AAAA-AAAA", "BBBB-BBBB")

    data = {"username": "demo-gao", "first": first, "second": second}
    data |= {"new_password1": NEW, "new_password2": NEW}

    assert use(first, second).status_code == 429
    assert Client(REMOTE_ADDR="10.0.0.9").post("/set-password/", data).status_code == 302


# ── the first sign-in ─────────────────────────────────────────────────────────────────────────


def test_of_a_new_account_the_administrator_gets_half() -> None:
    first = code_in(handle("wei", "make", username="weilan"))
    assert not Account.objects.get(person="wei").has_usable_password()

    second = code_in(settle("show", "sun"))

    assert use(first, second, "weilan").status_code == 302
    assert signs_in(NEW, "weilan")


def test_to_the_address_of_a_new_account_the_link_goes_when_it_is_confirmed() -> None:
    answer = handle("wei", "make", username="weilan", email="wei@example.org")
    mails()
    assert answer.status_code == 302
    assert links() == []

    settle("confirm", "sun")

    mails()
    assert links() == ["wei@example.org"]


def test_many_addresses_are_confirmed_together_and_only_those_that_were_shown() -> None:
    for person in ("gao", "hao", "lin"):
        account(person)
        handle(person, "address", email=f"{person}@example.org")
    rows = list(Asked.objects.order_by("id"))
    page = body(client_of("sun").get("/people/accounts/asked/"))
    assert all(f'name="asked" value="{row.pk}"' in page for row in rows)

    answer = client_of("sun").post(
        "/people/accounts/asked/all", {"asked": [rows[0].pk, rows[1].pk, "x", "99999"]}
    )

    assert answer.status_code == 302
    kept = dict(Account.objects.values_list("person", "email"))
    assert (kept["gao"], kept["hao"], kept["lin"]) == ("gao@example.org", "hao@example.org", "")


def test_whoever_runs_the_server_gives_a_link_and_cannot_do_so_unseen(
    capsys: pytest.CaptureFixture[str],
) -> None:
    account("gao", "gao@example.org")

    assert main(["password-link", "Demo-Gao"]) == 0
    link = capsys.readouterr().out.split("/set-password/")[1].strip()
    assert main(["password-link", "nobody"]) == 2

    assert "没有这个用户名" in capsys.readouterr().err
    assert desk("gao") == []
    assert Message.objects.filter(person="gao", kind="outbox.link_on_server").count() == 2
    assert "在服务器上给出一次性链接" in body(client_of("sun").get("/people/accounts/record"))
    page = Client().get(f"/set-password/{link}", follow=True)
    assert "设置密码" in body(page)
    assert page.context["validlink"]


# ── nobody alone ──────────────────────────────────────────────────────────────────────────────


def everything(client: Client) -> list[str]:
    """Press every button that there is about accounts; what was shown."""
    shown = []
    for person in ("gao", "wei", "sun"):
        for what, data in (
            ("make", {"username": f"{person}-new", "email": "evil@example.org"}),
            ("address", {"email": "evil@example.org"}),
            ("link", {}),
            ("unlock", {}),
            ("restore", {}),
        ):
            shown.append(body(client.post(f"/people/accounts/{person}/{what}", data)))
    for row in Asked.objects.all():
        for what in ("show", "confirm"):
            shown.append(body(client.post(f"/people/accounts/asked/{row.pk}/{what}")))
    every = {"asked": [row.pk for row in Asked.objects.all()]}
    shown.append(body(client.post("/people/accounts/asked/all", every)))
    pages = ("/people/accounts/", "/people/accounts/asked/", "/people/accounts/record")
    return shown + [body(client.get(page)) for page in pages]


@pytest.mark.parametrize("person", ["yan", "sun", "gao", "bai", "lin"])
def test_nobody_alone_changes_an_account_of_somebody_else(person: str) -> None:
    for one in ("gao", "sun"):
        account(one, f"{one}@example.org")
    account("wei", password=None)
    if person not in ("gao", "sun"):
        account(person)
    client = client_of(person)
    others = Account.objects.exclude(person=person).order_by("id")
    before = list(others.values("person", "email", "password", "is_active"))

    shown = "".join(everything(client))
    mails()

    assert list(others.values("person", "email", "password", "is_active")) == before
    assert "/set-password/M" not in shown
    assert set(links()) <= {"gao@example.org", "sun@example.org"}
    codes = CODE.findall(shown)
    for first in codes:
        for second in codes:
            for name in ("demo-gao", "demo-wei", "demo-sun"):
                assert use(first, second, name).status_code == 422


def test_a_second_administrator_is_no_second_person_whatever_else_they_are() -> None:
    since = timezone.now().date() - timedelta(days=1)
    post = PostFilled(person="sun", post="系统管理员", unit=None, since=since)
    happen(PLACE, (post,), timezone.now())
    account("gao")
    handle("gao", "link")

    assert settle("show", "sun").status_code == 404
    assert settle("show", "qian").status_code == 200


@pytest.mark.parametrize("by", ["yan", "gao", "bai", "lin", "xu"])
def test_the_second_code_is_for_the_second_person_only(by: str) -> None:
    account("gao")
    handle("gao", "link")

    assert settle("show", by).status_code == 404
    assert not Asked.objects.get().second


def test_who_the_second_person_is_follows_from_the_clause() -> None:
    office = Office(account("bai"), "zh")

    assert seconds(office, "yan", "gao") == {"sun", "qian"}
    assert seconds(office, "yan", "sun") == {"qian"}
    last = timezone.now().date() - timedelta(days=1)
    leave = [
        PostVacated(person=a.person, post=a.post, unit=a.unit, until=last)
        for each in office.state.roster.appointments.values()
        for a in each
        if a.person in ("sun", "qian")
    ]
    happen(PLACE, tuple(leave), timezone.now())

    left = seconds(Office(office.account, "zh"), "yan", "gao")
    assert left
    assert not left & {"sun", "qian", "yan", "gao", "bai"}


def test_those_who_may_are_told_and_the_office_finds_the_page() -> None:
    account("sun", "sun@example.org")
    account("gao")
    handle("gao", "link")

    assert "outbox.password_waits" in desk("sun")
    assert "outbox.password_waits" in desk("qian")
    assert desk("lin") == []
    assert (
        "sun@example.org",
        "颜宁为高岩申请设置密码，请您核实以后把第二个码当面交给本人",
    ) in mails()
    assert "/people/accounts/asked/" in body(client_of("sun").get("/people/"))
    assert "高岩" in body(client_of("sun").get("/people/accounts/asked/"))


def test_of_another_institution_nothing_is_settled() -> None:
    there = Account.objects.create_user("else", None, institution="elsewhere", person="gao")
    row = Asked.objects.create(account=there, what="address", email="x@example.org", by="yan")

    for what in ("confirm", "decline", "show"):
        assert settle(what, "sun", row).status_code == 404
    answer = client_of("sun").post("/people/accounts/asked/all", {"asked": [row.pk]})

    assert answer.status_code == 404
    assert Asked.objects.get().status == "waiting"


def test_the_record_shows_all_of_it_to_those_two_and_nobody_else() -> None:
    account("gao")
    handle("gao", "link")
    settle("show", "sun")

    for person in ("yan", "sun"):
        page = body(client_of(person).get("/people/accounts/record"))
        assert "申请设置密码" in page
        assert "出示第二个码" in page
    for person in ("gao", "lin", "bai"):
        assert client_of(person).get("/people/accounts/record").status_code == 404


def test_the_pages_ask_a_fixed_number_of_questions(django_assert_num_queries) -> None:
    for person in ("gao", "hao", "lin", "xu"):
        account(person)
        handle(person, "address", email=f"{person}@example.org")
        sun = client_of("sun")
        sun.get("/people/")
        with django_assert_num_queries(4):
            sun.get("/people/accounts/asked/")
        with django_assert_num_queries(5):
            sun.get("/people/accounts/record")
