"""The architecture as it is told, as it is checked, and as it stands on the disk."""

import re
import tomllib

import pytest

from tests.house.source import ROOT, SOURCE

TOLD = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def ladder(text: str) -> list[list[str]]:
    """The lines of the ladder that the text draws, each with its names."""
    drawn = re.findall(r"(?ms)^## The ladder$.*?^```\n(.*?)^```$", text)[0]
    found = []
    for line in drawn.splitlines():
        names = re.match(r"(?: pure)? +((?:\(?\w+\)?(?: \| )?)+)", line)
        if names:
            found.append(names[1].strip().split(" | "))
    return found


def checked() -> list[list[str]]:
    """The lines that are checked."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["type"] == "layers")
    assert layers["exhaustive"]
    return [line.split(" | ") for line in layers["layers"]]


def test_the_ladder_is_drawn_as_it_is_checked() -> None:
    assert ladder(TOLD) == checked()


def test_only_what_is_not_there_yet_stands_in_brackets() -> None:
    there = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").is_file()}
    drawn = {name for line in ladder(TOLD) for name in line}

    assert {name for name in drawn if not name.startswith("(")} == there


def absent(text: str) -> list[str]:
    """Places that a table tells of and that are not there."""
    missing = []
    for row in re.findall(r"(?m)^\| (`.*?) \|", text):
        names = re.findall(r"`([^`]+)`", row)
        folder = names[0].rpartition("/")[0]
        for name in names:
            place = name if "/" in name else f"{folder}/{name}"
            pattern = re.sub(r"<[^>]+>", "*", place.rstrip("/"))
            if not (list(ROOT.glob(pattern)) or list(SOURCE.glob(pattern))):
                missing.append(name)
    return missing


@pytest.mark.parametrize("name", ["ARCHITECTURE.md"])
def test_every_place_that_is_told_of_is_there(name: str) -> None:
    assert absent((ROOT / name).read_text(encoding="utf-8")) == []


def test_a_place_that_is_gone_would_be_found() -> None:
    rows = "| `procedure/decide.py`, `decree.py` | x |\n| `charters/<body>/<date>.md` | y |\n"

    assert absent(rows) == ["decree.py"]


def test_a_line_that_is_drawn_otherwise_would_be_found() -> None:
    text = "## The ladder\n\n```\n    site     urls\n pure  a | (b)  x\n```\n"

    assert ladder(text) == [["site"], ["a", "(b)"]]
