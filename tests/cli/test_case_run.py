import json
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run
from yishi.cases.model import StepResult
from yishi.journal import verify
from yishi.procedure.kinds import ACTS

CASE = ROOT / "charters/chuwuhui/cases/05-leave.yaml"
CAST = ROOT / "charters/cast.yaml"


def case(*steps: str) -> str:
    """A case with these steps, in the shipped institution."""
    return f"case: 试\ncast: {CAST}\nsteps:\n" + "".join(f"  - {step}\n" for step in steps)


SUBMITS = (
    "{at: 2026-10-12 09:10, by: li, do: submit_item, with: {item: a, body: chuwuhui, "
    "lead_unit: business, title: 采购, matter: administration, weighty: true, "
    "written: true, content: 买, proposal: 买}}"
)


def test_it_says_after_each_step_whether_it_stands_and_why_not(yishi: Run) -> None:
    ran = yishi("case", "run", CASE)

    assert ran.status == 0
    assert any("批准请假" in line and "不成立" in line for line in ran.lines)
    assert "“批准请假”由主任办理（依据：《郴州市政务服务中心管理处处务会议事规则》四）" in ran.out
    assert ran.lines[-1] == "1 个案例成立，0 个不成立。"


def test_it_speaks_english(yishi: Run) -> None:
    ran = yishi("case", "run", CASE, "--lang", "en")

    assert "does not stand" in ran.out
    assert ran.lines[-1] == "1 cases hold, 0 fail."


def test_json_is_one_object_a_step_and_nothing_else(yishi: Run) -> None:
    ran = yishi("case", "run", CASE, "--json")
    rows = [json.loads(line) for line in ran.lines]

    assert ran.status == 0
    assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
    assert {"file", "case", *StepResult.__struct_fields__} == set(rows[0])
    assert {row["outcome"] for row in rows} <= {"accepted", "refused", "answered", "departed"}
    assert rows[0]["clauses"] == ["四"]


def test_an_expectation_that_does_not_hold_ends_with_one(yishi: Run, write) -> None:
    path = write(
        "cases/x.yaml",
        case(SUBMITS.replace("}}", "}, expect: refused}")),
    )
    ran = yishi("case", "run", path)

    assert ran.status == 1
    assert "应当“不成立”，实际“成立”" in ran.out
    assert ran.lines[-1] == "0 个案例成立，1 个不成立。"


def test_quiet_prints_only_what_fails(yishi: Run, write) -> None:
    bad = write("cases/x.yaml", case(SUBMITS.replace("}}", "}, expect: refused}")))
    ran = yishi("case", "run", "--quiet", CASE, bad)

    assert CASE.name not in ran.out
    assert bad.name in ran.out
    assert ran.status == 1


def test_the_journal_is_kept_and_verifies(yishi: Run, tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    ran = yishi("case", "run", CASE, "--journal", path)

    assert ran.status == 0
    with path.open("rb") as lines:
        assert verify(lines).first_bad is None


def test_a_journal_that_is_there_is_not_overwritten(yishi: Run, write) -> None:
    path = write("journal.jsonl", "mine")
    ran = yishi("case", "run", CASE, "--journal", path)

    assert ran.status == 2
    assert "不会覆盖" in ran.err
    assert path.read_text() == "mine"


def test_a_journal_where_nothing_can_be_written(yishi: Run, tmp_path: Path) -> None:
    ran = yishi("case", "run", CASE, "--journal", tmp_path / "nowhere" / "journal.jsonl")

    assert ran.status == 2
    assert "写不进去" in ran.err


def test_a_journal_is_of_one_case(yishi: Run, tmp_path: Path) -> None:
    ran = yishi("case", "run", CASE, CASE, "--journal", tmp_path / "journal.jsonl")

    assert ran.status == 2
    assert "--journal" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_case_that_stops_half_way_leaves_no_journal(yishi: Run, write, tmp_path: Path) -> None:
    path = write("x.yaml", case(SUBMITS, "{by: li, do: no_such_act}"))
    ran = yishi("case", "run", path, "--journal", tmp_path / "journal.jsonl")

    assert ran.status == 2
    assert not (tmp_path / "journal.jsonl").exists()


def test_a_file_that_cannot_be_used(yishi: Run, unusable: tuple[Path, str]) -> None:
    path, says = unusable
    ran = yishi("case", "run", path)

    assert ran.status == 2
    assert str(path) in ran.err
    assert says in ran.err or "没有案例文件" in ran.err


@pytest.mark.parametrize("act", ["submit_itm", "sumbit_item", "SubmitItem", "提交"])
def test_an_unknown_act_is_told_at_its_line_with_the_nearest_one(yishi, write, act: str) -> None:
    path = write("x.yaml", case("{by: li, do: " + act + "}"))
    ran = yishi("case", "run", path)

    assert ran.status == 2
    assert ran.err.startswith(f"{path}:4: 没有“{act}”这个行为。 是不是“")
    assert ran.err.partition("是不是“")[2].partition("”")[0] in ACTS


def test_a_folder_without_cases(yishi: Run, tmp_path: Path) -> None:
    ran = yishi("case", "run", tmp_path)

    assert ran.status == 2
    assert "没有案例文件" in ran.err
