"""People come and go: a section gets another head, and what the old one carried is handed over."""

from datetime import date, timedelta

from yishi.cases.simulating.habits import office_names
from yishi.cases.simulating.office import Office, Story, stands
from yishi.procedure.charters import GENERAL
from yishi.procedure.seats import SECTION
from yishi.procedure.staffing import ConfirmPost, EnterPerson, HandOverTask, ProposePost
from yishi.procedure.succession import convened
from yishi.roster.model import Appointment


def successions(office: Office) -> Story[None]:
    """Every few months somebody else becomes head of a section."""
    while True:
        yield office.moment(office.now.date() + timedelta(days=office.between(60, 110)), 8, 20)
        while not office.is_workday(office.now.date()) or any(convened(office.state)):
            yield office.moment(office.now.date() + timedelta(days=1), 8, 20)
        heads = _heads(office, office.now.date())
        if heads:
            yield from _replaced(office, office.pick(heads))


def _heads(office: Office, on: date) -> list[Appointment]:
    """Who heads a section alone, and nothing else, by a post that the rules of bodies name."""
    roster = office.state.roster
    names = office.book(GENERAL).posts_of_bodies()
    held = [a for post in sorted(names) for a in roster.holding((post,), on) if a.unit]
    alone = [
        a
        for a in held
        if len(list(roster.posts_of(a.person, on))) == 1 and a.person not in office.staying
    ]
    return [a for a in alone if roster.units[a.unit or ""].kind == SECTION]


def _replaced(office: Office, old: Appointment) -> Story[None]:
    """Somebody new is entered, the post passes by a second person, the tasks are handed over."""
    names, person = office_names(), office.new("person")
    called = office.pick(names.surnames) + office.pick(names.given)
    if not stands((yield from office.do(EnterPerson(person=person, called=called)))):
        return
    today = office.now.date()
    held = {"post": old.post, "unit": old.unit}
    ends = {"change": "remove", "person": old.person, "until": today - timedelta(days=1)}
    begins = {"change": "appoint", "person": person, "since": today}
    for change in (begins, ends):
        yield from _changed(office, {**held, **change})
    for task in sorted(office.state.open_tasks):
        mine = office.state.tasks[task]
        if mine.owner == old.person and mine.status == "open":
            act = HandOverTask(task=task, owner=person)
            yield from office.do(act, reason=office.phrases.say("handed_over"), after=5)


def _changed(office: Office, change: dict[str, object]) -> Story[None]:
    """Proposed by one, confirmed by another whom it is not about."""
    posting = office.new("posting")
    act = ProposePost(posting=posting, **change)  # type: ignore[arg-type]
    if not stands((yield from office.do(act, after=3))):
        return
    by = office.state.postings[posting].by
    confirm = ConfirmPost(posting=posting)
    others = [p for p in office.entitled(confirm) if p not in (by, change["person"])]
    if others:
        yield from office.do(confirm, by=office.pick(others), after=10)
