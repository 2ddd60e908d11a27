"""A meeting that began on paper, or was held on it: entered with its real times (纸质补录)."""

from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import Any

from yishi.cases.simulating.meeting import SMALL, meeting
from yishi.cases.simulating.office import Begin, Do, Entering, Office, Step, Story, stands
from yishi.procedure.deliberation import StatePosition
from yishi.procedure.paper import EndPaperEntry, EnterFromPaper, can_break
from yishi.procedure.verdict import Refused, Verdict

HALF = 25
"""Minutes into a meeting after which it can go on as any other."""

Waiting = list[tuple[datetime, int, Story[Any]]]


def held(office: Office, subject: str) -> Story[bool]:
    """The sitting held, live as a rule; False when it could not even be opened."""
    if office.rarely("on_paper"):
        return (yield from office.apart(_on_paper(office, subject)))
    return (yield from meeting(office, subject))


def _on_paper(office: Office, subject: str) -> Story[bool]:
    """Entered the next morning; or the network is back while people still sit there."""
    start = office.sitting(subject).starts_at
    day = office.workday(start.date() + timedelta(days=1))
    morning, soon = office.moment(day, 8, 40), start + timedelta(minutes=HALF)
    yield max(office.now, soon if office.chance("back_soon") else morning)
    if office.sitting(subject).status != "convened":
        return True
    begins = EnterFromPaper(sitting=subject)
    hand = next(iter(office.entitled(begins)), "")
    why = office.phrases.say("on_paper")
    if not hand or not stands((yield from office.do(begins, by=hand, reason=why))):
        return False
    story, waiting = meeting(office, subject), Waiting()
    heappush(waiting, (start - timedelta(minutes=SMALL), 0, story))
    yield from _entered(office, Entering(subject, hand, office.now), waiting)
    if office.sitting(subject).entering is not None:
        yield from office.do(EndPaperEntry(sitting=subject), by=hand)
    for at, number, other in waiting:
        if number > 0:
            yield Begin(_from(at, other))
    rest = next((at for at, number, _ in waiting if number == 0), None)
    if rest is not None:
        opened: bool = yield from _from(rest, story)
        return opened
    return office.sitting(subject).opened_at is not None


def _entered(office: Office, entering: Entering, waiting: Waiting) -> Story[None]:
    """What happened until now, entered in turn; what is ahead stays waiting."""
    number = 0
    while waiting and waiting[0][0] <= entering.at:
        then, mine, story = heappop(waiting)
        told: Verdict | None = None
        while True:
            step = _next(office, entering, then, story, told)
            told = None
            if isinstance(step, Do):
                told = yield step
                if _was_said(office, entering, step, told):
                    told = yield _all_the_same(office, step)
            elif isinstance(step, Begin):
                number += 1
                heappush(waiting, (then, number, step.story))
            else:
                if step is not None:
                    heappush(waiting, (max(step, then), mine, story))
                break


def _next(
    office: Office, entering: Entering, then: datetime, story: Story[Any], told: Verdict | None
) -> Step | None:
    """The next step of a story at that time, as it is entered; None at its end."""
    office.now, office.entering = then, entering
    try:
        step = story.send(told)
        return office.as_entered(step) if isinstance(step, Do) else step
    except StopIteration:
        return None
    finally:
        office.now, office.entering = entering.at, None


def _from(at: datetime, story: Story[Any]) -> Story[Any]:
    """A story that has begun, gone on with at that time."""
    yield at
    return (yield from story)


def _was_said(office: Office, entering: Entering, step: Do, told: Verdict | None) -> bool:
    """Whether somebody spoke where no rule could keep them from it: nobody asked it that day."""
    if not isinstance(told, Refused) or not isinstance(step.act, StatePosition):
        return False
    book = office.rules_of(entering.sitting)
    return all(can_break(book, ground) for ground in told.grounds)


def _all_the_same(office: Office, written: Do) -> Do:
    """It was said then, against the rules: the sheet shows it, and says why."""
    why = office.phrases.say("said_on_paper")
    return Do(written.act, written.actor, why, written.behalf, written.held_at)
