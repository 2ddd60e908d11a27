"""The one door: a deed, the state it meets → a verdict; and the fold of what happened (pure)."""

from collections.abc import Callable, Iterator
from datetime import MAXYEAR, MINYEAR, datetime
from functools import cache, reduce
from operator import attrgetter
from typing import Any, Final

import msgspec

from yishi.procedure import paper
from yishi.procedure.act import Act, Deed, Event
from yishi.procedure.adjusting import RequestAdjustment
from yishi.procedure.brought import ends_amiss, unreadable
from yishi.procedure.charters import (
    GENERAL,
    ConfirmCalendar,
    EnactCharter,
    RepealCharter,
    charter_of,
    of_another_year,
)
from yishi.procedure.composition import StandingItem
from yishi.procedure.convening import Convene, SetAgenda
from yishi.procedure.enact import Rulebook, book_of, digests_on, version_on
from yishi.procedure.items import WithdrawItem
from yishi.procedure.practice import EndPractice, StartPractice, amiss
from yishi.procedure.reading import Read, Thing
from yishi.procedure.rule import KEPT
from yishi.procedure.setting import Setting
from yishi.procedure.state import State
from yishi.procedure.stating import entered_for
from yishi.procedure.telling import ReceiveNotice, RemindReaders, rest, unread
from yishi.procedure.verdict import (
    Accepted,
    Departure,
    Ground,
    Message,
    Refused,
    Rejected,
    Value,
    Verdict,
)
from yishi.roster.events import RosterEvent
from yishi.values.text import LONGEST, is_readable

SUBJECTS = ("item", "sitting", "task", "decision", "adjustment", "posting")


def decide(deed: Deed, state: State) -> Verdict:
    """Judge a deed: refuse on every ground, accept with every departure, or reject unjudged.

    What is entered from paper has happened: with a word about it, it stands as broken.
    """
    setting = place(deed, state)
    if isinstance(setting, Rejected):
        return setting
    return judge(setting)


def judge(setting: Setting, name: str | None = None) -> Accepted | Refused:
    """Let every rule that bears on the act speak."""
    grounds: list[Ground] = []
    departures: list[Departure] = []
    broken: list[Departure] = []
    kept = []
    act = setting.act
    for bound in setting.book.for_act(name or act.name()):
        finding = bound.rule.judge(setting)
        if finding is None:
            continue
        if finding is KEPT:
            kept.append(bound.citation)
        elif bound.modality == "presumed" and setting.reason:
            departures.append(Departure(finding, bound.citation, setting.reason))
        elif setting.entered_by and setting.reason and bound.rule.happens:
            broken.append(Departure(finding, bound.citation, setting.reason))
        else:
            grounds.append(Ground(finding, bound.citation))
    notes, charter = tuple(setting.notes), setting.book.digests[0]
    if grounds:
        return Refused(tuple(grounds), notes, charter)
    return Accepted(
        events=act.events(setting),
        departures=tuple(departures),
        broken=tuple(broken),
        kept=tuple(kept),
        notes=notes,
        charter=charter,
    )


def place(deed: Deed, state: State) -> Setting | Rejected:
    """Look up what the deed names; what is unknown, stale or impossible is rejected."""
    fault = _impossible(deed, state) or _unknown(deed.act, state) or _taken(deed.act, state)
    if fault is not None:
        return fault
    setting = found(deed, state)
    if isinstance(setting, Rejected):
        return setting
    wrong = _nobodys(setting) or _brings_taken(setting) or _hands_out_amiss(setting)
    wrong = wrong or _told_amiss(setting) or deed.act.amiss(setting)
    wrong = wrong or paper.amiss(deed, setting)
    return wrong or _kept_from(deed, state) or setting


def found(deed: Any, state: State) -> Setting | Rejected:
    """The setting of a deed whose subjects are known to be there."""
    act: Any = deed.act
    held: dict[str, Any] = dict.fromkeys(SUBJECTS)
    for name in _subjects(act.__class__):
        subject = getattr(act, name)
        held[name] = None if subject is None else _KNOWN[name](state).get(subject)
    if held["sitting"] is None and held["task"] is not None:
        held["sitting"] = state.sittings[held["task"].sitting]
    asked = held["adjustment"]
    if asked is not None:
        held["task"] = state.tasks[asked.task]
        held["sitting"] = state.sittings[state.tasks[asked.task].sitting]
    if isinstance(act, Read) and held["task"] is not None:
        held["decision"] = state.decisions.get(held["task"].decision or "")
    decision = held["decision"]
    # An act on a whole body rests on a decision, and does not take place where that was made.
    if decision is not None and getattr(act, "body", None) is None:
        held["sitting"] = held["sitting"] or state.sittings[decision.sitting]
        held["item"] = held["item"] or state.items[decision.item]
    body = _body_of(act, held)
    book = _book(deed, state, body, held)
    if isinstance(book, Rejected):
        return book
    return entered_for(Setting(deed, state, book, body, **held))


@cache
def _subjects(kind: type[Act]) -> tuple[str, ...]:
    """The subjects that an act names, but for the one that it brings about."""
    return tuple(name for name in SUBJECTS if hasattr(kind, name) and name != kind.new)


def _body_of(act: Any, found: dict[str, Any]) -> str:
    for name in ("sitting", "task", "item"):
        if found[name] is not None:
            return str(found[name].body)
    return str(getattr(act, "body", GENERAL))


def _book(deed: Deed, state: State, body: str, found: dict[str, Any]) -> Rulebook | Rejected:
    act, sitting, item = deed.act, found["sitting"], found["item"]
    if isinstance(act, EnactCharter) and version_on(state, body, deed.at.date()) is None:
        return _first_book(state, act, deed)
    asked = found["adjustment"]
    by_day = asked is not None or act.name() == "request_adjustment"
    on = asked.asked_on if asked is not None and asked.asked_on else deed.at.date()
    if sitting is None and item is not None and item.sitting:
        sitting = state.sittings[item.sitting]
    if sitting is not None and not by_day:
        return book_of(state, sitting.charters)
    begun = by_day or isinstance(act, Read | WithdrawItem)
    if begun and body in state.bodies:
        # What was begun under rules now ended stays readable, is taken back, or is adjusted.
        on = state.bodies[body].last_day(on)
    digests = digests_on(state, body, on)
    if not digests or version_on(state, body, on) is None:
        return Rejected("body", Message("place.no_charter", {"body": body}))
    return book_of(state, digests)


def _first_book(state: State, act: EnactCharter, deed: Deed) -> Rulebook:
    charter = charter_of(act.text)
    digests = tuple(d for d in digests_on(state, act.body, deed.at.date()))
    known = tuple(state.charters[d] for d in digests)
    return Rulebook((charter.digest, *digests), (charter, *known))


def _impossible(deed: Deed, state: State) -> Rejected | None:
    for field, moment in deed.moments():
        if moment.tzinfo is None:
            return Rejected(field, Message("place.time_without_offset"))
        if not MINYEAR < moment.year < MAXYEAR:
            return Rejected(field, Message("place.time_out_of_range", {"at": moment}))
    if state.latest is not None and deed.at < state.latest:
        said: dict[str, Value] = {"at": deed.at, "latest": state.latest}
        return Rejected("at", Message("place.time_runs_back", said))
    starts = getattr(deed.act, "starts_at", None)
    if starts is not None and starts <= deed.at:
        return Rejected("starts_at", Message("place.start_not_ahead", {"start": starts}))
    if type(deed.act).reasoned and not deed.reason:
        return Rejected("reason", Message("place.reason_missing", {"act": deed.act.name()}))
    if deed.reason is not None and not is_readable(deed.reason):
        return Rejected("reason", Message("place.unreadable", {"limit": LONGEST}))
    for field, person in (("actor", deed.actor), ("behalf", deed.behalf)):
        if person is not None and person not in state.roster.people:
            return Rejected(field, Message("place.unknown", {"field": field, "id": person}))
    if isinstance(deed.act, ConfirmCalendar):
        return of_another_year(deed.act)
    if isinstance(deed.act, RepealCharter):
        return ends_amiss(deed.act, deed.at.date(), state)
    if isinstance(deed.act, StartPractice | EndPractice):
        log = state.bodies.get(deed.act.body)
        return amiss(deed.act, deed.at.date(), log) if log else None
    return unreadable(deed, state) if isinstance(deed.act, EnactCharter) else None


_PEOPLE = ("person", "member", "owner", "rapporteur", "to", "people", "masked")
_UNITS = ("unit", "counter", "lead_unit", "co_units")
_KNOWN: Final[dict[str, Callable[[State], Any]]] = {
    **{name: attrgetter(f"{name}s") for name in SUBJECTS},
    "items": attrgetter("items"),
    "changes": attrgetter("decisions"),
    "changes_task": attrgetter("tasks"),
    "continues": attrgetter("tasks"),
    "ends": attrgetter("tasks"),
    **dict.fromkeys(_PEOPLE, attrgetter("roster.people")),
    **dict.fromkeys(_UNITS, attrgetter("roster.units")),
    "body": attrgetter("bodies"),
}
"""Fields that name something, and where it has to be."""


@cache
def _naming(kind: type) -> tuple[str, ...]:
    """The fields by which an act, or a draft in it, names what has to be there."""
    names = (name for name in _KNOWN if hasattr(kind, name))
    if kind is EnactCharter:
        return tuple(name for name in names if name != "body")
    own_new = getattr(kind, "new", "") if issubclass(kind, Act) else "task"
    return tuple(name for name in names if name != own_new)


def _unknown(act: Any, state: State) -> Rejected | None:
    """The first field that names something there is not."""
    for holder in (act, *getattr(act, "tasks", ())):
        for name in _naming(holder.__class__):
            value = getattr(holder, name)
            if value is None or name == act.new:
                continue
            there = _KNOWN[name](state)
            for one in value if isinstance(value, tuple) else (value,):
                if one not in there or (name == "body" and one == GENERAL):
                    return Rejected(name, Message("place.unknown", {"field": name, "id": one}))
    return None


def _kept_from(deed: Deed, state: State) -> Rejected | None:
    """What an item would change and the actor may not read: unknown, as if it were not there.

    Who may read a task of a decision knows of the decision.
    """
    task, decision = getattr(deed.act, "changes_task", None), getattr(deed.act, "changes", None)
    if task is not None and not _reads(deed, state, "task", task):
        said = {"field": "changes_task", "id": task}
        return Rejected("changes_task", Message("place.unknown", said))
    if decision is None or _reads(deed, state, "decision", decision):
        return None
    if any(_reads(deed, state, "task", one) for one in state.decisions[decision].tasks):
        return None
    return Rejected("changes", Message("place.unknown", {"field": "changes", "id": decision}))


def _reads(deed: Deed, state: State, thing: Thing, subject: str) -> bool:
    asked: Any = {thing: subject}
    setting = found(Deed(act=Read(thing=thing, **asked), actor=deed.actor, at=deed.at), state)
    return isinstance(setting, Setting) and isinstance(judge(setting, f"read/{thing}"), Accepted)


def _taken(act: Any, state: State) -> Rejected | None:
    """The first new id that something already has, or that the act uses twice."""
    new = [(act.new, getattr(act, act.new))] if act.new else []
    new += [("task", draft.task) for draft in getattr(act, "tasks", ())]
    for name, value in new:
        if value in _all(state, name) or new.count((name, value)) > 1:
            return Rejected(name, Message("place.taken", {"field": name, "id": value}))
    for name, value in _standing_beside(act, state):
        return Rejected(name, Message("place.taken", {"field": name, "id": value}))
    listed = getattr(act, "items", ())
    if len(set(listed)) < len(listed):
        return Rejected("items", Message("place.twice", {"field": "items"}))
    return None


def _nobodys(setting: Setting) -> Rejected | None:
    """An act that rules of before it do not know: then it is nobody's, and not anybody's.

    The first rules are enacted while there are none yet that could say by whom.
    """
    act, begins = setting.act, isinstance(setting.act, EnactCharter)
    if setting.book.entrusts(act.name()) or isinstance(act, Read):
        return None
    if begins and version_on(setting.state, GENERAL, setting.on) is None:
        return None
    return Rejected("do", Message("place.no_rule", {"act": act.name()}))


def _brings_taken(setting: Setting) -> Rejected | None:
    """A sitting whose standing items would have the id of an item that there is already."""
    if not isinstance(setting.act, Convene):
        return None
    for rule in setting.book.all_of(StandingItem):
        item = rule.id_in(setting.act.sitting)
        if item in setting.state.items:
            return Rejected("sitting", Message("place.taken", {"field": "item", "id": item}))
    return None


def _hands_out_amiss(setting: Setting) -> Rejected | None:
    """A task or a step of it due before its meeting, or handed out with an item put off."""
    act, sitting = setting.act, setting.sitting
    drafts = getattr(act, "tasks", ())
    if drafts and act.outcome == "postpone":
        return Rejected("tasks", Message("place.postponed_with_tasks"))
    day = sitting.held_on if sitting is not None else None
    for due in (getattr(holder, "due_on", None) for holder in (act, *drafts)):
        if due is not None and day is not None and due < day:
            return Rejected("due_on", Message("place.due_before_meeting", {"due": due, "on": day}))
    for by in (step.by for step in getattr(act, "steps", ())):
        if day is not None and by < day:
            return Rejected("steps", Message("place.step_before_meeting", {"due": by, "on": day}))
    if isinstance(act, RequestAdjustment) and act.due_on is not None and act.due_on < setting.on:
        past: dict[str, Value] = {"due": act.due_on, "today": setting.on}
        return Rejected("due_on", Message("place.due_in_the_past", past))
    return None


def _told_amiss(setting: Setting) -> Rejected | None:
    """Minutes that go with no items, an edition that there is not, a reminder to nobody."""
    act, sitting = setting.act, setting.sitting
    if sitting is None:
        return None
    if isinstance(act, SetAgenda) and act.durations and len(act.durations) != len(act.items):
        return Rejected("durations", Message("place.durations_amiss", {"n": len(act.items)}))
    latest = sitting.editions.latest
    if isinstance(act, ReceiveNotice) and (act.edition or 0) > latest:
        return Rejected("edition", Message("place.no_such_edition", {"latest": latest}))
    if isinstance(act, RemindReaders) and sitting.notice and not rest(sitting, setting.actor):
        nobody = Message("place.everybody_has_read")
        return Rejected("sitting", Message("place.only_you_unread") if unread(sitting) else nobody)
    return None


def _all(state: State, name: str) -> Any:
    """Everything there ever was of a kind, by its ids."""
    roster = {"person": state.roster.people, "unit": state.roster.units}
    return roster[name] if name in roster else getattr(state, f"{name}s")


def _standing_beside(act: Any, state: State) -> Iterator[tuple[str, str]]:
    """Notes and papers have their ids in one record and one item only; each is given once.

    A correction may name a note or an item, so that a note never has an item's id either.
    """
    if act.new == "decision" and not hasattr(act, "item") and act.decision in state.items:
        yield "decision", act.decision  # what is brought in gives its item the same id
    note, paper = getattr(act, "note", None), getattr(act, "paper", None)
    if note is not None and (note in state.items or note in state.sittings[act.sitting].record.ids):
        yield "note", note
    if paper is not None and paper in state.items[act.item].papers:
        yield "paper", paper


def happen(state: State, event: msgspec.Struct, at: datetime) -> State:
    """The state after one event."""
    if isinstance(event, RosterEvent):
        roster = event.enrol(state.roster)
        return msgspec.structs.replace(state, roster=roster, latest=at)
    assert isinstance(event, Event)
    after = event.apply(state, at)
    return msgspec.structs.replace(after, latest=at)


def fold(state: State, events: tuple[msgspec.Struct, ...], at: datetime) -> State:
    """The state after events that happened together."""
    return reduce(lambda held, event: happen(held, event, at), events, state)
