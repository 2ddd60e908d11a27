"""Telling people of the meeting: the notice, and that it has been read (会议通知, 已阅)."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec.structs import replace

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.editions import Notice
from yishi.procedure.setting import Setting
from yishi.procedure.state import Sitting, State
from yishi.procedure.verdict import Message, Rejected
from yishi.values.maps import Map
from yishi.values.text import Id, Label, Text

Edition = Annotated[int, msgspec.Meta(ge=1)]
"""The number of an edition of the agenda (议程第几版)."""

Reply = Literal["comes"]
"""What a reader answers to the notice: that they come (参加); who does not asks for leave."""


class NoticeGiven(Event, frozen=True, kw_only=True):
    """Everybody entitled has been told the time, and where and what with (会议通知)."""

    sitting: Id
    starts_at: datetime
    venue: Label | None = None
    """Where the meeting is held from now on; where none is named, where it was to be."""
    bring: Text | None = None

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        venue = self.venue or held.venue
        elsewhere = held.notice is not None and held.notice.venue != venue
        papers = {i: state.items[i].papers for i in held.agenda if state.items[i].papers}
        notice = Notice(
            at=at,
            starts_at=self.starts_at,
            agenda=held.agenda,
            guests=held.invited,
            chair=held.chair,
            venue=venue,
            bring=self.bring,
            papers=Map(papers),
        )
        return evolve.sitting(
            state,
            self.sitting,
            notice=notice,
            editions=held.editions.told(held.agenda),
            venue=venue,
            bring=self.bring,
            resited=held.resited + elsewhere,
        )


class NoticeReceived(Event, frozen=True, kw_only=True):
    """A reader says that the notice has been read (已阅)."""

    sitting: Id
    person: Id
    edition: Edition | None = None
    """The edition of the agenda that was read; where it is not said, the latest."""
    answer: Reply | None = None
    """That the reader comes (参加); where it is not said, nothing is answered."""

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        if held.notice is None:
            return state
        people = tuple(dict.fromkeys((*held.notice.received, self.person)))
        said = (self.person,) if self.answer else ()
        coming = tuple(dict.fromkeys((*held.notice.coming, *said)))
        return evolve.sitting(
            state,
            self.sitting,
            notice=replace(held.notice, received=people, coming=coming),
            editions=held.editions.received(self.person, self.edition),
        )


class ReadersReminded(Event, frozen=True, kw_only=True):
    """The office has asked those who had not read the notice to do so (提醒未阅)."""

    sitting: Id
    people: tuple[Id, ...]

    def apply(self, state: State, at: datetime) -> State:
        notice = state.sittings[self.sitting].notice
        if notice is None:
            return state
        told = replace(notice, reminded=at)
        return evolve.sitting(state, self.sitting, notice=told)


def unread(sitting: Sitting) -> tuple[str, ...]:
    """Who is still to read the notice, or the agenda as it stands; nobody who asked for leave."""
    guests = (p for people in sitting.invited.values() for p in people)
    every = dict.fromkeys((*sitting.people, *guests))
    gone = away(sitting)
    return tuple(p for p in every if p not in gone and not sitting.has_read(p))


def away(sitting: Sitting) -> frozenset[str]:
    """Who has asked for leave, granted or not answered yet."""
    asked = ("requested", "granted")
    return frozenset(p for p, one in sitting.leaves.items() if one.status in asked)


class GiveNotice(Act, frozen=True, kw_only=True):
    """The office tells everybody the time, the place, and what to bring (发出会议通知)."""

    sitting: Id
    venue: Label | None = None
    """Where the meeting is held (会议地点); left out, it stays where it was to be."""
    bring: Text | None = None
    """What those who come are to bring or prepare (会议要求)."""

    def events(self, setting: Setting) -> tuple[NoticeGiven, ...]:
        assert setting.sitting is not None
        return (
            NoticeGiven(
                sitting=self.sitting,
                starts_at=setting.sitting.starts_at,
                venue=self.venue,
                bring=self.bring,
            ),
        )


class ReceiveNotice(Act, frozen=True, kw_only=True):
    """A reader says that the notice has been read (已阅)."""

    sitting: Id
    edition: Edition | None = None
    """The edition of the agenda that was read; where it is not said, the latest."""
    answer: Reply | None = None
    """That whoever reads comes (参加): once a notice, and not beside a leave asked for."""

    def amiss(self, setting: Setting) -> Rejected | None:
        held = setting.sitting
        if self.answer is None or held is None or held.notice is None:
            return None
        if setting.actor in away(held):
            return Rejected("answer", Message("place.comes_though_away"))
        if setting.actor in held.notice.coming:
            return Rejected("answer", Message("place.comes_already"))
        return None

    def events(self, setting: Setting) -> tuple[NoticeReceived, ...]:
        return (
            NoticeReceived(
                sitting=self.sitting,
                person=setting.actor,
                edition=self.edition,
                answer=self.answer,
            ),
        )


class RemindReaders(Act, frozen=True, kw_only=True):
    """The office reminds those who have not read the notice, and nobody else (提醒未阅)."""

    sitting: Id

    def events(self, setting: Setting) -> tuple[ReadersReminded, ...]:
        assert setting.sitting is not None
        people = rest(setting.sitting, setting.actor)
        return (ReadersReminded(sitting=self.sitting, people=people),)


def rest(sitting: Sitting, actor: str) -> tuple[str, ...]:
    """Whom a reminder goes to: those who are to read, without whoever reminds."""
    return tuple(p for p in unread(sitting) if p != actor)
