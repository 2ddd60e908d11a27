"""Items before the meeting: submitted, collated, approved (议题: 报送, 汇总, 审定).

The kinds of rules about them stand in `scope` and `deadlines`.
"""

from datetime import datetime
from typing import ClassVar

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.setting import Setting
from yishi.procedure.state import Item, State
from yishi.values.text import Digest, Id, Text

# ── events ────────────────────────────────────────────────────────────────────────────────────


class ItemSubmitted(Event, frozen=True, kw_only=True):
    """An item has reached the office, from a section, the floor or a returned draft."""

    item: Id
    body: Id
    by: Id
    lead_unit: Id | None = None
    co_units: tuple[Id, ...] = ()
    title: Text
    matter: Id
    origin: str = "submitted"
    status: str = "submitted"
    sitting: Id | None = None
    written: bool = False
    content: Text | None = None
    proposal: Text | None = None
    weighty: bool | None = None
    triple_major: bool | None = None
    within_authority: bool | None = None
    changes: Id | None = None
    changes_task: Id | None = None

    def apply(self, state: State, at: datetime) -> State:
        judged = (self.weighty, self.triple_major, self.within_authority)
        item = Item(
            id=self.item,
            body=self.body,
            lead_unit=self.lead_unit,
            co_units=self.co_units,
            title=self.title,
            matter=self.matter,
            status=self.status,
            origin=self.origin,
            submitted_at=at,
            submitted_by=self.by,
            written=self.written,
            content=self.content,
            proposal=self.proposal,
            weighty=self.weighty,
            triple_major=self.triple_major,
            within_authority=self.within_authority,
            judged_by=self.by if any(j is not None for j in judged) else None,
            changes=self.changes,
            changes_task=self.changes_task,
            sitting=self.sitting,
        )
        state = evolve.waits(evolve.put_item(state, item), self.item)
        if self.sitting and self.status == "on_agenda":
            agenda = (*state.sittings[self.sitting].agenda, self.item)
            state = evolve.sitting(state, self.sitting, agenda=agenda)
        return state


class ItemRevised(Event, frozen=True, kw_only=True):
    """A returned item has been repaired and handed in again."""

    item: Id
    title: Text | None = None
    content: Text | None = None
    proposal: Text | None = None
    written: bool = False

    def apply(self, state: State, at: datetime) -> State:
        held = state.items[self.item]
        return evolve.item(
            state,
            self.item,
            status="submitted",
            title=self.title or held.title,
            content=self.content or held.content,
            proposal=self.proposal or held.proposal,
            written=self.written or held.written,
        )


class ItemCollated(Event, frozen=True, kw_only=True):
    """The office has put the item on its list for the approver (汇总)."""

    item: Id

    def apply(self, state: State, at: datetime) -> State:
        return evolve.item(state, self.item, status="collated")


class ItemReturned(Event, frozen=True, kw_only=True):
    """The item goes back to its section for repair (退回), with the reason."""

    item: Id
    by: Id
    reason: Text

    def apply(self, state: State, at: datetime) -> State:
        return evolve.item(state, self.item, status="returned")


class ItemApproved(Event, frozen=True, kw_only=True):
    """The approver lets the item come to the meeting (审定) and has judged what needs a person."""

    item: Id
    by: Id
    weighty: bool | None = None
    triple_major: bool | None = None
    within_authority: bool | None = None
    late_admitted: bool = False

    def apply(self, state: State, at: datetime) -> State:
        held = state.items[self.item]
        weighty, major, within = _judged(self, held)
        said = (self.weighty, self.triple_major, self.within_authority)
        return evolve.item(
            state,
            self.item,
            status="approved",
            weighty=weighty,
            triple_major=major,
            within_authority=within,
            judged_by=self.by if any(j is not None for j in said) else held.judged_by,
            late_admitted=self.late_admitted,
            ready_at=at,
        )


class ItemPutOff(Event, frozen=True, kw_only=True):
    """The approver lets the item wait (暂缓)."""

    item: Id
    by: Id
    reason: Text

    def apply(self, state: State, at: datetime) -> State:
        return evolve.item(state, self.item, status="put_off")


class ItemRefused(Event, frozen=True, kw_only=True):
    """The approver does not let the item come to the meeting (不列入)."""

    item: Id
    by: Id
    reason: Text

    def apply(self, state: State, at: datetime) -> State:
        return evolve.ends(evolve.item(state, self.item, status="refused"), self.item)


class ItemWithdrawn(Event, frozen=True, kw_only=True):
    """The section has taken its item back (撤回)."""

    item: Id
    by: Id

    def apply(self, state: State, at: datetime) -> State:
        held = state.items[self.item]
        if held.sitting:
            state = _off_the_agenda(state, held.sitting, self.item)
        state = evolve.off_agenda(state, self.item, status="withdrawn")
        return evolve.ends(state, self.item)


class PaperSupplied(Event, frozen=True, kw_only=True):
    """A paper for the item is at hand (会议材料)."""

    item: Id
    paper: Id
    title: Text
    by: Id
    digest: Digest | None = None

    def apply(self, state: State, at: datetime) -> State:
        papers = (*state.items[self.item].papers, self.paper)
        return evolve.item(state, self.item, papers=papers)


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


class ItemForm(Act, frozen=True, kw_only=True):
    """What an item says, whether submitted in time or raised from the floor."""

    item: Id
    title: Text
    matter: Id
    """The key of a matter that the charter lists under its scope."""
    lead_unit: Id | None = None
    co_units: tuple[Id, ...] = ()
    content: Text | None = None
    proposal: Text | None = None
    weighty: bool | None = None
    """重大, as the person who raises it judges."""
    triple_major: bool | None = None
    """三重一大, as the person who raises it judges."""
    within_authority: bool | None = None
    """Within the authority over posts (干部管理权限), as the person who raises it judges."""


class SubmitItem(ItemForm, frozen=True, kw_only=True):
    """A section hands an item in to the office (报送议题)."""

    new: ClassVar[str] = "item"
    body: Id
    written: bool = False
    """Whether it was handed in in writing."""
    changes: Id | None = None
    """The decision that the item asks the meeting to change."""
    changes_task: Id | None = None
    """The task it asks the meeting to change: handed out there and then, or from before."""

    def events(self, setting: Setting) -> tuple[ItemSubmitted, ...]:
        return (
            ItemSubmitted(
                item=self.item,
                body=self.body,
                by=setting.actor,
                lead_unit=self.lead_unit,
                co_units=self.co_units,
                title=self.title,
                matter=self.matter,
                written=self.written,
                content=self.content,
                proposal=self.proposal,
                weighty=self.weighty,
                triple_major=self.triple_major,
                within_authority=self.within_authority,
                changes=self.changes,
                changes_task=self.changes_task,
            ),
        )


class ReviseItem(Act, frozen=True, kw_only=True):
    """The section repairs an item that was returned, and hands it in again (修改后重新报送)."""

    overwrites: ClassVar[bool] = True
    item: Id
    title: Text | None = None
    """What is left out stays as it was."""
    content: Text | None = None
    proposal: Text | None = None
    written: bool = False

    def events(self, setting: Setting) -> tuple[ItemRevised, ...]:
        return (
            ItemRevised(
                item=self.item,
                title=self.title,
                content=self.content,
                proposal=self.proposal,
                written=self.written,
            ),
        )


class CollateItem(Act, frozen=True, kw_only=True):
    """The office puts an item on the list it lays before the approver (汇总)."""

    item: Id

    def events(self, setting: Setting) -> tuple[ItemCollated, ...]:
        return (ItemCollated(item=self.item),)


class ReturnItem(Act, frozen=True, kw_only=True):
    """The office or the approver sends an item back for repair, with the reason (退回修改)."""

    reasoned: ClassVar[bool] = True
    item: Id

    def events(self, setting: Setting) -> tuple[ItemReturned, ...]:
        return (ItemReturned(item=self.item, by=setting.actor, reason=setting.reason or ""),)


class ApproveItem(Act, frozen=True, kw_only=True):
    """The approver lets an item come to the meeting (审定), judging what only a person can."""

    item: Id
    weighty: bool | None = None
    triple_major: bool | None = None
    within_authority: bool | None = None
    late_admitted: bool = False
    """The approver's word that a late item may still come to this period's sitting."""

    def events(self, setting: Setting) -> tuple[ItemApproved, ...]:
        return (
            ItemApproved(
                item=self.item,
                by=setting.actor,
                weighty=self.weighty,
                triple_major=self.triple_major,
                within_authority=self.within_authority,
                late_admitted=self.late_admitted,
            ),
        )


class PutOffItem(Act, frozen=True, kw_only=True):
    """The approver lets an item wait, with the reason (暂缓上会)."""

    reasoned: ClassVar[bool] = True
    item: Id

    def events(self, setting: Setting) -> tuple[ItemPutOff, ...]:
        return (ItemPutOff(item=self.item, by=setting.actor, reason=setting.reason or ""),)


class RefuseItem(Act, frozen=True, kw_only=True):
    """The approver does not let an item come to the meeting, with the reason (不予上会)."""

    reasoned: ClassVar[bool] = True
    item: Id

    def events(self, setting: Setting) -> tuple[ItemRefused, ...]:
        return (ItemRefused(item=self.item, by=setting.actor, reason=setting.reason or ""),)


class WithdrawItem(Act, frozen=True, kw_only=True):
    """The section takes its item back, until its report begins (撤回议题)."""

    item: Id

    def events(self, setting: Setting) -> tuple[ItemWithdrawn, ...]:
        return (ItemWithdrawn(item=self.item, by=setting.actor),)


class SupplyPaper(Act, frozen=True, kw_only=True):
    """Those who raised the item make its papers ready (准备会议材料)."""

    item: Id
    paper: Id
    title: Text
    digest: Digest | None = None
    """The SHA-256 of the file, so that what was read can be proved; none for one on paper."""

    def events(self, setting: Setting) -> tuple[PaperSupplied, ...]:
        return (
            PaperSupplied(
                item=self.item,
                paper=self.paper,
                title=self.title,
                by=setting.actor,
                digest=self.digest,
            ),
        )


def _judged(event: ItemApproved, held: Item) -> tuple[bool | None, bool | None, bool | None]:
    def said(name: str) -> bool | None:
        mine: bool | None = getattr(event, name)
        before: bool | None = getattr(held, name)
        return before if mine is None else mine

    return said("weighty"), said("triple_major"), said("within_authority")


def _off_the_agenda(state: State, where: str, item: str) -> State:
    """The item leaves the agenda, and the floor if it was before the meeting."""
    sitting = state.sittings[where]
    talks = sitting.deliberations
    return evolve.sitting(
        state,
        where,
        agenda=tuple(i for i in sitting.agenda if i != item),
        deliberations=talks.delete(item) if item in talks else talks,
        current=None if sitting.current == item else sitting.current,
    )
