"""A verdict beside what the case expected of it."""

from collections.abc import Sequence
from typing import Any

import msgspec

from yishi.cases.model import Evidence, Expected, Step, StepResult
from yishi.procedure.verdict import (
    Accepted,
    Citation,
    Departure,
    Ground,
    Refused,
    Rejected,
    Verdict,
)
from yishi.wording import LANGUAGES, Catalogue, Names

SOURCE = Catalogue(LANGUAGES[0])
"""Expected sentences are written in the source language, whatever language is shown."""


def check_verdict(
    step: Step, verdict: Verdict, result: StepResult, catalogue: Catalogue, names: Names
) -> None:
    """Put the verdict into words and compare it with every expectation of the step."""
    failures: list[str] = []
    wanted = step.expect or "accepted"
    if result.outcome != wanted:
        failures.append(
            catalogue.text(
                "case.otherwise",
                wanted=catalogue.word("verdicts", wanted),
                got=catalogue.word("verdicts", result.outcome),
            )
        )
    _say(verdict, result, catalogue, names)
    grounds = verdict.grounds if isinstance(verdict, Refused) else ()
    departures = verdict.departures if isinstance(verdict, Accepted) else ()
    failures += _compare(step.grounds, grounds, catalogue, names)
    failures += _compare(step.departs, departures, catalogue, names)
    broken = verdict.broken if isinstance(verdict, Accepted) else ()
    failures += _compare(step.breaks, broken, catalogue, names)
    failures += _notes(step, verdict, catalogue, names)
    failures += _rejection(step, verdict, catalogue, names)
    if failures and result.outcome != wanted:
        failures += [f"· {said}" for said in result.said]
    result.failures = tuple(failures)
    if not failures:
        result.evidence = tuple(_evidence(step, verdict))


def _say(verdict: Verdict, result: StepResult, catalogue: Catalogue, names: Names) -> None:
    if isinstance(verdict, Rejected):
        said = catalogue.sentence(verdict.message, names)
        result.said = (f"{verdict.field}: {said}", catalogue.next(verdict.message, names))
        return
    spoken: Sequence[Ground | Departure]
    spoken = (
        verdict.grounds if isinstance(verdict, Refused) else (*verdict.broken, *verdict.departures)
    )
    said_all = [catalogue.ground(one, names) for one in spoken]
    said_all += [catalogue.sentence(note, names) for note in verdict.notes]
    if isinstance(verdict, Refused):
        said_all += [catalogue.ground_next(g, names) for g in verdict.grounds]
    result.said = tuple(dict.fromkeys(said for said in said_all if said))
    cited = [one.citation for one in spoken] or (
        list(verdict.kept) if isinstance(verdict, Accepted) else []
    )
    result.clauses = tuple(dict.fromkeys(_label(c) for c in cited if not c.general or spoken))


def _label(citation: Citation) -> str:
    return citation.label


def _compare(
    wanted: tuple[Expected, ...] | None, got: Sequence[Any], catalogue: Catalogue, names: Names
) -> list[str]:
    """Each expected ground is there, and no other."""
    if wanted is None:
        return []
    left, failures = list(got), []
    for expected in wanted:
        hit = next((one for one in left if _fits(expected, one, catalogue, names)), None)
        if hit is None:
            words = msgspec.structs.astuple(expected)
            said = " ".join(filter(None, words))
            failures.append(catalogue.text("case.missing", what=said))
        else:
            left.remove(hit)
    for one in left:
        said = catalogue.ground(one, names)
        failures.append(catalogue.text("case.surplus", what=said))
    if failures:
        failures += [f"= {_sentence(one, catalogue, names)}" for one in got]
    return failures


def _fits(expected: Expected, one: Any, catalogue: Catalogue, names: Names) -> bool:
    citation: Citation = one.citation
    kind = citation.rule.rpartition("/")[2].partition("#")[0]
    return (
        expected.clause == citation.label
        and expected.body in ("", citation.body)
        and expected.kind in ("", kind)
        and expected.says in ("", _sentence(one, SOURCE, names))
        and expected.basis in ("", SOURCE.basis(citation))
    )


def _sentence(one: Any, catalogue: Catalogue, names: Names) -> str:
    return catalogue.sentence(one.message, names.under(one.citation))


def _notes(step: Step, verdict: Verdict, catalogue: Catalogue, names: Names) -> list[str]:
    if step.notes is None or isinstance(verdict, Rejected):
        return []
    got = [SOURCE.sentence(note, names) for note in verdict.notes]
    missing = [note for note in step.notes if note not in got]
    surplus = [note for note in got if note not in step.notes]
    return [
        *(catalogue.text("case.missing", what=note) for note in missing),
        *(catalogue.text("case.surplus", what=note) for note in surplus),
    ]


def _rejection(step: Step, verdict: Verdict, catalogue: Catalogue, names: Names) -> list[str]:
    if not isinstance(verdict, Rejected):
        return []
    said = SOURCE.sentence(verdict.message, names)
    failures = []
    if step.field and step.field != verdict.field:
        failures.append(catalogue.text("case.missing", what=step.field))
    if step.says and step.says != said:
        failures += [catalogue.text("case.missing", what=step.says), f"= {said}"]
    return failures


def _evidence(step: Step, verdict: Verdict) -> list[Evidence]:
    if isinstance(verdict, Rejected):
        return []
    if isinstance(verdict, Refused):
        cited = [(g.citation, "refused") for g in verdict.grounds] if step.grounds else []
    else:
        cited = [(c, "stands") for c in verdict.kept]
        cited += [(d.citation, "departed") for d in verdict.departures]
        cited += [(b.citation, "broken") for b in verdict.broken]
    return [
        Evidence(part, f"{citation.body}:{citation.rule}", shows)
        for citation, shows in cited
        for part in citation.parts or ("",)
    ]
