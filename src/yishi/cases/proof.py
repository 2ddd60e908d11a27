"""Every sentence part of the adopted texts with its rule, its way, and the cases that show it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from yishi.cases.casting import read_file
from yishi.cases.model import Result, StepResult
from yishi.cases.tree import read_tree
from yishi.charter.model import Charter
from yishi.charter.reader import read
from yishi.procedure.enact import bind
from yishi.procedure.kinds import ACTS
from yishi.procedure.rule import Bound

NEEDED: dict[str, tuple[frozenset[str], ...]] = {
    "enforced": (frozenset({"stands"}), frozenset({"refused"})),
    "checked": (frozenset({"stands", "kept"}), frozenset({"departed", "broken"})),
    "reminded": (frozenset({"due"}), frozenset({"not_due"})),
    "recorded": (frozenset({"read"}),),
}
"""For each of the four ways, what the cases have to show: one of each set."""


TOLD: Final = {"enforced", "checked"}
"""The ways of which somebody is told on a page."""

NOTED: Final = {"refused", "departed", "broken"}

MOST_PAGES: Final = 3

THINGS: Final[dict[str, str]] = {
    "item": "/items/…",
    "paper": "/items/…",
    "decision": "/decisions/…",
    "task": "/tasks/…",
    "record": "/sittings/…/record",
    "minutes": "/sittings/…/minutes",
    "report": "/reports/",
}
"""For each thing that may be read, its page."""


class Part(msgspec.Struct):
    """One sentence part: its words, its rules, what is shown of it."""

    id: str
    words: str
    clauses: list[str]
    rules: list[str]
    ways: list[str]
    shown: dict[str, list[str]]
    """What is shown (`stands`, `refused` …) → where (`full-month#12`)."""
    reason: str = ""
    """Why there is no rule, when there is none."""
    pages: tuple[str, ...] = ()
    """Where somebody is told: the form of the act, the page of the thing, or the report."""

    def lacking(self) -> list[str]:
        """What no case shows of it yet."""
        missing = []
        for way in dict.fromkeys(self.ways):
            for needed in NEEDED[way]:
                if not needed & set(self.shown):
                    missing.append(f"{way}: {'/'.join(sorted(needed))}")
        if not self.ways and not self.reason:
            missing.append("a rule, or the reason why there is none")
        return missing


def listed(charter: Path) -> dict[str, str]:
    """The sentence parts that stand beside a charter: id → operative words."""
    path = charter.with_suffix(".parts.yaml")
    tree = read_tree(str(path), read_file(path))
    return {str(part): str(words) for part, words in tree.data.items()}


def parts_of(path: Path, results: Iterable[Result]) -> list[Part]:
    """Every part of a charter's adopted text, in the order of its list."""
    charter, _ = read(read_file(path))
    assert charter is not None
    bounds, _ = bind(charter)
    results = list(results)
    shown, pages = _shown(charter.body, results), _pages(charter.body, results)
    found = []
    for part, words in listed(path).items():
        mine = [b for b in bounds if part in b.citation.parts]
        one = _part(part, words, mine, shown.get(part, {}), _reason(charter, part))
        if TOLD & set(one.ways):
            one.pages = tuple(dict.fromkeys(pages.get(part, ())))[:MOST_PAGES]
        found.append(one)
    return found


def _part(
    part: str, words: str, mine: list[Bound], shown: dict[str, list[str]], reason: str
) -> Part:
    return Part(
        id=part,
        words=words,
        clauses=list(dict.fromkeys(b.citation.label for b in mine)),
        rules=list(dict.fromkeys(b.rule.name() for b in mine)),
        ways=list(dict.fromkeys(b.rule.way(b.modality) for b in mine)),
        shown=shown,
        reason=reason,
    )


def _reason(charter: Charter, part: str) -> str:
    return next((o.reason for _, o in charter.omissions() if part in o.parts), "")


def _shown(body: str, results: Iterable[Result]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for where, part, rule, shows in evidence(results):
        if rule.partition(":")[0] == body:
            places = found.setdefault(part, {}).setdefault(shows, [])
            if where not in places:
                places.append(where)
    return found


def _pages(body: str, results: Iterable[Result]) -> dict[str, list[str]]:
    """Where each part held somebody back or was noted, by the steps that show it."""
    found: dict[str, list[str]] = {}
    for result in results:
        for step in result.steps:
            page = page_of(step)
            for one in step.evidence if page else ():
                if one.shows in NOTED and one.rule.partition(":")[0] == body:
                    found.setdefault(one.part, []).append(page)
    return found


def page_of(step: StepResult) -> str:
    """The page of what a step did or asked; empty where a question has no page of its own."""
    if step.what == "read":
        return THINGS[step.thing]
    return "/reports/" if step.what == "report" else f"/do/{step.what}" * (step.what in ACTS)


def evidence(results: Iterable[Result]) -> Iterator[tuple[str, str, str, str]]:
    """What every step shows: (where, part, rule, what)."""
    for result in results:
        name = Path(result.file).stem
        for step in result.steps:
            for one in step.evidence:
                yield f"{name}#{step.number}", one.part, one.rule, one.shows
