"""What a rule asks for, as it is set: also where nobody and nothing is named in it."""

import pytest

from tests.playing import MONTH, stage_of
from yishi.procedure.enact import book_of
from yishi.procedure.kinds import ACTS
from yishi.wording import LANGUAGES, Catalogue, Names
from yishi.wording.norms import norm_of


def norms(language: str) -> dict[str, str]:
    """By kind, what the rules of the shipped month ask for."""
    state, catalogue = stage_of(MONTH, "").history.state, Catalogue(language)
    book = book_of(state, state.sittings["oct"].charters)
    every = (bound for act in ACTS for bound in book.for_act(act))
    return {bound.rule.name(): norm_of(bound, catalogue, Names(state)) for bound in every}


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nobody_is_named_the_sentence_says_so(language: str) -> None:
    found = norms(language)

    nobody = {"zh": "没有写明会议纪要和它的更正由谁签发", "en": "Nobody is named to sign minutes"}
    assert found["signed_by"].startswith(nobody[language])
    away = {"zh": "没有写明主持人不在时由谁代为主持", "en": "Nobody is named to preside"}
    assert found["deputy_chair"].startswith(away[language])
    assert [said for said in found.values() if "  " in said or said.endswith(" ")] == []
