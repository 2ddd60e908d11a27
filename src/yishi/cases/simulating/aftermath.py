"""After the meeting: the record, the minutes, what is made public (会议记录, 会议纪要, 公开)."""

from datetime import timedelta

from yishi.cases.simulating.debate import drafted, stated
from yishi.cases.simulating.drafting import delivered, set_right, worded
from yishi.cases.simulating.followups import task
from yishi.cases.simulating.habits import TaskWords
from yishi.cases.simulating.meeting import roll_call
from yishi.cases.simulating.office import Begin, Office, Story, stands
from yishi.cases.simulating.publicity import archived, publicity
from yishi.procedure.issuing import IssueMinutes
from yishi.procedure.majority import TaskParts
from yishi.procedure.minutes import (
    CloseRecord,
    CorrectRecord,
    NoteRecord,
    PublishDecision,
    SetTask,
)
from yishi.procedure.voting import DraftTask


def afterwards(office: Office, subject: str) -> Story[None]:
    """The record completed, the minutes issued, the tasks in them set going."""
    if office.sitting(subject).status != "closed":
        return
    yield office.now + timedelta(minutes=office.between(20, 90))
    yield from _recorded(office, subject)
    day = office.workday(office.now.date() + timedelta(days=office.between(1, 3)))
    yield office.moment(day, office.pick((9, 10)), office.between(0, 50))
    if not office.chance("forgotten"):
        yield from _filled_in(office, subject)
    counted = None
    if office.chance("worded"):
        counted = yield from worded(office, subject)
    minutes = IssueMinutes(sitting=subject)
    if not stands((yield from office.do(minutes))):
        yield from _filled_in(office, subject)
        yield from office.do(minutes, after=15)
    if office.sitting(subject).minutes is None:
        return
    if office.chance("delivered"):
        yield Begin(delivered(office, subject))
    if counted is not None and office.chance("miscounted"):
        yield Begin(set_right(office, subject, counted))
    yield from _kept_and_shown(office, subject)
    for one in office.sitting(subject).tasks:
        yield Begin(task(office, one))
    for item in office.sitting(subject).taken:
        decision = office.state.items[item].decision
        if decision and office.chance("published"):
            yield Begin(_published(office, decision))


def _kept_and_shown(office: Office, subject: str) -> Story[None]:
    """Some minutes are made public some weeks later, most meetings go to the archive."""
    if office.rarely("made_public"):
        yield Begin(office.apart(publicity(office, subject)))
    if office.package_of is not None and office.rarely("archived"):
        yield Begin(office.apart(archived(office, subject)))


def _recorded(office: Office, subject: str) -> Story[None]:
    """Notes on what was said, at times corrected; complete once everything is on record."""
    for item in office.sitting(subject).taken:
        words = office.subjects.get(item)
        if words is None or not words.topic.remarks or not office.chance("note"):
            continue
        note = office.new("note")
        said = office.phrases.say("note") + words.fill(office.pick(words.topic.remarks))
        yield from office.do(NoteRecord(sitting=subject, note=note, words=said, item=item), after=2)
        if office.chance("corrected"):
            right = CorrectRecord(
                sitting=subject,
                note=office.new("note"),
                corrects=note,
                words=office.phrases.say("corrected"),
            )
            yield from office.do(right, reason=office.phrases.say("why_corrected"), after=9)
    if not stands((yield from office.do(CloseRecord(sitting=subject), after=5))):
        yield from roll_call(office, subject)
        yield from office.do(CloseRecord(sitting=subject), after=5)


def _filled_in(office: Office, subject: str) -> Story[None]:
    """What the decisions leave open: which tasks, who, until when."""
    held = office.sitting(subject)
    for item in held.taken:
        decision = office.state.decisions.get(office.state.items[item].decision or "")
        carried = decision is not None and decision.outcome in ("adopt", "agree_in_principle")
        if decision is not None and carried and not decision.tasks:
            yield from _drawn(office, subject, item, decision.id)
    rule = office.rules_of(subject).rule(TaskParts)
    for one in office.sitting(subject).tasks:
        if rule is not None:
            yield from _completed(office, one)


def _drawn(office: Office, subject: str, item: str, decision: str) -> Story[None]:
    """The office draws out of a decision what is to be done about it."""
    drafts = drafted(office, subject, item)
    if not drafts:
        words = office.subjects.get(item)
        if words is None:
            return
        lead = office.state.items[item].lead_unit or office.pick(office.sections())
        plain = TaskWords(words=office.phrases.say("task"), days=20)
        drafts = (stated(office, lead, words, plain, subject),)
    for draft in drafts:
        act = DraftTask(
            sitting=subject,
            decision=decision,
            task=draft.task,
            words=draft.words,
            unit=draft.unit,
            counter=draft.counter,
            owner=draft.owner,
            due_on=draft.due_on,
        )
        if stands((yield from office.do(act, after=4))):
            office.subjects[draft.task] = office.subjects[item]


def _completed(office: Office, one: str) -> Story[None]:
    """A task that lacks its unit, its owner or its day gets them."""
    held = office.state.tasks[one]
    unit = held.unit or held.counter
    if unit and held.owner and held.due_on:
        return
    on = office.now.date()
    unit = unit or office.pick(office.sections())
    staff = office.state.roster.staff(unit, on)
    act = SetTask(
        task=one,
        unit=None if held.unit or held.counter else unit,
        owner=held.owner or (office.pick(staff) if staff else None),
        due_on=held.due_on or office.workday(on + timedelta(days=office.between(10, 30))),
    )
    yield from office.do(act, after=3)


def _published(office: Office, decision: str) -> Story[None]:
    """The decision is made public some days later; at times an excerpt, with names masked."""
    yield office.later(2, 20)
    held = office.state.decisions[decision]
    owners = sorted({office.state.tasks[one].owner or "" for one in held.tasks} - {""})
    act = PublishDecision(decision=decision)
    if owners and office.chance("excerpted"):
        said = office.phrases.say("added")
        act = PublishDecision(decision=decision, masked=tuple(owners), added=said)
    yield from office.do(act)
