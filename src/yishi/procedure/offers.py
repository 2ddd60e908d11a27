"""What may a person do next, and why not: asked of the same rules that judge (pure).

An offer names the act, its subject and the fields to fill, and holds one filling that stands.
An act is withheld when no filling of it would stand; its grounds are those of the filling that
came nearest.
"""

from collections.abc import Container, Iterator
from datetime import datetime
from itertools import product
from typing import Any

import msgspec

from yishi.procedure.act import Act, Deed
from yishi.procedure.charters import GENERAL
from yishi.procedure.decide import found, judge, place
from yishi.procedure.enact import INSTITUTION_WIDE, Rulebook, book_of, digests_on
from yishi.procedure.fillings import DOMAINS, Asking
from yishi.procedure.kinds import ACTS
from yishi.procedure.rule import Kind
from yishi.procedure.seats import held_by
from yishi.procedure.state import State
from yishi.procedure.stating import EnteredFor
from yishi.procedure.subjects import NOT_OFFERED, subjects
from yishi.procedure.verdict import Accepted, Ground, Refused, Rejected
from yishi.values.wire import fields_in


class Offer(msgspec.Struct, frozen=True):
    """An act that the person may do now on this subject, and one way of filling it."""

    act: str
    subject: dict[str, str]
    fields: tuple[str, ...]
    example: Act
    departs: bool


class Withheld(msgspec.Struct, frozen=True):
    """An act that no filling lets the person do now on this subject, and why."""

    act: str
    subject: dict[str, str]
    grounds: tuple[Ground, ...]


def may(
    state: State, person: str, at: datetime, about: dict[str, str] | None = None
) -> tuple[Offer | Withheld, ...]:
    """All that is at hand for a person; `about` asks for acts on certain subjects only."""
    answers = (ask(state, person, at, kind, subject) for kind, subject in questions(state, about))
    return tuple(answer for answer in answers if answer is not None)


def questions(
    state: State, about: dict[str, str] | None = None, wanted: Container[str] = ACTS
) -> Iterator[tuple[type[Act], dict[str, str]]]:
    """What there is to ask: each act that is wanted, on each subject it could name just now."""
    for name, kind in ACTS.items():
        if name in wanted and name not in NOT_OFFERED:
            for subject in subjects(kind, state, about):
                yield kind, subject


def ask(
    state: State, person: str, at: datetime, kind: type[Act], subject: dict[str, str]
) -> Offer | Withheld | None:
    """Whether one act on one subject may be done; None when it cannot even be put."""
    nearest: Refused | None = None
    fields = [field.name for field in fields_in(kind) if field.name not in subject]
    book = _book(state, at, kind, subject)
    if book is not None and not book.entrusts(kind.name()):
        return None
    asking = Asking(state, person, at, kind, subject, book)
    domains = {name: DOMAINS[name](asking) for name in fields}
    ruled_out = _RuledOut(asking, domains)
    for filling in _fillings(domains):
        if ruled_out.covers(filling):
            continue
        act = msgspec.convert({**subject, **filling}, kind)
        setting = place(Deed(act=act, actor=person, at=at, reason="…"), state)
        if isinstance(setting, Rejected):
            continue
        asking.book = asking.book or setting.book
        verdict = judge(setting)
        if isinstance(verdict, Accepted):
            return Offer(kind.name(), subject, tuple(fields), act, bool(verdict.departures))
        if nearest is None or len(verdict.grounds) < len(nearest.grounds):
            nearest = verdict
        if ruled_out.everything(verdict, filling):
            break
    return Withheld(kind.name(), subject, nearest.grounds) if nearest else None


def alone(
    state: State, at: datetime, kind: type[Act], subject: dict[str, str], others: bool = False
) -> frozenset[str] | None:
    """Those outside of whom nobody may do an act on a subject, however it is filled in.

    With `others`, an act about somebody else. None where no rule says so of everybody at once;
    whether one of them may do it, `ask` tells.
    """
    book = _book(state, at, kind, subject)
    bounds = book.for_act(kind.name()) if book is not None else ()
    barring = [b for b in bounds if b.modality == "must" and type(b.rule).alone is not Kind.alone]
    if not barring:
        return None
    setting = found(Deed(act=_unfilled(kind, subject), actor="", at=at), state)
    if isinstance(setting, Rejected):
        return None
    each = (bound.rule.alone(setting, others) for bound in barring)
    named = [people for people in each if people is not None]
    # Whoever enters an act for another is judged as that other.
    entering = [held_by(setting, b.rule.by) for b in bounds if isinstance(b.rule, EnteredFor)]
    if not named or None in entering:
        return None
    return frozenset.intersection(*named).union(*(people for people in entering if people))


def _unfilled(kind: type[Act], subject: dict[str, str]) -> Any:
    """The act on a subject, with nothing else said: to be looked at, never to be judged."""
    unsaid = (field.name for field in fields_in(kind) if field.required)
    return kind(**{**dict.fromkeys(unsaid), **subject})


def bars_others(state: State, at: datetime, answer: Offer | Withheld | None) -> bool:
    """Whether an act, withheld about one other person, is withheld about everybody but oneself.

    So one question tells whether there is any use in asking about each of many people.
    """
    if not isinstance(answer, Withheld):
        return False
    book = _book(state, at, ACTS[answer.act], answer.subject)
    bounds = book.for_act(answer.act) if book is not None else ()
    barring = {bound.citation for bound in bounds if bound.rule.bars_others()}
    return any(ground.citation in barring for ground in answer.grounds)


def _book(state: State, at: datetime, kind: type[Act], subject: dict[str, str]) -> Rulebook | None:
    if "sitting" in subject:
        return book_of(state, state.sittings[subject["sitting"]].charters)
    body = subject.get("body") or (GENERAL if kind.name() in INSTITUTION_WIDE else "")
    digests = digests_on(state, body, at.date()) if body else ()
    return book_of(state, digests) if digests else None


def _fillings(domains: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """Every combination of the values that could make a difference to the verdict."""
    for combination in product(*domains.values()):
        filled = zip(domains, combination, strict=True)
        yield {name: value for name, value in filled if value is not None}


class _RuledOut:
    """What refusals have shown: fillings that agree where a ground hinges are refused alike."""

    def __init__(self, asking: Asking, domains: dict[str, list[Any]]) -> None:
        self._asking = asking
        self._free = frozenset(name for name, values in domains.items() if len(values) > 1)
        self._known: dict[tuple[str, ...], set[tuple[str, ...]]] = {}

    def covers(self, filling: dict[str, Any]) -> bool:
        """Whether a filling before this one has been refused on what this one has too."""
        return any(_values(filling, names) in known for names, known in self._known.items())

    def everything(self, verdict: Refused, filling: dict[str, Any]) -> bool:
        """Take up a refusal; whether a ground of it hinges on nothing that another could change."""
        for ground in verdict.grounds:
            hinges = self._asking.hinges(ground.citation)
            if hinges is None:
                continue
            names = tuple(sorted(hinges & self._free))
            if not names:
                return True
            self._known.setdefault(names, set()).add(_values(filling, names))
        return False


def _values(filling: dict[str, Any], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(filling.get(name)) for name in names)
