"""A sitting from its convening to the door: agenda, notice, leave, moved, called off (召集)."""

from datetime import datetime, timedelta

import msgspec

from yishi.cases.simulating.aftermath import afterwards
from yishi.cases.simulating.habits import vocabulary
from yishi.cases.simulating.office import Begin, Office, Story, stands
from yishi.cases.simulating.onpaper import held
from yishi.cases.simulating.plans import Plan
from yishi.procedure.attendance import GrantLeave, RefuseLeave, RequestLeave, TellOffice
from yishi.procedure.calling import NoticeLead, UsualDay
from yishi.procedure.charters import EraseText
from yishi.procedure.convening import (
    CallOff,
    Convene,
    InviteOthers,
    MoveSitting,
    SetAgenda,
)
from yishi.procedure.scope import Scope
from yishi.procedure.telling import GiveNotice, ReceiveNotice, RemindReaders, rest
from yishi.procedure.verdict import Refused


def sitting(office: Office, plan: Plan) -> Story[None]:
    """One sitting, from the call to what it leads to."""
    ahead = office.habits.convened[plan.every]
    day = office.workday(plan.starts_at.date() - timedelta(days=ahead), -1)
    yield max(office.now, office.moment(day, 15, office.between(0, 50)))
    subject = yield from _convened(office, plan)
    if subject is None:
        return
    why = yield from _course(office, subject)
    if why is not None:
        yield from office.do(CallOff(sitting=subject), reason=office.phrases.say(why), after=30)


def _course(office: Office, subject: str) -> Story[str | None]:
    """What a sitting goes through; why it is called off, if it is."""
    off = office.chance("called_off")
    if not off and office.chance("moved"):
        yield from _moved(office, subject)
    yield from _prepared(office, subject)
    if off or not _worth_it(office, subject):
        return "called_off" if off else "nothing"
    yield Begin(_invited(office, subject))
    for person in office.sitting(subject).people:
        if person != office.sitting(subject).chair and office.chance("leave"):
            yield Begin(leave(office, subject, person))
    if not (yield from held(office, subject)):
        return "called_off"
    yield from afterwards(office, subject)
    return None


def _convened(office: Office, plan: Plan) -> Story[str | None]:
    """The meeting called; a first try may forget why it is on an unusual day."""
    start = max(plan.starts_at, office.now + timedelta(hours=2))
    subject = f"{plan.body}-{start:%Y%m%d}"
    subject = subject if subject not in office.state.sittings else f"{subject}-{start:%H%M}"
    act = Convene(
        sitting=subject,
        body=plan.body,
        starts_at=start,
        kind=plan.kind,
        need=plan.need,
        venue=_usual_room(plan.body),
    )
    if (plan.reason or plan.need) and office.between(1, 4) == 1:
        bare = msgspec.structs.replace(act, need=None)
        if stands((yield from office.do(bare))):
            return subject
    verdict = yield from office.do(act, reason=plan.reason, after=1)
    return subject if stands(verdict) else None


def _usual_room(body: str) -> str:
    """The room in which a body meets: always the same, and no throw of the dice."""
    rooms = vocabulary().said["venue"]
    return rooms[sum(map(ord, body)) % len(rooms)]


def _worth_it(office: Office, subject: str) -> bool:
    """Whether there is anything to meet for; what stands on every agenda calls no extra sitting."""
    held = office.sitting(subject)
    origins = {office.state.items[i].origin for i in held.agenda}
    return bool(origins - {"standing"} if held.kind == "extra" else origins)


def _moved(office: Office, subject: str) -> Story[None]:
    """Another time, after the notice is out; the notice is given anew later."""
    yield from office.do(GiveNotice(sitting=subject), after=15)
    held = office.sitting(subject)
    start = held.starts_at
    day = office.workday(start.date() + timedelta(days=1))
    rule = office.rules_of(subject).rule(UsualDay)
    hour = office.pick((9, 10, 15))
    for move in (office.moment(day, hour), start.replace(hour=min(start.hour + 1, 16), minute=30)):
        if rule is None or not office.rules_of(subject).is_strict(rule) or rule.covers(move):
            why = office.phrases.say("moved")
            act = MoveSitting(sitting=subject, starts_at=move)
            if stands((yield from office.do(act, reason=why, after=45))):
                return


def _prepared(office: Office, subject: str) -> Story[None]:
    """The agenda laid down and the notice given, in time or with the reason why not."""
    start = office.sitting(subject).starts_at
    day = office.workday(start.date() - timedelta(days=1), -1)
    yield max(office.now, office.moment(day, 10, office.between(0, 40)))
    yield from _agenda(office, subject)
    late = office.chance("late_notice")
    if late:
        yield max(office.now, min(office.moment(start.date(), 8, 35), start - _MINUTES))
    yield from noticed(office, subject)


def noticed(office: Office, subject: str) -> Story[None]:
    """The notice, with a reason when it is late; some say that they have read it."""
    act, why = GiveNotice(sitting=subject), office.phrases.say("late_notice")
    rule, setting = office.rules_of(subject).rule(NoticeLead), office.setting(act)
    held = office.sitting(subject)
    in_time = rule is None or setting is None or office.now <= rule.latest(setting, held)
    yield from office.do(act, reason=None if in_time else why, after=2)
    for person in held.people:
        if office.chance("read"):
            yield Begin(_read(office, subject, person))
    yield Begin(_rest_reminded(office, subject))


def _rest_reminded(office: Office, subject: str) -> Story[None]:
    """On the eve, whoever has not read the notice is reminded."""
    yield max(office.now, _eve(office, subject))
    held = office.sitting(subject)
    by, stands = held.secretary, held.status == "convened" and held.notice is not None
    if by and stands and rest(held, by):
        yield from office.do(RemindReaders(sitting=subject), by=by)


def _read(office: Office, subject: str, person: str) -> Story[None]:
    yield min(office.now + timedelta(minutes=office.between(5, 240)), _eve(office, subject))
    if office.sitting(subject).notice and office.sitting(subject).status != "called_off":
        yield from office.do(ReceiveNotice(sitting=subject), by=person)


def _agenda(office: Office, subject: str) -> Story[None]:
    """What may come, in order; what the rules keep back is left out after being told so."""
    held = office.sitting(subject)
    waiting = [office.state.items[i] for i in office.state.bodies[held.body].waiting]
    ready = [i.id for i in waiting if i.status == "approved" and i.id not in held.agenda]
    items = _ordered(office, held.body, (*held.agenda, *ready[:8]))
    for _ in range(4):
        act = SetAgenda(sitting=subject, items=items)
        people = office.entitled(act)
        seen = office.would(act, people[0]) if people else None
        if not isinstance(seen, Refused) or office.between(0, 1) == 1:
            yield from office.do(act, after=4)
        if not isinstance(seen, Refused):
            return
        barred = {i for g in seen.grounds for i in _items(g.message.params.get("items"))}
        items = tuple(i for i in items if i not in barred or i in held.agenda)


def _items(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _ordered(office: Office, body: str, items: tuple[str, ...]) -> tuple[str, ...]:
    """What is passed on first, then what is decided, what stands on every agenda last."""
    verbs = {s.matter: s.verb for s in office.book(body).all_of(Scope)}
    ranks = {"inform": 0, "hear": 2}

    def rank(item: str) -> int:
        held = office.state.items[item]
        return 2 if held.origin == "standing" else ranks.get(verbs.get(held.matter, ""), 1)

    return tuple(sorted(items, key=rank))


def _invited(office: Office, subject: str) -> Story[None]:
    """The chair has people in who know the one matter."""
    held = office.sitting(subject)
    for item in held.agenda:
        lead = office.state.items[item].lead_unit
        if lead is None or not office.chance("guest"):
            continue
        staff = office.state.roster.staff(lead, office.now.date())
        guests = [p for p in staff if p not in held.people and p != held.secretary]
        if guests:
            people = (office.pick(guests),)
            act = InviteOthers(sitting=subject, item=item, people=people)
            yield from office.do(act, after=office.between(3, 25))


def leave(office: Office, subject: str, person: str) -> Story[None]:
    """Somebody asks to be excused; the approver answers; the office is told."""
    yield min(office.now + timedelta(minutes=office.between(20, 300)), _eve(office, subject))
    why = office.phrases.say("leave")
    if not stands(
        (yield from office.do(RequestLeave(sitting=subject, person=person), person, why))
    ):
        return
    if office.chance("leave_refused"):
        no = office.phrases.say("leave_refused")
        yield from office.do(RefuseLeave(sitting=subject, person=person), reason=no, after=25)
        return
    yield from office.do(GrantLeave(sitting=subject, person=person), after=25)
    if not office.chance("forgotten"):
        yield from office.do(TellOffice(sitting=subject, person=person), after=3)
    yield Begin(_erased(office, subject, why))


def _erased(office: Office, subject: str, words: str) -> Story[None]:
    """Once, what somebody wrote about themselves is erased at their wish."""
    if office.place_of is None or not office.chance("erased"):
        return
    place_of, office.place_of = office.place_of, None
    yield office.later(2, 5)
    act = EraseText(body=office.sitting(subject).body, ref=place_of(words))
    yield from office.do(act, reason=office.phrases.say("erased"))


def _eve(office: Office, subject: str) -> datetime:
    """The last moment before a sitting at which people still write to the office."""
    return max(office.now, office.sitting(subject).starts_at - 3 * _MINUTES)


_MINUTES = timedelta(minutes=20)
