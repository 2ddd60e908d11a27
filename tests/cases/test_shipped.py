"""Every shipped case holds, in both languages, and leaves a journal that replays alike."""

from pathlib import Path

import pytest

from tests.cases.mutants import ROOT
from yishi.cases.keeping import lines_of
from yishi.cases.runner import Runner, case_files
from yishi.chronicle.scribe import replay
from yishi.journal import encode_line, verify
from yishi.wording import Catalogue

CASES = case_files(ROOT)
RUNNER = Runner()


@pytest.mark.parametrize("file", CASES, ids=lambda file: f"{file.parts[-3]}/{file.stem}")
def test_it_holds_and_its_journal_replays_alike(file: Path) -> None:
    result, stage = RUNNER.run(file)
    lines = lines_of(stage)
    replayed = replay(lines)

    assert [(step.line, step.failures) for step in result.steps if step.failures] == []
    assert verify(map(encode_line, lines)).first_bad is None
    assert replayed.differences == ()
    assert replayed.history.state.tasks == stage.history.state.tasks
    assert replayed.history.state.bodies == stage.history.state.bodies


def test_half_of_the_judged_steps_assert_refusals_or_departures_with_their_sentences() -> None:
    bare = [
        f"{file.stem}:{step.line}"
        for file in CASES
        for step in RUNNER.run(file)[0].steps
        if step.outcome in ("refused", "departed") and not step.evidence
    ]
    assert bare == []


def test_there_is_a_month_and_a_week_to_play() -> None:
    played = [file.stem for file in CASES if "\nplay: true" in file.read_text(encoding="utf-8")]

    assert sorted(played) == ["full-month", "full-week"]


def test_english_says_every_refusal_too() -> None:
    english = Runner("en")
    catalogue = Catalogue("en")
    for file in CASES:
        for step in english.run(file)[0].steps:
            if step.by:
                assert not any("{" in said for said in step.said), step.said
                assert catalogue.word("verdicts", step.outcome) != step.outcome
