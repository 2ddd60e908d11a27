"""A task from its plan to the day it is struck off; changed on the way, if need be (督办, 调整)."""

from datetime import date, timedelta

import msgspec

from yishi.cases.simulating.habits import Topic
from yishi.cases.simulating.matters import Matter, handed_in, slots
from yishi.cases.simulating.office import Begin, Office, Story, stands
from yishi.cases.simulating.phrases import Subject, inner
from yishi.procedure import seats
from yishi.procedure.adjusting import (
    AdjustedBy,
    GrantAdjustment,
    RefuseAdjustment,
    RequestAdjustment,
)
from yishi.procedure.followup import (
    CheckTask,
    CloseTask,
    CompleteTask,
    PlanTask,
    RemindOwner,
    ReportBack,
    ReportUp,
    SendBackTask,
    Step,
)
from yishi.procedure.scope import Scope
from yishi.procedure.supervising import ReportedTo


def task(office: Office, one: str) -> Story[None]:
    """Planned, reported, watched over, done and struck off."""
    held = office.state.tasks[one]
    begun, due = office.now.date(), held.due_on or office.now.date() + timedelta(days=20)
    yield office.later(1, 3)
    yield from _planned(office, one, begun, due)
    yield office.in_hours(begun + (due - begun) / 2)
    yield from _watched(office, one)
    if office.chance("adjusted"):
        yield from _changed(office, one)
        due = office.state.tasks[one].due_on or due
    slow = office.chance("slow")
    ready = due + timedelta(days=office.between(2, 9) if slow else -office.between(0, 3))
    if slow:
        yield office.in_hours(due + timedelta(days=1))
        yield from _pressed(office, one)
    yield office.in_hours(max(ready, office.now.date()))
    yield from _done(office, one)


def _planned(office: Office, one: str, begun: date, due: date) -> Story[None]:
    """The unit lays out its steps."""
    half = begun + (due - begun) / 2
    steps = (
        Step(by=max(half, office.now.date()), words=office.phrases.say("first_step")),
        Step(by=max(due, office.now.date()), words=office.phrases.say("last_step")),
    )
    yield from office.do(PlanTask(task=one, steps=steps))


def _watched(office: Office, one: str) -> Story[None]:
    """Half way: the unit reports, the office looks, at times presses, at times reports up."""
    if office.chance("report"):
        yield from office.do(ReportBack(task=one, words=_said(office, one, "progress")))
    if office.chance("checked"):
        yield office.later(0, 1)
        yield from office.do(CheckTask(task=one, words=office.phrases.say("checked")))
        if office.chance("reminded"):
            act = RemindOwner(task=one, words=office.phrases.say("reminded"))
            yield from office.do(act, after=10)
    if office.chance("reported_up"):
        yield office.later(0, 2)
        yield from _reported_up(office, one, "reported_up")


def _pressed(office: Office, one: str) -> Story[None]:
    """The day has passed: the office presses, and says so upstairs."""
    if office.state.tasks[one].status != "open":
        return
    yield from office.do(RemindOwner(task=one, words=office.phrases.say("overdue")))
    yield from office.do(CheckTask(task=one, words=office.phrases.say("late")), after=20)
    yield from _reported_up(office, one, "reported_late")


def _reported_up(office: Office, one: str, how: str) -> Story[None]:
    rule = office.rules_of(office.state.tasks[one].sitting).rule(ReportedTo)
    act = ReportUp(task=one, to=office.pick(tuple(office.state.roster.people)), words="…")
    setting = office.setting(act)
    if rule is None or setting is None:
        return
    leaders = [p for seat in rule.any_of for p in seats.holders(setting, seat)]
    if leaders and not office.chance("stranger"):
        act = msgspec.structs.replace(act, to=office.pick(leaders))
    what = office.state.tasks[one].words
    words = office.phrases.say(how, task=inner(what))
    yield from office.do(msgspec.structs.replace(act, words=words), after=12)


def _said(office: Office, one: str, what: str) -> str:
    """What the unit has to say of it: in the matter's own words where it has some."""
    subject = office.subjects.get(one)
    own: tuple[str, ...] = getattr(subject.topic, what) if subject else ()
    if subject and own:
        return subject.fill(office.pick(own))
    return office.phrases.say(what)


def _done(office: Office, one: str) -> Story[None]:
    """The owner says it is done; the office agrees, or sends it back once more."""
    if office.state.tasks[one].status != "open":
        return
    done = CompleteTask(task=one, words=_said(office, one, "done"))
    if office.chance("stranger"):
        stranger = office.pick(tuple(office.state.roster.people))
        if stands((yield from office.do(done, by=stranger))):
            stranger = ""
    if (
        not stands((yield from office.do(done, after=2)))
        and office.state.tasks[one].status != "completed"
    ):
        return
    yield office.later(0, 2)
    if office.chance("sent_back"):
        yield from office.do(SendBackTask(task=one), reason=office.phrases.say("sent_back"))
        yield office.later(1, 4)
        again = CompleteTask(task=one, words=office.phrases.say("done_again"))
        yield from office.do(again)
        yield office.later(0, 1)
    yield from office.do(CloseTask(task=one))


# ── changing what was decided ─────────────────────────────────────────────────────────────────


def _changed(office: Office, one: str) -> Story[None]:
    """It cannot be done as decided: by approval where the rules allow it, else a new item."""
    held = office.state.tasks[one]
    rule = office.book(held.body).rule(AdjustedBy)
    if held.status != "open" or rule is None:
        return
    if rule.by == "approval" or office.between(1, 3) == 1:
        asked = yield from _asked(office, one)
        if asked is not None:
            yield from _answered(office, one, asked)
            return
    if rule.by == "decision":
        matter = _again(office, one)
        if matter is not None:
            yield Begin(handed_in(office, matter, office.later(0, 2)))


def _asked(office: Office, one: str) -> Story[str | None]:
    """The section's written opinion; a first try may lack it."""
    due = office.state.tasks[one].due_on or office.now.date()
    later = office.workday(max(due, office.now.date()) + timedelta(days=office.between(10, 20)))
    act = RequestAdjustment(
        adjustment=office.new("adjustment"),
        task=one,
        cause=office.phrases.say("cause"),
        effect=office.phrases.say("effect"),
        opinion=office.phrases.say("opinion", due=f"{later.month}月{later.day}日"),
        due_on=later,
    )
    if office.chance("bare_form"):
        bare = msgspec.structs.replace(act, opinion=None)
        if stands((yield from office.do(bare))):
            return bare.adjustment
    return act.adjustment if stands((yield from office.do(act, after=5))) else None


def _answered(office: Office, one: str, asked: str) -> Story[None]:
    yield office.later(0, 2)
    if office.chance("adjustment_refused"):
        no = office.phrases.say("adjustment_refused")
        yield from office.do(RefuseAdjustment(adjustment=asked), reason=no)
        return
    act = GrantAdjustment(adjustment=asked, item=office.new("item"))
    if stands((yield from office.do(act))) and act.item in office.state.items:
        office.subjects[act.item] = _adjusting(office, one)


def _adjusting(office: Office, one: str) -> Subject:
    """The words in which a change of this task is put before the meeting."""
    held, old = office.state.tasks[one], office.subjects.get(one)
    due = held.due_on or office.now.date()
    lead = held.unit or office.pick(office.sections())
    known = {**slots(office, office.now.date(), lead), **(old.slots if old else {})}
    title = old.topic.title if old else held.words
    known |= {"title": inner(title), "task": inner(held.words)}
    known |= {"due": f"{due.month}月{due.day}日"}
    topic: Topic | None = office.phrases.topic("change", office.now.year, office.now.month)
    assert topic is not None
    return Subject(msgspec.structs.replace(topic, title=topic.title.format_map(known)), known)


def _again(office: Office, one: str) -> Matter | None:
    """An item that asks the meeting to change its decision."""
    held = office.state.tasks[one]
    decision = office.state.decisions.get(held.decision or "")
    if decision is None:
        return None
    item = office.state.items[decision.item]
    scopes = [s for s in office.book(held.body).all_of(Scope) if s.matter == item.matter]
    if not scopes or item.lead_unit is None:
        return None
    return Matter(held.body, scopes[0], item.lead_unit, (), _adjusting(office, one), decision.id)
