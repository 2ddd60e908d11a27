"""What is wrong with a charter, beyond what its reader finds: every fault with its line (pure)."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

import msgspec

from yishi.charter.lint import lint as lint_form
from yishi.charter.model import Charter, Fault
from yishi.procedure.charters import GENERAL, AmendedBy
from yishi.procedure.circles import circular
from yishi.procedure.composition import (
    Composition,
    DeputyChair,
    PresidedBy,
    RecordedBy,
    StandingItem,
)
from yishi.procedure.enact import bind
from yishi.procedure.issuing import SignedBy
from yishi.procedure.kinds import ACTS, KINDS
from yishi.procedure.majority import SpotTasks, WorkReports
from yishi.procedure.order import ReservedTo
from yishi.procedure.rule import Bound, Kind
from yishi.procedure.scope import Reserves, Scope
from yishi.procedure.supervising import States

TOPICS = (
    "forbidden_forms", "money_line", "refusal_grounds", "remote_form", "consultation", "review",
    "papers_lead", "voting_method", "ballot", "tie", "emergency", "dissent", "record_signature",
    "minutes_time_limit", "numbering", "archive", "reconsideration", "appraisal",
    "accountability", "absent_opinion", "proxy", "leave_of_head",
    "enlarged", "publication", "time_limits",
)  # fmt: skip
"""Matters that real rules regulate and no kind of rule covers yet."""

ASSUMED = (
    "order_of_steps", "competence", "contents", "statements", "appeals", "presence",
    "concerned", "settling", "corrections", "speaks_once", "on_agenda", "change_of",
    "positions_settled", "first_charter", "old_tasks", "minutes_steps", "tally_shown",
)  # fmt: skip
"""Topics that come with any procedure: a charter need not say that it is silent on them."""

PEOPLE = ("by", "who", "any_of")
"""Parameters that say who: left empty, nobody."""

COMPETENT = (ReservedTo, PresidedBy, RecordedBy, DeputyChair, SignedBy)
"""Kinds of rules that say whose an act is."""

STOPS = ("deputy_chair", "leave_of_head")
"""Silences that the general rules name and do not fill: nobody is put in out of thin air."""


def lint(
    charter: Charter, general: Charter | None = None, parts: Mapping[str, int] | None = None
) -> tuple[Fault, ...]:
    """Every fault of a charter; `parts` are the listed sentence parts with the lines they stand at.

    The general rules are needed to say what answers a silence and who does what by default.
    """
    bounds, faults = bind(charter)
    defaults = bind(general)[0] if general else ()
    found = [*lint_form(charter), *faults, *_topics(charter), *_clashes(bounds)]
    found += [*_senseless(bounds), *circular(bounds, defaults)]
    if charter.body != GENERAL:
        found += _contradictions(charter, bounds)
        found += _nobody(bounds, defaults)
        found += _no_office(charter, (*bounds, *defaults))
        found += _unlisted(bounds)
        found += _unaccounted(charter, bounds, defaults)
        found += _silences(charter, defaults)
    if parts is not None:
        found += _parts(charter, bounds, parts)
    return tuple(sorted(found, key=lambda fault: fault.line))


def topics() -> frozenset[str]:
    """Everything a charter may rule on or be silent about."""
    return frozenset({kind.topic for kind in KINDS.values() if kind.topic} | set(TOPICS))


def _topics(charter: Charter) -> Iterator[Fault]:
    known = sorted(topics())
    for _, silence in charter.silences():
        if silence.topic not in known:
            near = get_close_matches(silence.topic, known, 1, 0)
            said = {"topic": silence.topic, "near": near[0] if near else ""}
            yield Fault(silence.line, "lint.unknown_topic", {**said})


def _contradictions(charter: Charter, bounds: Iterable[Bound]) -> Iterator[Fault]:
    """A matter that is both declared silent and ruled on."""
    ruled = {bound.rule.topic: bound for bound in bounds}
    for _, silence in charter.silences():
        bound = ruled.get(silence.topic)
        if bound is not None and silence.topic not in ASSUMED:
            said: dict[str, str | int | list[str]] = {
                "topic": silence.topic,
                "line": bound.line,
                "clause": bound.citation.label,
            }
            yield Fault(silence.line, "lint.silent_and_ruled", said)


def _clashes(bounds: tuple[Bound, ...]) -> Iterator[Fault]:
    """Two rules that cannot both hold for one act."""
    for number, bound in enumerate(bounds):
        for other in bounds[:number]:
            acts = _shared(bound, other)
            if acts is not None:
                said: dict[str, str | int | list[str]] = {
                    "kind": bound.rule.name(),
                    "line": other.line,
                    "acts": sorted(acts),
                }
                yield Fault(bound.line, "lint.clash", said)


def _shared(bound: Bound, other: Bound) -> set[str] | None:
    """The acts on which two rules of one kind meet; None when they may stand together."""
    kind = type(bound.rule)
    if kind is not type(other.rule):
        return None
    acts = set(bound.rule.governed()) & set(other.rule.governed())
    if kind is ReservedTo:
        return acts or None
    if not kind.repeats:
        return acts if acts or not bound.rule.governed() else None
    same = {act for act in acts if bound.rule.slot(act) == other.rule.slot(act)}
    slotted = kind.slot is not ReservedTo.slot
    return same if same and slotted else None


def _senseless(bounds: tuple[Bound, ...]) -> Iterator[Fault]:
    """Rules that nobody could ever keep, or that undo each other within one kind."""
    matters: dict[str, int] = {}
    members = {p for b in bounds if isinstance(b.rule, Composition) for p in b.rule.members}
    for bound in bounds:
        rule = bound.rule
        for field in msgspec.structs.fields(rule):
            if field.required and field.name in PEOPLE and not getattr(rule, field.name):
                who = {"kind": rule.name(), "param": field.name}
                yield Fault(bound.line, "lint.for_nobody", {**who})
        if isinstance(rule, Composition):
            if not (rule.members or rule.in_attendance):
                yield Fault(bound.line, "lint.nobody_meets")
            for post in sorted(members & set(rule.in_attendance)):
                yield Fault(bound.line, "lint.member_and_not", {"post": post})
        if isinstance(rule, Scope):
            first = matters.setdefault(rule.matter, bound.line)
            if first != bound.line:
                told: dict[str, str | int | list[str]] = {"matter": rule.matter, "line": first}
                yield Fault(bound.line, "lint.matter_twice", told)


def _no_office(charter: Charter, bounds: tuple[Bound, ...]) -> Iterator[Fault]:
    """Acts are the office's, and the header does not say which section that is."""
    seats = (seat for b in bounds for seat in getattr(b.rule, "by", ()))
    if "secretariat" not in charter.units and any(s.endswith("@secretariat") for s in seats):
        yield Fault(charter.header_lines.get("units", 1), "lint.office_missing")


def _nobody(bounds: tuple[Bound, ...], defaults: tuple[Bound, ...]) -> Iterator[Fault]:
    """An act that belongs to nobody under the charter and the general rules."""
    held = {
        act
        for b in (*bounds, *defaults)
        if isinstance(b.rule, COMPETENT)
        for act in b.rule.governed()
    }
    for act in ACTS:
        if act not in held:
            yield Fault(1, "lint.nobody_competent", {"act": act})


def _unlisted(bounds: tuple[Bound, ...]) -> Iterator[Fault]:
    """A rule about a matter that the charter does not list among those of its meeting."""
    listed = sorted({b.rule.matter for b in bounds if isinstance(b.rule, Scope)})
    for bound in bounds:
        for matter in _matters(bound.rule):
            if matter not in listed:
                near = get_close_matches(matter, listed, 1, 0)
                said = {"matter": matter, "near": near[0] if near else ""}
                yield Fault(bound.line, "lint.unlisted_matter", {**said})


def _matters(rule: Kind) -> tuple[str, ...]:
    if isinstance(rule, Reserves):
        return rule.matters
    if isinstance(rule, StandingItem | AmendedBy):
        return (rule.matter,)
    named = rule.during if isinstance(rule, SpotTasks | WorkReports) else ""
    return (named,) if named else ()


def _unaccounted(
    charter: Charter, bounds: tuple[Bound, ...], defaults: tuple[Bound, ...]
) -> Iterator[Fault]:
    """A matter that the charter neither rules on nor calls silent, and no default covers."""
    known = {bound.rule.topic for bound in (*bounds, *defaults)} | set(ASSUMED)
    known |= {silence.topic for _, silence in charter.silences()}
    for topic in sorted(topics() - known):
        yield Fault(1, "lint.unaccounted_topic", {"topic": topic}, "warning")


def _silences(charter: Charter, defaults: tuple[Bound, ...]) -> Iterator[Fault]:
    """What the charter is silent on, and which general clause answers if one does."""
    answers = {_answered(bound): bound.citation.label for bound in reversed(defaults)}
    for _, silence in charter.silences():
        answer = "" if silence.topic in STOPS else answers.get(silence.topic, "")
        if answer:
            said = {"topic": silence.topic, "clause": answer}
            yield Fault(silence.line, "lint.silent_default", {**said}, "note")
        elif silence.topic in STOPS:
            yield Fault(silence.line, "lint.silent_stops", {"topic": silence.topic}, "note")
        else:
            yield Fault(silence.line, "lint.silent", {"topic": silence.topic}, "note")


def _answered(bound: Bound) -> str:
    """The topic that a general rule answers: its kind's, or the one it says."""
    rule = bound.rule
    return rule.value if isinstance(rule, States) and rule.fact == "answers" else rule.topic


def _parts(
    charter: Charter, bounds: tuple[Bound, ...], listed: Mapping[str, int]
) -> Iterator[Fault]:
    """Every listed sentence part is accounted for, and every part accounted for is listed."""
    named = {part: bound.line for bound in bounds for part in bound.citation.parts}
    named |= {part: o.line for _, o in charter.omissions() for part in o.parts}
    for part in listed:
        if part not in named:
            yield Fault(1, "lint.part_unaccounted", {"part": part})
    for part, line in named.items():
        if part not in listed:
            yield Fault(line, "lint.part_unknown", {"part": part})
