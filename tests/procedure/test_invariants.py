"""The norms hold of every shipped case, and every one of them can fail: on forged journals."""

from pathlib import Path

import pytest

from tests.procedure.forged import ALSO, FORGED, OUT_OF_TIME, Forge
from tests.procedure.forging import Forgery
from tests.procedure.invariants import AUDIT, EVERY, JUDGED, NORMS, complaints
from tests.procedure.norms import anywhen
from tests.procedure.norms.order import STANDS
from tests.procedure.stages import CHARTERS, entries, played
from yishi.cases.runner import case_files


@pytest.mark.parametrize("case", case_files(CHARTERS), ids=lambda f: f"{f.parts[-3]}/{f.stem}")
def test_no_shipped_case_breaks_a_norm(case: Path) -> None:
    assert complaints(entries(played(case))) == []


@pytest.mark.parametrize(("norm", "case", "forge"), ALSO)
def test_a_norm_is_broken_in_more_than_one_way(norm: str, case: Path, forge: Forge) -> None:
    journal = Forgery(case)
    forge(journal)

    assert norm in {complaint.norm for complaint in complaints(journal.lines)}


@pytest.mark.parametrize("subject", STANDS)
def test_an_act_out_of_its_time_is_seen_by_how_its_subject_stands(subject: str) -> None:
    case, forge = OUT_OF_TIME[subject]
    journal = Forgery(case)
    forge(journal)
    found = [c.words for c in complaints(journal.lines) if c.norm == "done_in_its_time"]

    assert [words for words in found if words.startswith(f"{subject} is not")]


@pytest.mark.parametrize("norm", FORGED)
def test_a_forged_journal_breaks_the_norm(norm: str) -> None:
    case, forge = FORGED[norm]
    journal = Forgery(case)
    forge(journal)

    assert norm in {complaint.norm for complaint in complaints(journal.lines)}


def test_every_norm_has_its_forgery() -> None:
    norms = {norm for table in (NORMS, JUDGED) for listed in table.values() for norm in listed}
    every = {*norms, *EVERY, *AUDIT, anywhen.ids_are_new, anywhen.subjects_exist}

    assert {norm.__name__ for norm in every} | {"erased_stays_erased"} == set(FORGED)
