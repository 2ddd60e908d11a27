import pytest

from tests.cli.conftest import ROOT, Run
from yishi.charter.reader import read

CHARTERS = sorted((ROOT / "charters").glob("*/2*.md"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", CHARTERS, ids=lambda path: path.parent.name)
def test_every_clause_is_shown_with_its_words_and_a_sentence_for_each_rule(
    yishi: Run, path, language: str
) -> None:
    charter, _ = read(path.read_text(encoding="utf-8"))
    ran = yishi("charter", "show", path, "--lang", language)

    assert charter
    assert ran.status == 0
    assert all(clause.heading in ran.out for clause in charter.clauses)
    assert all(line in ran.out for c in charter.clauses for line in c.meaning.splitlines())
    assert ran.out.count(" · ") >= len(list(charter.rules()))
    assert "{" not in ran.out
    assert "norms." not in ran.out


def test_silences_are_shown_with_what_answers_them(yishi: Run) -> None:
    out = yishi("charter", "show", "charters/chuwuhui/2017-03-21.md").out

    assert "没有写明“法定人数”：不作要求" in out
    assert "没有写明“主持人不在时谁召集、谁主持”：遇到时会议停在这里" in out


def test_one_that_cannot_be_read_is_told_and_the_others_are_shown(yishi: Run, write) -> None:
    bad = write("bad.md", "no header")
    ran = yishi("charter", "show", bad, CHARTERS[0])

    assert ran.status == 1
    assert f"{bad}:1: " in ran.out
    assert read(CHARTERS[0].read_text(encoding="utf-8"))[0].title in ran.out
