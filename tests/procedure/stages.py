"""Where the tests begin: the shipped cast, or any moment of a shipped case."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from yishi.cases.casting import Stage, set_up
from yishi.cases.keeping import lines_of
from yishi.cases.runner import Runner
from yishi.chronicle.history import History, Transaction
from yishi.journal import encode_line
from yishi.procedure.report import checks
from yishi.procedure.verdict import Accepted, Refused

CHARTERS = Path(__file__).parents[2] / "charters"
MONTH = CHARTERS / "chuwuhui/cases/full-month.yaml"
WEEK = CHARTERS / "zhurenbangonghui/cases/full-week.yaml"

_RUNNER = Runner()


@cache
def _cast() -> Stage:
    return set_up(CHARTERS / "cast.yaml", {})


@cache
def played(case: Path) -> Stage:
    """A case played to its end; not to be changed."""
    return _RUNNER.run(case)[1]


def forked(stage: Stage) -> Stage:
    """A stage that goes its own way from here."""
    return msgspec.structs.replace(stage, history=stage.history.fork())


def at_first() -> Stage:
    """The shipped cast, with both charters enacted and nothing done yet."""
    return forked(_cast())


def moments(case: Path) -> Iterator[Stage]:
    """The case as it stood after each thing that was done in it."""
    whole, history = played(case), History()
    for transaction in whole.history.done:
        _go_on(history, transaction)
        yield msgspec.structs.replace(whole, history=history.fork())


def after(case: Path, event: str, nth: int = 1) -> Stage:
    """The case as it stood when an event of that name had happened for the nth time."""
    left = nth
    for stage in moments(case):
        left -= any(_name(e) == event for e in stage.history.done[-1].events)
        if left == 0:
            return stage
    raise LookupError(f"{case.stem}: {event} {nth}")


def _name(event: Any) -> str:
    return str(event.name())


def _go_on(history: History, transaction: Transaction) -> None:
    verdict = transaction.verdict
    if transaction.deed is not None and isinstance(verdict, Accepted | Refused):
        history.take(transaction.deed, verdict, transaction.events)
    else:
        history.happened(transaction.events, transaction.at)


def reported(stage: Stage, body: str, at: datetime) -> list[tuple[str, str, str]]:
    """What the rules find of a body and of its sittings: kind of rule, status, subject."""
    rows = checks(stage.history.state, body, at)
    kinds = ((row.citation.rule.rpartition("/")[2].partition("#")[0], row) for row in rows)
    return sorted((kind, row.status, row.subject) for kind, row in kinds)


def entries(stage: Stage) -> list[dict[str, Any]]:
    """The lines of a stage's journal as plain JSON."""
    return [json.loads(encode_line(line)) for line in lines_of(stage)]
