"""Each sentence of the rules that is enforced or checked, on the page of the act it is about.

The worked case that shows it refused or noted is played to the moment before; then the person
concerned opens the page, does it there, and reads the clause.
"""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.cases.mutants import ROOT
from tests.playing import PLACE, client_of
from tests.web.filling import typed_of
from tests.web.pressing import text
from yishi.cases.casting import Stage
from yishi.cases.model import Step, StepResult
from yishi.cases.proof import NOTED, TOLD, Part, page_of, parts_of
from yishi.cases.runner import Runner, case_files
from yishi.cases.tree import Tree
from yishi.chronicle.history import History
from yishi.clerk.bulk import take_in
from yishi.clerk.memory import MEMORY
from yishi.procedure.access import may_read
from yishi.procedure.act import Act, Deed
from yishi.procedure.decide import decide

pytestmark = pytest.mark.django_db

CHARTERS = sorted(path.with_suffix("").with_suffix(".md") for path in ROOT.glob("*/*.parts.yaml"))


class Moment(msgspec.Struct):
    """Just before a step: what has happened, and what is about to be done or asked."""

    history: History
    step: Step
    at: datetime
    act: Act | None
    label: dict[str, str]
    """The clause behind each sentence part that the step shows refused or noted."""


class Watching(Runner):
    """Plays cases and remembers how things stood before each step that shows something noted."""

    def __init__(self) -> None:
        super().__init__()
        self.moments: dict[str, Moment] = {}

    def _step(self, tree: Tree, stage: Stage, step: Step, number: int, at: datetime) -> StepResult:
        before = stage.history.fork()
        result = super()._step(tree, stage, step, number, at)
        noted = {one.part: one.rule for one in result.evidence if one.shows in NOTED and one.part}
        if noted and page_of(result):
            act = (
                self._built(tree, Stage(stage.zone, "", before), step, number) if step.do else None
            )
            key = f"{Path(tree.file).stem}#{number + 1}/{Path(tree.file).parent.parent.name}"
            self.moments.setdefault(key, Moment(before, step, at, act, noted))
        return result


@cache
def shown() -> tuple[list[tuple[str, Part]], dict[str, Moment]]:
    """Every part of which somebody is told, and every moment at which somebody is."""
    watching = Watching()
    results = [watching.run(file)[0] for file in case_files(ROOT)]
    found = [
        (charter.parent.name, part)
        for charter in CHARTERS
        for part in parts_of(charter, results)
        if TOLD & set(part.ways)
    ]
    return found, watching.moments


def parts() -> Iterator[Any]:
    """Every part of which somebody is told, known from the rules alone, without playing a case."""
    for charter in CHARTERS:
        body = charter.parent.name
        told = (part for part in parts_of(charter, []) if TOLD & set(part.ways))
        yield from (pytest.param(body, part.id, id=f"{body}-{part.id}") for part in told)


def moments_of(body: str, part: str) -> list[Moment]:
    """The moments that show the part, those first in which somebody does what they may see."""
    found = [m for m in shown()[1].values() if m.label.get(part, "").partition(":")[0] == body]
    return sorted(found, key=lambda m: (m.act is None, not sees(m)))


def sees(moment: Moment, person: str = "") -> bool:
    """Whether that person may read what the act is about: nobody else gets its form."""
    state, kinds = moment.history.state, ("item", "decision", "task")
    person = person or moment.step.by
    named = [(kind, getattr(moment.act, kind, None)) for kind in kinds]
    return all(
        may_read(state, person, kind, key, moment.at).allowed
        for kind, key in named
        if key in getattr(state, f"{kind}s")
    )


def label_of(moment: Moment, part: str) -> str:
    """The printed label of the clause whose rule is meant."""
    return moment.label[part].partition(":")[2].rpartition("/")[0]


@pytest.fixture
def at(monkeypatch) -> Iterator[Any]:
    """The institution at a moment of a case, its clock at that hour."""

    def play(moment: Moment) -> None:
        take_in(PLACE, moment.history.done)
        now = moment.at.astimezone(UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    return play


def labels_in(page: str) -> list[str]:
    """The labels of all clauses that a page links to."""
    links = re.findall(r'<a class="clause[^"]*"[^>]*>(.*?)</a>', page, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]*>", "", link)).split()[-1] for link in links]


def by_doing(moment: Moment, label: str) -> None:
    """The act is sent from its form and comes back, with the clause and what was typed."""
    act = moment.act
    assert act is not None
    browser = client_of(doer(moment, label))
    # What departs is sent without its reason: the page asks for it, and says by which clause.
    told = moment.step.reason if moment.step.expect != "departed" else ""
    sent = typed_of(act) | ({"reason": [told]} if told else {})
    shown = browser.get(f"/do/{act.name()}", _about(sent))
    answer = browser.post(f"/do/{act.name()}", sent)
    page = answer.content.decode()
    refusal, _, rules = page.partition("<aside")
    assert answer.status_code in (409, 422), answer.status_code
    if answer.status_code == 409:
        assert 'class="refusal' in refusal
        assert label in labels_in(refusal), (label, labels_in(refusal))
    else:
        # The form itself keeps from choosing what would be refused; its rules stand beside it.
        assert label in labels_in(rules), (label, labels_in(rules))
    assert shown.status_code in (200, 302)


def doer(moment: Moment, label: str) -> str:
    """Who is told: the person of the case, or, where a stranger tried, one who sees the thing."""
    if sees(moment):
        return moment.step.by
    sent = client_of(moment.step.by).post(f"/do/{moment.act.name()}", typed_of(moment.act))
    assert sent.status_code == 404
    return next(
        person
        for person in moment.history.state.roster.people
        if sees(moment, person) and label in refusing(moment, person)
    )


def refusing(moment: Moment, person: str) -> list[str]:
    """The clauses by which the act would be refused to that person."""
    deed = Deed(act=moment.act, actor=person, at=moment.at, reason=moment.step.reason or None)
    grounds = getattr(decide(deed, moment.history.state), "grounds", ())
    return [ground.citation.label for ground in grounds]


def _about(sent: dict[str, list[str]]) -> dict[str, str]:
    found = {name.removeprefix("subject."): v for name, v in sent.items() if "subject." in name}
    return {name: value[0] for name, value in found.items()}


def by_reading(moment: Moment, label: str) -> None:
    """The thing is closed to that person; to whoever may read it, its page names the clause.

    Of a decision of which an excerpt is public, that person sees the excerpt and nothing else.
    """
    step = moment.step
    path = {"decision": f"/decisions/{step.id}", "minutes": f"/sittings/{step.id}/minutes"}
    where = path.get(step.thing, f"/sittings/{step.id}/record")
    page = client_of(step.of).get(where)
    held = MEMORY.at(PLACE).state.decisions.get(step.id) if step.thing == "decision" else None
    if held is not None and held.publication is not None and not held.published:
        open_to, whole = (text(one) for one in (page, client_of("chen").get(where)))
        assert held.publication.words in open_to
        assert held.words == held.publication.words or held.words not in open_to
        assert "赞成" in whole
        assert "赞成" not in open_to
    else:
        assert page.status_code == 404
    assert label in labels_in(client_of("chen").get(where).content.decode())


def by_reporting(moment: Moment, label: str) -> None:
    """The report of the year notes it, by its clause, as not kept."""
    page = client_of("chen").get("/reports/", {"body": moment.step.body, "year": moment.at.year})
    assert page.status_code == 200
    found = page.content.decode()
    assert label in labels_in(found), labels_in(found)


@pytest.mark.parametrize(("body", "part"), parts())
def test_the_page_names_the_clause_to_the_person_concerned(body, part, at) -> None:
    one = next(p for b, p in shown()[0] if (b, p.id) == (body, part))
    moment = moments_of(body, part)[0]
    at(moment)

    if moment.act is not None:
        by_doing(moment, label_of(moment, part))
    elif moment.step.ask == "read":
        by_reading(moment, label_of(moment, part))
    else:
        by_reporting(moment, label_of(moment, part))
    assert one.pages, "docs/clauses.md names no page"


def test_every_sentence_of_which_somebody_is_told_has_its_page() -> None:
    named, _ = shown()

    assert len(named) > 100
    assert [part.id for _, part in named if not part.pages] == []
    assert [part.id for body, part in named if not moments_of(body, part.id)] == []
