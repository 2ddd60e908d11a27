"""A body's name, number, role or date in Python is a charter that somebody forgot to write."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache

import pytest
import yaml

from tests.house.source import ROOT, literals, modules
from yishi.charter.model import Charter
from yishi.charter.reader import read

PLACES = ("procedure", "journal", "roster", "values")
CHINESE = re.compile("[\u3400-\u9fff\uff01-\uff5e\u3001-\u3015]")
DAY = re.compile(r"\b(19|20)\d\d-\d\d(-\d\d)?\b")
SMALL = 12
"""Numbers up to this are no rule by themselves: half a day, months, counts."""

CONVENTIONAL = frozenset({"secretariat", "general"})
"""Names that every charter uses alike, by the charter language: the office, the defaults."""


@cache
def charters() -> tuple[Charter, ...]:
    """The shipped charters."""
    paths = sorted((ROOT / "charters").glob("*/2*.md"))
    found = (read(path.read_text(encoding="utf-8"))[0] for path in paths)
    return tuple(charter for charter in found if charter is not None)


@cache
def names() -> frozenset[str]:
    """Ids and printed names of the shipped bodies, posts, units and people."""
    found: set[str] = set()
    for charter in charters():
        found |= {charter.body, charter.name, charter.title}
        for named in (charter.posts, charter.units):
            found |= set(named) | {name for own in named.values() for name in own}
    cast = yaml.safe_load((ROOT / "charters/cast.yaml").read_text(encoding="utf-8"))
    found |= {cast["institution"], *cast["people"].values()}
    found |= {unit["name"] for unit in cast["units"].values()}
    return frozenset(found) - CONVENTIONAL


@cache
def numbers() -> frozenset[int]:
    """Numbers that the shipped rules set, and the years and numbers of their adoption."""
    found: set[str] = set()
    for charter in charters():
        found |= set(re.findall(r"\d+", str(charter.header.get("adopted_by", ""))))
        for _, rule in charter.rules():
            found |= {value for value in map(str, rule.params.values()) if value.isdigit()}
    return frozenset(n for n in map(int, found) if n > SMALL)


def from_a_charter(name: str, text: str) -> Iterator[str]:
    """What of a module belongs in a charter, with file and line."""
    for line, literal in literals(text):
        if CHINESE.search(literal):
            yield f"{name}:{line}: Chinese words: {literal!r}"
        if literal in names():
            yield f"{name}:{line}: a name from a charter: {literal!r}"
        if DAY.search(literal):
            yield f"{name}:{line}: a date: {literal!r}"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value in numbers():
            yield f"{name}:{node.lineno}: a number from a charter: {node.value}"
        if isinstance(node, ast.Call) and _a_day(node):
            yield f"{name}:{node.lineno}: a date: {ast.unparse(node)}"


def _a_day(call: ast.Call) -> bool:
    called = call.func.id if isinstance(call.func, ast.Name) else ""
    given: Iterable[ast.expr] = call.args
    plain = [arg for arg in given if isinstance(arg, ast.Constant)]
    return called in ("date", "datetime") and len(plain) >= 3


def test_nothing_of_a_charter_stands_in_the_code() -> None:
    found = [fault for name, text in modules(*PLACES) for fault in from_a_charter(name, text)]

    assert found == []


def test_the_charters_say_what_to_look_for() -> None:
    assert {"处务会", "chuwuhui", "director", "李强"} <= names()
    assert {25, 2017} <= numbers()


@pytest.mark.parametrize(
    "bad",
    [
        'if body == "chuwuhui":\n    pass',
        'POST = "director"',
        'WORD = "应当"',
        "LAST_DAY = 25",
        "SINCE = date(2017, 3, 21)",
        'SINCE = "2017-03-21"',
        'said = f"由{who}召集"',
    ],
)
def test_each_of_them_would_be_found(bad: str) -> None:
    assert list(from_a_charter("bad.py", bad))


def test_docstrings_may_name_the_chinese_term() -> None:
    good = '"""Items (议题)."""\n\nclass Item:\n    """A matter (议题), since 2017-03-21."""\n'

    assert list(from_a_charter("good.py", good)) == []
