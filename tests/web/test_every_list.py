"""Every page that is a list offers itself as a spreadsheet, of just what its reader may see."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from unittest.mock import patch

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from openpyxl import load_workbook

from tests.playing import PLACE, client_of, play_into
from yishi.accounts.models import Account, Handling
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.outbox.delivery import NO_ADDRESS
from yishi.outbox.models import Message
from yishi.procedure.access import may_read
from yishi.procedure.minutes import PublishDecision
from yishi.register.models import DecisionRow, ItemRow, Reader, TaskRow

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
POSTS = "general/cases/20-posts.yaml"

LISTS = {
    "desk": "/desk.xlsx",
    "messages": "/messages.xlsx",
    "failures": "/messages/failures.xlsx",
    "items": "/items.xlsx",
    "sittings": "/sittings.xlsx",
    "tasks": "/tasks.xlsx",
    "decisions": "/decisions.xlsx",
    "excerpts": "/decisions/public.xlsx",
    "charters": "/charters.xlsx",
    "reports": "/reports.xlsx",
    "people": "/people/export.xlsx",
    "postings": "/people/changes.xlsx",
    "accounts": "/people/accounts.xlsx",
    "asked": "/people/accounts/asked.xlsx",
    "accounts_record": "/people/accounts/record.xlsx",
}
"""Pages that are lists, and where each is to be had as a spreadsheet."""

NO_LISTS = {
    "sign_in": "a form",
    "sign_out": "a button",
    "set_by_codes": "a form",
    "phrases": "words to put into a record, kept where they stand",
    "profiles": "a form for each body, a handful of them",
    "account": "one's own account",
    "notes": "one's own notes, which are in no export",
    "own_address": "a form",
    "language": "a button",
    "display": "a button",
    "calendar": "a month, of what other lists hold",
    "step_into": "a button",
    "archive_sitting": "a button",
    "health": "for machines",
    "submit": "a form",
    "supply_paper": "a form",
    "erasing": "what is looked for is to be gone, not taken along",
    "people_import": "a form",
    "confirm_all": "a button",
    "setup": "a form",
    "before": "a form",
    "propose_publication": "a form",
    "publish_minutes": "a form",
    "confirming": "a form",
    "guide": "a text",
    "design": "a text",
    "search": "a few finds of each list, which it leads to",
    "job_states": "for the script of a page",
}
"""Pages without an argument that are none, and what they are."""

TEMPLATES = {"people_template", "before_template"}


def routes() -> Iterator[tuple[str, str]]:
    """Every page that takes no argument, by its name, with its address."""
    waiting = [("", one) for one in get_resolver().url_patterns]
    while waiting:
        before, one = waiting.pop()
        path = before + str(one.pattern)
        if isinstance(one, URLPattern):
            if "<" not in path:
                yield str(one.name), f"/{path}"
        else:
            waiting += [(path, each) for each in one.url_patterns]


ADDRESS = dict(routes())


def test_each_page_without_an_argument_is_known_as_a_list_or_as_none() -> None:
    sheets = {name for name, path in ADDRESS.items() if path.endswith(".xlsx")}

    assert set(ADDRESS) - sheets == {*LISTS, *NO_LISTS}
    assert {ADDRESS[name] for name in sheets - TEMPLATES} == set(LISTS.values())


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker) -> Iterator[None]:
    """An office after its month, and another in which a change of posts waits."""
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        patch("django.utils.timezone.now", lambda: NOW),
    ):
        play_into(POSTS, "proposed", slug="posts")
        play_into(until="")
        do(PLACE, "chen", PublishDecision(decision="d-budget-2", without_tasks=True))
        yield
        transaction.set_rollback(True)


def page_of(client: Client, name: str, number: int = 1) -> str:
    answer = client.get(ADDRESS[name], {"page": number} if number > 1 else {})
    assert answer.status_code == 200, (name, answer.status_code)
    return str(answer.content.decode())


def whole(client: Client, name: str) -> str:
    """All pages of a list, as text."""
    first = page_of(client, name)
    last = re.search(r"共 (\d+) 页", first)
    rest = range(2, int(last[1]) + 1) if last else ()
    return html.unescape("".join((first, *(page_of(client, name, n) for n in rest))))


def sheet_of(client: Client, name: str, query: str = "") -> list[tuple]:
    answer = client.get(LISTS[name] + query)
    assert answer.status_code == 200, name
    return list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))


def mail(person: str, key: str, slug: str = PLACE, **fields: object) -> None:
    """A mail that did not go out."""
    Message.objects.create(
        institution=slug,
        person=person,
        channel="mail",
        key=key,
        made_at=timezone.now(),
        **{"kind": "outbox.leave_granted", "params": {"sitting": "oct"}, **fields},
    )


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_holds_something_offers_its_sheet(office: None, name: str) -> None:
    mail("he", "k1", failure="no_address", attempts=3, next_try=timezone.now())
    clients = [client_of("wang"), client_of("yan", slug="posts"), client_of("chen")]
    clients.append(client_of("sun", slug="posts"))
    clients[1].post("/people/accounts/wei/make", {"username": "wei-lan", "email": ""})

    query = {"state": "all"} if name == "tasks" else {}
    pages = [c.get(ADDRESS[name], query) for c in clients]
    seen = [p.content.decode() for p in pages if p.status_code == 200]

    assert seen
    assert any(f'href="{LISTS[name]}' in page for page in seen)


@pytest.mark.parametrize("person", ["chen", "liu", "li", "tan", "luo", "nobody-of-the-house"])
def test_items_decisions_and_tasks_in_a_sheet_are_those_that_the_rules_let_one_read(
    office: None, person: str
) -> None:
    state, client = MEMORY.at(PLACE).state, client_of(person)

    def may(thing: str, key: str) -> bool:
        return may_read(state, person, thing, key, NOW).allowed

    items = [i for i, one in state.items.items() if may("item", i) or one.submitted_by == person]
    expected = {
        "items": sorted(state.items[i].title for i in items),
        "decisions": sorted(
            state.items[d.item].title for k, d in state.decisions.items() if may("decision", k)
        ),
        "tasks": sorted(t.words for k, t in state.tasks.items() if may("task", k)),
    }

    for name, titles in expected.items():
        query = "?state=all" if name == "tasks" else ""
        answer = client.get(LISTS[name] + query)
        sheet = load_workbook(BytesIO(answer.content)).active
        rows = list(sheet.iter_rows(min_row=2, values_only=True))
        held = {title for row in rows for title in titles if title in row}
        assert len(rows) == len(titles), name
        assert held == set(titles), name
    assert expected["items"] or person in ("luo", "nobody-of-the-house")


@pytest.mark.parametrize("person", ["chen", "xiao", "li", "luo"])
@pytest.mark.parametrize("name", ["messages", "desk"])
def test_what_is_ones_own_is_in_the_sheet_line_by_line(
    office: None, person: str, name: str
) -> None:
    client = client_of(person)
    rows, page = sheet_of(client, name)[1:], whole(client, name)
    context = client.get(ADDRESS[name]).context
    told = 1 if name == "messages" else 0

    shown = len(context["duties"]) if name == "desk" else context["page"].paginator.count
    assert len(rows) == shown
    for row in rows:
        assert row[told].split(" · ")[0] in page


def test_failures_are_for_who_sees_to_the_mail_of_this_institution(office: None) -> None:
    mail("chen", "k1", failure=NO_ADDRESS, attempts=3, next_try=timezone.now())
    mail("li", "k2", failure="450 busy", attempts=1, given_up=True)
    mail("li", "k3")
    mail("sun", "k1", slug="posts", failure="no_address")

    rows = sheet_of(client_of("wang"), "failures")[1:]

    assert [(row[2], row[3], row[4]) for row in rows] == [
        (1, "450 busy", "不再试"),
        (3, "收件人没有登记邮箱", NOW.replace(hour=17, tzinfo=None)),
    ]
    assert client_of("chen").get(LISTS["failures"]).status_code == 404


def test_a_failed_mail_names_nothing_that_is_kept_from_who_sees_to_it(
    office: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this office the secretariat reads everything; another's may not: as though Deng's did."""
    monkeypatch.setattr("yishi.web.desk.news.of_secretariat", lambda office: True)
    state = MEMORY.at(PLACE).state
    for kind in ("item", "task"):
        every = getattr(state, f"{kind}s")
        for key in every:
            told = {"kind": f"outbox.{'returned' if kind == 'item' else 'task'}"}
            mail("li", f"{kind}-{key}", failure="x", params={kind: key}, **told)

    client, hidden = client_of("deng"), []
    rows, page = sheet_of(client, "failures")[1:], whole(client, "failures")
    for kind, field in (("item", "title"), ("task", "words")):
        for key, one in getattr(state, f"{kind}s").items():
            said = getattr(one, field)
            allowed = may_read(state, "deng", kind, key, NOW).allowed
            assert any(said in row[1] for row in rows) == allowed, said
            assert (said in page) == allowed, said
            hidden += [] if allowed else [said]
    assert hidden


def test_accounts_are_for_who_keeps_them_with_everybody_once(office: None) -> None:
    yan, state = client_of("yan", slug="posts"), MEMORY.at("posts").state
    client_of("sun", slug="posts", email="sun@example.org")
    Account.objects.filter(person="sun").update(is_active=False)
    Account.objects.create_user("elsewhere", institution=PLACE, person="chen")

    rows = sheet_of(yan, "accounts")[1:]

    assert len(rows) == len(state.roster.people)
    assert {row[0] for row in rows} == set(state.roster.people.values())
    sun = next(row for row in rows if row[1] == "posts-sun")
    assert sun[2:4] == ("sun@example.org", "已停用")
    assert [row[3] for row in rows if not row[1]] == ["还没有账号。"] * (len(rows) - 2)
    assert not [row for row in rows if "elsewhere" in row]
    for other in ("sun", "lin"):
        Account.objects.filter(person=other).update(is_active=True)
        assert client_of(other, slug="posts").get(LISTS["accounts"]).status_code == 404


def test_what_is_asked_and_what_was_done_go_to_who_may_see_them(office: None) -> None:
    yan = client_of("yan", slug="posts")
    yan.post("/people/accounts/wei/make", {"username": "wei-lan", "email": "wei@example.org"})

    for person in ("yan", "sun"):
        client = client_of(person, slug="posts")
        asked, done = sheet_of(client, "asked")[1:], sheet_of(client, "accounts_record")[1:]
        assert [row[0] for row in asked] == ["魏兰 · wei-lan"]
        assert asked[0][2] == "wei@example.org"
        assert len(done) == Handling.objects.count() > 1
    for name in ("asked", "accounts_record"):
        assert client_of("hao", slug="posts").get(LISTS[name]).status_code == 404
        assert client_of("chen").get(LISTS[name]).status_code in (200, 404)
        answer = client_of("chen").get(LISTS[name])
        assert b"wei-lan" not in answer.content


def test_each_version_of_the_rules_is_in_the_sheet_and_one_of_each_is_in_force(
    office: None,
) -> None:
    rows = sheet_of(client_of("li"), "charters")[1:]
    logs = MEMORY.at(PLACE).state.bodies.values()

    assert len(rows) == sum(len(log.versions) for log in logs)
    assert sum(row[3] == "是" for row in rows) == len(logs)
    assert {row[5] for row in rows} == {d for log in logs for _, d in log.versions}


@pytest.mark.parametrize(
    ("name", "person", "slug", "queries"),
    [
        ("desk", "chen", PLACE, 4),
        ("messages", "chen", PLACE, 4),
        ("failures", "wang", PLACE, 4),
        ("charters", "chen", PLACE, 3),
        ("accounts", "yan", "posts", 6),
        ("asked", "yan", "posts", 4),
        ("accounts_record", "yan", "posts", 4),
    ],
)
def test_a_sheet_asks_the_same_few_questions(
    office: None,
    django_assert_num_queries: Callable,
    name: str,
    person: str,
    slug: str,
    queries: int,
) -> None:
    client = client_of(person, slug=slug)
    client.get("/charters/")

    for count in (3, 40):
        for number in range(count):
            mail("li", f"{count}-{number}", failure="x")
        with django_assert_num_queries(queries):
            client.get(LISTS[name])


@pytest.mark.parametrize(
    ("name", "model", "thing", "queries"),
    [
        ("items", ItemRow, "item", 4),
        ("tasks", TaskRow, "task", 4),
        ("decisions", DecisionRow, "decision", 4),
    ],
)
def test_a_long_sheet_asks_no_question_more_and_holds_every_row(
    office: None,
    django_assert_num_queries: Callable,
    name: str,
    model: type[ItemRow | TaskRow | DecisionRow],
    thing: str,
    queries: int,
) -> None:
    client, one = client_of("chen"), model.objects.filter(institution=PLACE).first()
    query = "?state=all" if name == "tasks" else ""
    client.get("/charters/")
    held = len(sheet_of(client, name, query)) - 1
    keys = [f"more-{number}" for number in range(300)]
    rows = [replaced(one, subject=key) for key in keys]
    model.objects.bulk_create(rows)
    Reader.objects.bulk_create(
        Reader(institution=PLACE, thing=thing, subject=key, person="chen") for key in keys
    )

    with django_assert_num_queries(queries):
        assert len(sheet_of(client, name, query)) - 1 == held + 300


def replaced(row: ItemRow | TaskRow | DecisionRow, **fields: str) -> object:
    """Another row that says the same but for these."""
    told = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    return type(row)(**{**told, "id": None, **fields})
