"""A charter as a person would read it: clause by clause, each rule in one sentence."""

from typing import Any

from yishi.charter.model import Charter, Clause, Fault
from yishi.cli.terminal import title
from yishi.procedure.enact import bind
from yishi.procedure.lint import lint
from yishi.procedure.rule import Bound
from yishi.procedure.state import State
from yishi.procedure.verdict import Message
from yishi.wording import Catalogue, Names
from yishi.wording.norms import norm_of


def shown(charter: Charter, general: Charter | None, catalogue: Catalogue) -> str:
    """The whole charter in plain words."""
    names = Names(State(), charter)
    out = [title(charter.title), *_head(charter, catalogue), ""]
    bounds = bind(charter)[0]
    for clause in charter.clauses:
        mine = [bound for bound in bounds if bound.citation.label == clause.label]
        out += _clause(clause, mine, catalogue, names)
    out += _silences(charter, general, catalogue)
    return "\n".join(out)


def _head(charter: Charter, catalogue: Catalogue) -> list[str]:
    header = charter.header
    adopted = header.get("adopted_by") or {}
    document = header.get("document") or {}
    found = {
        "document": document.get("reading", "") if isinstance(document, dict) else "",
        "in_force": charter.in_force.isoformat(),
        "digest": charter.digest[:16],
    }
    rows = [catalogue.text(f"show.{key}", value=value) for key, value in found.items() if value]
    if isinstance(adopted, dict) and adopted.get("year"):
        said = {"year": adopted["year"], "number": adopted.get("number", "")}
        rows.append(catalogue.text("show.adopted_by", **said))
    return rows


def _clause(clause: Clause, mine: list[Bound], catalogue: Catalogue, names: Names) -> list[str]:
    out = [clause.heading, *(f"  {line}" for line in clause.meaning.splitlines())]
    out += [catalogue.text("show.quote", words=quote) for quote in clause.quotes]
    for bound in mine:
        out.append("  · " + sentence(bound, catalogue, names))
        if bound.citation.reading:
            out.append("    " + catalogue.text("show.reading", words=bound.citation.reading))
    out += [catalogue.text("show.no_rule", words=o.reason) for o in clause.omissions]
    return [*out, ""]


def sentence(bound: Bound, catalogue: Catalogue, names: Names) -> str:
    """One rule in one sentence, with its modality and its way."""
    rule, norm = bound.rule, norm_of(bound, catalogue, names)
    modality = catalogue.word("modalities", bound.modality)
    way = catalogue.word("ways", rule.way(bound.modality))
    return catalogue.text("show.rule", norm=norm, modality=modality, way=way)


def _filled(fault: Fault) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in fault.params.items()}


def _silences(charter: Charter, general: Charter | None, catalogue: Catalogue) -> list[str]:
    faults = [f for f in lint(charter, general) if f.message.startswith("lint.silent")]
    names = Names(State(), charter)
    return [
        "  · " + catalogue.sentence(Message(f.message, _filled(f)), names)
        for f in faults
        if f.level == "note"
    ]
