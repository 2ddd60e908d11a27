from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run
from yishi.cases.runner import Runner
from yishi.cli.telling import MARKS, told
from yishi.cli.terminal import width
from yishi.procedure.verdict import Accepted, Refused
from yishi.wording import Catalogue

MONTH = ROOT / "charters/chuwuhui/cases/full-month.yaml"


@pytest.fixture(autouse=True)
def _wide(monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_plays_the_month_and_the_week_within_the_page(yishi: Run, language: str) -> None:
    ran = yishi("play", "--lang", language)

    assert ran.status == 0
    assert max(map(width, ran.lines)) <= 100
    assert not any(mark in ran.out for mark in ("{", "about.", "papers.", "words."))


def test_it_ends_with_minutes_ledger_and_report_of_each_body(yishi: Run) -> None:
    out = yishi("play").out

    for body in ("处务会", "主任办公会"):
        assert f"{body}2026年第1次会议纪要（2026年第1号）" in out
        assert f"{body}督办台账" in out
        assert f"{body}议事合规报告（2026年" in out
    assert out.count("已销号") >= 8
    assert "随决定变更终止" in out
    assert "closed" not in out


def test_every_refusal_is_told_with_ground_clause_and_what_to_do(yishi: Run) -> None:
    flat = yishi("play", MONTH).out.replace("\n" + " " * 13, "")

    assert "✗ 10:05  陈志远  表态" in flat
    assert (
        "✗ 会议主持人最后表态，尚未发表意见：刘敏、曾建国、王芳、李强、周琳、吴昊"
        "（依据：《郴州市政务服务中心管理处处务会议事规则》五(二)3）" in flat
    )
    assert "→ 请先请以上人员发表意见，或由其放弃发言" in flat


def test_no_act_is_left_out_and_each_has_its_verdicts_mark() -> None:
    result, stage = Runner().run(MONTH)
    tellings = told(result, stage, Catalogue("zh"))
    refused = [j for j in stage.history.judged() if isinstance(j.verdict, Refused)]
    accepted = [j for j in stage.history.judged() if isinstance(j.verdict, Accepted)]
    people = sum(one.about.count("、") + 1 for one in tellings if one.what == "签到")

    assert sum(one.mark == MARKS["refused"] for one in tellings) == len(refused)
    assert people == sum(j.deed.act.name() == "mark_present" for j in accepted)
    assert all(one.clauses for one in tellings if one.mark == MARKS["accepted"])


def test_the_minutes_do_not_tell_how_anybody_voted(yishi: Run) -> None:
    minutes = yishi("play", MONTH).out.partition("会议纪要（")[2].partition("督办台账")[0]

    assert "反对" not in minutes
    assert "全体组成人员共8人，5人赞成，超过半数" in minutes


def test_the_minutes_stay_as_they_were_issued_when_a_deadline_is_changed_later(yishi: Run) -> None:
    first = yishi("play", MONTH).out.partition("会议纪要（")[2].partition("会议纪要（")[0]

    assert "上报2027年预算（责任单位：业务科；责任人：李强；办结时限：2026-11-20）" in first


def test_a_narrow_terminal_is_kept_to(yishi: Run, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")

    assert max(map(width, yishi("play", MONTH).lines)) <= 72


@pytest.mark.parametrize("where", ["empty", "folder"])
def test_where_there_is_nothing_to_play(yishi: Run, write, tmp_path: Path, where: str) -> None:
    path = write("empty.yaml", "case: 不演\n") if where == "empty" else tmp_path
    ran = yishi("play", path)

    assert ran.status == 2
    assert "没有可以演示的案例" in ran.err


def test_a_file_that_cannot_be_used(yishi: Run, unusable: tuple[Path, str]) -> None:
    path, says = unusable
    ran = yishi("play", path)

    assert ran.status == 2
    assert says in ran.err or "没有可以演示的案例" in ran.err


def test_an_expectation_that_fails_is_shown_and_ends_with_one(yishi: Run, write) -> None:
    text = MONTH.read_text(encoding="utf-8").replace(
        "../../cast.yaml", str(ROOT / "charters/cast.yaml")
    )
    path = write("cases/x.yaml", text.replace("expect: refused", "expect: departed", 1))
    ran = yishi("play", path)

    assert ran.status == 1
    assert "应当“成立（有偏离）”，实际“不成立”" in ran.out
