"""What an institution says for its archive: taken where it is approved and no shorter."""

from datetime import date
from pathlib import Path

import pytest

from yishi.archive.profile import FONDS, Wrong, profile
from yishi.wording import Catalogue

APPROVED = '[approval]\non = 2026-03-01\nauthority = "市档案局"\n'


def said(path: Path, words: str) -> object:
    """What is read from a file with these words; of a wrong one, the sentence."""
    path.write_text(words, encoding="utf-8")
    try:
        return profile(path)
    except Wrong as wrong:
        message = wrong.args[0]
        return Catalogue("zh").text(message.id, **message.params)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "demo.toml"


def test_without_a_file_the_defaults_hold_and_everything_of_ones_own_is_missing(file) -> None:
    known = profile(file)

    assert known.period("minutes", "any") == known.period("record", "any") == "Y"
    assert known.period("item_unadopted", "any") == "D10"
    assert known.gaps == tuple(FONDS.values())


def test_a_period_of_ones_own_may_be_longer_also_for_one_body(file) -> None:
    words = (
        APPROVED + '[retention]\ntask = "Y"\n"leave.board" = "D30"\n[fonds]\nfonds_code = "0123"\n'
    )
    known = said(file, words)

    assert (known.period("task", "other"), known.period("leave", "board")) == ("Y", "D30")
    assert known.period("leave", "other") == "D10"
    assert (known.approved_on, known.authority) == (date(2026, 3, 1), "市档案局")
    assert "全宗号" not in known.gaps
    assert known.fonds["fonds_code"] == "0123"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (APPROVED + '[retention]\nminutes = "D30"\n', "保管期限 D30 比国家规定的 Y 短"),
        (APPROVED + '[retention]\n"task.board" = "D10"\n', "保管期限 D10 比国家规定的 D30 短"),
        (APPROVED + '[retention]\nminutes = "20"\n', "的保管期限“20”不对"),
        (APPROVED + "[retention]\nminutes = 30\n", "的保管期限“30”不对"),
        (APPROVED + '[retention]\nphotos = "Y"\n', "没有“photos”这一项"),
        ('[retention]\ntask = "Y"\n', "由谁（authority）审查同意"),
        ('[fonds]\nfond = "1"\n', "没有“fond”这一项"),
        ("[period]\n", "没有“period”这一项"),
        ("retention = 3\n", "demo.toml 读不出来"),
        ("[retention\n", "demo.toml 读不出来"),
    ],
)
def test_what_is_shorter_unknown_or_not_approved_is_refused_with_a_sentence(
    file, words, sentence
) -> None:
    assert sentence in str(said(file, words))


def test_a_file_that_is_no_text_is_refused_too(file) -> None:
    file.write_bytes("全宗".encode("gb18030"))

    with pytest.raises(Wrong):
        profile(file)
