"""Issued minutes made public, wholly or in part, by an approval of its own (公开会议纪要; pure).

The office proposes what stays closed and why; somebody else approves, or does not. What can be told
apart is published, and that something was left out is said (政府信息公开条例 第三十七条); what is
public has been looked through before (保密法 第三十五条).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar, Literal

from msgspec.structs import replace

from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.issued import Declined, Hidden, Original, Proposal, Version, Withdrawn
from yishi.procedure.issuing import Number
from yishi.procedure.publication import Publication
from yishi.procedure.rule import KEPT, Kind
from yishi.procedure.setting import Setting
from yishi.procedure.state import Sitting, State
from yishi.procedure.verdict import Message, Rejected
from yishi.values.text import Id, Text

Part = Literal["opening", "closing", "unbound", "people"]
"""What of minutes can be left out beside their items: words of the office, tasks under no decision,
who was there."""

# ── events ────────────────────────────────────────────────────────────────────────────────────


class PublicationProposed(Event, frozen=True, kw_only=True):
    """The office has proposed to publish minutes, and what of them stays closed (提请公开纪要)."""

    sitting: Id
    by: Id
    reason: Text
    left_out: tuple[Id, ...] | None = None
    without: tuple[Part, ...] | None = None
    uncorrected: tuple[int, ...] | None = None
    masked: tuple[Id, ...] | None = None
    excerpted: tuple[Id, ...] | None = None

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting].minutes
        if held is None:
            return state
        people = state.roster.people
        proposal = Proposal(
            number=held.proposed + 1,
            at=at,
            by=self.by,
            reason=self.reason,
            hidden=Hidden(
                left_out=self.left_out or (),
                without=self.without or (),
                uncorrected=self.uncorrected or (),
                masked=tuple((person, people[person]) for person in self.masked or ()),
                excerpts=told_by_excerpt(state, state.sittings[self.sitting], self.excerpted),
            ),
            corrections=len(held.corrected),
        )
        minutes = replace(held, proposal=proposal, proposed=proposal.number, declined=None)
        return evolve.sitting(state, self.sitting, minutes=minutes)


class PublicationDeclined(Event, frozen=True, kw_only=True):
    """What was proposed to be published is not (不予公开)."""

    sitting: Id
    by: Id
    reason: Text

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting].minutes
        if held is None:
            return state
        minutes = replace(held, proposal=None, declined=Declined(at, self.by, self.reason))
        return evolve.sitting(state, self.sitting, minutes=minutes)


class MinutesPublished(Event, frozen=True, kw_only=True):
    """Minutes are public as it was proposed (公开会议纪要)."""

    sitting: Id
    by: Id
    number: int
    files: tuple[Original, ...] = ()

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting].minutes
        if held is None or held.proposal is None:
            return state
        made = Version(self.number, at, self.by, held.proposal, self.files)
        minutes = replace(held, proposal=None, versions=(*held.versions, made))
        return evolve.sitting(state, self.sitting, minutes=minutes)


class PublicationWithdrawn(Event, frozen=True, kw_only=True):
    """What was published of minutes is public no more (撤下公开的纪要)."""

    sitting: Id
    by: Id
    reason: Text

    def apply(self, state: State, at: datetime) -> State:
        held = state.sittings[self.sitting].minutes
        if held is None or held.public is None:
            return state
        over = replace(held.public, withdrawn=Withdrawn(at, self.by, self.reason))
        minutes = replace(held, versions=(*held.versions[:-1], over))
        return evolve.sitting(state, self.sitting, minutes=minutes)


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


class ProposePublication(Act, frozen=True, kw_only=True):
    """The office proposes to publish issued minutes, wholly or in part, and says why (提请公开).

    Proposed again, it takes the place of what was proposed before and nobody has answered.
    """

    reasoned: ClassVar[bool] = True
    overwrites: ClassVar[bool] = True
    sitting: Id
    left_out: tuple[Id, ...] | None = None
    """Items of which nothing is told but that they were left out."""
    without: tuple[Part, ...] | None = None
    """Other parts that are left out."""
    uncorrected: tuple[Number, ...] | None = None
    """Numbers of corrections about what is left out or told by an excerpt; all others go along."""
    masked: tuple[Id, ...] | None = None
    """People whose names are masked wherever they stand."""
    excerpted: tuple[Id, ...] | None = None
    """Items of which the excerpt that is public of their decision is told, and nothing else."""

    def amiss(self, setting: Setting) -> Rejected | None:
        held = setting.sitting
        if held is None or held.minutes is None:
            return None
        for item in self.left_out or ():
            if item not in held.taken:
                said = {"field": "left_out", "id": item}
                return Rejected("left_out", Message("place.unknown", said))
        excerpts = excerpted(setting.state, held)
        for item in self.excerpted or ():
            if item not in excerpts or item in (self.left_out or ()):
                return Rejected("excerpted", Message("publishing.no_excerpt"))
        parted = self.left_out or self.excerpted
        known = {one.number for one in held.minutes.corrected} if parted else set[int]()
        if set(self.uncorrected or ()) - known:
            return Rejected("uncorrected", Message("publishing.correction_goes_with"))
        return None

    def events(self, setting: Setting) -> tuple[PublicationProposed, ...]:
        return (
            PublicationProposed(
                sitting=self.sitting,
                by=setting.actor,
                reason=setting.reason or "",
                left_out=_once(self.left_out),
                without=self.without or None,
                uncorrected=self.uncorrected or None,
                masked=self.masked or None,
                excerpted=_once(self.excerpted),
            ),
        )


def _once(named: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """What was named twice counts once."""
    return tuple(dict.fromkeys(named or ())) or None


class DeclinePublication(Act, frozen=True, kw_only=True):
    """What was proposed is not published, and why (不予公开)."""

    reasoned: ClassVar[bool] = True
    sitting: Id

    def events(self, setting: Setting) -> tuple[PublicationDeclined, ...]:
        why = setting.reason or ""
        return (PublicationDeclined(sitting=self.sitting, by=setting.actor, reason=why),)


class PublishMinutes(Act, frozen=True, kw_only=True):
    """Minutes are published as it was proposed (批准公开会议纪要)."""

    sitting: Id
    expects: Number | None = None
    """The number of the proposal that was looked at; nothing is done where there is a later one."""
    files: tuple[Original, ...] = ()
    """What is published, by its digests; the bytes are kept with the entry."""

    def amiss(self, setting: Setting) -> Rejected | None:
        held = setting.sitting.minutes if setting.sitting else None
        if held is None or held.proposal is None:
            return None
        if self.expects not in (None, held.proposal.number):
            return Rejected("expects", Message("publishing.proposed_anew"))
        if len(held.corrected) > held.proposal.corrections:
            return Rejected("sitting", Message("publishing.corrected_since"))
        return None

    def events(self, setting: Setting) -> tuple[MinutesPublished, ...]:
        held = setting.sitting.minutes if setting.sitting else None
        number = len(held.versions) + 1 if held else 1
        return (
            MinutesPublished(
                sitting=self.sitting, by=setting.actor, number=number, files=self.files
            ),
        )


class WithdrawPublication(Act, frozen=True, kw_only=True):
    """What was published of minutes is taken down, and why (撤下公开的纪要)."""

    reasoned: ClassVar[bool] = True
    sitting: Id

    def events(self, setting: Setting) -> tuple[PublicationWithdrawn, ...]:
        why = setting.reason or ""
        return (PublicationWithdrawn(sitting=self.sitting, by=setting.actor, reason=why),)


# ── what may be in it ─────────────────────────────────────────────────────────────────────────


def closed(state: State, sitting: Sitting) -> tuple[str, ...]:
    """The items of a meeting of which not all that the minutes tell is public by itself.

    Put off, or published as an excerpt only, counts as closed; so does what changes another
    decision or task that is.
    """
    return tuple(item for item in sitting.taken if not _open(state, sitting, item))


def excerpted(state: State, sitting: Sitting) -> tuple[str, ...]:
    """The items of a meeting of whose decision an excerpt is public, and not the whole."""
    made = state.decided_at(sitting)
    found = {one.item for one in made if one.publication is not None and one.publication.part}
    return tuple(item for item in sitting.taken if item in found)


def told_by_excerpt(
    state: State, sitting: Sitting, items: tuple[str, ...] | None
) -> tuple[tuple[str, Publication], ...]:
    """What is public of the decisions on these items, as it stands now."""
    held = {one.item: one.publication for one in state.decided_at(sitting)}
    return tuple((item, public) for item in items or () if (public := held.get(item)) is not None)


def unbound_closed(state: State, sitting: Sitting) -> bool:
    """Whether there are tasks under no decision, and something that the meeting decided is closed.

    Such a task is read as what the meeting decided altogether.
    """
    free = any(state.tasks[task].decision is None for task in sitting.tasks)
    return free and not all(made.published for made in state.decided_at(sitting))


def _open(state: State, sitting: Sitting, item: str) -> bool:
    held = state.items[item]
    made = state.decisions.get(held.decision or "")
    if made is None or made.sitting != sitting.id or not made.published:
        return False
    earlier = state.decisions.get(held.changes or "")
    return held.changes_task is None and (earlier is None or earlier.published)


class PublicationReviewed(Kind, frozen=True, kw_only=True):
    """Minutes are published with public matters only, not by who proposed it (先审查、后公开).

    Of a decision of which an excerpt is public, that excerpt may be told.
    """

    topic: ClassVar[str] = "publication_of_minutes"
    governs: ClassVar[tuple[str, ...]] = ("propose_publication", "publish_minutes")

    def judge(self, setting: Setting) -> Message | None:
        minutes = setting.sitting.minutes if setting.sitting else None
        if minutes is None:
            return None
        proposal = minutes.proposal
        hidden = _proposed(setting)
        if setting.act.name() == "publish_minutes":
            if proposal is None:
                return None
            if proposal.by == setting.actor:
                return Message("publication_reviewed.oneself", {"person": setting.actor})
            hidden = proposal.hidden
        return next(_told(setting, hidden), KEPT)

    def hinges(self) -> frozenset[str]:
        return frozenset({"left_out", "without", "excerpted"})


def _proposed(setting: Setting) -> Hidden:
    act = setting.act
    left_out, without = (getattr(act, name, None) or () for name in ("left_out", "without"))
    assert setting.sitting is not None
    excerpts = told_by_excerpt(setting.state, setting.sitting, getattr(act, "excerpted", None))
    return Hidden(left_out=left_out, without=without, excerpts=excerpts)


def _told(setting: Setting, hidden: Hidden) -> Iterator[Message]:
    """What would be told and is not public."""
    assert setting.sitting is not None
    parted = {*hidden.left_out, *hidden.excerpted}
    items = [i for i in closed(setting.state, setting.sitting) if i not in parted]
    if items:
        yield Message("publication_reviewed.closed", {"items": tuple(items)})
    if "unbound" not in hidden.without and unbound_closed(setting.state, setting.sitting):
        yield Message("publication_reviewed.unbound")
