"""For each field of an act, far more values than the procedure's own fillings try."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import combinations, product
from math import prod
from random import Random
from typing import Any

import msgspec

from tests.procedure.acting import Company
from tests.procedure.anything import MATTERS
from yishi.procedure.act import Act

Menu = Callable[[Company, dict[str, str]], list[Any]]


def fillings(
    company: Company, kind: type[Act], subject: dict[str, str], most: int
) -> Iterator[Act]:
    """Every filling that the menus make, or so many of them, drawn anew for each act."""
    free = [f for f in msgspec.structs.fields(kind) if f.name not in subject]
    menus = [_menu(company, kind, subject, field.name) for field in free]
    for row in _rows(menus, most, Random(f"{kind.name()}{subject}{company.at}")):
        given = dict(zip((f.name for f in free), row, strict=True))
        filled = {**subject, **{k: v for k, v in given.items() if v is not None}}
        with suppress(msgspec.ValidationError):  # what is no act at all, nobody can do
            yield msgspec.convert(filled, kind)


def _rows(menus: list[list[Any]], most: int, rng: Random) -> Iterator[tuple[Any, ...]]:
    if prod(map(len, menus)) <= most:
        yield from product(*menus)
        return
    for _ in range(most):
        yield tuple(map(rng.choice, menus))


def _menu(company: Company, kind: type[Act], subject: dict[str, str], name: str) -> list[Any]:
    if name == kind.new:
        return ["brand-new"]
    return MENUS[name](company, subject) if name in MENUS else [None]


def _people(company: Company, subject: dict[str, str]) -> list[str]:
    return company.people


def _units(company: Company, subject: dict[str, str]) -> list[str | None]:
    return [None, *sorted(company.state.roster.units)]


def _agendas(company: Company, subject: dict[str, str]) -> list[tuple[str, ...]]:
    """The agenda as it is, with one item less, with what else is approved, backwards, empty."""
    state = company.state
    sitting = state.sittings[subject["sitting"]]
    held = sitting.agenda
    more = tuple(
        i for i in sorted(state.items) if state.items[i].status == "approved" and i not in held
    )
    less = [tuple(i for i in held if i != one) for one in held]
    pairs = [tuple(pair) for pair in combinations(held, 2)]
    return list(dict.fromkeys([held, (*held, *more), held[::-1], *less, *pairs, more, ()]))


def _drafts(company: Company, subject: dict[str, str]) -> list[Any]:
    words = {"task": "brand-new-task", "words": "办理。"}
    due = (company.at.date() + timedelta(days=9)).isoformat()
    units = company.state.roster.units
    whole = [
        {**words, "counter" if units[u].kind == "counter" else "unit": u, "owner": o, "due_on": due}
        for u in sorted(units)
        for o in company.people[:2]
    ]
    return [(), (words,), *((one,) for one in whole)]


def _starts(company: Company, subject: dict[str, str]) -> list[str]:
    days = (company.at + timedelta(days=n) for n in range(1, 70))
    return [day.replace(hour=hour).isoformat() for day in days for hour in (9, 15)]


def _days(company: Company, subject: dict[str, str]) -> list[str | None]:
    today = company.at.date()
    return [None, *((today + timedelta(days=n)).isoformat() for n in (-40, -1, 0, 1, 40))]


def _on_record(company: Company, subject: dict[str, str]) -> list[str]:
    record = company.state.sittings[subject["sitting"]].record
    return [*record.ids, *sorted(company.state.items), "nothing"]


def _one_of(*values: Any) -> Menu:
    return lambda company, subject: list(values)


MENUS: dict[str, Menu] = {
    **dict.fromkeys(("person", "member", "rapporteur", "owner", "to"), _people),
    **dict.fromkeys(("unit", "counter", "lead_unit"), _units),
    "people": lambda company, subject: [(person,) for person in company.people],
    "co_units": lambda company, subject: [(), *((u,) for u in sorted(company.state.roster.units))],
    **dict.fromkeys(("paper", "note", "posting"), _one_of("brand-new")),
    **dict.fromkeys(
        ("title", "content", "proposal", "words", "summary", "need", "cause", "effect", "opinion"),
        _one_of("有。", "有。", None),
    ),
    "matter": _one_of(*MATTERS),
    **dict.fromkeys(("weighty", "triple_major", "within_authority"), _one_of(True, False, None)),
    **dict.fromkeys(("written", "late_admitted"), _one_of(True, False)),
    "changes": lambda company, subject: [None, *sorted(company.state.decisions)],
    "changes_task": lambda company, subject: [None, *sorted(company.state.tasks)],
    "item": lambda company, subject: [None, *sorted(company.state.items)],
    "starts_at": _starts,
    "kind": _one_of("ordinary", "extra"),
    "items": _agendas,
    "status": _one_of("absent", "leave"),
    "stance": _one_of("for", "against", "abstain", "none"),
    "outcome": _one_of("adopt", "agree_in_principle", "reject", "postpone", "noted"),
    "parts": _one_of((), ("content",), ("proposal",), ("content", "proposal")),
    "tasks": _drafts,
    **dict.fromkeys(("due_on", "since", "until"), _days),
    "steps": _one_of((), ({"by": "2026-12-01", "words": "一步"},)),
    "corrects": _on_record,
    "practice": _one_of("sign_in", "recusal", "quorum", "report_limit", "speech_limit"),
    **dict.fromkeys(("limit", "num", "den"), _one_of(None, 1, 30)),
    "period": _one_of("2026-10", "2026-W45"),
    "year": _one_of(2026, 2027),
    "holidays": _one_of((), ("2027-01-01",)),
    "workdays": _one_of(()),
    "called": _one_of("新人"),
    "unit_kind": _one_of("section", "counter"),
    "change": _one_of("appoint", "remove"),
    "post": _one_of("主任", "副主任", "科员", "系统管理员", "处务会秘书"),
}
"""Values for each field; a field without any is left out."""
