"""For each field of an act, the values that can make a difference to its verdict (pure).

Words never do, so one stands for all; people, units, stances and outcomes do.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from yishi.procedure.act import Act
from yishi.procedure.calling import UsualDay, period_of
from yishi.procedure.enact import Rulebook
from yishi.procedure.scope import Scope
from yishi.procedure.seats import SECTION
from yishi.procedure.state import State


class Asking:
    """One question: may this person do this act on this subject now?"""

    def __init__(
        self,
        state: State,
        person: str,
        at: datetime,
        kind: type[Act],
        subject: dict[str, str],
        book: Rulebook | None,
    ) -> None:
        self.state, self.person, self.at = state, person, at
        self.kind, self.subject, self.book = kind, subject, book
        self.sitting = state.sittings.get(subject.get("sitting", ""))
        self._hinges: dict[str, frozenset[str] | None] = {}

    def attendees(self) -> list[str]:
        """Everybody who may be in the room, the person asking first."""
        if self.sitting is None:
            return []
        guests = (p for people in self.sitting.invited.values() for p in people)
        chair = (self.sitting.chair,) if self.sitting.chair else ()
        everybody = dict.fromkeys((self.person, *self.sitting.people, *chair, *guests))
        return list(everybody)

    def hinges(self, rule: str) -> frozenset[str] | None:
        """The fields that the finding of a rule, by its id, hangs on."""
        if not self._hinges and self.book is not None:
            bounds = self.book.for_act(self.kind.name())
            self._hinges = {b.citation.rule: b.rule.hinges() for b in bounds}
        return self._hinges.get(rule)


def _fresh(asking: Asking) -> list[str]:
    return ["new.1"] if "new.1" not in _taken(asking) else [f"new.{len(_taken(asking)) + 1}"]


def _taken(asking: Asking) -> Any:
    state, new = asking.state, asking.kind.new
    return getattr(state, f"{new}s") if new else ()


def _words(asking: Asking) -> list[str]:
    return ["…"]


def _matters(asking: Asking) -> list[str]:
    return [rule.matter for rule in asking.book.all_of(Scope)] if asking.book else ["other"]


def _own_units(asking: Asking) -> list[str | None]:
    roster = asking.state.roster
    own = sorted(roster.units_of(asking.person, asking.at.date()))
    rest = [u for u in sorted(roster.units) if u not in own]
    return [*own, *rest, None]


def _sections(asking: Asking) -> list[str]:
    return [u.id for u in asking.state.roster.open_units(SECTION, asking.at.date())][:1]


def _some_unit(asking: Asking) -> list[str | None]:
    if asking.kind.name() == "report_work":
        return [unit for unit in _own_units(asking) if unit]
    return [*_sections(asking)] or [None]


def _everybody(asking: Asking) -> list[str]:
    return [asking.person, *(p for p in sorted(asking.state.roster.people) if p != asking.person)]


def _starts(asking: Asking) -> list[str]:
    noon = asking.at.replace(hour=15, minute=0, second=0, microsecond=0)
    rule = asking.book.rule(UsualDay) if asking.book else None
    fixed = rule is not None and asking.book is not None and asking.book.is_strict(rule)
    days = range(1, 63) if fixed else (7,)
    return [(noon + timedelta(days=day)).isoformat() for day in days]


def _agenda(asking: Asking) -> list[tuple[str, ...]]:
    return [asking.sitting.agenda if asking.sitting else ()]


def _corrects(asking: Asking) -> list[str]:
    if asking.sitting is None:
        return []
    record = asking.sitting.record
    return [
        *(e[0] for e in (*record.notes, *record.corrections)),
        *asking.sitting.deliberations,
        "x",
    ]


def _statuses(asking: Asking) -> list[str]:
    return ["absent", "leave"]


def _periods(asking: Asking) -> list[str]:
    return [period_of(asking.at.date(), "month")]


def _unsaid(asking: Asking) -> list[None]:
    return [None]


def _either(asking: Asking) -> list[bool]:
    return [True, False]


DOMAINS: Final[dict[str, Callable[[Asking], list[Any]]]] = {
    "item": _fresh,
    "sitting": _fresh,
    "decision": _fresh,
    "task": _fresh,
    "adjustment": _fresh,
    "paper": _fresh,
    "note": _fresh,
    "title": _words,
    "content": _words,
    "proposal": _words,
    "words": _words,
    "summary": _words,
    "need": _words,
    "cause": _words,
    "effect": _words,
    "opinion": _words,
    "matter": _matters,
    "lead_unit": _own_units,
    "co_units": lambda asking: [()],
    "written": lambda asking: [True],
    "weighty": _either,
    "triple_major": lambda asking: [False],
    "within_authority": lambda asking: [True],
    "late_admitted": lambda asking: [True],
    "changes": _unsaid,
    "starts_at": _starts,
    "kind": lambda asking: ["ordinary", "extra"],
    "items": _agenda,
    "people": lambda asking: [(asking.person,)],
    "person": lambda asking: asking.attendees(),
    "member": lambda asking: asking.attendees(),
    "rapporteur": lambda asking: asking.attendees(),
    "status": _statuses,
    "stance": lambda asking: ["for", "against", "abstain", "none"],
    "outcome": lambda asking: ["postpone", "adopt", "reject", "agree_in_principle", "noted"],
    "parts": lambda asking: [("content", "proposal")],
    "tasks": lambda asking: [()],
    "unit": _some_unit,
    "counter": _unsaid,
    "owner": lambda asking: [asking.person],
    "due_on": lambda asking: [(asking.at.date() + timedelta(days=30)).isoformat()],
    "to": _everybody,
    "steps": lambda asking: [({"by": asking.at.date().isoformat(), "words": "…"},)],
    "corrects": _corrects,
    "period": _periods,
    "year": lambda asking: [asking.at.year],
    "holidays": lambda asking: [()],
    "workdays": lambda asking: [()],
}
"""One function a field: the values worth trying, the likeliest first."""
