"""A late item is let come to this period's meeting after all (逾期报送的议题, 审定人同意)."""

from datetime import datetime
from typing import ClassVar

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.rule import KEPT, Kind
from yishi.procedure.setting import Setting
from yishi.procedure.state import State
from yishi.procedure.submission import SubmissionDeadline
from yishi.procedure.verdict import Message
from yishi.values.text import Id


class LateItemAdmitted(Event, frozen=True, kw_only=True):
    """The approver has let a late item come to this period's meeting (同意逾期上会)."""

    item: Id
    by: Id

    def apply(self, state: State, at: datetime) -> State:
        return evolve.item(state, self.item, late_admitted=True)


class AdmitLateItem(Act, frozen=True, kw_only=True):
    """The approver lets an approved item that came late come to this period (同意逾期上会)."""

    item: Id

    def events(self, setting: Setting) -> tuple[LateItemAdmitted, ...]:
        return (LateItemAdmitted(item=self.item, by=setting.actor),)


class LateItems(Kind, frozen=True, kw_only=True):
    """Only an item that came after the last day needs the approver's word, and once (逾期报送)."""

    topic: ClassVar[str] = "late_items"
    governs: ClassVar[tuple[str, ...]] = ("admit_late_item",)

    def judge(self, setting: Setting) -> Message | None:
        item, deadline = setting.item, setting.book.rule(SubmissionDeadline)
        if item is None:
            return None
        if deadline is None:
            return Message("late_items.no_deadline", {"body": setting.body})
        last = deadline.last_day(setting, item.submitted_at.date())
        if item.origin != "submitted" or item.submitted_at.date() <= last:
            return Message("late_items.in_time", {"item": item.id, "last": last})
        if item.late_admitted:
            return Message("late_items.admitted", {"item": item.id})
        return KEPT
