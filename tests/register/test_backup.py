"""A backup made while people act, put back elsewhere, verifies and holds the same lists."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection

from yishi.journal import verify

ROOT = Path(__file__).parents[2]
THERE, BACK = (f"yishi_backup_{os.getpid()}_{name}" for name in ("there", "back"))
CODE = """
import sys
from yishi.cli.main import main

def contents():
    from tests.register.test_rebuild import contents
    return repr(contents())

{}
"""

PLAYED = """
main(["migrate"])
from io import BytesIO
from tests.playing import PLACE, play_into
from yishi.papers import shelf
play_into(until="approved")
print(shelf.put(PLACE, BytesIO(b"paper"))[0])
"""

ACTING = """
from yishi.cli.database import opened
opened()
import msgspec
from yishi.clerk.door import do
from yishi.procedure.kinds import ACTS
for number in range(100_000):
    act = msgspec.convert({"person": f"n{number}", "called": "某人"}, ACTS["enter_person"])
    print(type(do("demo", "ning", act).verdict).__name__, flush=True)
"""

RESTORED = """
from yishi.cli.database import opened
opened()
before = contents()
assert main(["rebuild"]) == 0
assert contents() == before and len(before) > 10_000
from yishi.papers import shelf
assert shelf.take("demo", sys.argv[1]).read() == b"paper"
assert main(["export", "demo", sys.argv[2]]) == 0
from django.db import connection, DatabaseError
try:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET type = 'x'")
except DatabaseError:
    print("kept")
"""


def env_of(home: Path, url: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("YISHI_", "DJANGO_"))}
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    named = {"YISHI_HOME": str(home), "YISHI_TRIAL": "1", "PYTHONPATH": path, "DATABASE_URL": url}
    return {**kept, **named, "DJANGO_SETTINGS_MODULE": "yishi.site.settings", "PYTHONUTF8": "1"}


def run(code: str, env: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-c", CODE.format(code), *arguments]
    ran = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


class Embedded:
    """The database in a file: copied by its own means while it is written to."""

    there = back = ""

    def copy(self, home: Path, other: Path) -> None:
        with (
            sqlite3.connect(home / "yishi.sqlite3") as source,
            sqlite3.connect(other / "yishi.sqlite3") as target,
        ):
            source.backup(target)


class Postgres:
    """Two databases of one server, from one into the other by a dump."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.there, self.back = (
            urlunsplit(urlsplit(url)._replace(path=f"/{name}")) for name in (THERE, BACK)
        )
        self.drop()
        self._say(f"CREATE DATABASE {THERE}", f"CREATE DATABASE {BACK}")

    def drop(self) -> None:
        self._say(*(f"DROP DATABASE IF EXISTS {name}" for name in (THERE, BACK)))

    def _say(self, *statements: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as server:
            for one in statements:
                server.execute(one)

    def copy(self, home: Path, other: Path) -> None:
        dump = other / "day.dump"
        subprocess.run(["pg_dump", "-Fc", "-f", dump, self.there], check=True)
        subprocess.run(["pg_restore", "--no-owner", "-d", self.back, dump], check=True)


@pytest.fixture
def database(django_db_setup, django_db_blocker) -> Iterator[Embedded | Postgres]:
    if connection.vendor != "postgresql":
        yield Embedded()
        return
    if not shutil.which("pg_dump") and os.environ.get("CI") != "true":
        pytest.skip("pg_dump is not installed")
    made = Postgres(os.environ["DATABASE_URL"])
    yield made
    made.drop()


def test_a_backup_made_meanwhile_verifies_elsewhere_and_holds_the_same_lists(
    tmp_path: Path, database: Embedded | Postgres
) -> None:
    home, other = tmp_path / "there", tmp_path / "back"
    other.mkdir()
    paper = run(PLAYED, env_of(home, database.there)).split()[-1]
    acting = subprocess.Popen(
        [sys.executable, "-c", CODE.format(ACTING)],
        env=env_of(home, database.there),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert acting.stdout is not None
        assert [acting.stdout.readline().strip() for _ in range(3)] == ["Accepted"] * 3
        database.copy(home, other)
        assert acting.poll() is None
    finally:
        acting.kill()
        acting.communicate()
    shutil.copytree(home / "papers", other / "papers")

    file = other / "check.jsonl"
    said = run(RESTORED, env_of(other, database.back), paper, str(file))

    assert said.split()[-1] == "kept"
    with file.open("rb") as lines:
        report = verify(lines)
    assert report.ok
    assert report.sound > 50
