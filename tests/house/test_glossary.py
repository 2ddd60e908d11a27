"""The glossary and the code say the same, both ways."""

import ast
import re
from collections.abc import Iterator

import pytest
import yaml

from tests.house.source import ROOT, modules
from yishi.charter.reader import read
from yishi.wording.source import load

GLOSSARY = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")

NOUNS = tuple(
    f"{place}.py"
    for place in (
        *("charter/model", "roster/model", "procedure/state"),
        *("procedure/verdict", "procedure/report", "procedure/duties"),
    )
)
"""Where the things of the trade are defined: each with its Chinese term stands in the glossary."""

_TERM = re.compile(r"[\u4e00-\u9fff]+")


def rows(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The terms of each row, and its identifiers."""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|") or len(cells) != 3:
            continue
        if identifiers := tuple(re.findall(r"`([\w.]+)`", cells[1])):
            yield cells[0], identifiers


def identifiers() -> set[str]:
    """Names in the code: classes, functions, fields, and values that it spells; ids of charters."""
    found: set[str] = set()
    for _, text in modules():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                found.add(node.name)
            elif isinstance(node, ast.Name):
                found.add(node.id)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    for path in (ROOT / "charters").glob("*/2*.md"):
        charter, _ = read(path.read_text(encoding="utf-8"))
        assert charter
        found.add(charter.body)
    cast = yaml.safe_load((ROOT / "charters/cast.yaml").read_text(encoding="utf-8"))
    return found | {unit["kind"] for unit in cast["units"].values()}


def terms(text: str) -> Iterator[tuple[str, str]]:
    """The Chinese terms in the docstrings of a module's classes: (class, term)."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef):
            for inside in re.findall(r"\(([^()]*)\)", ast.get_docstring(node) or ""):
                yield from ((node.name, term) for term in _TERM.findall(inside))


def unknown(text: str, known: set[str]) -> list[str]:
    """Identifiers of a glossary that are nowhere in the code."""
    return [one for _, ids in rows(text) for one in ids if one not in known]


def untold(text: str, sources: list[str]) -> list[tuple[str, str]]:
    """Classes with a Chinese term that no row of the glossary brings together."""
    told = {(one, term) for cell, ids in rows(text) for one in ids for term in _TERM.findall(cell)}
    return [pair for source in sources for pair in terms(source) if pair not in told]


def test_every_identifier_of_the_glossary_is_in_the_code() -> None:
    assert unknown(GLOSSARY, identifiers()) == []


def test_every_thing_of_the_trade_is_in_the_glossary() -> None:
    sources = [text for _, text in modules(*NOUNS)]

    assert len(sources) == len(NOUNS)
    assert untold(GLOSSARY, sources) == []


def test_every_term_is_one_that_people_read_in_rules_or_pages() -> None:
    read_by_people = "".join(load("zh").values())
    read_by_people += "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "charters").glob("*/2*.md")
    )
    read_by_people += (ROOT / "README.zh.md").read_text(encoding="utf-8")
    read_by_people += (ROOT / "docs/user-guide.md").read_text(encoding="utf-8")
    strange = [
        term
        for cell, _ in rows(GLOSSARY)
        for term in re.split(r"[、（）]", cell)
        if term and term not in read_by_people
    ]

    assert strange == []


def test_each_identifier_has_one_row() -> None:
    seen = [one for _, ids in rows(GLOSSARY) for one in ids]

    assert sorted({one for one in seen if seen.count(one) > 1}) == []


@pytest.mark.parametrize("row", ["| 议题 | `Itm` | x |", "| 议题 | `Item`, `SubmitItm` | x |"])
def test_a_word_that_is_not_in_the_code_would_be_found(row: str) -> None:
    assert unknown(row, {"Item"})


def test_a_thing_that_is_not_in_the_glossary_would_be_found() -> None:
    code = 'class Item:\n    """A matter (议题)."""\n\nclass Vote:\n    """A vote (投票)."""\n'

    assert untold("| 议题 | `Item` | x |", [code]) == [("Vote", "投票")]
    assert untold("| 事项 | `Item` | x |\n| 投票 | `Vote` | x |", [code]) == [("Item", "议题")]
