"""Items raised from the floor, and the order of business (临时动议, 议事顺序)."""

from datetime import datetime
from typing import ClassVar

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.items import ItemForm, ItemSubmitted
from yishi.procedure.rule import KEPT, Kind
from yishi.procedure.setting import Setting
from yishi.procedure.state import State
from yishi.procedure.verdict import Message
from yishi.values.text import Id, Text


class FloorItemAdmitted(Event, frozen=True, kw_only=True):
    """The item raised from the floor is taken up, after all planned ones (同意临时动议)."""

    sitting: Id
    item: Id
    by: Id
    weighty: bool | None = None
    triple_major: bool | None = None

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting]
        item = state.items[self.item]
        state = evolve.sitting(
            state,
            self.sitting,
            agenda=(*held.agenda, self.item),
            floor=(*held.floor, self.item),
        )
        judged = self.weighty is not None or self.triple_major is not None
        return evolve.item(
            state,
            self.item,
            status="on_agenda",
            weighty=item.weighty if self.weighty is None else self.weighty,
            triple_major=item.triple_major if self.triple_major is None else self.triple_major,
            judged_by=self.by if judged else item.judged_by,
        )


class FloorItemDeclined(Event, frozen=True, kw_only=True):
    """The item raised from the floor is not taken up (不同意临时动议)."""

    sitting: Id
    item: Id
    by: Id
    reason: Text

    def apply(self, state: State, at: datetime) -> State:
        return evolve.ends(evolve.item(state, self.item, status="declined"), self.item)


class RaiseFloorItem(ItemForm, frozen=True, kw_only=True):
    """Somebody at the meeting raises an item from the floor (提出临时动议)."""

    new: ClassVar[str] = "item"
    sitting: Id

    def events(self, setting: Setting) -> tuple[ItemSubmitted, ...]:
        return (
            ItemSubmitted(
                item=self.item,
                body=setting.body,
                by=setting.actor,
                lead_unit=self.lead_unit,
                co_units=self.co_units,
                title=self.title,
                matter=self.matter,
                origin="floor",
                status="raised",
                sitting=self.sitting,
                content=self.content,
                proposal=self.proposal,
                weighty=self.weighty,
                triple_major=self.triple_major,
                within_authority=self.within_authority,
            ),
        )


class AdmitFloorItem(Act, frozen=True, kw_only=True):
    """The item raised from the floor is admitted, and who judged it is kept (同意临时动议)."""

    sitting: Id
    item: Id
    weighty: bool | None = None
    triple_major: bool | None = None

    def events(self, setting: Setting) -> tuple[FloorItemAdmitted, ...]:
        return (
            FloorItemAdmitted(
                sitting=self.sitting,
                item=self.item,
                by=setting.actor,
                weighty=self.weighty,
                triple_major=self.triple_major,
            ),
        )


class DeclineFloorItem(Act, frozen=True, kw_only=True):
    """The item raised from the floor is not admitted, with the reason (不同意临时动议)."""

    reasoned: ClassVar[bool] = True
    sitting: Id
    item: Id

    def events(self, setting: Setting) -> tuple[FloorItemDeclined, ...]:
        reason = setting.reason or ""
        return (
            FloorItemDeclined(
                sitting=self.sitting, item=self.item, by=setting.actor, reason=reason
            ),
        )


class FloorItems(Kind, frozen=True, kw_only=True):
    """Whether items may be raised from the floor (临时动议)."""

    topic: ClassVar[str] = "floor_items"
    default_modality: ClassVar[str] = "may"
    modalities: ClassVar[tuple[str, ...]] = ("must", "may")
    governs: ClassVar[tuple[str, ...]] = ("raise_floor_item",)
    allowed: bool
    """Whether items may be raised from the floor."""

    def judge(self, setting: Setting) -> Message | None:
        return KEPT if self.allowed else Message("floor_items.not_foreseen")

    def hinges(self) -> frozenset[str]:
        return frozenset()


class PlannedFirst(Kind, frozen=True, kw_only=True):
    """Planned items come first, items from the floor afterwards (先…后…)."""

    topic: ClassVar[str] = "order_of_business"
    governs: ClassVar[tuple[str, ...]] = ("begin_item",)

    def judge(self, setting: Setting) -> Message | None:
        sitting = setting.sitting
        if sitting is None or setting.act.item not in sitting.floor:
            return None
        waiting = [
            i
            for i in sitting.agenda
            if i not in sitting.floor
            and (i not in sitting.deliberations or sitting.deliberations[i].outcome is None)
        ]
        if waiting:
            return Message("planned_first.waiting", {"items": tuple(waiting)})
        return KEPT

    def hinges(self) -> frozenset[str]:
        return frozenset({"item"})


class AgendaDone(Kind, frozen=True, kw_only=True):
    """A meeting is closed once every item on its agenda has an outcome."""

    topic: ClassVar[str] = "agenda_done"
    happens: ClassVar[bool] = False  # what was left open would never come to an end any more
    governs: ClassVar[tuple[str, ...]] = ("close_sitting",)

    def judge(self, setting: Setting) -> Message | None:
        sitting = setting.sitting
        if sitting is None:
            return None
        raised = [
            i
            for i in setting.log.waiting
            if setting.state.items[i].status == "raised"
            and setting.state.items[i].sitting == sitting.id
        ]
        open_items = [
            i
            for i in (*sitting.agenda, *raised)
            if i not in sitting.deliberations or sitting.deliberations[i].outcome is None
        ]
        if open_items:
            return Message("agenda_done.open_items", {"items": tuple(open_items)})
        return KEPT

    def hinges(self) -> frozenset[str]:
        return frozenset()


class OnThisAgenda(Kind, frozen=True, kw_only=True):
    """Only what is on this meeting's agenda, or raised at it, is taken up, noted or carried out."""

    topic: ClassVar[str] = "on_agenda"
    happens: ClassVar[bool] = False
    governs: ClassVar[tuple[str, ...]] = (
        "begin_item",
        "invite_others",
        "admit_floor_item",
        "decline_floor_item",
        "note_record",
        "draft_task",
    )

    def judge(self, setting: Setting) -> Message | None:
        if setting.sitting is None or setting.item is None:
            return None
        # What was put off is on no agenda, but what was said about it is still noted.
        noted = setting.act.name() == "note_record" and setting.talk is not None
        if noted or setting.item.sitting == setting.sitting.id:
            return KEPT
        return Message("on_this_agenda.not", {"items": (setting.item.id,)})

    def hinges(self) -> frozenset[str]:
        return frozenset({"item"})
