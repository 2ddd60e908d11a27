"""The table of what is done of the standards: complete, and each test that it names is there."""

import ast
import re
from collections.abc import Iterator

from tests.house.source import ROOT
from yishi.documents.lapses import HABITS

PAGE = (ROOT / "docs/conformance.md").read_text(encoding="utf-8")

REQUIRED = {"A": 5, "B": 9, "C": 11, "D": 11, "E": 10, "F": 6, "G": 8, "H": 9, "I": 2, "J": 11}
REQUIRED |= {"K": 8}
"""How many requirements each group has that a paper can be held against."""

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| GW-")
]
LETTERS = dict(re.findall(r"\b([A-Z]) = `([\w/.]+)`", PAGE))
"""The files of tests by the letter that the table has for them."""


def numbers(cell: str) -> Iterator[str]:
    """Every number that a cell names: GW-B1—B3, GW-A1、A2."""
    for group, first, last in re.findall(r"([A-K])(\d+)(?:—[A-K](\d+))?", cell):
        yield from (f"{group}{n}" for n in range(int(first), int(last or first) + 1))


def names_in(file: str) -> list[str]:
    """The names of the tests in a file."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return [one.name for one in tree.body if getattr(one, "name", "").startswith("test_")]


def by_number() -> dict[str, set[str]]:
    """By the number of a requirement, the letters of the tests that the table names."""
    found: dict[str, set[str]] = {}
    for row in ROWS:
        for number in numbers(row[0]):
            found.setdefault(number, set()).update(re.findall(r"\b[A-Z]\b", row[-1]))
    return found


def test_every_requirement_is_in_the_table_and_no_other() -> None:
    wanted = {f"{group}{n}" for group, most in REQUIRED.items() for n in range(1, most + 1)}

    assert by_number().keys() == wanted


def test_a_row_names_a_test_or_says_why_there_is_none() -> None:
    bare = [row[0] for row in ROWS if not row[-1] and not re.search("不|还没有|以登记簿", row[2])]

    assert bare == []


def test_every_test_that_the_table_names_is_there() -> None:
    named = {letter for letters in by_number().values() for letter in letters}
    assert named <= LETTERS.keys()

    for file in LETTERS.values():
        assert names_in(file), file
    for path in re.findall(r"`(tests/[\w/]+)`", PAGE):
        assert (ROOT / path).is_dir(), path


def test_a_test_that_bears_a_number_stands_in_its_row() -> None:
    found = by_number()
    missing = [
        (letter, name, number)
        for letter, file in LETTERS.items()
        for name in names_in(file)
        for marked in re.findall(r"^test_gw((?:_[a-k]\d+)+)", name)
        for number in marked.upper().strip("_").split("_")
        if letter not in found[number]
    ]

    assert missing == []


def test_what_is_remarked_on_in_words_is_said_to_be() -> None:
    found = by_number()
    silent = {h.number for h in HABITS if "S" not in found[h.number.removeprefix("GW-")]}

    assert silent == set()
