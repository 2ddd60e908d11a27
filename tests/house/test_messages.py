"""Every message has its sentence in both languages, and no sentence is without its message."""

import ast
import re
from collections.abc import Iterable, Iterator

import pytest

from tests.house.source import modules, tracked
from yishi.procedure.kinds import ACTS, EVENTS, KINDS
from yishi.procedure.lint import topics
from yishi.wording import LANGUAGES
from yishi.wording.source import load

SENTENCE = re.compile(r"^[a-z_]+(\.[a-z_]+)+$")


def spoken(text: str) -> Iterator[str]:
    """Ids that a module gives to a message, a fault or the catalogue, where it spells them."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else _name(node.func)
        place = {"Message": 0, "text": 0, "fault": 0, "Fault": 1}.get(called)
        if place is not None and len(node.args) > place:
            yield from _spelt(node.args[place])


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _spelt(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*_spelt(node.body), *_spelt(node.orelse))
    elif isinstance(node, ast.Constant) and SENTENCE.match(str(node.value)):
        yield str(node.value)


def shapes(text: str) -> Iterator[re.Pattern[str]]:
    """What the texts of a module can come to; one put together has to begin with a known word."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if re.match(r"^[a-z_]+(\.[a-z_]+)*$", node.value):
                yield re.compile(re.escape(node.value))
        elif isinstance(node, ast.JoinedStr):
            parts = [getattr(part, "value", None) for part in node.values]
            if isinstance(parts[0], str) and re.match(r"^[a-z_]+\.", parts[0]):
                known = (re.escape(p) if isinstance(p, str) else r"[\w.]+" for p in parts)
                yield re.compile("".join(known))


def unused(ids: Iterable[str], sources: Iterable[str]) -> list[str]:
    """Ids that no module can say."""
    known = {shape.pattern: shape for text in sources for shape in shapes(text)}
    plain = {pattern.replace("\\", "") for pattern in known}
    patterns = [shape for pattern, shape in known.items() if "[" in pattern]
    return sorted(
        id_ for id_ in ids if id_ not in plain and not any(p.fullmatch(id_) for p in patterns)
    )


def sentences(language: str) -> set[str]:
    """The ids of a catalogue's sentences; its tables of words are no sentences."""
    return {
        key.rpartition(".")[0]
        for key in load(language)
        if not key.startswith("words.") and key.endswith((".said", ".next"))
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_has_its_sentence(language: str) -> None:
    said = {id_: name for name, text in modules() for id_ in spoken(text)}
    missing = {id_: name for id_, name in said.items() if f"{id_}.said" not in load(language)}

    assert len(said) > 200
    assert missing == {}


WHOLE = re.compile(r"^(page|archive|archived|outbox|jobs|template|issuing)(\.[a-z_]+)+$")
"""Ids that are spelt whole wherever they are, also where they are put into a variable first."""


def unknown(text: str, known: set[str]) -> set[str]:
    """Ids in a module that are neither a sentence nor the beginning of some."""
    every = list(ast.walk(ast.parse(text)))
    parts = {id(part) for n in every if isinstance(n, ast.JoinedStr) for part in n.values}
    literals = (n.value for n in every if isinstance(n, ast.Constant) and id(n) not in parts)
    spelt = {one for one in literals if isinstance(one, str) and WHOLE.match(one)}
    return {id_ for id_ in spelt - known if not any(one.startswith(f"{id_}.") for one in known)}


def test_every_id_that_is_spelt_whole_is_one_of_a_sentence() -> None:
    tables = {key.rpartition(".")[0].removeprefix("words.") for key in load("zh")}
    known = sentences("zh") | tables

    assert {name: found for name, text in modules() if (found := unknown(text, known))} == {}
    assert unknown('key = "page.minutes.numbered"', known) == {"page.minutes.numbered"}


def test_no_sentence_is_without_its_message() -> None:
    assert unused(sentences("zh"), [text for _, text in modules()]) == []


@pytest.mark.parametrize(
    ("table", "known"),
    [
        ("acts", {*ACTS, "read"}),
        ("events", set(EVENTS)),
        ("kinds", set(KINDS)),
        ("topics", set(topics())),
    ],
)
def test_no_word_is_for_something_that_is_gone(table: str, known: set[str]) -> None:
    words = {key.split(".")[2] for key in load("zh") if key.startswith(f"words.{table}.")}

    assert words - known == set()


def test_norms_are_of_kinds_that_there_are() -> None:
    assert {key.split(".")[1] for key in load("zh") if key.startswith("norms.")} <= set(KINDS)


def test_a_message_without_sentence_would_be_found() -> None:
    bad = 'Message("speaks_last.wating" if late else "speaks_last.gone", {})'

    assert set(spoken(bad)) == {"speaks_last.wating", "speaks_last.gone"}
    assert not {f"{id_}.said" for id_ in spoken(bad)} & set(load("zh"))


def test_a_sentence_without_message_would_be_found() -> None:
    code = ['Message("one.said_so", {})\nMessage(f"two.{which}", {})\nx = f"{table}.{key}"']

    assert unused({"one.said_so", "two.other", "three.gone"}, code) == ["three.gone"]


WRITTEN = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef]")
"""Words and marks of Chinese, which a page takes from the catalogue."""


def test_no_page_writes_words_or_marks_of_its_own() -> None:
    pages = [path for path in tracked() if "templates" in path.parts and path.suffix == ".html"]
    own = re.compile(r"{#.*?#}|中文")
    said = {p.name: WRITTEN.findall(own.sub("", p.read_text(encoding="utf-8"))) for p in pages}

    assert len(said) > 50
    assert {name: found for name, found in said.items() if found} == {}
