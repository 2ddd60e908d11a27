from tests.charter.town import TOWN, charter
from yishi.charter.coverage import Unaccounted, unaccounted

ADOPTED = """\
桃源镇镇长办公会议事规则
为提高工作效率，制定本规则。
一、会议召集
（一）召集
会议由镇长召集。
（二）表态
1.末位表态。主持人最后一个表态发言。
"""


def left(adopted: str, quote: str = "最后一个表态发言") -> tuple[Unaccounted, ...]:
    """What the town's charter leaves out, when it quotes these words on the chair's position."""
    return unaccounted(charter(TOWN.replace("最后一个表态发言", quote)), adopted)


def test_a_text_of_which_every_sentence_is_quoted() -> None:
    assert left(ADOPTED) == ()


def test_a_sentence_that_no_clause_quotes() -> None:
    assert left(ADOPTED + "2.会议保密；与会人员不得外传，不得录音。\n") == (
        Unaccounted(8, "会议保密", ("会议保密",)),
        Unaccounted(8, "与会人员不得外传，不得录音", ("与会人员不得外传", "不得录音")),
    )


def test_a_long_fragment_left_out_of_a_quoted_sentence() -> None:
    adopted = ADOPTED.replace("镇长召集。", "镇长召集，由党政办公室负责组织，下同。")

    assert left(adopted) == (
        Unaccounted(
            5,
            "会议由镇长召集，由党政办公室负责组织，下同",
            ("由党政办公室负责组织",),
            "note",
        ),
    )


def test_a_quote_with_a_gap_counts_by_its_pieces() -> None:
    assert left(ADOPTED, "主持人…发言") == ()


def test_width_and_spaces_do_not_count() -> None:
    assert left(ADOPTED, "１．末位表态． 主持人 最后一个") == ()


def test_a_single_character_quotes_nothing() -> None:
    assert left(ADOPTED, "主…言") == (
        Unaccounted(7, "主持人最后一个表态发言", ("主持人最后一个表态发言",)),
    )


def test_the_same_words_in_another_clause_are_accounted_for_there() -> None:
    assert left(ADOPTED + "会议由镇长召集。\n") == (
        Unaccounted(8, "会议由镇长召集", ("会议由镇长召集",)),
    )


def test_without_its_heading_in_the_text_a_clause_quotes_from_the_part_above() -> None:
    assert left(ADOPTED.replace("（一）召集\n", "")) == ()
