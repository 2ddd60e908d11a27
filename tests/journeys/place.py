"""An institution behind a real server: a database of its own, its clock, its accounts."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test.testcases import QuietWSGIRequestHandler
from psycopg import sql

from tests.playing import CHARTERS, PLACE, keep
from yishi.accounts.models import Account
from yishi.cases.casting import set_up
from yishi.clerk.memory import MEMORY
from yishi.procedure.state import State
from yishi.site.settings import _database

ZONE = ZoneInfo("Asia/Shanghai")
PASSWORD = "议事 by the book"
POSTGRES = "postgres://postgres@127.0.0.1:5432/postgres"


def lacking(what: str) -> None:
    """Skip for want of something, visibly; where everything is to be tried, fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"with CI=true there must be {what}")
    pytest.skip(f"not run: there is no {what} here")


class Clock:
    """The hour at the institution; the server in this process tells it, too."""

    def __init__(self, now: datetime = datetime(2026, 10, 1, tzinfo=ZONE)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """What `django.utils.timezone.now` says."""
        return self.now.astimezone(ZoneInfo("UTC"))

    def to(self, said: str) -> None:
        """It is now this hour: `2026-10-12 09:10`, or `09:10` on the same day."""
        day, _, hour = said.rpartition(" ")
        self.now = datetime.fromisoformat(f"{day or self.now.date()} {hour}").replace(tzinfo=ZONE)


class Place:
    """Where the server is, and what its institution looks like just now."""

    def __init__(self, address: str, clock: Clock) -> None:
        self.address, self.clock = address, clock

    @property
    def state(self) -> State:
        """The state as the journal tells it."""
        return MEMORY.at(PLACE).state


def founded(on: date) -> None:
    """The shipped office on its first day: its people, its rules, nothing done yet."""
    keep(set_up(CHARTERS / "cast.yaml", {}, on))


def accounts() -> None:
    """Everybody signs in by their own name, with a password."""
    for person in MEMORY.at(PLACE).state.roster.people:
        Account.objects.create_user(person, PASSWORD, institution=PLACE, person=person)


@contextmanager
def database(kind: str, folder: Path) -> Iterator[None]:
    """An empty database of the journeys' own, with all tables, in place of the tests' one."""
    with pytest.MonkeyPatch.context() as patched, _made(kind, folder) as url:
        patched.setenv("DATABASE_URL", url)
        patched.setenv("YISHI_DATABASE_MAX_AGE", "0")
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # a browser is driven by this thread
        before, kept = connections["default"], connections.settings["default"]
        connections.settings |= connections.configure_settings({"default": _database()})
        del connections["default"]
        try:
            call_command("migrate", verbosity=0)
            yield
        finally:
            connections["default"].close()
            connections.settings["default"] = kept
            connections["default"] = before


@contextmanager
def _made(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'yishi.sqlite3'}"
        return
    url = os.environ.get("DATABASE_URL", "")
    url = url if url.startswith("postgres") else POSTGRES
    name = f"journeys_{uuid4().hex[:12]}"
    _asked(url, "CREATE DATABASE {}", name)
    try:
        yield f"{url.rpartition('/')[0]}/{name}"
    finally:
        _asked(url, "DROP DATABASE {} WITH (FORCE)", name)


def _asked(url: str, order: str, name: str) -> None:
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=5) as server:
            server.execute(sql.SQL(order).format(sql.Identifier(name)))
    except psycopg.OperationalError:
        lacking("PostgreSQL")


@contextmanager
def served(folder: Path, clock: Clock | None = None) -> Iterator[Place]:
    """The pages from a thread of this process, so that the clock of the tests is theirs."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(settings, "MEDIA_ROOT", folder / "papers")
        if clock is not None:
            patched.setattr("django.utils.timezone.now", clock)
        server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
        server.set_app(get_wsgi_application())
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield Place(f"http://127.0.0.1:{server.server_port}", clock or Clock())
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
