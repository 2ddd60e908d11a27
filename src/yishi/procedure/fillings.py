"""For each field of an act, the values that can make a difference to its verdict (pure).

Words never do, so one stands for all; people, units, stances and outcomes do.
"""

from collections.abc import Callable, Container
from datetime import datetime, timedelta
from itertools import count, islice
from typing import Any, Final

from yishi.procedure.act import Act
from yishi.procedure.adjusting import old_tasks
from yishi.procedure.calling import Cadence, UsualDay, period_of, period_start
from yishi.procedure.decide import SUBJECTS
from yishi.procedure.enact import Rulebook
from yishi.procedure.minutes import PublishDecision
from yishi.procedure.practice import TOPICS
from yishi.procedure.publishing import closed, unbound_closed
from yishi.procedure.scope import Scope
from yishi.procedure.seats import COUNTER, SECTION
from yishi.procedure.state import State
from yishi.procedure.verdict import Citation


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
        self._hinges: dict[Citation, frozenset[str] | None] = {}

    def attendees(self) -> list[str]:
        """Everybody who has to do with the sitting, the person asking first, and one stranger."""
        held = self.sitting
        if held is None:
            return []
        guests = (p for people in held.invited.values() for p in people)
        chair = (held.chair,) if held.chair else ()
        noted = sorted({*held.leaves, *held.presence})
        known = dict.fromkeys((self.person, *held.people, *chair, *guests, *noted))
        strangers = (p for p in sorted(self.state.roster.people) if p not in known)
        return [*known, *islice(strangers, 1)]

    def hinges(self, citation: Citation) -> frozenset[str] | None:
        """The fields that the finding of a rule, by its clause, hangs on."""
        if not self._hinges and self.book is not None:
            bounds = self.book.for_act(self.kind.name())
            self._hinges = {b.citation: b.rule.hinges() for b in bounds}
        return self._hinges.get(citation)


def _new(name: str) -> Callable[[Asking], list[str | None]]:
    """An id that nothing has, where the act brings the subject about; else it is left out."""

    def fresh(asking: Asking) -> list[str | None]:
        return [_free(getattr(asking.state, f"{name}s"))] if asking.kind.new == name else [None]

    return fresh


def _note(asking: Asking) -> list[str]:
    held = asking.sitting
    asked = [one.id for one in held.pending.corrections] if held else []
    return [_free(held.record.ids if held else (), asked, asking.state.items)]


def _paper(asking: Asking) -> list[str]:
    item = asking.state.items.get(asking.subject.get("item", ""))
    return [_free(item.papers if item else ())]


def _free(*taken: Container[str]) -> str:
    """An id that is in none of these."""
    ids = (f"new.{n}" for n in count(1))
    return next(new for new in ids if not any(new in each for each in taken))


def _words(asking: Asking) -> list[str | None]:
    """Something; a decision that is offered for publishing is offered as a whole."""
    return [None] if asking.kind is PublishDecision else ["…"]


def _matters(asking: Asking) -> list[str]:
    """The matters that the charter lists, and one more, for a charter that takes any."""
    listed = [rule.matter for rule in asking.book.all_of(Scope)] if asking.book else []
    return list(dict.fromkeys((*listed, "other")))


def _own_units(asking: Asking) -> list[str | None]:
    roster = asking.state.roster
    own = sorted(roster.units_of(asking.person, asking.at.date()))
    rest = [u for u in sorted(roster.units) if u not in own]
    return [*own, *rest, None]


def _sections(asking: Asking) -> list[str]:
    """One that there is, sooner one whose end is not settled yet."""
    there = asking.state.roster.open_units(SECTION, asking.at.date())
    return [u.id for u in sorted(there, key=lambda u: u.until is not None)][:1]


def _some_unit(asking: Asking) -> list[str | None]:
    if asking.kind.new == "unit":
        return [_free(asking.state.roster.units)]
    if asking.kind.name() in ("report_work", "receive_charter", "close_unit"):
        return [unit for unit in _own_units(asking) if unit]
    if asking.kind.name() == "propose_post":
        return [None, *sorted(asking.state.roster.units)]
    return [*_sections(asking)] or [None]


def _everybody(asking: Asking) -> list[str]:
    return [asking.person, *(p for p in sorted(asking.state.roster.people) if p != asking.person)]


def _people(asking: Asking) -> list[str]:
    """A new id where the act enters somebody; else who may be in the room, or everybody."""
    if asking.kind.new == "person":
        return [_free(asking.state.roster.people)]
    return _everybody(asking) if asking.sitting is None else asking.attendees()


def _owners(asking: Asking) -> list[str]:
    return _everybody(asking) if asking.kind.name() == "hand_over_task" else [asking.person]


def _posts(asking: Asking) -> list[str]:
    """A post that nobody has yet, and those that somebody holds or held."""
    return ["…", *sorted(asking.state.roster.appointments)]


def _starts(asking: Asking) -> list[str]:
    """A week ahead; where the usual day is fixed, mornings and afternoons until it has come."""
    rule = asking.book.rule(UsualDay) if asking.book else None
    fixed = rule is not None and asking.book is not None and asking.book.is_strict(rule)
    days, hours = (range(1, 63), (15, 9)) if fixed else ((7,), (15,))
    today = asking.at.replace(minute=0, second=0, microsecond=0)
    return [
        (today.replace(hour=hour) + timedelta(days=day)).isoformat()
        for day in days
        for hour in hours
    ]


def _agendas(asking: Asking) -> list[tuple[str, ...]]:
    """The agenda as it stands, and what of it nobody may leave out."""
    held = asking.sitting.agenda if asking.sitting else ()
    items = asking.state.items
    kept = tuple(i for i in held if items[i].origin in ("carried", "standing"))
    return [held, kept]


def _corrects(asking: Asking) -> list[str]:
    if asking.sitting is None:
        return []
    record = asking.sitting.record
    return [
        *record.ids,
        *sorted(asking.sitting.deliberations),
        "x",
    ]


def _statuses(asking: Asking) -> list[str]:
    if asking.kind.name() == "correct_presence":
        return ["unknown", "present", "left", "absent", "leave"]
    return ["absent", "leave"]


def _periods(asking: Asking) -> list[str]:
    """The latest period of the body's rhythm in which nothing was held, and the running one."""
    rule = asking.book.rule(Cadence) if asking.book else None
    every = rule.every if rule else "month"
    log = asking.state.bodies.get(asking.subject.get("body", ""))
    held = {period_of(day.date(), every) for day in log.held} if log else set()
    day = asking.at.date()
    while period_of(day, every) in held:
        day = period_start(day, every) - timedelta(days=1)
    return list(dict.fromkeys((period_of(day, every), period_of(asking.at.date(), every))))


def _brings(asking: Asking) -> list[str | None]:
    """What the latest notice asked for, and something else: that would be news."""
    held = asking.sitting.bring if asking.sitting else None
    return [held, "…" if held is None else None]


def _unsaid(asking: Asking) -> list[None]:
    return [None]


def _either(asking: Asking) -> list[bool | None]:
    """Unjudged first: so no rule objects that only an answer would bring up."""
    return [None, True, False]


def _counters(asking: Asking) -> list[str | None]:
    return [None, *(u.id for u in asking.state.roster.open_units(COUNTER, asking.at.date()))][:2]


def _due(asking: Asking) -> str:
    return (asking.at.date() + timedelta(days=30)).isoformat()


def _today(asking: Asking) -> list[str]:
    return [asking.at.date().isoformat()]


def _last_day(asking: Asking) -> list[str]:
    """Today; for the end of a unit also a day when every one has begun and no post is held."""
    roster, today = asking.state.roster, asking.at.date()
    if asking.kind.name() != "close_unit":
        return _today(asking)
    ends = (a.until for held in roster.appointments.values() for a in held if a.until)
    last = max((today, *ends, *(unit.since for unit in roster.units.values())))
    return list(dict.fromkeys((today.isoformat(), last.isoformat())))


def _drafts(asking: Asking) -> list[tuple[dict[str, Any], ...]]:
    """No task, or one that says everything a task can say."""
    draft = {
        "task": _free(asking.state.tasks),
        "words": "…",
        "unit": _some_unit(asking)[0],
        "owner": asking.person,
        "due_on": _due(asking),
    }
    return [(), (draft,)]


def _ending(asking: Asking) -> list[tuple[str, ...]]:
    """No task, or all that the item's decision would have to speak of."""
    item = asking.state.items.get(asking.subject.get("item", ""))
    tasks = old_tasks(asking.state, item) if item else ()
    return [(), tasks] if tasks else [()]


def _left_out(asking: Asking) -> list[tuple[str, ...] | None]:
    """Nothing, or every item of which something is closed."""
    found = closed(asking.state, asking.sitting) if asking.sitting else ()
    return [None, found] if found else [None]


def _without(asking: Asking) -> list[tuple[str, ...] | None]:
    held = asking.sitting
    shut = held is not None and unbound_closed(asking.state, held)
    return [None, ("unbound",)] if shut else [None]


def _practices(asking: Asking) -> list[str]:
    """Those that run first where one is ended; else every one."""
    log = asking.state.bodies.get(asking.subject.get("body", ""))
    day = asking.at.date()
    running = [one.kind for one in log.practices if one.lasts(day)] if log else []
    return list(dict.fromkeys((*running, *TOPICS)))


def _requests(asking: Asking) -> list[str]:
    """What members asked to have corrected, what is open first."""
    held = asking.sitting.pending.corrections if asking.sitting else ()
    return [one.id for one in sorted(held, key=lambda one: one.status != "open")] or ["none"]


DOMAINS: Final[dict[str, Callable[[Asking], list[Any]]]] = {
    **{name: _new(name) for name in SUBJECTS},
    "paper": _paper,
    "digest": _unsaid,
    "note": _note,
    "title": _words,
    "content": _words,
    "proposal": _words,
    "words": _words,
    "answer_by": _unsaid,
    "opening": _unsaid,
    "closing": _unsaid,
    "request": _requests,
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
    "changes_task": _unsaid,
    "starts_at": _starts,
    "resumes_at": _unsaid,
    "kind": lambda asking: ["ordinary", "extra"],
    "items": _agendas,
    "durations": lambda asking: [()],
    "edition": _unsaid,
    "answer": _unsaid,
    "expects": _unsaid,
    "correction": _unsaid,
    "files": lambda asking: [()],
    "venue": _unsaid,
    "bring": _brings,
    "masked": _unsaid,
    "left_out": _left_out,
    "without": _without,
    "uncorrected": _unsaid,
    "excerpted": _unsaid,
    "without_tasks": _unsaid,
    "added": _unsaid,
    "people": lambda asking: [(asking.person,)],
    "person": _people,
    "member": lambda asking: asking.attendees(),
    "rapporteur": lambda asking: asking.attendees(),
    "way": _unsaid,
    "status": _statuses,
    "called": _words,
    "on": lambda asking: [(asking.state.founded_on or asking.at.date()).isoformat()],
    "number": lambda asking: [1],
    "sittings": lambda asking: [0],
    "minutes": lambda asking: [0],
    "unit_kind": lambda asking: [SECTION],
    "change": lambda asking: ["appoint", "remove"],
    "post": _posts,
    "ends_on": lambda asking: [_due(asking)],
    "since": _today,
    "until": _last_day,
    "stance": lambda asking: ["for", "against", "abstain", "none"],
    "outcome": lambda asking: ["postpone", "adopt", "reject", "agree_in_principle", "noted"],
    "parts": lambda asking: [("content", "proposal")],
    "tasks": _drafts,
    "continues": lambda asking: [()],
    "ends": _ending,
    "unit": _some_unit,
    "counter": _counters,
    "owner": _owners,
    "due_on": lambda asking: [_due(asking)],
    "to": _everybody,
    "steps": lambda asking: [({"by": asking.at.date().isoformat(), "words": "…"},)],
    "corrects": _corrects,
    "period": _periods,
    "practice": _practices,
    "limit": lambda asking: [None, 10],
    "num": lambda asking: [None, 1],
    "den": lambda asking: [None, 2],
    "year": lambda asking: [asking.at.year],
    "text": _words,
    "holidays": lambda asking: [()],
    "workdays": lambda asking: [()],
}
"""One function a field: the values worth trying, the likeliest first."""
