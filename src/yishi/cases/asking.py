"""The questions a case can put, and whether the answers are as expected."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from yishi.cases.model import Evidence, Step
from yishi.chronicle.history import History
from yishi.procedure.access import may_read
from yishi.procedure.enact import bind, book_of, digests_on, version_on
from yishi.procedure.offers import Offer, Withheld, may
from yishi.procedure.practising import practised, remarks
from yishi.procedure.report import compliance, ledger, reminders
from yishi.procedure.supervising import Reminds, States
from yishi.procedure.verdict import Citation, Message
from yishi.values.text import is_erased


class Answer(msgspec.Struct):
    """What a question brought: shown to people, compared with what was expected."""

    shown: list[str] = []
    failures: list[Message] = []
    evidence: list[Evidence] = []

    def missing(self, what: Any) -> None:
        """Something expected is not there."""
        self.failures.append(Message("case.missing", {"what": _shown(what)}))

    def surplus(self, what: Any) -> None:
        """Something is there that was expected not to be."""
        self.failures.append(Message("case.surplus", {"what": _shown(what)}))

    def shows(self, citation: Citation, what: str) -> None:
        """The answer is evidence for the parts that the rule accounts for."""
        self.evidence += [
            Evidence(p, f"{citation.body}:{citation.rule}", what) for p in citation.parts or ("",)
        ]


def ask_may(history: History, step: Step, at: datetime) -> Answer:
    """What may a person do next, and why not."""
    answer, found = Answer(), may(history.state, step.of, at, step.about or None)
    offers = {o.act for o in found if isinstance(o, Offer)}
    withheld: dict[str, list[Withheld]] = {}
    for one in found:
        if isinstance(one, Withheld):
            withheld.setdefault(one.act, []).append(one)
    answer.shown = [*sorted(offers), *(_why_not(name, withheld[name]) for name in sorted(withheld))]
    expect = step.expect or {}
    for name in expect.get("offers", ()):
        if name not in offers:
            answer.missing(name)
    for name in expect.get("not_offered", ()):
        if name in offers:
            answer.surplus(name)
    for name, clauses in expect.get("withheld", {}).items():
        _withheld(answer, withheld.get(name, []), name, clauses)
    return answer


def _why_not(name: str, found: list[Withheld]) -> str:
    """An act that is not offered, with every clause that stands against it."""
    clauses = dict.fromkeys(
        f"{ground.citation.body} {ground.citation.label}" for one in found for ground in one.grounds
    )
    return f"{name} ✗ {_shown(list(clauses))}"


def _withheld(answer: Answer, found: list[Withheld], name: str, clauses: list[str]) -> None:
    for one in found:
        labels = [g.citation.label for g in one.grounds]
        if all(clause in labels for clause in clauses):
            for ground in one.grounds:
                answer.shows(ground.citation, "refused")
            return
    answer.missing({name: clauses, "found": [[g.citation.label for g in w.grounds] for w in found]})


def ask_read(history: History, step: Step, at: datetime) -> Answer:
    """May a person read a thing, and by which clause."""
    thing: Any = step.thing
    access = may_read(history.state, step.of, thing, step.id, at)
    label = access.citation.label if access.citation else ""
    body = access.citation.body if access.citation else ""
    got = {"allowed": str(access.allowed).lower(), "clause": label, "body": body}
    answer = Answer(shown=[f"{key}: {value}" for key, value in got.items()])
    for key in got:
        wanted = (step.expect or {}).get(key)
        if wanted is not None and wanted != got[key]:
            answer.missing({key: wanted, "found": got[key]})
    if access.citation and step.expect and not answer.failures:
        answer.shows(access.citation, "stands" if access.allowed else "refused")
    return answer


def ask_reminders(history: History, step: Step, at: datetime) -> Answer:
    """Who is to be reminded of what, just now."""
    found = [
        {
            "clause": r.citation.label,
            "body": r.citation.body,
            "kind": _kind(r.citation),
            "to": list(r.people),
            "about": r.subject,
            "says": str(r.message.params.get("words", "")),
            "citation": r.citation,
        }
        for r in reminders(history.state, step.body, at)
    ]
    return _compared(history, step, at, found, "due", "not_due")


def ask_report(history: History, step: Step, at: datetime) -> Answer:
    """What the compliance report says of a sitting or a period."""
    if step.sitting and step.sitting not in history.state.sittings:
        answer = Answer()
        answer.missing({"sitting": step.sitting})
        return answer
    period = None
    if step.start or step.to:
        since = step.start or str(history.state.founded_on or at.date())
        period = (day_of(since, at), day_of(step.to, at, ends=True))
    rows = compliance(history.judged(), history.state, step.body, at, step.sitting or None, period)
    found = [
        {
            "clause": row.citation.label,
            "body": row.citation.body,
            "kind": _kind(row.citation),
            "status": row.status,
            "about": row.subject,
            "reason": row.reason,
            "by": row.actor,
            "citation": row.citation,
        }
        for row in rows
    ]
    return _compared(history, step, at, found, "", "")


def ask_ledger(history: History, step: Step, at: datetime) -> Answer:
    """What the ledger of tasks says."""
    rows = [msgspec.to_builtins(row) for row in ledger(history.state, at, step.body or None)]
    found = [{key: _text(value) for key, value in row.items()} for row in rows]
    return _compared(history, step, at, found, "", "")


def ask_charter(history: History, step: Step, at: datetime) -> Answer:
    """What a body's charter states, and on what it is silent."""
    digest = version_on(history.state, step.body, at.date())
    answer = Answer()
    if digest is None:
        answer.missing(step.body)
        return answer
    charter = history.state.charters[digest]
    stated = [
        (b.citation, {"clause": b.citation.label, "fact": b.rule.fact, "value": b.rule.value})
        for b in bind(charter)[0]
        if isinstance(b.rule, States)
    ]
    answer.shown = [f"{fact['clause']} {fact['fact']}: {fact['value']}" for _, fact in stated]
    for wanted in (step.expect or {}).get("states", ()):
        hits = [c for c, fact in stated if all(fact.get(k) == v for k, v in wanted.items())]
        if not hits:
            answer.missing(wanted)
        for citation in hits:
            answer.shows(citation, "read")
    ruled = {bound.rule.topic for bound in bind(charter)[0]}
    silent = {silence.topic for _, silence in charter.silences()} - ruled
    only = (step.expect or {}).get("states_only")
    facts = [fact["fact"] for _, fact in stated]
    if only is not None and facts != only:
        answer.missing({"states_only": only, "found": facts})
    for topic in (step.expect or {}).get("silent", ()):
        if topic not in silent:
            answer.missing(topic)
    _bearing(answer, history, step, at)
    return answer


def _bearing(answer: Answer, history: History, step: Step, at: datetime) -> None:
    """Under exactly which clauses an act falls: the body's own, defaults, other bodies'."""
    book = book_of(history.state, digests_on(history.state, step.body, at.date()))
    for act, wanted in (step.expect or {}).get("clauses", {}).items():
        found = list(dict.fromkeys(b.citation.label for b in book.for_act(act)))
        if found != wanted:
            answer.missing({act: wanted, "found": found})


def ask_state(history: History, step: Step, at: datetime) -> Answer:
    """Plain facts of one subject: a sitting, an item, a task, a decision, a person in a sitting."""
    state, facts = history.state, {}
    for name in ("sitting", "item", "task", "decision", "adjustment", "posting"):
        subject = getattr(step, name)
        if subject:
            found = getattr(state, f"{name}s").get(subject)
            facts = _facts(found) if found is not None else {}
            if name == "sitting" and found is not None:
                facts = _within(found, step, facts)
            break
    answer = Answer(shown=[f"{key}: {value}" for key, value in facts.items()])
    for key, wanted in (step.expect or {}).items():
        got = facts.get(key)
        if got != wanted:
            answer.missing({key: wanted, "found": got})
    return answer


def _within(sitting: Any, step: Step, facts: dict[str, Any]) -> dict[str, Any]:
    """Of a sitting: one person's coming and going, what was said to one item, or all of it."""
    if step.person:
        return _presence(sitting, step.person)
    if step.item:
        return _facts(sitting.talk_on(step.item))
    return {**facts, "publication": sitting.minutes.publishing if sitting.minutes else "none"}


def _presence(sitting: Any, person: str) -> dict[str, Any]:
    held, leave = sitting.presence.get(person), sitting.leaves.get(person)
    facts: dict[str, Any] = {"status": held.status if held else "unknown"}
    facts["late"] = str(held.late).lower() if held else "false"
    facts["times"] = [f"{at:%H:%M} {status}" for status, at in held.log] if held else []
    given = sitting.notice
    facts["coming"] = str(given is not None and person in given.coming).lower()
    facts["leave"] = leave.status if leave else "none"
    facts["told"] = str(leave.told).lower() if leave else "false"
    facts["seat"] = _seat(sitting, person)
    return facts


def _seat(sitting: Any, person: str) -> str:
    """A member's seat, a place in attendance (for every item, or called in for one), or none."""
    if sitting.seat_of(person):
        return "member"
    called_in = any(person in guests for guests in sitting.invited.values())
    return "attending" if person in sitting.people or called_in else "none"


def ask_practice(history: History, step: Step, at: datetime) -> Answer:
    """Which house practices hold in a sitting, and what they remark of it."""
    sitting = history.state.sittings.get(step.sitting)
    if sitting is None:
        answer = Answer()
        answer.missing({"sitting": step.sitting})
        return answer
    found = [
        {
            "practice": one.practice,
            "about": one.subject,
            "says": one.message.id,
            **{key: _text(value) for key, value in one.message.params.items()},
        }
        for one in remarks(history.state, sitting, at)
    ]
    answer = _compared(history, step, at, found, "", "")
    held, wanted = sorted(practised(history.state, sitting)), (step.expect or {}).get("holds")
    if wanted is not None and sorted(wanted) != held:
        answer.missing({"holds": wanted, "found": held})
    return answer


def _facts(subject: Any) -> dict[str, Any]:
    return {
        field.name: _text(getattr(subject, field.name)) for field in msgspec.structs.fields(subject)
    }


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return [_text(one) for one in value]
    if isinstance(value, msgspec.Struct):
        return _facts(value)
    if is_erased(value):
        return "erased"
    return "" if value is None else str(value)


def _compared(
    history: History, step: Step, at: datetime, found: list[dict[str, Any]], due: str, lack: str
) -> Answer:
    """Rows that must be there, and rows that must not."""
    shown = [{k: v for k, v in row.items() if k != "citation"} for row in found]
    answer = Answer(shown=[_shown(row) for row in shown])
    expect = step.expect or {}
    for wanted in expect.get("has", ()):
        hits = [row for row in found if _fits(row, wanted)]
        if not hits:
            answer.missing(wanted)
        for row in hits:
            if "citation" in row:
                answer.shows(row["citation"], due or row["status"])
    for wanted in expect.get("lacks", ()):
        hits = [row for row in found if _fits(row, wanted)]
        if hits:
            answer.surplus(wanted)
        elif lack:
            for citation in _named(history, step, at, wanted):
                answer.shows(citation, lack)
    return answer


def _fits(row: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(row.get(key) == value for key, value in wanted.items())


def _named(
    history: History, step: Step, at: datetime, wanted: dict[str, Any]
) -> Iterator[Citation]:
    """The rules that an expectation names by clause and kind."""
    log = history.state.bodies.get(step.body)
    digest = log.version_on(log.last_day(at.date())) if log else None
    if digest is None:
        return
    for bound in bind(history.state.charters[digest])[0]:
        says = bound.rule.say if isinstance(bound.rule, Reminds) else ""
        named = {"clause": bound.citation.label, "kind": _kind(bound.citation), "says": says}
        if all(named[key] == wanted[key] for key in named if key in wanted):
            yield bound.citation


def day_of(text: str, at: datetime, ends: bool = False) -> datetime:
    """The beginning of a day, or its end, in the offset of `at`; an empty text is `at` itself."""
    if not text:
        return at
    moment = datetime.fromisoformat(text).replace(tzinfo=at.tzinfo)
    return moment.replace(hour=23, minute=59, second=59) if ends else moment


def _kind(citation: Citation) -> str:
    return citation.rule.rpartition("/")[2].partition("#")[0]


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_shown(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_shown(one) for one in value) + "]"
    return str(value)


QUESTIONS = {
    "may": ask_may,
    "read": ask_read,
    "reminders": ask_reminders,
    "report": ask_report,
    "ledger": ask_ledger,
    "charter": ask_charter,
    "state": ask_state,
    "practice": ask_practice,
}
"""Every question, by the word that cases use."""
