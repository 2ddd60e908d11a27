"""A worked case, up to a label, kept in the database by the clerk: where tests of pages begin."""

from functools import cache
from pathlib import Path

import msgspec
from django.test import Client

from yishi.accounts.models import Account
from yishi.cases.casting import Stage
from yishi.cases.runner import Runner
from yishi.clerk import door
from yishi.journal.tables.store import TableStore
from yishi.procedure.charters import InstitutionFounded

CHARTERS = Path(__file__).parents[1] / "charters"
MONTH = "chuwuhui/cases/full-month.yaml"
WEEK = "zhurenbangonghui/cases/full-week.yaml"
PLACE = "demo"


@cache
def stage_of(case: str, until: str) -> Stage:
    """A case played up to a label, without a database."""
    runner = Runner()
    path = CHARTERS / case
    tree, _ = runner._read(path)
    if until:
        return runner._beginning(path, until, tree, 0)
    return runner.run(path)[1]


def play_into(
    case: str = MONTH,
    until: str = "budget-presented",
    slug: str = PLACE,
    demonstration: bool = False,
) -> Stage:
    """Keep a played case in the database as an institution of its own."""
    stage = stage_of(case, until)
    keep(stage, slug, demonstration)
    return stage


def keep(stage: Stage, slug: str = PLACE, demonstration: bool = False) -> None:
    """Begin an institution of its own with what has happened on a stage."""
    TableStore(slug).create()
    for one in stage.history.done:
        if one.deed is None:
            events = tuple(_founding(event, demonstration) for event in one.events)
            door.happen(slug, events, one.at)
        else:
            deed = one.deed
            done = door.do(slug, deed.actor, deed.act, at=one.at, reason=deed.reason, retold=True)
            assert type(done.verdict) is type(one.verdict), done.verdict


def _founding(event: msgspec.Struct, demonstration: bool) -> msgspec.Struct:
    if isinstance(event, InstitutionFounded):
        named = {"called": "郴州市政务服务中心", "zone": "Asia/Shanghai"}
        return msgspec.structs.replace(event, **named, demonstration=demonstration)
    return event


def client_of(person: str, slug: str = PLACE, **fields: object) -> Client:
    """A browser in which that person is signed in."""
    account, _ = Account.objects.get_or_create(
        institution=slug, person=person, defaults={"username": f"{slug}-{person}", **fields}
    )
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client
