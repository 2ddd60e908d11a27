"""Kinds of rules about handing items in: form, deadline, papers (报送议题)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, ClassVar, Final, Literal

import msgspec

from yishi.charter.workdays import WorkCalendar
from yishi.procedure.rule import KEPT, Check, Due, Kind, View
from yishi.procedure.seats import SECTION
from yishi.procedure.setting import Setting
from yishi.procedure.state import Item, Sitting
from yishi.procedure.verdict import Message, Value


class WrittenForm(Kind, frozen=True, kw_only=True):
    """An item is handed in in writing (书面形式): the form says so and has its text."""

    topic: ClassVar[str] = "written_form"
    governs: ClassVar[tuple[str, ...]] = ("submit_item", "revise_item")

    def judge(self, setting: Setting) -> Message | None:
        act, held = setting.act, setting.item
        written = act.written or (held is not None and held.written)
        content = act.content or (held.content if held else None)
        if written and content:
            return KEPT
        return Message("written_form.missing")


class RaisedBySections(Kind, frozen=True, kw_only=True):
    """Those who raise an item are sections that there are, each named once (合提).

    Of several one is in the lead; service counters raise none.
    """

    topic: ClassVar[str] = "raising_sections"
    governs: ClassVar[tuple[str, ...]] = ("submit_item", "raise_floor_item")

    def judge(self, setting: Setting) -> Message | None:
        lead, co = setting.act.lead_unit, setting.act.co_units
        if lead is None:
            return Message("raised_by_sections.no_lead") if co else None
        named = (lead, *co)
        there = {unit.id for unit in setting.state.roster.open_units(SECTION, setting.on)}
        if others := tuple(unit for unit in named if unit not in there):
            return Message("raised_by_sections.none", {"units": others})
        if twice := tuple(sorted({unit for unit in named if named.count(unit) > 1})):
            return Message("raised_by_sections.twice", {"units": twice})
        return KEPT if co else None

    def hinges(self) -> frozenset[str]:
        return frozenset({"lead_unit", "co_units"})


class SubmissionDeadline(Kind, frozen=True, kw_only=True):
    """Items for a month's sitting reach the office by a day of that month (25日前).

    A later one waits for the next period unless the approver admits it, and comes into a month
    neither by moving a meeting nor by opening it ahead. A sitting convened as extra has a clock of
    its own.
    """

    topic: ClassVar[str] = "submission_deadline"
    governs: ClassVar[tuple[str, ...]] = (
        "set_agenda",
        "submit_item",
        "move_sitting",
        "open_sitting",
    )
    day: Annotated[int, msgspec.Meta(ge=1, le=31)]
    """In a month that has no such day, its last one."""
    inclusive: bool = True
    """Whether that day itself is in time."""
    holiday: Literal["stays", "next_workday"] = "stays"
    """Where that day is one of rest: it stays, or the next working day counts."""

    def judge(self, setting: Setting) -> Message | None:
        if setting.act.name() == "submit_item":
            return self._at_submission(setting)
        sitting = setting.sitting
        if sitting is None or sitting.kind == "extra":
            return None
        act, day = setting.act.name(), self._day(setting, sitting)
        if act == "open_sitting" and day >= sitting.starts_at.date().replace(day=1):
            return None
        last = self.last_day(setting, day)
        agenda = setting.act.items if act == "set_agenda" else sitting.agenda
        planned = (setting.state.items[i] for i in agenda)
        late = [item for item in planned if _is_late(item, last)]
        waiting = tuple(item.id for item in late if not item.late_admitted)
        if waiting:
            return _too_late(act, {"items": waiting, "last": last})
        if late:
            setting.notes.append(self._admitted(setting, late, last))
        return KEPT

    def _day(self, setting: Setting, sitting: Sitting) -> date:
        """The day of the meeting: as it stands, as it is moved to, or as it is opened."""
        if setting.act.name() == "open_sitting":
            return setting.on
        starts: datetime = getattr(setting.act, "starts_at", sitting.starts_at)
        return starts.date()

    def _admitted(self, setting: Setting, late: list[Item], last: date) -> Message:
        """That items came late and stand by the approver's word; the charter is so read."""
        reading = setting.book.bound(self).citation.reading
        said: dict[str, Value] = {"items": tuple(item.id for item in late), "last": last}
        if reading:
            return Message("submission_deadline.admitted_as_read", {**said, "reading": reading})
        return Message("submission_deadline.admitted", said)

    def _at_submission(self, setting: Setting) -> Message | None:
        last = self.last_day(setting, setting.on)
        if setting.on > last:
            setting.notes.append(Message("submission_deadline.marked_late", {"last": last}))
        return None

    def last_day(self, setting: Setting, month: date) -> date:
        """The last day on which an item of that month is in time."""
        if self.holiday == "next_workday":
            setting.confirmed(self._named(month))
        return self.last_in(setting.state.calendar, month)

    def _named(self, month: date) -> date:
        """The day of the month itself; in a month that has none, its last."""
        ends = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return month.replace(day=min(self.day, ends.day))

    def last_in(self, calendar: WorkCalendar, month: date) -> date:
        """The same by a calendar of holidays and make-up workdays."""
        last = self._named(month)
        if self.holiday == "next_workday" and not calendar.is_workday(last):
            last = calendar.next_workday(last)
        return last if self.inclusive else date.fromordinal(last.toordinal() - 1)


class PapersOwed(Kind, frozen=True, kw_only=True):
    """Those who raised an item make its papers ready once it is approved (会议材料)."""

    topic: ClassVar[str] = "papers"

    def inspect(self, view: View) -> Iterator[Check]:
        if view.sitting is None:
            return
        for subject in view.sitting.taken:
            item = view.state.items[subject]
            if item.origin == "submitted":
                status = "kept" if item.papers else "broken"
                yield Check(status, subject, Message(f"papers.{status}", {"item": subject}))

    def remind(self, view: View) -> Iterator[Due]:
        log = view.state.bodies[view.body]
        # Rules that have ended bring no item before a meeting but what is on an agenda already.
        going = ("on_agenda",) if log.version_on(view.at.date()) is None else _GOING
        for item in (view.state.items[i] for i in log.waiting):
            if item.status in going and not item.papers and item.lead_unit:
                yield Due((item.submitted_by,), item.id, Message("papers.owed", {"item": item.id}))


class PapersSettled(Kind, frozen=True, kw_only=True):
    """Papers that people were told of with the notice are changed before their eyes (更换材料).

    Whoever has others or more to hand in says why; what was there stays, and those who may read
    the papers are told.
    """

    topic: ClassVar[str] = "papers"
    default_modality: ClassVar[str] = "presumed"
    modalities: ClassVar[tuple[str, ...]] = ("must", "presumed")
    governs: ClassVar[tuple[str, ...]] = ("supply_paper",)

    def judge(self, setting: Setting) -> Message | None:
        item = setting.item
        sitting = setting.state.sittings.get(item.sitting or "") if item is not None else None
        if item is None or sitting is None or sitting.notice is None:
            return None
        if item.id not in sitting.notice.papers:
            # Nobody was told of any: what comes late is new, and so is what comes after it.
            return KEPT
        return Message("papers_settled.told", {"item": item.id, "given": sitting.notice.at})

    def hinges(self) -> frozenset[str]:
        return frozenset()


_GOING: Final = ("approved", "on_agenda")
"""How an item stands that comes before a meeting."""


def _too_late(act: str, said: dict[str, Value]) -> Message:
    if act == "move_sitting":
        return Message("submission_deadline.late_if_moved", said)
    if act == "open_sitting":
        return Message("submission_deadline.late_if_opened", said)
    return Message("submission_deadline.late", said)


def _is_late(item: Item, last: date) -> bool:
    return item.origin == "submitted" and item.submitted_at.date() > last
