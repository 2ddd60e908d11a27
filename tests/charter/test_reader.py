from datetime import date

from tests.charter.town import TOWN, charter
from yishi.charter.model import Silence


def test_the_header_says_whose_rules_they_are_and_since_when() -> None:
    town = charter()

    assert (town.body, town.name, town.in_force) == ("town_meeting", "镇长办公会", date(2024, 5, 1))
    assert town.header["document"]["reading"] == "桃政发〔2024〕7号"


def test_clauses_carry_their_labels_as_printed() -> None:
    labels = [clause.label for clause in charter().clauses]

    assert labels == ["序言", "一", "一(一)", "一(二)", "一(二)1"]


def test_a_clause_holds_its_meaning_and_its_quoted_words() -> None:
    clause = charter().clause("一（二）1")

    assert clause is not None
    assert clause.meaning == "主持人最后一个发言。"
    assert clause.quotes == ("最后一个表态发言",)


def test_a_rule_keeps_its_words_apart_from_its_parameters() -> None:
    _, rule = list(charter().rules())[1]

    assert (rule.id, rule.kind, rule.modality) == ("一(二)1/speaks_last", "speaks_last", "must")
    assert rule.parts == ("1.2a", "1.2b")
    assert rule.reading == "主持人自己的议题也一样"
    assert rule.params == {"seat": "chair"}


def test_every_scalar_is_a_string_and_every_key_has_its_line() -> None:
    _, rule = next(charter().rules())

    assert rule.params == {"post": "mayor", "lead": {"days": "1"}}
    lines = TOWN.splitlines()
    assert lines[rule.line - 1] == "```rule"
    assert lines[rule.lines["lead.days"] - 1] == "  days: 1"


def test_what_the_text_is_silent_on_is_declared() -> None:
    silences = [silence for _, silence in charter().silences()]

    assert [s.topic for s in silences] == ["quorum", "tie"]
    assert silences[0] == Silence(
        "quorum", "", TOWN.splitlines().index("topics: [quorum, tie]") + 1
    )


def test_posts_have_a_printed_name_and_aliases() -> None:
    town = charter()

    assert town.posts["mayor"] == ("镇长", "一把手")
    assert town.post_name("mayor") == "镇长"
    assert town.unit_name("office") == "办公室"


def test_windows_line_ends_and_a_byte_order_mark_change_only_the_digest() -> None:
    windows = charter("\ufeff" + TOWN.replace("\n", "\r\n"))

    assert windows.clauses == charter().clauses
    assert windows.text.startswith("\ufeff")
    assert windows.digest != charter().digest
