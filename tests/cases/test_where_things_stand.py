"""Questions about where an act falls and which seat a person has, asked of a small case."""

from pathlib import Path

import pytest

from tests.cases.mutants import ROOT
from yishi.cases.runner import run_case

CAST = ROOT / "cast.yaml"


def played(tmp_path: Path, *steps: str) -> list[tuple[str, ...]]:
    file = tmp_path / "case.yaml"
    text = "\n".join(f"  - {step}" for step in steps)
    file.write_text(f"case: 一问\ncast: {CAST}\nsteps:\n{text}\n", encoding="utf-8")
    return [step.failures for step in run_case(file).steps]


def asked(act: str, clauses: str) -> str:
    return f"{{ask: charter, body: zhurenbangonghui, expect: {{clauses: {{{act}: {clauses}}}}}}}"


def test_an_act_falls_under_exactly_the_clauses_that_bear_on_it(tmp_path: Path) -> None:
    assert played(tmp_path, asked("recuse", "[第六条, 第八条, 第二十四条]")) == [()]


@pytest.mark.parametrize("clauses", ["[第六条]", "[第六条, 第八条, 第九条]", "[]"])
def test_a_clause_too_few_or_too_many_is_said(tmp_path: Path, clauses: str) -> None:
    (failures,) = played(tmp_path, asked("recuse", clauses))

    assert "recuse" in failures[0]


def test_who_has_no_place_in_a_sitting_is_not_said_to_attend(tmp_path: Path) -> None:
    starts = "starts_at: 2026-10-09 15:00"
    convened = f"{{by: chen, do: convene, with: {{sitting: s, body: zhurenbangonghui, {starts}}}}}"
    seats = {"zeng": "member", "li": "attending", "guan": "none"}

    steps = [
        f"{{ask: state, sitting: s, person: {person}, expect: {{seat: {seat}}}}}"
        for person, seat in seats.items()
    ]

    first = "{at: 2026-10-08 09:00, " + convened.removeprefix("{")
    assert played(tmp_path, first, *steps) == [(), (), (), ()]


def test_the_report_of_a_sitting_there_is_not_is_missing(tmp_path: Path) -> None:
    (failures,) = played(tmp_path, "{ask: report, body: chuwuhui, sitting: never}")

    assert "never" in failures[0]
