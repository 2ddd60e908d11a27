"""No clock, chance, file, network or framework in the pure packages."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import pure_modules

CLOCK = ("time", "sched", "calendar", "zoneinfo")
CHANCE = ("random", "secrets", "uuid")
FILES = ("os", "io", "pathlib", "shutil", "tempfile", "glob", "fileinput", "sqlite3", "pickle")
NETWORK = ("socket", "ssl", "http", "urllib", "requests", "httpx", "asyncio", "subprocess")
FRAMEWORK = ("django", "jinja2", "psycopg", "gunicorn", "structlog", "gettext", "locale", "logging")
FORBIDDEN = frozenset((*CLOCK, *CHANCE, *FILES, *NETWORK, *FRAMEWORK, "sys", "importlib"))

CALLS = frozenset({"open", "print", "input", "exec", "eval", "__import__", "globals"})
ASKS_THE_CLOCK = frozenset({"now", "utcnow", "today", "fromtimestamp"})


def impure(name: str, text: str) -> Iterator[str]:
    """What a pure module may not do, with file and line."""
    for node in ast.walk(ast.parse(text)):
        for said in _imports(node):
            if said.split(".")[0] in FORBIDDEN:
                yield f"{name}:{node.lineno}: imports {said}"  # type: ignore[attr-defined]
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in CALLS:
                yield f"{name}:{node.lineno}: calls {called.id}()"
            if isinstance(called, ast.Attribute) and called.attr in ASKS_THE_CLOCK:
                yield f"{name}:{node.lineno}: asks the clock by {called.attr}()"


def _imports(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and not node.level:
        yield node.module or ""


def test_the_pure_packages_know_no_clock_chance_file_network_or_framework() -> None:
    found = [fault for name, text in pure_modules() for fault in impure(name, text)]

    assert found == []


def test_the_pure_packages_are_there() -> None:
    assert len(list(pure_modules())) > 50


@pytest.mark.parametrize(
    "bad",
    [
        "import time",
        "from datetime import datetime\nat = datetime.now()",
        "from datetime import date\nday = date.today()",
        "import random as r",
        "from uuid import uuid4",
        "from pathlib import Path",
        "import os.path",
        "def f(p):\n    with open(p) as file:\n        return file.read()",
        "import urllib.request",
        "from django.db import models",
        "def f():\n    import secrets",
    ],
)
def test_each_of_them_would_be_found(bad: str) -> None:
    assert list(impure("bad.py", bad))


def test_reckoning_with_times_that_come_in_is_pure() -> None:
    good = "from datetime import datetime, timedelta\ndef f(at: datetime):\n    return at.date()"

    assert list(impure("good.py", good)) == []
