"""The sheet on which a meeting held on paper is entered: what is known of it, what is open yet."""

from collections.abc import Iterable
from typing import Any

import msgspec

from yishi.procedure.composition import StandingItem
from yishi.procedure.enact import book_of
from yishi.procedure.majority import SummedUp
from yishi.procedure.state import Item, Sitting
from yishi.procedure.voting import DecideItem
from yishi.web.acts.form import ActForm
from yishi.web.acts.inputs import Typed
from yishi.web.office import Office
from yishi.web.sittings.seated import Seated, everybody
from yishi.web.sittings.told import Told, of

STANCES = ("for", "against", "abstain", "none", "pass")
"""What somebody may have said to an item; `none` is words only, `pass` let the turn go by."""


class Speaker(msgspec.Struct, frozen=True):
    """One person who may have spoken to an item."""

    key: str
    person: str
    chair: bool
    stance: str
    words: str
    at: str


class Section(msgspec.Struct, frozen=True):
    """One section that may have reported its work."""

    key: str
    unit: str
    by: str
    words: str
    at: str


class Matter(msgspec.Struct, frozen=True):
    """An item that has no outcome yet: how far it is entered, and what was typed of the rest."""

    key: str
    place: int
    item: Item
    begun: bool
    presented: bool
    said: tuple[Told, ...]
    """What of it is entered already."""
    speakers: tuple[Speaker, ...]
    sections: tuple[Section, ...]
    typed: dict[str, str]
    parts: tuple[str, ...]
    form: ActForm
    """A form of the decision, for the rows of its tasks."""
    summed_up: bool


class Coming(msgspec.Struct, frozen=True):
    """Somebody who belongs to the meeting, and what was typed of their coming and going."""

    key: str
    who: Seated
    how: str
    at: str
    out: str


class Sheet(msgspec.Struct, frozen=True):
    """All that is still to be entered of a meeting."""

    day: str
    chair: str
    coming: tuple[Coming, ...]
    open_at: str
    close_at: str
    matters: tuple[Matter, ...]
    done: tuple[Item, ...]
    """Items that have their outcome."""


def sheet_of(
    office: Office, sitting: Sitting, happenings: Iterable[Told], data: Typed | None
) -> Sheet:
    """The sheet as the meeting stands, with what was typed and is not entered yet."""
    typed = _Typed(data)
    first = f"{sitting.starts_at.astimezone(office.zone):%H:%M}"
    told = tuple(happenings)
    items = [office.state.items[i] for i in sitting.agenda]
    open_ = [i for i in items if sitting.talk_on(i.id).outcome is None]
    return Sheet(
        day=typed.one("day") or sitting.starts_at.astimezone(office.zone).date().isoformat(),
        chair=typed.one("chair") or sitting.chair or "",
        coming=tuple(_coming(typed, one, first) for one in everybody(office, sitting)),
        open_at=typed.one("open.at") if data is not None else first,
        close_at=typed.one("close.at"),
        matters=tuple(_matter(office, sitting, i, told, typed) for i in open_),
        done=tuple(i for i in items if i not in open_),
    )


class _Typed:
    """What was typed, by the names of the sheet."""

    def __init__(self, data: Typed | None) -> None:
        self.data = data or {}
        self.fresh = data is None

    def one(self, name: str) -> str:
        return "".join(self.data.get(name, [])[:1]).replace("\r\n", "\n").strip()


def _coming(typed: _Typed, who: Seated, first: str) -> Coming:
    key = f"in.{who.person}"
    at = typed.one(f"{key}.at") or (first if typed.fresh else "")
    return Coming(key, who, typed.one(f"{key}.how"), at, typed.one(f"{key}.out"))


def _matter(
    office: Office, sitting: Sitting, item: Item, told: tuple[Told, ...], typed: _Typed
) -> Matter:
    key, talk = f"item.{item.id}", sitting.talk_on(item.id)
    book = book_of(office.state, sitting.charters)
    named = ("begun", "rapporteur", "reported", "report", "outcome", "words", "summary", "decided")
    subject = {"sitting": sitting.id, "item": item.id}
    tasks = {name.removeprefix(f"{key}."): said for name, said in typed.data.items()}
    form = ActForm(office, DecideItem, subject, data=tasks or None)
    for one in form.inputs:
        one.name = f"{key}.{one.name}"
    return Matter(
        key=key,
        place=sitting.agenda.index(item.id) + 1,
        item=item,
        begun=talk.begun_at is not None,
        presented=talk.presented_at is not None,
        said=tuple(t for t in of(told, *ENTERED) if t.event.item == item.id),
        speakers=tuple(_speakers(sitting, item, typed)),
        sections=tuple(_sections(office, sitting, item, typed)),
        typed={name: typed.one(f"{key}.{name}") for name in named},
        parts=("content", "proposal") if typed.fresh else tuple(typed.data.get(f"{key}.parts", ())),
        form=form,
        summed_up=book.rule(SummedUp) is not None,
    )


ENTERED = ("item_begun", "item_presented", "position_stated", "turn_passed", "member_recused")
"""What the sheet shows of an item that is being entered."""


def _speakers(sitting: Sitting, item: Item, typed: _Typed) -> Iterable[Speaker]:
    """Who has not been heard yet, in the order of seats, the chair last."""
    talk = sitting.talk_on(item.id)
    guests = sitting.guests(item.id)
    away = {p for p, one in sitting.presence.items() if one.status in ("leave", "absent")}
    others = [p for p in (*sitting.people, *guests) if p != sitting.chair]
    for person in dict.fromkeys((*others, *((sitting.chair,) if sitting.chair else ()))):
        if talk.heard(person) or person in talk.recused or person in away:
            continue
        key = f"item.{item.id}.said.{person}"
        said = {name: typed.one(f"{key}.{name}") for name in ("stance", "words", "at")}
        yield Speaker(key=key, person=person, chair=person == sitting.chair, **said)


def _sections(office: Office, sitting: Sitting, item: Item, typed: _Typed) -> Iterable[Section]:
    """The sections that have not reported, where the item is the one for that."""
    rules = book_of(office.state, sitting.charters).all_of(StandingItem)
    if item.id not in {rule.id_in(sitting.id) for rule in rules}:
        return
    for unit in office.state.roster.open_units("section", sitting.held_on):
        if unit.id in sitting.reports:
            continue
        key = f"item.{item.id}.unit.{unit.id}"
        said: dict[str, Any] = {n: typed.one(f"{key}.{n}") for n in ("by", "words", "at")}
        yield Section(key=key, unit=unit.id, **said)
