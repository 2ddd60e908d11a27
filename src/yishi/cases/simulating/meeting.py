"""What happens in the room, from the door to the close (会中)."""

from datetime import timedelta

from yishi.cases.simulating.debate import debate, rapporteur, stated
from yishi.cases.simulating.matters import slots, thought_of
from yishi.cases.simulating.office import Begin, Office, Story, stands
from yishi.procedure.attendance import LeaveRoom, MarkPresent, RecordAbsence, TellOffice
from yishi.procedure.deliberation import BeginItem, CloseSitting, OpenSitting, ReportWork
from yishi.procedure.floor import AdmitFloorItem, DeclineFloorItem, FloorItems, RaiseFloorItem
from yishi.procedure.majority import SpotTasks, WorkReports
from yishi.procedure.recess import CallRecess, ResumeSitting
from yishi.procedure.righting import CorrectPresence
from yishi.procedure.staffing import NameSubstitute
from yishi.procedure.state import State
from yishi.procedure.voting import AssignTask, DecideItem

SMALL = 10
"""Minutes before the start at which people come in."""


def meeting(office: Office, subject: str) -> Story[bool]:
    """The sitting held; False when it cannot even be opened."""
    yield max(office.now, office.sitting(subject).starts_at - timedelta(minutes=SMALL))
    if office.sitting(subject).status != "convened":
        return True
    yield from _stood_in(office, subject)
    yield from _arrivals(office, subject)
    yield max(office.now, office.sitting(subject).starts_at)
    if not stands((yield from office.do(OpenSitting(sitting=subject)))):
        return False
    if not office.chance("forgotten"):
        yield from roll_call(office, subject)
    yield from _business(office, subject)
    yield from office.do(CloseSitting(sitting=subject), after=2)
    return True


def _stood_in(office: Office, subject: str) -> Story[None]:
    """Now and then the secretary is away, and the chair names who keeps the record instead."""
    held, today = office.sitting(subject), office.now.date()
    free = [p for p in office.state.roster.in_office(today) if p not in held.people]
    others = [p for p in free if p != held.secretary and office.state.roster.units_of(p, today)]
    if held.secretary and others and held.chair and office.chance("stood_in"):
        act = NameSubstitute(sitting=subject, person=office.pick(others))
        yield from office.do(act, by=held.chair, reason=office.phrases.say("stood_in"))


def _arrivals(office: Office, subject: str) -> Story[None]:
    """Those who come sign in or are entered; a few come late, a few not at all."""
    held = office.sitting(subject)
    guests = [p for people in held.invited.values() for p in people]
    chair = (held.chair,) if held.chair else ()
    for person in dict.fromkeys((*chair, *held.people, *guests)):
        away = held.leaves.get(person)
        if person != held.chair and (away is not None and away.status == "granted"):
            continue
        if person != held.chair and office.chance("late"):
            yield Begin(_late(office, subject, person))
            if not office.entering and office.rarely("mistaken"):
                yield from _mistaken(office, subject, person)
        elif person == held.chair or not office.chance("absent"):
            by = person if office.between(1, 3) == 1 else next(iter(held.keepers[-1:]), None)
            yield from office.do(MarkPresent(sitting=subject, person=person), by=by)


def _mistaken(office: Office, subject: str, person: str) -> Story[None]:
    """The secretary enters somebody who is not there, sees it, and takes that back."""
    by = next(iter(office.sitting(subject).keepers[-1:]), None)
    if stands((yield from office.do(MarkPresent(sitting=subject, person=person), by=by))):
        right = CorrectPresence(sitting=subject, person=person, status="unknown")
        yield from office.do(right, by=by, after=1)


def _late(office: Office, subject: str, person: str) -> Story[None]:
    yield office.now + timedelta(minutes=SMALL + office.between(4, 25))
    if office.sitting(subject).status == "open" and not _gone(office.state, subject, person):
        by = next(iter(office.sitting(subject).keepers[-1:]), None)
        yield from office.do(MarkPresent(sitting=subject, person=person), by=by)


def _gone(state: State, subject: str, person: str) -> bool:
    there = state.sittings[subject].presence.get(person)
    return there is not None and there.status != "absent"


def roll_call(office: Office, subject: str) -> Story[None]:
    """Who is missing is entered as on leave, or as absent; the office is told if it was not."""
    held = office.sitting(subject)
    guests = [p for people in held.invited.values() for p in people]
    for person in dict.fromkeys((*held.people, *guests)):
        if person in held.presence:
            continue
        away = held.leaves.get(person)
        if away is None or away.status != "granted":
            gone = RecordAbsence(sitting=subject, person=person, status="absent")
            yield from office.do(gone)
            continue
        excused = RecordAbsence(sitting=subject, person=person, status="leave")
        if not stands((yield from office.do(excused))):
            yield from office.do(told(subject, person))
            yield from office.do(excused)


def told(subject: str, person: str) -> TellOffice:
    """The office enters that it was told of a leave."""
    return TellOffice(sitting=subject, person=person)


def _business(office: Office, subject: str) -> Story[None]:
    """The agenda, item by item; what is raised from the floor comes after."""
    waiting = list(office.sitting(subject).agenda)
    while waiting:
        item = _ready(office, subject, waiting)
        waiting.remove(item)
        if office.state.items[item].status != "on_agenda":
            continue
        if office.chance("early"):
            yield from _steps_out(office, subject)
        if office.state.items[item].origin == "standing":
            yield from _from_the_floor(office, subject)
            yield from _hearing(office, subject, item)
        else:
            yield from debate(office, subject, item)
        if waiting and office.rarely("recess"):
            yield from _rests(office, subject)
    yield from _from_the_floor(office, subject, last=True)
    for item in office.sitting(subject).agenda:
        if office.state.items[item].status == "on_agenda":
            yield from debate(office, subject, item)


def _rests(office: Office, subject: str) -> Story[None]:
    """The chair lets the meeting rest for a while between two items."""
    until = office.now + timedelta(minutes=SMALL)
    if stands((yield from office.do(CallRecess(sitting=subject, resumes_at=until), after=1))):
        yield from office.do(ResumeSitting(sitting=subject), after=SMALL)


def _ready(office: Office, subject: str, waiting: list[str]) -> str:
    """The next item; one whose rapporteur is not there yet lets the others go first."""
    items = office.state.items
    planned = [i for i in waiting if items[i].origin != "standing"]
    heard = (i for i in planned if rapporteur(office, subject, i) is not None)
    return next(heard, planned[0] if planned else waiting[0])


def _steps_out(office: Office, subject: str) -> Story[None]:
    """Somebody leaves, and most come back after a while."""
    held = office.sitting(subject)
    inside = [p for p in held.people if held.is_present(p) and p != held.chair]
    if not inside:
        return
    person = office.pick(inside)
    yield from office.do(LeaveRoom(sitting=subject, person=person), after=1)
    if office.between(1, 3) > 1:
        yield Begin(_back(office, subject, person))


def _back(office: Office, subject: str, person: str) -> Story[None]:
    yield office.now + timedelta(minutes=office.between(6, 20))
    if office.sitting(subject).status == "open":
        yield from office.do(MarkPresent(sitting=subject, person=person), by=person)


def _hearing(office: Office, subject: str, item: str) -> Story[None]:
    """Every section reports its work; the chair hands out tasks there and then."""
    book = office.rules_of(subject)
    if not stands((yield from office.do(BeginItem(sitting=subject, item=item), after=2))):
        return
    reports, spot = book.rule(WorkReports), book.rule(SpotTasks)
    for unit in office.sections() if reports and reports.allowed else ():
        yield from _reports(office, subject, item, unit)
        if spot and spot.allowed and office.chance("spot"):
            yield from _spot(office, subject, item, unit)
    words = office.phrases.say("heard")
    act = DecideItem(
        sitting=subject, item=item, decision=office.new("decision"), outcome="noted", words=words
    )
    yield from office.do(act, after=2)


def _reports(office: Office, subject: str, item: str, unit: str) -> Story[None]:
    held = office.sitting(subject)
    matter = office.state.items[item].matter
    topic = office.phrases.spoken(matter, office.state.roster.units[unit].name)
    subject_words = office.phrases.subject(topic, slots(office, office.now.date(), unit))
    words = "".join(subject_words.fill(said) for said in office.phrases.some(topic.remarks, 2))
    act = ReportWork(sitting=subject, item=item, unit=unit, words=words)
    inside = [p for p in office.entitled(act) if held.is_present(p)]
    if inside:
        yield from office.do(act, by=office.pick(inside), after=3)


def _spot(office: Office, subject: str, item: str, unit: str) -> Story[None]:
    topic = office.phrases.spoken(
        office.state.items[item].matter, office.state.roster.units[unit].name
    )
    if not topic.tasks:
        return
    words = office.phrases.subject(topic, slots(office, office.now.date(), unit))
    draft = stated(office, unit, words, office.pick(topic.tasks), subject)
    act = AssignTask(
        sitting=subject,
        task=draft.task,
        words=draft.words,
        unit=draft.unit,
        counter=draft.counter,
        owner=draft.owner,
        due_on=draft.due_on,
    )
    if stands((yield from office.do(act, after=1))):
        office.subjects[draft.task] = words


def _from_the_floor(office: Office, subject: str, last: bool = False) -> Story[None]:
    """Somebody raises something; the chair admits it or not."""
    rule = office.rules_of(subject).rule(FloorItems)
    allowed = rule is not None and rule.allowed
    held = office.sitting(subject)
    if last and (allowed and held.floor):
        return
    if not office.chance("floor" if allowed else "stranger"):
        return
    matter = thought_of(office, held.body, office.now.date())
    if matter is None or matter.scope.judged or matter.scope.verb in office.habits.verbs_noted:
        return
    topic, words = matter.subject.topic, matter.subject
    raised = RaiseFloorItem(
        sitting=subject,
        item=office.new("item"),
        lead_unit=matter.lead,
        title=topic.title,
        matter=matter.scope.matter,
        content=words.fill(topic.content) if topic.content else None,
        proposal=words.fill(topic.proposal) if topic.proposal else None,
    )
    staff = office.state.roster.staff(matter.lead, office.now.date())
    inside = [p for p in staff if held.is_present(p)]
    if not inside or not stands((yield from office.do(raised, by=office.pick(inside), after=2))):
        return
    if office.chance("declined"):
        no = office.phrases.say("declined")
        act = DeclineFloorItem(sitting=subject, item=raised.item)
        yield from office.do(act, reason=no, after=1)
        return
    office.subjects[raised.item] = words
    yield from office.do(AdmitFloorItem(sitting=subject, item=raised.item, weighty=False), after=1)
    if not last and office.between(1, 3) == 1:
        yield from office.do(BeginItem(sitting=subject, item=raised.item), after=1)
