"""Every sentence part of the adopted texts has its rule and the cases that show it."""

from pathlib import Path

import pytest

from tests.cases.mutants import ROOT
from yishi.cases.proof import Part, listed, parts_of
from yishi.cases.runner import Runner, case_files

CHARTERS = sorted(path.with_suffix("").with_suffix(".md") for path in ROOT.glob("*/*.parts.yaml"))


@pytest.fixture(scope="module")
def results() -> list:
    runner = Runner()
    return [runner.run(file)[0] for file in case_files(ROOT)]


@pytest.mark.parametrize("charter", CHARTERS, ids=lambda path: path.parent.name)
def test_no_part_lacks_its_cases(charter: Path, results: list) -> None:
    lacking = {part.id: part.lacking() for part in parts_of(charter, results)}

    assert {part: missing for part, missing in lacking.items() if missing} == {}


def test_all_132_parts_are_listed() -> None:
    every = {part for charter in CHARTERS for part in listed(charter)}

    assert len(every) == 132


def test_a_part_without_its_refusal_is_found() -> None:
    part = Part("X-1", "…", ["一"], ["needs"], ["enforced"], {"stands": ["month#1"]})

    assert part.lacking() == ["enforced: refused"]


def test_a_part_without_rule_and_reason_is_found() -> None:
    assert Part("X-1", "…", [], [], [], {}).lacking() == ["a rule, or the reason why there is none"]
