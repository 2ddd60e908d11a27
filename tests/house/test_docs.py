"""What the documents promise is there: pages, links, commands, records, examples."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.house.source import ROOT, tracked
from yishi.cases.runner import Runner
from yishi.charter.reader import read
from yishi.cli.docs import pages
from yishi.cli.fields import meanings
from yishi.cli.main import build_parser
from yishi.procedure.enact import bind
from yishi.procedure.kinds import ACTS, EVENTS, KINDS
from yishi.procedure.rule import MODALITIES
from yishi.procedure.seats import RELATIONS, UNIT_RELATIONS
from yishi.wording import Catalogue

GUIDE = (ROOT / "docs/user-guide.md").read_text(encoding="utf-8")
READMES = {
    name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md")
}


def page(name: str) -> str:
    """A page of the docs."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


# Generated pages.


def test_the_generated_pages_are_true() -> None:
    stale = [
        path.name
        for path, text in pages(ROOT).items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]

    assert stale == [], "run make docs"


def test_every_parameter_of_a_kind_of_rule_says_what_it_means() -> None:
    silent = [
        f"{name}.{field.name}"
        for name, kind in KINDS.items()
        for field in msgspec.structs.fields(kind)
        if not meanings(kind).get(field.name)
    ]

    assert silent == []


def test_what_an_act_holds_within_a_field_is_told() -> None:
    acts = page("acts.md")

    assert "list of mapping of `task` (id), `words` (words), `unit` (id, may be left out)" in acts
    assert "list of mapping of `by` (day), `words` (words)" in acts


def test_every_setting_stands_in_the_operator_guide() -> None:
    found: set[str] = set()
    for path in (p for p in tracked() if p.suffix == ".py" and "src" in p.parts):
        found |= set(re.findall(r'"(YISHI_[A-Z_]+|DATABASE_URL)"', path.read_text("utf-8")))
    told = page("operator-guide.md").partition("## 三、设置")[2].partition("\n## ")[0]

    assert len(found) > 20
    assert sorted(name for name in found if f"`{name}`" not in told) == []


def headed(text: str, names: Iterator[str] | dict | tuple, level: str) -> list[str]:
    """Names that no heading of the level begins with."""
    found = set(re.findall(rf"(?m)^{level} `([\w]+)`", text))
    return [name for name in names if name not in found]


@pytest.mark.parametrize(
    ("where", "names", "level"),
    [
        ("acts.md", ACTS, "###"),
        ("events.md", EVENTS, "##"),
        ("charter-language.md", KINDS, "###"),
    ],
    ids=["acts", "events", "kinds"],
)
def test_every_one_has_its_place(where: str, names: dict, level: str) -> None:
    assert headed(page(where), names, level) == []


def test_every_seat_and_modality_has_its_place() -> None:
    text = page("charter-language.md")
    named = (*RELATIONS, "anyone", *UNIT_RELATIONS)

    assert [name for name in named if f"`{name}`" not in text] == []
    assert [name for name in MODALITIES if name not in text] == []


def test_one_without_its_place_would_be_found() -> None:
    assert headed("### `speaks_last` 末位表态", ("speaks_last", "quorum"), "###") == ["quorum"]


# Commands.


def subcommands() -> dict[str, tuple[str, ...]]:
    """Every command with its own subcommands."""
    commands = next(
        a for a in build_parser(Catalogue("zh"))._actions if a.dest == "command"
    ).choices
    found = {}
    for name, parser in commands.items():
        inner = [a for a in parser._actions if a.dest == "action"]
        found[name] = tuple(inner[0].choices) if inner else ()
    return found


def told(text: str) -> set[str]:
    """Commands that a text tells of: `yishi charter lint`."""
    return set(re.findall(r"`?yishi ([a-z]+(?:-[a-z]+)?(?: [a-z]+)?)\b", text))


def targets() -> set[str]:
    """What the Makefile makes."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"(?m)^([a-z]+):.*##", makefile))


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_in_the_readme_and_every_one_there_exists(name: str) -> None:
    there = {f"{c} {inner}".strip() for c, all_ in subcommands().items() for inner in all_ or [""]}

    assert there - told(READMES[name]) == set()
    assert told(READMES[name]) - there == set()


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md", "docs/user-guide.md"])
def test_every_target_of_make_that_is_told_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE))

    assert named
    assert named - targets() == set()


def test_a_command_that_is_gone_would_be_found() -> None:
    assert told("`yishi charter mend FILE` and\nyishi play") == {"charter mend", "play"}


def test_the_readmes_have_the_same_parts() -> None:
    shapes = [
        [line.split()[0] for line in text.splitlines() if line.startswith("## ")]
        + sorted(set(re.findall(r"\]\(([^)]+)\)", text)) - set(READMES))
        + re.findall(r"(?m)^\| `([^`]+)`", text)
        + re.findall(r"(?m)^```(\w*)$", text)
        for text in READMES.values()
    ]

    assert shapes[0] == shapes[1]


# Links and records.


def dead(path: Path, text: str) -> Iterator[str]:
    """Relative links that lead nowhere."""
    plain = re.sub(r"(?ms)^(`{3,}).*?^\1\s*$", "", text)
    for target in re.findall(r"\]\(([^)\s]+)\)", plain):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        there = (path.parent / name) if name else path
        known = anchors(there.read_text(encoding="utf-8")) if anchor and there.is_file() else set()
        if not there.exists() or (anchor and anchor not in known):
            yield target


@pytest.mark.parametrize("name", READMES)
def test_every_picture_is_there_small_and_told_to_who_cannot_see_it(name: str) -> None:
    text = READMES[name]
    shown = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text)
    shown += [(alt, src) for src, alt in re.findall(r'<img src="([^"]+)"[^>]*alt="([^"]*)"', text)]

    assert len(shown) == 4
    for alt, src in shown:
        assert len(alt) > 15
        assert (ROOT / src).stat().st_size < 200_000


def anchors(text: str) -> set[str]:
    """What a link can point at within a page."""
    headings = re.findall(r"(?m)^#+ (.+)$", text)
    return {re.sub(r"[^\w -]", "", h.lower()).strip().replace(" ", "-") for h in headings}


def test_every_relative_link_leads_somewhere() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in tracked()
        if path.suffix == ".md" and "charters" not in path.parts
        for target in dead(path, path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_a_dead_link_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# One thing\n")
    text = "[a](gone.md) [b](there.md) [c](there.md#one-thing) [d](there.md#two) [e](x:y)"

    assert list(dead(tmp_path / "page.md", text)) == ["gone.md", "there.md#two"]


def test_every_decision_is_listed_and_every_one_listed_is_there() -> None:
    listed = set(re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", page("decisions/README.md")))
    there = {path.name for path in (ROOT / "docs/decisions").glob("[0-9]*.md")}

    assert listed == there


@pytest.mark.parametrize("path", sorted((ROOT / "docs/decisions").glob("[0-9]*.md")), ids=str)
def test_every_decision_says_situation_choice_refused_and_cost(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert text.startswith(f"# {path.name[:4]} ")
    for part in ("Situation", "Choice", "Refused", "Cost"):
        assert f"\n## {part}\n" in text


# The changelog.


def versions() -> dict[str, str]:
    """Each version of the changelog with what it says."""
    parts = re.split(r"(?m)^## ", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))[1:]
    return {part.split()[0]: part for part in parts}


def test_every_version_tells_both_readers_and_the_present_one_is_told() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    present = re.findall(r'(?m)^version = "(.+)"$', project)[0]

    assert present in versions()
    for said in versions().values():
        assert re.findall(r"(?m)^### (\S+)", said) == ["规则", "软件"]


# The guide's examples.


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"(?ms)^(?:`{{3,4}}){language}\n(.*?)^(?:`{{3,4}})$", text)


@pytest.mark.parametrize("line", "".join(blocks(GUIDE, "sh")).splitlines())
def test_every_command_of_the_guide_can_be_typed(line: str) -> None:
    program, *words = shlex.split(line)

    assert program == "yishi"
    assert build_parser(Catalogue("zh")).parse_args(words).command in subcommands()


def test_the_guides_rule_binds() -> None:
    clause = re.findall(r"(?ms)^`{4}markdown\n(.*?)^`{4}$", GUIDE)[0]
    header = "---\nbody: x\ntitle: 规则\nname: 会\nin_force: 2026-01-01\n---\n\n"
    charter, faults = read(header + "# 规则\n\n## 五、议事\n\n" + clause)

    assert faults == ()
    assert charter
    bounds, unbound = bind(charter)
    assert [bound.citation.label for bound in bounds] == ["五2"]
    assert unbound == ()


def test_the_guides_case_holds(tmp_path: Path) -> None:
    shipped = ROOT / "charters/chuwuhui/cases/full-month.yaml"
    text = blocks(GUIDE, "yaml")[0].replace("full-month.yaml", str(shipped))
    path = tmp_path / "guide.yaml"
    path.write_text(text, encoding="utf-8")
    result, _ = Runner().run(path)

    assert result.ok, [step.failures for step in result.steps]
    assert len(result.steps) == 2
