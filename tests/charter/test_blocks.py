import pytest

from tests.charter.town import TOWN, charter, faults_of, with_body
from yishi.charter.model import Fault, RuleBlock
from yishi.charter.reader import read


def in_rule(yaml: str) -> str:
    """A charter whose only rule has this YAML, from line 18 on."""
    return with_body(f"## 一、召集\n```rule\n{yaml}\n```\n")


def only_rule(yaml: str) -> RuleBlock:
    ((_, rule),) = charter(in_rule(yaml)).rules()
    return rule


def test_numbers_days_and_truth_values_stay_as_written() -> None:
    rule = only_rule("kind: k\nday: 25\nfrom: 2024-05-01\nopen: no\nnone: ~\nempty:")

    assert rule.params == {
        "day": "25", "from": "2024-05-01", "open": "no", "none": "~", "empty": "",
    }  # fmt: skip


def test_keys_below_keys_and_in_lists_have_their_line() -> None:
    rule = only_rule("kind: k\nsteps:\n  - who: mayor\n  - who: deputy")

    assert rule.params["steps"] == [{"who": "mayor"}, {"who": "deputy"}]
    assert rule.lines["steps.1.who"] == 21


def test_rules_of_one_kind_under_one_clause_are_numbered() -> None:
    text = with_body("## 一、召集\n" + "```rule\nkind: k\n```\n" * 3)

    assert [rule.id for _, rule in charter(text).rules()] == ["一/k", "一/k#2", "一/k#3"]


def test_an_id_of_its_own_stays_when_the_clause_is_renumbered() -> None:
    assert only_rule("kind: k\nid: chair-last").id == "chair-last"


def test_an_id_given_twice() -> None:
    text = with_body("## 一、召集\n" + "```rule\nkind: k\nid: x\n```\n" * 2)

    assert faults_of(text) == [(23, "charter.rule_id_repeated")]


def test_a_silence_may_have_a_note() -> None:
    text = TOWN.replace("[quorum, tie]", "{quorum: 未定人数}")
    ((clause, silence),) = charter(text).silences()

    assert (clause.label, silence.topic, silence.note) == ("一(二)1", "quorum", "未定人数")
    assert silence.line == 57


def test_an_omission_gives_its_reason() -> None:
    ((clause, omission),) = charter().omissions()

    assert (clause.label, omission.parts) == ("序言", ("0.1",))
    assert omission.reason == "目的，不产生义务"


def test_an_omission_without_a_reason() -> None:
    _, faults = read(TOWN.replace("reason: 目的，不产生义务", "reason:"))

    assert faults == (Fault(24, "charter.key_missing", {"key": "reason", "block": "no-rule"}),)


@pytest.mark.parametrize(
    ("yaml", "line", "message"),
    [
        ("", 18, "charter.block_empty"),
        ("# 只有说明", 18, "charter.block_empty"),
        ("kind：calls", 18, "charter.block_not_mapping"),
        ("- calls", 18, "charter.block_not_mapping"),
        ("kind: k\nday: 25\nday: 26", 20, "charter.key_repeated"),
        ("kind: k\n[a]: b", 19, "charter.key_not_text"),
        ("kind: k\na: &x b", 19, "charter.yaml_anchor"),
        ("kind: k\na: *x", 19, "charter.yaml_anchor"),
        ("kind: k\na: !!int 3", 19, "charter.yaml_tag"),
        ("kind: k\n---\nkind: l", 19, "charter.yaml_document"),
        ("kind: k\na: [b", 20, "charter.yaml_syntax"),
        ('kind: k\na: "\\UFFFFFFFF"', 18, "charter.yaml_syntax"),
        ('kind: k\na: "\\ud800"', 19, "charter.character"),
        ("kind: k\na: " + "[" * 5000, 19, "charter.yaml_deep"),
        ("kind: [k]", 18, "charter.value_not_text"),
        ("kind: k\nparts: 1.1", 19, "charter.value_not_list"),
        ("kind: k\nparts: [[1.1]]", 19, "charter.value_not_list"),
        ("kind: ''", 18, "charter.key_missing"),
    ],
)
def test_a_rule_that_cannot_be_read(yaml: str, line: int, message: str) -> None:
    assert faults_of(in_rule(yaml)) == [(line, message)]
