"""Minutes made public by an approval of their own, and packages for the archive (公开, 归档)."""

from yishi.cases.simulating.office import Office, Story, stands
from yishi.procedure.archiving import ArchiveSitting
from yishi.procedure.publishing import (
    DeclinePublication,
    Part,
    ProposePublication,
    PublishMinutes,
    WithdrawPublication,
    closed,
    excerpted,
    unbound_closed,
)

TRIES = 3
"""How often the office proposes the same minutes before it leaves them."""


def publicity(office: Office, subject: str) -> Story[None]:
    """Proposed by the office, published by somebody else or declined; at times taken down."""
    yield office.later(24, 34)
    for _ in range(TRIES):
        if not _anything(office, subject) or not (yield from _proposed(office, subject)):
            return
        yield office.later(1, 6)
        if office.chance("not_public"):
            no = office.phrases.say("not_public")
            yield from office.do(DeclinePublication(sitting=subject), reason=no)
            yield office.later(1, 3)
        elif (yield from _published(office, subject)):
            break
    if office.sitting(subject).minutes.public and office.chance("taken_down"):  # type: ignore[union-attr]
        yield office.later(3, 15)
        why = office.phrases.say("taken_down")
        yield from office.do(WithdrawPublication(sitting=subject), reason=why)


def _anything(office: Office, subject: str) -> bool:
    """Whether there is anything to tell, and nothing on its way that has to come first."""
    held = office.sitting(subject)
    told = set(held.taken) - set(closed(office.state, held))
    return bool(told) and held.corrigendum is None


def _proposed(office: Office, subject: str) -> Story[bool]:
    """What is not public as a whole is left out or told by its excerpt; at times names masked."""
    held = office.sitting(subject)
    partly = tuple(i for i in excerpted(office.state, held) if office.chance("excerpt_told"))
    shut = tuple(i for i in closed(office.state, held) if i not in partly)
    without: tuple[Part, ...] = ("unbound",) if unbound_closed(office.state, held) else ()
    shown = [i for i in held.taken if i not in (*shut, *partly)]
    owners = sorted({p for i in shown for p in _owners(office, i)})
    masked = (office.pick(owners),) if owners and office.chance("name_masked") else ()
    act = ProposePublication(
        sitting=subject,
        left_out=shut or None,
        without=without or None,
        masked=masked or None,
        excerpted=partly or None,
    )
    return stands((yield from office.do(act, reason=office.phrases.say("why_public"))))


def _owners(office: Office, item: str) -> list[str]:
    made = office.state.decisions[office.state.items[item].decision or ""]
    owners = (office.state.tasks[task].owner for task in made.tasks)
    return [owner for owner in owners if owner]


def _published(office: Office, subject: str) -> Story[bool]:
    """Whoever may approve does, unless something was corrected since: then it is proposed anew."""
    minutes = office.sitting(subject).minutes
    assert minutes is not None
    proposal = minutes.proposal
    if proposal is None or len(minutes.corrected) > proposal.corrections:
        return False
    act = PublishMinutes(sitting=subject, expects=proposal.number)
    others = [person for person in office.entitled(act) if person != proposal.by]
    by = office.pick(others) if others else None
    return stands((yield from office.do(act, by=by)))


def archived(office: Office, subject: str) -> Story[None]:
    """The office makes the package of a meeting once all is complete."""
    yield office.later(40, 60)
    if office.package_of is not None and office.sitting(subject).record.closed:
        digest = office.package_of(subject)
        yield from office.do(ArchiveSitting(sitting=subject, digest=digest))
