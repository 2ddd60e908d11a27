"""What the years behind an institution cost its pages: no question more, and no walk through all.

A list that is empty for somebody asks one question less: of nothing, no page is asked for.
"""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.playing import client_of
from tests.web.demonstration import demonstrate
from yishi.procedure.state import State
from yishi.web.answers import REMEMBERED

pytestmark = pytest.mark.django_db

PEOPLE = ("chen", "xiao", "tan", "li", "luo", "guan")

QUESTIONS = {
    "/": 6,
    "/messages": 4,
    "/guide": 3,
    "/notes/": 4,
    "/calendar": 6,
    "/items/": 7,
    "/items/<waiting>": 10,
    "/items/<decided>": 10,
    "/submit": 3,
    "/sittings/": 8,
    "/sittings/<ahead>": 6,
    "/sittings/<past>": 6,
    "/sittings/now-open/room": 7,
    "/sittings/<past>/record": 7,
    "/sittings/<past>/minutes": 7,
    "/tasks/": 5,
    "/tasks/?state=all": 6,
    "/tasks/<running>": 8,
    "/tasks/<struck_off>": 8,
    "/decisions/": 5,
    "/decisions/<latest>": 3,
    "/charters/": 3,
    "/charters/chuwuhui": 6,
    "/people/": 3,
    "/people/changes/": 4,
    "/people/of/li": 4,
    "/reports/?body=zhurenbangonghui": 8,
    "/do/note_record?sitting=now-open": 3,
    "/do/submit_item?body=chuwuhui": 4,
}
"""Each page, and how often it asks the database."""

GROWING = ("journal_entry", "journal_sealedtext", "register_reader")
"""Tables that are found in by more than whose they are, or a page takes longer every year."""


def places(state: State) -> dict[str, str]:
    """What stands for each name in an address."""
    items, tasks = list(state.items.values()), list(state.tasks.values())
    sittings = sorted(state.sittings.values(), key=lambda s: s.starts_at)
    return {
        "waiting": next(i.id for i in items if i.status == "collated"),
        "decided": max((i.last_sitting or "", i.id) for i in items if i.status == "decided")[1],
        "ahead": next(s.id for s in sittings if s.status == "convened"),
        "past": next(s.id for s in reversed(sittings) if s.minutes),
        "running": min(state.open_tasks),
        "struck_off": max(tasks, key=lambda t: (t.status == "closed", t.assigned_at)).id,
        "latest": max(state.decisions.values(), key=lambda d: d.at).id,
    }


def addresses(state: State) -> Iterator[tuple[str, str]]:
    """Every page with its address."""
    named = places(state)
    for page in QUESTIONS:
        address = page
        for name, subject in named.items():
            address = address.replace(f"<{name}>", subject)
        yield page, address


def asked(client: Client, address: str) -> list[str] | None:
    """What a page asks of the database, the state being held and no answer remembered.

    Nothing where the page is not theirs.
    """
    if client.get(address).status_code != 200:
        return None
    REMEMBERED.forget()
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return [one["sql"] for one in seen.captured_queries if one["sql"].startswith("SELECT")]


@pytest.mark.parametrize("months", [1, 120])
def test_each_page_asks_as_often_after_ten_years_as_after_a_month(months: int) -> None:
    state = demonstrate(months)
    clients = [client_of(person) for person in PEOPLE]

    most = {
        page: max(len(asked(client, address) or ()) for client in clients)
        for page, address in addresses(state)
    }

    assert most == QUESTIONS


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite says how it would look")
def test_no_page_walks_through_all_that_ever_happened() -> None:
    state = demonstrate()

    walks = {
        (address, step)
        for person in PEOPLE
        for _, address in addresses(state)
        for sql in asked(client_of(person), address) or ()
        for step in plan(sql)
        if any(table in step for table in GROWING) and " AND " not in step
    }

    assert walks == set()


def plan(sql: str) -> list[str]:
    """How the database would go about a question, step by step."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}".replace("%", "%%"), [])
        return [step[3].replace(" U0 ", " register_reader ") for step in cursor.fetchall()]
