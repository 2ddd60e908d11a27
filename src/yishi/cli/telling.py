"""What was done, act by act, as lines that a person reads: who, what about, on which clauses."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

import msgspec

from yishi.cases.casting import Stage
from yishi.cases.model import Result, StepResult
from yishi.charter.model import Charter
from yishi.chronicle.history import Transaction
from yishi.cli.terminal import hanging, row, width
from yishi.procedure.act import Deed
from yishi.procedure.state import State
from yishi.procedure.verdict import Accepted, Message, Refused, Verdict
from yishi.wording import Catalogue, Names

FIELDS = (
    *("item", "title", "items", "decision", "task", "adjustment", "body", "period", "year"),
    *("starts_at", "member", "person", "status", "people", "to", "stance", "outcome", "words"),
    *("opinion", "unit", "counter", "owner", "due_on", "steps"),
)
"""Fields of acts that a line tells, in this order; a sitting only where nothing else is told."""

MARKS = {"accepted": "✓", "departed": "△", "broken": "▲", "refused": "✗", "rejected": "–"}
"""Before a line, by the outcome."""

_BESIDE = 11
"""Columns before who did it: the mark, the time."""


class Told(msgspec.Struct, frozen=True):
    """One judged act in words."""

    mark: str
    at: datetime
    who: str
    what: str
    about: str
    clauses: str
    beneath: tuple[tuple[str, str], ...]
    """Grounds, departures, notes and what to do next, each with its mark."""


def told(result: Result, stage: Stage, catalogue: Catalogue) -> list[Told]:
    """Every act of a played case in words; acts alike at the same minute are told together."""
    steps = [step for step in result.steps if step.by]
    judged = [step for step in steps if step.outcome != "rejected"]
    done = [one for one in stage.history.done if one.deed is not None]
    known = dict(zip(map(id, judged), done[len(done) - len(judged) :], strict=True))
    state = stage.history.state
    lines = [_told(step, known.get(id(step)), state, catalogue) for step in steps]
    return [_together(list(alike), catalogue) for _, alike in groupby(lines, _likeness)]


def _likeness(one: Told) -> Any:
    return (one.at, one.who, one.what, one.clauses, one.beneath, one.mark)


def _together(alike: list[Told], catalogue: Catalogue) -> Told:
    comma = catalogue.word("shapes", "join")
    about = comma.join(dict.fromkeys(one.about for one in alike))
    return msgspec.structs.replace(alike[0], about=about)


def _told(step: StepResult, done: Transaction | None, state: State, catalogue: Catalogue) -> Told:
    names = Names(state)
    deed, verdict = (done.deed, done.verdict) if done else (None, None)
    beneath = (
        list(_beneath(verdict, names, catalogue)) if verdict else [("–", s) for s in step.said]
    )
    beneath += [("!", failure) for failure in step.failures]
    return Told(
        mark=MARKS.get(step.outcome, " "),
        at=datetime.fromisoformat(step.at),
        who=names.person(step.by),
        what=catalogue.word("acts", step.what),
        about=about(deed, names, catalogue) if deed else "",
        clauses=_clauses(verdict, catalogue),
        beneath=tuple(beneath),
    )


def _clauses(verdict: Verdict | None, catalogue: Catalogue) -> str:
    """The clauses on which an act stands; those of the general rules only where there are no other.

    What a refused act stumbles over is told with each ground.
    """
    if not isinstance(verdict, Accepted):
        return ""
    gone = (*verdict.departures, *verdict.broken)
    rest = (*verdict.kept, *(one.citation for one in gone))
    own = dict.fromkeys(one.label for one in rest if not one.general)
    general = dict.fromkeys(one.label for one in rest if one.general)
    return " ".join(own) or " ".join([catalogue.word("shapes", "default"), *general][:3])


def about(deed: Deed, names: Names, catalogue: Catalogue) -> str:
    """What an act is about, in a few words."""
    facts = dict(_facts(deed, names.state))
    sitting = getattr(deed.act, "sitting", None)
    if not facts and sitting:
        facts = {"sitting": sitting}
    said = (Message(f"about.{key}", {"it": value}) for key, value in facts.items())
    return catalogue.word("shapes", "comma").join(catalogue.sentence(m, names) for m in said)


def _facts(deed: Deed, state: State) -> Iterator[tuple[str, Any]]:
    for key in FIELDS:
        value = getattr(deed.act, key, None)
        if not value or _plain_already(key, value, deed):
            continue
        if key == "steps":
            value = tuple(f"{step.by.isoformat()} {step.words}" for step in value)
        elif key == "adjustment" and value in state.adjustments:
            key, value = "task", state.adjustments[value].task
        yield key, value


def _plain_already(key: str, value: Any, deed: Deed) -> bool:
    """Whether a reader knows it from the line itself or from the one before."""
    act = deed.act
    if key == "title":
        return act.new != "item" and not hasattr(act, "paper")
    if key == "item" and (hasattr(act, "member") or hasattr(act, "unit")):
        return True
    if key == "body":
        return act.new != "sitting" and not hasattr(act, "period")
    return key == act.new or (key == "member" and value == deed.actor)


def _beneath(verdict: Verdict, names: Names, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    if isinstance(verdict, Refused):
        for ground in verdict.grounds:
            yield "✗", catalogue.ground(ground, names)
        for said in dict.fromkeys(catalogue.ground_next(g, names) for g in verdict.grounds):
            yield "→", said
    elif isinstance(verdict, Accepted):
        for mark, found in (("▲", verdict.broken), ("△", verdict.departures)):
            for gone in found:
                reason = catalogue.text("papers.reason", reason=gone.reason)
                yield mark, catalogue.ground(gone, names) + reason
    for note in getattr(verdict, "notes", ()):
        yield "·", catalogue.sentence(note, names)


def lines(tellings: Iterable[Told], columns: int, catalogue: Catalogue) -> Iterator[str]:
    """The tellings under their days, in columns: when, who, what, about what, which clauses."""
    tellings = list(tellings)
    widths = _widths(tellings, columns)
    for day, today in groupby(tellings, lambda one: one.at.date()):
        yield "\n" + catalogue.text("play.day", day=day)
        for one in today:
            cells = (f"{one.mark} {one.at:%H:%M}", one.who, one.what, one.about, one.clauses)
            yield row(cells, widths)
            for mark, said in one.beneath:
                yield hanging(" " * _BESIDE + mark + " ", said, columns)


def _widths(tellings: list[Told], columns: int) -> tuple[int, ...]:
    who = max((width(one.who) for one in tellings), default=0)
    what = min(max((width(one.what) for one in tellings), default=0), 24)
    clauses = min(max((width(one.clauses) for one in tellings), default=0), 24)
    rest = columns - (7 + who + what + clauses + 8)
    return 7, who, what, max(rest, 12), clauses


def posts(state: State, charter: Charter, on: datetime, catalogue: Catalogue) -> str:
    """Who holds which post on a day, the posts that the charter names first."""
    names, comma = Names(state), catalogue.word("shapes", "join")
    held = state.roster.appointments
    order = dict.fromkeys(
        [*(name for own in charter.posts.values() for name in own), *sorted(held)]
    )
    said: list[str] = []
    for post in (post for post in order if post in held):
        people = [
            names.person(one.person) + (f" ({names.unit(one.unit)})" if one.unit else "")
            for one in held[post]
            if one.holds(on.date())
        ]
        if people:
            said.append(f"{post} {comma.join(people)}")
    return catalogue.word("shapes", "phrases").join(said)


def legend(catalogue: Catalogue) -> str:
    """What the marks mean."""
    said = [f"{mark} {catalogue.word('verdicts', key)}" for key, mark in MARKS.items()]
    return "   ".join(said)
