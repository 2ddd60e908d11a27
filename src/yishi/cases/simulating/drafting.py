"""Minutes on their way out and after: worded, sent round, corrected (整理、征求意见、更正)."""

from datetime import timedelta

import msgspec

from yishi.cases.simulating.office import Office, Story, stands
from yishi.procedure.act import Act
from yishi.procedure.circulating import (
    AgreeMinutes,
    CirculateMinutes,
    DeclineCorrection,
    RequestCorrection,
    TakeCorrection,
)
from yishi.procedure.correcting import (
    CorrectMinutes,
    DraftCorrigendum,
    DropCorrigendum,
    IssueCorrigendum,
)
from yishi.procedure.delivering import ReceiveMinutes, RemindMinutes
from yishi.procedure.drafting import CheckMinutes, MovePoint, SignOffMinutes, WordMinutes, WordPoint
from yishi.procedure.verdict import Accepted


class Counted(msgspec.Struct, frozen=True):
    """What the opening says of the tasks of before: how many, and how many are done."""

    every: int
    done: int


def worded(office: Office, subject: str) -> Story[Counted]:
    """The office words the draft, sends it to the members, answers them, has it looked through."""
    every = office.between(4, 9)
    counted = Counted(every, office.between(1, every - 2))
    opening = office.phrases.say("opening", every=str(every), done=str(counted.done))
    closing = office.phrases.say("closing") if office.chance("closing") else None
    yield from office.do(WordMinutes(sitting=subject, opening=opening, closing=closing), after=20)
    taken = office.sitting(subject).taken
    if taken:
        words = office.phrases.say("explained")
        yield from office.do(WordPoint(sitting=subject, item=office.pick(taken), words=words))
    if len(taken) > 1 and office.chance("moved_up"):
        yield from office.do(MovePoint(sitting=subject, item=taken[1]), after=2)
    if office.chance("circulated"):
        yield from _sent_round(office, subject)
    if office.chance("looked_through"):
        yield from office.do(CheckMinutes(sitting=subject), after=10)
    if office.chance("signed_off"):
        yield from office.do(SignOffMinutes(sitting=subject), after=10)
    return counted


def _sent_round(office: Office, subject: str) -> Story[None]:
    """Members answer, some of them that something should be put otherwise."""
    until = office.workday(office.now.date() + timedelta(days=1))
    act = CirculateMinutes(sitting=subject, answer_by=until)
    if not stands((yield from office.do(act, after=10))):
        return
    sent = office.sitting(subject).pending.sent
    asked = sent.people if sent else ()
    if office.chance("remarked"):
        yield from _remarked(office, subject, asked)
    for person in asked:
        agreed = AgreeMinutes(sitting=subject)
        if office.chance("agreed") and _may(office, agreed, person):
            yield from office.do(agreed, by=person, after=office.between(3, 12))


def _remarked(office: Office, subject: str, asked: tuple[str, ...]) -> Story[None]:
    """Somebody asks for a change; where the office takes it, it words the point anew."""
    note, item = office.new("note"), office.pick(office.sitting(subject).taken)
    words, why = office.phrases.say("wanted"), office.phrases.say("why_wanted")
    act = RequestCorrection(sitting=subject, note=note, item=item, words=words)
    if not stands((yield from office.do(act, by=office.pick(asked), reason=why, after=15))):
        return
    if office.chance("not_taken"):
        no = office.phrases.say("not_taken")
        yield from office.do(DeclineCorrection(sitting=subject, request=note), reason=no, after=8)
        return
    yield from office.do(TakeCorrection(sitting=subject, request=note), after=8)
    yield from office.do(WordPoint(sitting=subject, item=item, words=words), after=2)


def delivered(office: Office, subject: str) -> Story[None]:
    """Readers say that they have read what is out; the office reminds the others once."""
    yield office.later(0, 2)
    for person in office.sitting(subject).people:
        act = ReceiveMinutes(sitting=subject)
        if office.chance("acknowledged") and _may(office, act, person):
            yield from office.do(act, by=person, after=office.between(1, 30))
    remind = RemindMinutes(sitting=subject)
    if any(_may(office, remind, person) for person in office.entitled(remind)):
        yield from office.do(remind, after=30)


def set_right(office: Office, subject: str, counted: Counted) -> Story[None]:
    """The opening counted wrong: the office corrects it at once, or drafts that first."""
    yield office.later(1, 6)
    right = Counted(counted.every, counted.done + 1)
    said = {"every": str(right.every), "wrong": str(counted.done), "right": str(right.done)}
    words, why = office.phrases.say("misprint", **said), office.phrases.say("why_misprint")
    if not office.chance("drafted_first"):
        yield from office.do(CorrectMinutes(sitting=subject, words=words), reason=why)
        return
    drafted = DraftCorrigendum(sitting=subject, words=words)
    if not stands((yield from office.do(drafted, reason=why))):
        return
    if office.chance("dropped"):
        no = office.phrases.say("dropped")
        yield from office.do(DropCorrigendum(sitting=subject), reason=no, after=40)
        return
    yield from office.do(CheckMinutes(sitting=subject), after=15)
    yield from office.do(IssueCorrigendum(sitting=subject), after=15)


def _may(office: Office, act: Act, person: str) -> bool:
    return isinstance(office.would(act, person), Accepted)
