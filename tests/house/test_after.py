"""Of every act it is said what can be done about it afterwards: in code, words and the guide."""

import pytest

from tests.house.source import ROOT
from yishi.procedure.kinds import ACTS
from yishi.web.acts.after import ANSWERED, ASKED_FIRST, DONE_AGAIN, ONE_STEP, UNDONE_BY
from yishi.wording import Catalogue

GUIDE = (ROOT / "docs/pages-guide.md").read_text("utf-8")
PLACES = (*UNDONE_BY, *ASKED_FIRST, *DONE_AGAIN, *ANSWERED, *ONE_STEP)


def test_every_act_has_its_one_place() -> None:
    assert sorted(PLACES) == sorted(ACTS)


def test_what_takes_back_is_an_act_that_can_be_about_the_same() -> None:
    for name, by in UNDONE_BY.items():
        shared = set(ACTS[name].__struct_fields__) & set(ACTS[by].__struct_fields__)
        assert shared & {"item", "sitting", "task", "body"}, (name, by)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_question_says_what_follows(language: str) -> None:
    catalogue = Catalogue(language)
    said = [catalogue.word("page.form.final", name) for name in ASKED_FIRST]

    assert [words for words in said if len(words) < 10 or "page.form" in words] == []


@pytest.mark.parametrize("names", [ASKED_FIRST, UNDONE_BY], ids=["asked", "undone"])
def test_the_guide_names_each(names: tuple[str, ...]) -> None:
    chinese = Catalogue("zh")
    words = [chinese.word("acts", name) for name in names]
    assert [word for word in words if f"“{word}”" not in GUIDE] == []
