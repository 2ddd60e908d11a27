"""Units, people and posts are kept; tasks, the pen and the rules pass to others (人员)."""

from datetime import date, datetime
from functools import reduce
from typing import ClassVar, Literal

import msgspec
from msgspec.structs import replace

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.bodylog import BodyLog
from yishi.procedure.requests import Posting
from yishi.procedure.setting import Setting
from yishi.procedure.state import State
from yishi.procedure.succession import convened, passed_on
from yishi.roster.events import PersonEntered, PostFilled, PostVacated, UnitClosed, UnitOpened
from yishi.values.text import Id, Label, Text

Change = Literal["appoint", "remove"]
"""任 · 免."""

# ── events ────────────────────────────────────────────────────────────────────────────────────


class PostingProposed(Event, frozen=True, kw_only=True):
    """A change of posts waits for a second person (提出任免)."""

    posting: Id
    change: Change
    person: Id
    post: Label
    unit: Id | None = None
    since: date | None = None
    until: date | None = None
    by: Id

    def apply(self, state: State, at: datetime) -> State:
        made = Posting(
            id=self.posting,
            change=self.change,
            person=self.person,
            post=self.post,
            unit=self.unit,
            since=self.since,
            until=self.until,
            by=self.by,
            at=at,
        )
        return replace(state, postings=state.postings.set(self.posting, made))

    def stream(self) -> str:
        return "roster"


class PostingConfirmed(Event, frozen=True, kw_only=True):
    """A second person has confirmed a change of posts; it takes effect (确认任免)."""

    posting: Id
    by: Id

    def apply(self, state: State, at: datetime) -> State:
        return _settled(state, self.posting, "confirmed", self.by, at)

    def stream(self) -> str:
        return "roster"


class PostingDeclined(Event, frozen=True, kw_only=True):
    """A change of posts is not made (不予确认)."""

    posting: Id
    by: Id
    reason: Text

    def apply(self, state: State, at: datetime) -> State:
        return _settled(state, self.posting, "declined", self.by, at)

    def stream(self) -> str:
        return "roster"


def _settled(state: State, posting: str, status: str, by: str, at: datetime) -> State:
    held = replace(state.postings[posting], status=status, settled_by=by, settled_at=at)
    return replace(state, postings=state.postings.set(posting, held))


class TaskHandedOver(Event, frozen=True, kw_only=True):
    """A task has another owner from now on (移交任务)."""

    task: Id
    owner: Id
    by: Id
    reason: Text

    def apply(self, state: State, at: datetime) -> State:
        return evolve.task(state, self.task, owner=self.owner)


class SubstituteNamed(Event, frozen=True, kw_only=True):
    """Somebody keeps the record of one sitting in the secretary's place (代行秘书职责)."""

    sitting: Id
    person: Id
    by: Id

    def apply(self, state: State, at: datetime) -> State:
        return evolve.sitting(state, self.sitting, substitute=self.person)


class CharterReceived(Event, frozen=True, kw_only=True):
    """A section has received an enacted charter (规则收文回执)."""

    body: Id
    digest: str
    unit: Id
    by: Id

    def apply(self, state: State, at: datetime) -> State:
        receipts = state.bodies.get(self.body, BodyLog()).receipts
        held = (*receipts.get(self.digest, ()), (self.unit, self.by))
        return evolve.log(state, self.body, receipts=receipts.set(self.digest, held))


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


class EnterPerson(Act, frozen=True, kw_only=True):
    """A person is entered on the roster; an id is never given twice (录入人员)."""

    new: ClassVar[str] = "person"
    person: Id
    called: Text

    def events(self, setting: Setting) -> tuple[PersonEntered, ...]:
        return (PersonEntered(person=self.person, called=self.called),)


class OpenUnit(Act, frozen=True, kw_only=True):
    """A section or service counter is set up from a day on (设立科室、窗口)."""

    new: ClassVar[str] = "unit"
    unit: Id
    called: Label
    unit_kind: Literal["section", "counter"]
    since: date

    def events(self, setting: Setting) -> tuple[UnitOpened, ...]:
        opened = UnitOpened(
            unit=self.unit, called=self.called, kind=self.unit_kind, since=self.since
        )
        return (opened,)


class CloseUnit(Act, frozen=True, kw_only=True):
    """A section or service counter ends with a day (撤销科室、窗口)."""

    unit: Id
    until: date

    def events(self, setting: Setting) -> tuple[UnitClosed, ...]:
        return (UnitClosed(unit=self.unit, until=self.until),)


class ProposePost(Act, frozen=True, kw_only=True):
    """A post is to be given or ended: nothing changes before somebody confirms it (提出任免)."""

    new: ClassVar[str] = "posting"
    posting: Id
    change: Change
    person: Id
    post: Label
    unit: Id | None = None
    since: date | None = None
    """The first day on which a post that is given is held."""
    until: date | None = None
    """The last day: of a post that is ended, or of one given for a time."""

    def events(self, setting: Setting) -> tuple[PostingProposed, ...]:
        return (
            PostingProposed(
                posting=self.posting,
                change=self.change,
                person=self.person,
                post=self.post,
                unit=self.unit,
                since=self.since,
                until=self.until,
                by=setting.actor,
            ),
        )


class ConfirmPost(Act, frozen=True, kw_only=True):
    """A second person confirms a change of posts, and it takes effect (确认任免)."""

    posting: Id

    def events(self, setting: Setting) -> tuple[msgspec.Struct, ...]:
        asked = setting.posting
        assert asked is not None
        changes = changed_by(asked)
        roster = reduce(lambda held, event: event.enrol(held), changes, setting.state.roster)
        on = passed_on(setting, roster, convened(setting.state))
        return (PostingConfirmed(posting=self.posting, by=setting.actor), *changes, *on)


def changed_by(asked: Posting) -> tuple[PostFilled | PostVacated, ...]:
    """What a change of posts does to the roster."""
    found: list[PostFilled | PostVacated] = []
    held = {"person": asked.person, "post": asked.post, "unit": asked.unit}
    if asked.change == "appoint" and asked.since is not None:
        found.append(PostFilled(**held, since=asked.since))  # type: ignore[arg-type]
    if asked.until is not None:
        found.append(PostVacated(**held, until=asked.until))  # type: ignore[arg-type]
    return tuple(found)


class DeclinePost(Act, frozen=True, kw_only=True):
    """A change of posts is not made, with the reason (不予确认任免)."""

    reasoned: ClassVar[bool] = True
    posting: Id

    def events(self, setting: Setting) -> tuple[PostingDeclined, ...]:
        reason = setting.reason or ""
        return (PostingDeclined(posting=self.posting, by=setting.actor, reason=reason),)


class HandOverTask(Act, frozen=True, kw_only=True):
    """A task goes to another owner, because its owner leaves or cannot do it (移交任务)."""

    reasoned: ClassVar[bool] = True
    task: Id
    owner: Id

    def events(self, setting: Setting) -> tuple[TaskHandedOver, ...]:
        reason = setting.reason or ""
        return (TaskHandedOver(task=self.task, owner=self.owner, by=setting.actor, reason=reason),)


class NameSubstitute(Act, frozen=True, kw_only=True):
    """Somebody is named to keep the record while the secretary is away (指定代行秘书的人)."""

    sitting: Id
    person: Id

    def events(self, setting: Setting) -> tuple[SubstituteNamed, ...]:
        return (SubstituteNamed(sitting=self.sitting, person=self.person, by=setting.actor),)


class ReceiveCharter(Act, frozen=True, kw_only=True):
    """A section acknowledges the enacted charter it was given (规则收文回执)."""

    body: Id
    unit: Id

    def events(self, setting: Setting) -> tuple[CharterReceived, ...]:
        digest = setting.log.versions[-1][1]
        return (CharterReceived(body=self.body, digest=digest, unit=self.unit, by=setting.actor),)
