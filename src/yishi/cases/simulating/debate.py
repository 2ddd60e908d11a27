"""One item before the meeting: reported, spoken to in turn, decided or put off (审议)."""

from datetime import timedelta

import msgspec

from yishi.cases.simulating.habits import TaskWords
from yishi.cases.simulating.office import Office, Story, stands
from yishi.cases.simulating.phrases import Subject
from yishi.procedure import seats
from yishi.procedure.adjusting import old_tasks
from yishi.procedure.attendance import Recuse
from yishi.procedure.deliberation import (
    BeginItem,
    PassTurn,
    PresentItem,
    SettlePosition,
    StatePosition,
)
from yishi.procedure.majority import CARRIES, SummedUp, TaskParts
from yishi.procedure.scope import Scope
from yishi.procedure.speaking import ClearPosition, Rapporteur, SpeaksLast, queue
from yishi.procedure.state import CARRIED, Outcome, Stance
from yishi.procedure.stating import RestateDecision
from yishi.procedure.verdict import Accepted
from yishi.procedure.voting import DecideItem, TaskDraft

TRIES = 5
"""How often a chair comes back to an item before leaving it."""

LONGEST = 60
"""Speakers after whom a debate ends, whatever happens."""


def debate(office: Office, subject: str, item: str) -> Story[None]:
    """The item, from the chair's word that it is its turn to its outcome."""
    if not stands((yield from office.do(BeginItem(sitting=subject, item=item), after=2))):
        return
    yield from _kept_out(office, subject, item)
    reported = yield from _report(office, subject, item)
    if not reported:
        yield from _ends(office, subject, item, "postpone", office.phrases.say("no_rapporteur"))
        return
    if _only_noted(office, subject, item):
        yield from _ends(office, subject, item, "noted", office.phrases.say("noted"))
        return
    mood = _mood(office, item)
    yield from _discussed(office, subject, item, mood)
    yield from _outcome(office, subject, item, mood)


def _mood(office: Office, item: str) -> str:
    if office.state.items[item].postponed:
        return "agreed"
    for mood in ("opposed", "divided"):
        if office.chance(mood):
            return mood
    return "contested" if office.chance("contested") else "agreed"


def _only_noted(office: Office, subject: str, item: str) -> bool:
    scopes = office.rules_of(subject).all_of(Scope)
    verbs = {s.matter: s.verb for s in scopes}
    return verbs.get(office.state.items[item].matter, "") in office.habits.verbs_noted


def _kept_out(office: Office, subject: str, item: str) -> Story[None]:
    """Somebody whom a personal matter concerns keeps out of it."""
    held = office.sitting(subject)
    about = office.state.items[item].matter in office.habits.personnel
    if not about or not office.chance("recused"):
        return
    lead = office.state.items[item].lead_unit or ""
    busy = {held.chair, *office.state.roster.staff(lead, office.now.date())}
    inside = [p for p in held.people if held.is_present(p) and p not in busy]
    if inside:
        act = Recuse(sitting=subject, item=item, person=office.pick(inside))
        yield from office.do(act, by=act.person, reason=office.phrases.say("recused"), after=1)


# ── the report ────────────────────────────────────────────────────────────────────────────────


def _report(office: Office, subject: str, item: str) -> Story[bool]:
    who = rapporteur(office, subject, item)
    if who is None:
        return False
    words = _told(office, item)
    act = PresentItem(
        sitting=subject, item=item, rapporteur=who, parts=("content", "proposal"), words=words
    )
    by = _enters(office, subject, who)
    if office.chance("forgotten"):
        bare = msgspec.structs.replace(act, parts=("content",))
        if stands((yield from office.do(bare, by=by, after=1))):
            return True
    return stands((yield from office.do(act, by=by, after=office.between(1, 3))))


def rapporteur(office: Office, subject: str, item: str) -> str | None:
    """Who may report the item and is in the room."""
    held, rule = office.sitting(subject), office.rules_of(subject).rule(Rapporteur)
    inside = [p for p in held.people if held.is_present(p)]
    setting = office.setting(BeginItem(sitting=subject, item=item))
    if setting is None:
        return None
    if rule is not None and office.state.items[item].lead_unit is not None:
        named = [p for seat in rule.by for p in seats.holders(setting, seat)]
        inside = [p for p in dict.fromkeys(named) if p in inside]
    recused = setting.talk.recused if setting.talk else ()
    return next((p for p in inside if p not in recused), None)


def _told(office: Office, item: str) -> str:
    words = office.subjects.get(item)
    if words is None:
        return office.phrases.say("report")
    topic = words.topic
    told = words.fill(topic.content + (topic.proposal or ""))
    return office.phrases.say("reported", told=told)


def _enters(office: Office, subject: str, person: str) -> str:
    """The person, or the secretary for the person."""
    keepers = office.sitting(subject).keepers
    return keepers[-1] if keepers and office.chance("by_secretary") else person


# ── speaking ──────────────────────────────────────────────────────────────────────────────────


def _discussed(office: Office, subject: str, item: str, mood: str) -> Story[None]:
    """Everybody in turn, the chair where the rules put the chair."""
    chair = office.sitting(subject).chair
    book = office.rules_of(subject)
    if chair and office.chance("forgotten" if book.rule(SpeaksLast) else "passed"):
        yield from _chair_begins(office, subject, item, chair)
    yield from _in_turn(office, subject, item, mood)
    if chair and not office.sitting(subject).deliberations[item].heard(chair):
        stance = _stance(office, subject, mood)
        yield from _says(office, subject, item, chair, chair, stance)


def _in_turn(office: Office, subject: str, item: str, mood: str) -> Story[None]:
    """Whoever is to speak and has not, one after the other."""
    for _ in range(LONGEST):
        person = _next(office, subject, item)
        if person is None:
            return
        yield from _speaks(office, subject, item, person, mood)


def _chair_begins(office: Office, subject: str, item: str, chair: str) -> Story[None]:
    """A chair who begins is told to wait where the rules say so, and only opens elsewhere."""
    stance: Stance = "for" if office.rules_of(subject).rule(SpeaksLast) else "none"
    words = office.phrases.say("chair_opens")
    act = StatePosition(sitting=subject, item=item, member=chair, stance=stance, words=words)
    yield from office.do(act, by=chair, after=1)


def _next(office: Office, subject: str, item: str) -> str | None:
    setting = office.setting(BeginItem(sitting=subject, item=item))
    if setting is None or setting.talk is None:
        return None
    talk = setting.talk
    return next((p for p in queue(setting) if not talk.heard(p)), None)


def _speaks(office: Office, subject: str, item: str, person: str, mood: str) -> Story[None]:
    if office.chance("passed"):
        act = PassTurn(sitting=subject, item=item, member=person)
        if stands((yield from office.do(act, by=_enters(office, subject, person), after=1))):
            return
    stance = _stance(office, subject, mood)
    if office.sitting(subject).seat_of(person) is None and office.between(1, 2) == 1:
        clear = office.rules_of(subject).rule(ClearPosition)
        stance = stance if clear else "none"
    by = _enters(office, subject, person)
    yield from _says(office, subject, item, person, by, stance)
    if by != person and office.chance("differing"):
        other: Stance = "abstain" if stance != "abstain" else "for"
        yield from _says(office, subject, item, person, person, other)


def _says(
    office: Office, subject: str, item: str, person: str, by: str, stance: Stance
) -> Story[None]:
    words = _opinion(office, item, stance)
    act = StatePosition(sitting=subject, item=item, member=person, stance=stance, words=words)
    yield from office.do(act, by=by, after=office.between(1, 2))


def _stance(office: Office, subject: str, mood: str) -> Stance:
    drawn = office.between(1, 100)
    favour, clear = office.habits.moods[mood]
    if drawn <= favour:
        return "for"
    return "against" if drawn <= clear else "abstain"


def _opinion(office: Office, item: str, stance: Stance) -> str:
    """What the stance sounds like, with something about the matter itself."""
    words = office.subjects.get(item)
    said = office.phrases.say(stance)
    if words is None:
        return said
    about = words.topic.remarks if stance in ("for", "none") else words.topic.doubts
    about = tuple(a for a in about if (item, a) not in office.heard)
    if about and office.between(1, 5) > 2:
        remark = office.pick(about)
        office.heard.add((item, remark))
        return said + words.fill(remark)
    more = office.between(1, 3)
    return said + (office.phrases.say("advice") if more == 1 and stance == "for" else "")


# ── deciding ──────────────────────────────────────────────────────────────────────────────────


def _outcome(office: Office, subject: str, item: str, mood: str) -> Story[None]:
    """What the stated positions carry; a chair who states more than that is refused."""
    adopt: Outcome = "agree_in_principle" if office.between(1, 9) == 1 else "adopt"
    for _ in range(TRIES):
        yield office.now + timedelta(minutes=1)
        yield from _in_turn(office, subject, item, mood)
        if office.sitting(subject).deliberations[item].in_conflict():
            yield from _ends(office, subject, item, adopt)
            yield from _settled(office, subject, item)
        if _carried(office, subject, item, adopt):
            done = yield from _ends(office, subject, item, adopt)
        else:
            done = yield from _not_carried(office, subject, item, adopt)
        if done:
            return


def _not_carried(office: Office, subject: str, item: str, adopt: Outcome) -> Story[bool]:
    """Turned down if that is what most want, else put off; at times only after a refusal."""
    say = office.phrases.say
    if _carried(office, subject, item, "reject"):
        return (yield from _ends(office, subject, item, "reject", say("rejected")))
    if office.between(1, 5) < 3:
        yield from _ends(office, subject, item, adopt)
    return (yield from _ends(office, subject, item, "postpone", say("postponed")))


def _carried(office: Office, subject: str, item: str, outcome: Outcome) -> bool:
    act = _decision(office, subject, item, outcome, "…", "…")
    chair = office.sitting(subject).chair
    return chair is not None and isinstance(office.would(act, chair), Accepted)


def _settled(office: Office, subject: str, item: str) -> Story[None]:
    """Each member with two different entries says which holds, and why."""
    talk = office.sitting(subject).deliberations[item]
    for person in talk.in_conflict():
        mine = [p.stance for p in talk.stated_by(person) if p.source == "member"]
        act = SettlePosition(sitting=subject, item=item, member=person, stance=mine[-1])
        yield from office.do(act, by=person, reason=office.phrases.say("settled"), after=1)


def _ends(
    office: Office, subject: str, item: str, outcome: Outcome, words: str = ""
) -> Story[bool]:
    if office.state.items[item].status not in ("begun", "on_agenda"):
        return False
    summary = office.phrases.say("summary") if office.rules_of(subject).rule(SummedUp) else None
    act = _decision(office, subject, item, outcome, words or _resolved(office, item), summary)
    if summary and outcome in CARRIES and office.chance("forgotten"):
        bare = msgspec.structs.replace(act, summary=None)
        if stands((yield from office.do(bare, after=1))):
            return True
    done = yield from _stated(office, subject, act)
    if done:
        for task in act.tasks:
            office.subjects[task.task] = office.subjects[item]
    return done


def _stated(office: Office, subject: str, act: DecideItem) -> Story[bool]:
    """The chair states it; or the secretary enters it, and the chair sets the entry right."""
    keepers = office.sitting(subject).keepers
    hand = keepers[-1] if keepers and act.outcome in CARRIED and office.chance("entered") else None
    # What is entered from paper is the chair's word as the sheet has it.
    hand = None if office.entering else hand
    done = stands((yield from office.do(act, by=hand, after=1)))
    if done and hand:
        words = (act.words or "").rstrip("。") + office.phrases.say("restated")
        right = RestateDecision(decision=act.decision, outcome=act.outcome, words=words)
        yield from office.do(msgspec.structs.replace(right, summary=act.summary), after=2)
    return done


def _resolved(office: Office, item: str) -> str:
    words = office.subjects.get(item)
    if words is None or not words.topic.decision:
        return office.phrases.say("decided")
    return words.fill(words.topic.decision)


def _decision(
    office: Office, subject: str, item: str, outcome: Outcome, words: str, summary: str | None
) -> DecideItem:
    tasks: tuple[TaskDraft, ...] = ()
    trying = words == "…"
    if outcome in CARRIED and not trying and not office.chance("drafted"):
        tasks = drafted(office, subject, item)
    held = office.state.items[item]
    old = old_tasks(office.state, held) if outcome in CARRIED else ()
    return DecideItem(
        sitting=subject,
        item=item,
        decision=office.new("decision"),
        outcome=outcome,
        words=words,
        summary=summary,
        tasks=tasks,
        continues=old if held.adjustment else (),
        ends=() if held.adjustment else old,
    )


def drafted(office: Office, subject: str, item: str) -> tuple[TaskDraft, ...]:
    """What is to be carried out by the item's decision."""
    words, lead = office.subjects.get(item), office.state.items[item].lead_unit
    if words is None or not words.topic.tasks:
        return ()
    unit = lead or office.pick(office.sections())
    return tuple(stated(office, unit, words, task, subject) for task in words.topic.tasks)


def stated(office: Office, unit: str, words: Subject, task: TaskWords, subject: str) -> TaskDraft:
    """A task with its unit or counter, its owner and its day, unless one is left open."""
    rule = office.rules_of(subject).rule(TaskParts)
    counter = _counter(office, words) if task.counter and rule and rule.counters else None
    on = office.now.date()
    staff = office.state.roster.staff(counter or unit, on)
    heads = [p for p in staff if p in office.sitting(subject).people]
    due = office.workday(on + timedelta(days=task.days + office.between(0, 4)))
    return TaskDraft(
        task=office.new("task"),
        words=words.fill(task.words),
        unit=None if counter else unit,
        counter=counter,
        owner=office.pick(heads or list(staff)) if staff else None,
        due_on=None if office.chance("unset") else due,
    )


def _counter(office: Office, words: Subject) -> str | None:
    name = words.slots["counter"]
    found: list[str] = [
        u.id for u in office.state.roster.units.values() if u.name == name and u.kind == "counter"
    ]
    on = office.now.date()
    staffed = [u for u in found if office.state.roster.staff(u, on)]
    return staffed[0] if staffed else None
