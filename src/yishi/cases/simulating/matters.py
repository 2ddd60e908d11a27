"""Items on their way to a meeting: thought of, handed in, mended, approved (议题会前)."""

from datetime import date, datetime
from typing import Any

import msgspec

from yishi.cases.simulating.habits import vocabulary
from yishi.cases.simulating.office import Begin, Office, Story, stands
from yishi.cases.simulating.phrases import Subject
from yishi.procedure.items import (
    ApproveItem,
    CollateItem,
    PutOffItem,
    RefuseItem,
    ReturnItem,
    ReviseItem,
    SubmitItem,
    SupplyPaper,
    WithdrawItem,
)
from yishi.procedure.lateness import AdmitLateItem
from yishi.procedure.scope import Scope
from yishi.procedure.submission import SubmissionDeadline, WrittenForm


class Matter(msgspec.Struct, frozen=True):
    """What a section wants decided, and where it belongs."""

    body: str
    scope: Scope
    lead: str
    co: tuple[str, ...]
    subject: Subject
    changes: str | None = None


def thought_of(office: Office, body: str, day: date) -> Matter | None:
    """A matter of the body's scope that somebody brings up about that day."""
    scopes = [s for s in office.book(body).all_of(Scope) if _words_for(office, s)]
    if not scopes:
        return None
    weights = [office.habits.weight.get(s.matter, 1) for s in scopes]
    scope = office.weighed(scopes, weights)
    topic = office.phrases.topic(_words_for(office, scope), day.year, day.month)
    assert topic is not None
    sections = office.sections()
    if not sections:
        return None
    units = office.state.roster.units
    apt = [s for s in sections if any(part in units[s].name for part in topic.sections)]
    lead = office.pick(apt or list(sections))
    others = [s for s in sections if s != lead]
    co = (office.pick(others),) if others and office.chance("joint") else ()
    known = slots(office, day, lead)
    return Matter(body, scope, lead, co, office.phrases.subject(topic, known))


def _words_for(office: Office, scope: Scope) -> str:
    """The matter in whose words this one speaks; empty for one that only stands on agendas."""
    known = {t.matter for t in vocabulary().topics if t.title}
    if scope.matter in known:
        return scope.matter
    silent = {t.matter for t in vocabulary().topics}
    return "" if scope.matter in silent else office.habits.stock[scope.verb]


def slots(office: Office, day: date, lead: str) -> dict[str, str]:
    """What the time and the office itself fill in."""
    units = office.state.roster.units
    counters = [u.name for u in units.values() if u.kind == "counter"]
    return {
        "year": str(day.year),
        "next_year": str(day.year + 1),
        "last_year": str(day.year - 1),
        "month": str(day.month),
        "next_month": str(day.month % 12 + 1),
        "quarter": "一二三四"[(day.month - 1) // 3],
        "section": units[lead].name,
        "counter": office.pick(counters) if counters else units[lead].name,
    }


def handed_in(office: Office, matter: Matter, at: datetime) -> Story[None]:
    """An item's way from its section to the list of what may come to a meeting."""
    yield at
    item = yield from _submitted(office, matter)
    if item is None:
        return
    office.subjects[item] = matter.subject
    yield office.later(0, 1)
    if office.chance("returned") and not (yield from _mended(office, matter, item)):
        return
    if office.state.items[item].status != "submitted":
        return
    yield from office.do(CollateItem(item=item))
    yield office.later(0, 0)
    if not (yield from _judged(office, matter, item)):
        return
    yield Begin(_papers(office, matter, item))
    if office.chance("withdrawn"):
        yield office.later(1, 3)
        yield from office.do(WithdrawItem(item=item))


def _submitted(office: Office, matter: Matter) -> Story[str | None]:
    """The item handed in at the right door, in the right form, sooner or later."""
    others = [b for b in office.bodies() if b != matter.body]
    if others and office.chance("wrong_door"):
        other = _form(office, matter, office.pick(others))
        if stands((yield from office.do(other, after=1))):
            yield from office.do(WithdrawItem(item=other.item), after=20)
    if office.book(matter.body).rule(WrittenForm) and office.chance("bare_form"):
        bare = msgspec.structs.replace(_form(office, matter), content=None, written=False)
        if stands((yield from office.do(bare, after=3))):
            return bare.item
    form = _form(office, matter)
    return form.item if stands((yield from office.do(form, after=7))) else None


def _form(office: Office, matter: Matter, body: str = "") -> SubmitItem:
    subject, topic = matter.subject, matter.subject.topic
    judged: dict[str, Any] = {matter.scope.judged: True} if matter.scope.judged else {}
    return SubmitItem(
        item=office.new("item"),
        body=body or matter.body,
        lead_unit=matter.lead,
        co_units=matter.co,
        title=topic.title,
        matter=matter.scope.matter,
        content=subject.fill(topic.content) if topic.content else None,
        proposal=subject.fill(topic.proposal) if topic.proposal else None,
        written=True,
        changes=matter.changes,
        **judged,
    )


def _mended(office: Office, matter: Matter, item: str) -> Story[bool]:
    """Sent back for repair and handed in again; False when the section lets it be."""
    yield from office.do(ReturnItem(item=item), reason=office.phrases.say("returned"))
    yield office.later(0, 2)
    topic = matter.subject.topic
    mended = matter.subject.fill(topic.content) + office.phrases.say("mended")
    revised = ReviseItem(item=item, content=mended, written=True)
    if not stands((yield from office.do(revised))):
        return False
    yield office.later(0, 1)
    return True


def _judged(office: Office, matter: Matter, item: str) -> Story[bool]:
    """The approver's word: yes, not now, or no."""
    if matter.changes is None and office.chance("refused"):
        yield from office.do(RefuseItem(item=item), reason=office.phrases.say("item_refused"))
        return False
    if office.chance("put_off"):
        yield from office.do(PutOffItem(item=item), reason=office.phrases.say("put_off"))
        yield office.later(5, 12)
    act = _approval(office, matter, item)
    let = stands((yield from office.do(act, after=office.between(1, 20))))
    if let and not act.late_admitted and _late(office, matter.body, item):
        yield from _thought_better(office, item)
    return let


def _thought_better(office: Office, item: str) -> Story[None]:
    """The approver lets a late item come to this period's meeting after all, or does not."""
    if office.between(0, 1) == 1:
        yield from office.do(AdmitLateItem(item=item), after=office.between(1, 30))


def _approval(office: Office, matter: Matter, item: str) -> ApproveItem:
    judged = matter.scope.judged
    noted = matter.scope.verb in office.habits.verbs_noted
    weighty = judged == "weighty"
    return ApproveItem(
        item=item,
        weighty=None if noted else weighty,
        triple_major=True if weighty and office.between(1, 4) == 1 else None,
        within_authority=True if judged == "within_authority" else None,
        late_admitted=_late(office, matter.body, item) and office.between(0, 1) == 1,
    )


def _late(office: Office, body: str, item: str) -> bool:
    """Whether the item came after the last day of its month."""
    rule, setting = office.book(body).rule(SubmissionDeadline), None
    if rule:
        setting = office.setting(CollateItem(item=item))
    if rule is None or setting is None:
        return False
    handed = office.state.items[item].submitted_at.date()
    return handed > rule.last_day(setting, handed)


def _papers(office: Office, matter: Matter, item: str) -> Story[None]:
    """Those who raised the item make its papers ready."""
    topic, say = matter.subject.topic, office.phrases.say
    yield office.later(0, 1)
    named = matter.subject.fill(topic.paper) if topic.paper else say("paper")
    yield from office.do(SupplyPaper(item=item, paper=office.new("paper"), title=named))
    if office.chance("second_paper"):
        second = SupplyPaper(item=item, paper=office.new("paper"), title=say("paper"))
        yield from office.do(second, after=office.between(2, 40))
