"""The catalogue is whole: every id, both languages, the same placeholders, known formats."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

import yishi.wording
from tests.wording import ids
from tests.wording.hall import CHARTERS
from yishi.procedure import order, seats
from yishi.procedure.kinds import ACTS, EVENTS, KINDS
from yishi.procedure.rule import MODALITIES, WAYS
from yishi.procedure.state import Outcome, Stance
from yishi.wording import LANGUAGES, Catalogue, Clash
from yishi.wording.catalogue import PLACEHOLDER
from yishi.wording.formats import FORMATS
from yishi.wording.source import load, merge

SAID = sorted(ids.said())


def _holes(text: str) -> set[tuple[str, ...]]:
    return {found.groups() for found in PLACEHOLDER.finditer(text)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id_", SAID)
def test_every_id_has_words(language, id_):
    assert Catalogue(language).has(id_)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id_", sorted(ids.grounds()))
def test_every_ground_says_what_next(language, id_):
    assert load(language).get(f"{id_}.next")


def test_nothing_is_said_that_the_code_does_not_say():
    spoken: dict[str, str] = {}
    for name in ("zh.toml", "faults.zh.toml"):
        text = (Path(yishi.wording.__file__).parent / name).read_text(encoding="utf-8")
        merge(spoken, tomllib.loads(text))
    assert {key.rpartition(".")[0] for key in spoken} <= set(SAID)
    assert set(SAID) <= {key.rpartition(".")[0] for key in load("zh")}


def test_both_languages_have_the_same_ids():
    assert set(load("zh")) == set(load("en"))


@pytest.mark.parametrize("key", [k for k in load("zh") if not k.startswith("words.")])
def test_both_languages_have_the_same_placeholders(key):
    assert _holes(load("zh")[key]) == _holes(load("en")[key])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_filled_in_and_every_brace_is_a_placeholder(language):
    for key, text in load(language).items():
        assert text.strip(), key
        if not key.startswith("words.shapes."):
            assert not re.search(r"[{}]", PLACEHOLDER.sub("", text)), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_is_known(language):
    for key, text in load(language).items():
        if not key.startswith("words."):
            for _, form, table in _holes(text):
                assert (form or "plain") in FORMATS, key
                assert table is None or table in order.STATES, key


def test_placeholders_are_among_the_parameters_that_the_code_gives():
    for id_, params in ids.said().items():
        if ids.ELSEWHERE not in params:
            for leaf in ("said", "next"):
                holes = {name for name, _, _ in _holes(load("zh").get(f"{id_}.{leaf}", ""))}
                assert holes <= params, id_


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_the_procedure_has_a_name(language):
    texts = load(language)
    fields = {f for act in ACTS.values() for f in act.__struct_fields__}
    states = {f"states.{s}.{w}" for s, words in order.STATES.items() for w in words}
    wanted = {f"acts.{a}" for a in ACTS} | {f"events.{e}" for e in EVENTS} | states
    wanted |= {f"kinds.{k}.{leaf}" for k in KINDS for leaf in ("name", "norm")}
    wanted |= {f"topics.{k.topic}" for k in KINDS.values()} | {f"fields.{f}" for f in fields}
    wanted |= {f"seats.{r}" for r in (*seats.RELATIONS, "anyone")}
    wanted |= {f"places.{p}" for p in seats.UNIT_RELATIONS}
    wanted |= {f"stances.{s}" for s in Stance.__args__} | {f"ways.{w}" for w in WAYS}
    wanted |= {f"outcomes.{o}" for o in Outcome.__args__} | {f"modalities.{m}" for m in MODALITIES}
    assert not {w for w in wanted if f"words.{w}" not in texts}


@pytest.mark.parametrize("topics", ["chuwuhui", "zhurenbangonghui"])
def test_every_topic_that_a_charter_declares_silent_has_a_name(topics):
    text = (CHARTERS / topics / "2017-03-21.md").read_text(encoding="utf-8")
    silent = text.partition("```silent")[2].partition("```")[0]
    for topic in re.findall(r"^  (\w+):", silent, re.MULTILINE):
        for language in LANGUAGES:
            assert f"words.topics.{topic}" in load(language)


def test_the_code_holds_no_chinese():
    for path in Path(yishi.wording.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not re.search("[\u3000-\u9fff\uff00-\uffef]", node.value), path


def test_a_clash_of_files_is_an_error():
    into = {"leave.not_told.said": "x"}
    with pytest.raises(Clash):
        merge(into, {"leave": {"not_told": {"said": "y"}}})


def test_an_unknown_language_is_an_error():
    with pytest.raises(KeyError):
        Catalogue("fr")
