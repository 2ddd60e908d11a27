"""Which house practices hold in a meeting, and what they have to say of it: remarks only (pure).

Nothing here judges: `decide` knows nothing of it, and no remark has a clause.
"""

from collections.abc import Container, Iterator
from datetime import datetime, timedelta
from typing import Final

import msgspec

from yishi.procedure.attendance import threshold
from yishi.procedure.bodylog import Practice
from yishi.procedure.called import Called
from yishi.procedure.drafting import Step, steps_done
from yishi.procedure.enact import book_of
from yishi.procedure.pausing import rested
from yishi.procedure.practice import TOPICS, ruling
from yishi.procedure.state import Deliberation, Sitting, State
from yishi.procedure.turns import broken_off
from yishi.procedure.verdict import Message, Value


class Remark(msgspec.Struct, frozen=True):
    """What a house practice has to say: about which subject, since when, in which words."""

    practice: str
    subject: str
    at: datetime
    message: Message


class Speaking(msgspec.Struct, frozen=True):
    """One report or speech that ran, or runs: whose, from when, until when."""

    practice: str
    item: str
    person: str
    """Empty while somebody speaks: who it is, the order says."""
    begun_at: datetime
    ended_at: datetime | None


def practised(state: State, sitting: Sitting) -> dict[str, Practice]:
    """The practices that hold in a meeting: switched on before it began, its charter silent."""
    day, seen = sitting.held_on, sitting.opened_at or state.latest or sitting.starts_at
    bounds = book_of(state, sitting.charters).bounds
    held = (one for one in state.bodies[sitting.body].practices if one.holds(day, seen))
    return {one.kind: one for one in held if next(ruling(bounds, one.kind), None) is None}


def remarks(state: State, sitting: Sitting, at: datetime) -> tuple[Remark, ...]:
    """Everything that the practices have to say of a meeting, in the order of time."""
    if sitting.opened_at is None:
        return ()
    held = practised(state, sitting)
    found = (
        remark
        for kind in TOPICS
        if kind in held
        for remark in _FINDERS[kind](state, sitting, held[kind], at)
    )
    return tuple(sorted(found, key=lambda one: one.at))


def short_of(sitting: Sitting, practice: Practice, at: datetime) -> Message | None:
    """How many members are lacking of the number that the practice asks for at a moment."""
    base = len(sitting.members)
    needed = threshold(base, practice.num, practice.den, strict=False)
    present = sum(was_there(sitting, seat.person, at) for seat in sitting.members)
    if present >= needed:
        return None
    said: dict[str, Value] = {"present": present, "base": base, "needed": needed}
    return Message("practice.quorum", said)


def was_there(sitting: Sitting, person: str, at: datetime) -> bool:
    """Whether somebody was in the room at a moment."""
    held = sitting.presence.get(person)
    until = [status for status, when in held.log if when <= at] if held else []
    return until[-1:] == ["present"]


def speaking(
    talk: Deliberation, ended_at: datetime | None = None, broken: Container[Called] = ()
) -> Iterator[Speaking]:
    """The report, from the item's beginning, then each speech from the end of the one before.

    The journal has when a speech was entered, not when somebody began to talk, unless the chair
    called them: then it begins with the call, and ends with the call of another. With a call that
    was broken off nothing began.
    """
    if talk.begun_at is None:
        return
    report = next((one for one in reversed(talk.calls) if one.report), None)
    report = None if report in broken else report
    who = talk.rapporteur or (report.person if report else "")
    begun = report.at if report else talk.begun_at
    yield Speaking("report_limit", talk.item, who, begun, talk.presented_at or ended_at)
    if talk.presented_at is None:
        return
    begun = talk.presented_at
    for turn, (person, at) in enumerate(talk.turns):
        since, until = _spoke(talk, person, turn, at, broken)
        yield Speaking("speech_limit", talk.item, person, since or _after(talk, begun, at), until)
        begun = at
    if talk.outcome is None:
        last = (one for one in talk.calls[-1:] if one not in broken)
        runs = next((one for one in last if not one.is_over(talk.turns, reported=True)), None)
        who, begun = (runs.person, runs.at) if runs else ("", _after(talk, begun, ended_at))
        yield Speaking("speech_limit", talk.item, who, begun, ended_at)


def _after(talk: Deliberation, begun: datetime, until: datetime | None) -> datetime:
    """When a speech begins that follows what somebody added because the chair asked for it."""
    added = (one.answered_at for one in talk.asked if one.answered_at)
    return max((begun, *(at for at in added if until is None or at <= until)))


def _spoke(
    talk: Deliberation, person: str, turn: int, at: datetime, broken: Container[Called]
) -> tuple[datetime | None, datetime]:
    """When the chair called whoever took that turn, if at all, and when their speech was over."""
    calls = [one for one in talk.calls if not one.report and one.turn <= turn]
    own = [n for n, one in enumerate(calls) if one.person == person]
    if not own or calls[own[-1]] in broken:
        return None, at
    if calls[own[-1]].is_over(talk.turns[:turn], reported=True):
        return None, at
    others = [one.at for one in calls[own[-1] + 1 :]]
    return calls[own[-1]].at, min((at, *others))


def _sign_in(state: State, sitting: Sitting, practice: Practice, at: datetime) -> Iterator[Remark]:
    for person in sorted(sitting.presence):
        held = sitting.presence[person]
        came = [n for n, (status, _) in enumerate(held.log) if status == "present"]
        if came and held.ways[came[0]] == "secretary":
            said = Message("practice.sign_in", {"person": person})
            yield Remark("sign_in", person, held.log[came[0]][1], said)


def _recusal(state: State, sitting: Sitting, practice: Practice, at: datetime) -> Iterator[Remark]:
    for talk in sitting.deliberations.values():
        if talk.begun_at is None:
            continue
        said: dict[str, Value] = {"item": talk.item, "people": talk.recused}
        if talk.recused:
            message = Message("practice.recused", said)
        else:
            asks = talk.outcome is None
            message = Message("practice.recusal" if asks else "practice.nobody_recused", said)
        yield Remark("recusal", talk.item, talk.begun_at, message)


def _quorum(state: State, sitting: Sitting, practice: Practice, at: datetime) -> Iterator[Remark]:
    """At the opening, at each decision, and just now while the meeting is open."""
    made = [(d.at, d.item) for d in state.decided_at(sitting)]
    moments = [(sitting.opened_at or at, sitting.id), *made]
    if sitting.status == "open":
        moments.append((at, sitting.id))
    said: dict[str, Message] = {}
    for moment, subject in moments:
        short = short_of(sitting, practice, moment)
        if short is not None and said.get(subject) != short:
            said[subject] = short
            yield Remark("quorum", subject, moment, short)


def _overrun(state: State, sitting: Sitting, practice: Practice, at: datetime) -> Iterator[Remark]:
    limit = timedelta(minutes=practice.limit)
    for talk in sitting.deliberations.values():
        for one in speaking(talk, broken=broken_off(sitting, talk)):
            # What runs is shown by its clock; only what has ended is remarked upon.
            if one.practice != practice.kind or one.ended_at is None:
                continue
            took = one.ended_at - one.begun_at
            took -= rested(sitting.recesses, one.begun_at, one.ended_at)
            if took > limit:
                minutes = -(-int(took.total_seconds()) // 60)
                said: dict[str, Value] = {"item": one.item, "person": one.person}
                said |= {"minutes": minutes, "limit": practice.limit}
                report = one.practice == "report_limit"
                over = Message("practice.report_over" if report else "practice.speech_over", said)
                yield Remark(one.practice, one.item, one.ended_at, over)


def _nothing(state: State, sitting: Sitting, practice: Practice, at: datetime) -> Iterator[Remark]:
    """What is shown only has nothing to remark upon."""
    return iter(())


def _prepared(state: State, sitting: Sitting, practice: Practice, at: datetime) -> Iterator[Remark]:
    """What is done to minutes before they go out, as far as it was not done."""
    if sitting.status != "closed" or PREPARED[practice.kind] in steps_done(sitting.draft):
        return
    moment = sitting.minutes.issued_at if sitting.minutes else at
    said = {
        "circulate": Message("practice.not_circulated"),
        "check": Message("practice.not_checked"),
        "sign_off": Message("practice.not_signed_off"),
    }
    yield Remark(practice.kind, sitting.id, moment, said[practice.kind])


PREPARED: Final[dict[str, Step]] = {
    "circulate": "answered",
    "check": "checked",
    "sign_off": "signed_off",
}
"""For each practice about the minutes the step that it asks for."""

_FINDERS: Final = {
    "sign_in": _sign_in,
    "recusal": _recusal,
    "quorum": _quorum,
    "report_limit": _overrun,
    "speech_limit": _overrun,
    "tally": _nothing,
    **dict.fromkeys(PREPARED, _prepared),
}
"""One function a practice."""
