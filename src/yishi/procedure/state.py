"""What has happened so far, as frozen values: the fold of the journal and nothing else (pure)."""

from datetime import date, datetime
from typing import Final, Literal

import msgspec

from yishi.charter.model import Charter
from yishi.charter.workdays import WorkCalendar
from yishi.procedure.bodylog import BodyLog
from yishi.procedure.called import Asked, Called
from yishi.procedure.editions import Editions, Notice
from yishi.procedure.entry import PaperEntry
from yishi.procedure.issued import Corrigendum, Draft, Minutes
from yishi.procedure.pausing import Recess
from yishi.procedure.publication import Publication
from yishi.procedure.requests import Adjustment, Posting
from yishi.procedure.whereabouts import Leave, Presence, Seat
from yishi.roster.model import Roster
from yishi.values.maps import Map

Stance = Literal["for", "against", "abstain", "none"]
"""Where a speaker stands (表态): 赞成, 反对, 弃权, or words without a stance."""

Outcome = Literal["adopt", "agree_in_principle", "reject", "postpone", "noted"]
"""How an item ends: 通过, 原则同意, 不予通过, 缓议, or taken note of (传达)."""


class Item(msgspec.Struct, frozen=True):
    """A matter on its way to a body (议题)."""

    id: str
    body: str
    lead_unit: str | None
    co_units: tuple[str, ...]
    title: str
    matter: str
    status: str
    """submitted · returned · collated · approved · put_off · refused · withdrawn · raised ·
    declined · on_agenda · begun · decided"""
    origin: str
    """submitted · floor · carried · standing"""
    submitted_at: datetime
    submitted_by: str
    written: bool = False
    content: str | None = None
    proposal: str | None = None
    weighty: bool | None = None
    triple_major: bool | None = None
    within_authority: bool | None = None
    judged_by: str | None = None
    late_admitted: bool = False
    changes: str | None = None
    """The decision this item would change or has changed."""
    changes_task: str | None = None
    """The task under no carried decision that it would change or has changed."""
    adjustment: str | None = None
    """The adjustment that brought it about; it concerns one task of that decision only."""
    sitting: str | None = None
    last_sitting: str | None = None
    """The sitting whose agenda it was taken off, by whatever way: its people may still read it."""
    papers: tuple[str, ...] = ()
    postponed: int = 0
    decision: str | None = None
    ready_at: datetime | None = None
    """When it was last approved, or put on the agenda that it is on."""


class Position(msgspec.Struct, frozen=True):
    """A stance on the item, and whether the member or the secretary entered it."""

    member: str
    stance: Stance
    source: str
    words: str | None


class Settling(msgspec.Struct, frozen=True):
    """Which stance of a member holds, and how many positions stood when that was settled."""

    member: str
    stance: Stance
    after: int


class Deliberation(msgspec.Struct, frozen=True):
    """An item before the meeting (审议)."""

    item: str
    begun_at: datetime | None = None
    """None where the rules let people speak to an item that nobody brought before the meeting."""
    floor: bool = False
    rapporteur: str | None = None
    parts: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()
    passed: tuple[str, ...] = ()
    settlings: tuple[Settling, ...] = ()
    recused: tuple[str, ...] = ()
    outcome: Outcome | None = None
    presented_at: datetime | None = None
    ended_at: datetime | None = None
    turns: tuple[tuple[str, datetime], ...] = ()
    """Who spoke or let the turn pass, and when that was entered: the next one begins there."""
    calls: tuple[Called, ...] = ()
    """Whom the chair called to report or to speak, in that order."""
    asked: tuple[Asked, ...] = ()
    """Whom the chair asked to add something, in that order."""

    def stated_by(self, person: str) -> tuple[Position, ...]:
        """All positions entered for a person, in order."""
        return tuple(p for p in self.positions if p.member == person)

    def heard(self, person: str) -> bool:
        """Whether the person has spoken or passed."""
        return person in self.passed or any(p.member == person for p in self.positions)

    def stance_of(self, person: str) -> Stance | None:
        """The stance that counts: settled, or the only one stated; None while two differ."""
        stances = self.open_stances(person)
        return stances.pop() if len(stances) == 1 else None

    def in_conflict(self) -> tuple[str, ...]:
        """People for whom two entries differ and nobody has settled which holds."""
        people = dict.fromkeys(p.member for p in self.positions)
        return tuple(person for person in people if len(self.open_stances(person)) > 1)

    def open_stances(self, person: str, until: int | None = None) -> set[Stance]:
        """The stance a person settled on last and those entered since; two of them differ.

        With `until`, as they were as soon as so many positions stood.
        """
        mine = [
            s for s in self.settlings if s.member == person and (until is None or s.after < until)
        ]
        held: set[Stance] = {mine[-1].stance} if mine else set()
        since = self.positions[mine[-1].after if mine else 0 : until]
        return held | {p.stance for p in since if p.member == person}


class Record(msgspec.Struct, frozen=True):
    """The record of what was said (会议记录)."""

    notes: tuple[tuple[str, str | None, str], ...] = ()
    """(id, item, words)"""
    corrections: tuple[tuple[str, str, str], ...] = ()
    """(id of the correction, what it corrects, words)"""
    closed: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of everything that was noted or corrected."""
        return tuple(entry[0] for entry in (*self.notes, *self.corrections))


class Sitting(msgspec.Struct, frozen=True):
    """One meeting of a body, from convening to its minutes (会议)."""

    id: str
    body: str
    kind: str
    """ordinary · extra"""
    status: str
    """convened · open · closed · called_off"""
    convened_at: datetime
    convened_by: str
    starts_at: datetime
    charters: tuple[str, ...]
    """Digests: the body's own, the general rules, then those of other bodies that reach here."""
    members: tuple[Seat, ...]
    in_attendance: tuple[Seat, ...]
    chair: str | None
    secretary: str | None
    need: str | None = None
    venue: str | None = None
    """Where it is to be held (会议地点)."""
    bring: str | None = None
    year: int = 0
    number: int = 0
    agenda: tuple[str, ...] = ()
    floor: tuple[str, ...] = ()
    invited: Map[str, tuple[str, ...]] = Map()
    durations: Map[str, int] = Map()
    """Item → the minutes that the office plans for it."""
    notice: Notice | None = None
    editions: Editions = Editions()
    substitute: str | None = None
    """Who keeps the record in the secretary's place."""
    deputed: bool = False
    """Whether somebody took the chair who was not named with the convening."""
    chairs: tuple[tuple[str | None, datetime], ...] = ()
    """Who had the chair before, each with when it passed to the next (代为主持)."""
    moved: int = 0
    resited: int = 0
    leaves: Map[str, Leave] = Map()
    presence: Map[str, Presence] = Map()
    current: str | None = None
    deliberations: Map[str, Deliberation] = Map()
    reports: Map[str, str] = Map()
    """Unit → who reported its work under the standing item."""
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    left: Map[str, Item] = Map()
    """Items that it left unfinished, as they were when it was closed."""
    recesses: tuple[Recess, ...] = ()
    record: Record = Record()
    draft: Draft = Draft()
    minutes: Minutes | None = None
    signed: tuple[str, ...] = ()
    """Who has signed the minutes."""
    corrigendum: Corrigendum | None = None
    """What is to correct the issued minutes and is not out yet (更正稿)."""
    archived: tuple[tuple[datetime, str], ...] = ()
    """(when, digest of the package) each time it went to the archive (归档)."""
    tasks: tuple[str, ...] = ()
    paper: PaperEntry | None = None

    @property
    def held_on(self) -> date:
        """The day of the meeting: of its opening, which may come ahead of the day announced."""
        return (self.opened_at or self.starts_at).date()

    @property
    def recess(self) -> Recess | None:
        """The recess that lasts just now."""
        last = self.recesses[-1] if self.recesses else None
        return last if last and last.ended_at is None else None

    @property
    def entering(self) -> PaperEntry | None:
        """How it is being entered from paper just now, if it is."""
        running = self.paper is not None and self.paper.until is None
        return self.paper if running and self.status in ("convened", "open") else None

    @property
    def rightful(self) -> str | None:
        """Who presides over what is done live: nobody by having taken the chair on paper."""
        open_ended = self.paper is not None and self.paper.until is None
        return self.paper.chair if self.paper and open_ended and self.deputed else self.chair

    def seat_of(self, person: str) -> Seat | None:
        """The member's seat, or None for those in attendance and everybody else."""
        return next((seat for seat in self.members if seat.person == person), None)

    def is_present(self, person: str) -> bool:
        """Whether the person is in the room just now."""
        return (there := self.presence.get(person)) is not None and there.status == "present"

    @property
    def pending(self) -> Draft:
        """The draft that is signed, checked, sent round: of the minutes, or of their correction."""
        return self.corrigendum.draft if self.corrigendum else self.draft

    @property
    def signatures(self) -> tuple[str, ...]:
        """Who has signed what is to go out next."""
        return self.corrigendum.signed if self.corrigendum else self.signed

    @property
    def keepers(self) -> tuple[str, ...]:
        """Who keeps the record: the secretary and who stands in; alone for one who never came."""
        there = self.presence.get(self.secretary or "")
        came = there is not None and any(status == "present" for status, _ in there.log)
        away = self.substitute and self.opened_at and not came
        return tuple(p for p in ("" if away else self.secretary, self.substitute) if p)

    def talk_on(self, item: str) -> Deliberation:
        """What has been said to the item so far; nothing when it has not been taken up."""
        return self.deliberations.get(item) or Deliberation(item)

    @property
    def people(self) -> tuple[str, ...]:
        """Members, then those in attendance throughout, each once, in the frozen order."""
        seats = (*self.members, *self.in_attendance)
        return tuple(dict.fromkeys(seat.person for seat in seats))

    @property
    def taken(self) -> tuple[str, ...]:
        """The items that have been before the meeting, in the order of the agenda."""
        return tuple(item for item in self.agenda if item in self.deliberations)

    def has_read(self, person: str) -> bool:
        """Whether somebody has said that they read the notice, and the agenda as it stands."""
        received = self.notice.received if self.notice else ()
        return person in received and not self.editions.behind(person)

    def guests(self, item: str) -> tuple[str, ...]:
        """People invited for one item only."""
        return self.invited.get(item, ())


class Decision(msgspec.Struct, frozen=True):
    """What the meeting decided on an item (决定)."""

    id: str
    item: str
    sitting: str
    body: str
    outcome: Outcome
    words: str
    at: datetime
    tally: tuple[int, int]
    """(votes that carry it, base)"""
    changes: str | None = None
    changed_by: tuple[str, ...] = ()
    published: bool = False
    """Whether the whole is public; of an excerpt only `publication` tells."""
    tasks: tuple[str, ...] = ()
    publication: Publication | None = None
    source: Literal["chair", "secretary"] = "chair"
    """Whose hand entered it; the chair has stated it either way."""


AT_END: Final = ("closed", "ended")
"""How a task stands of which nothing is to be done any more."""
CARRIED: Final = ("adopt", "agree_in_principle")
"""Outcomes by which an item becomes what the meeting wants done."""


class Task(msgspec.Struct, frozen=True):
    """A matter to be carried out (督办事项)."""

    id: str
    sitting: str
    body: str
    words: str
    decision: str | None
    assigned_at: datetime
    unit: str | None = None
    counter: str | None = None
    owner: str | None = None
    due_on: date | None = None
    status: str = "open"
    """open · completed · closed · ended"""
    steps: tuple[tuple[date, str], ...] = ()
    feedback: tuple[datetime, ...] = ()
    checked: tuple[datetime, ...] = ()
    reminded: tuple[datetime, ...] = ()
    reported: tuple[tuple[datetime, str], ...] = ()
    """(when, to whom) the office reported upwards."""
    sent_back: int = 0
    adjusted: tuple[str, ...] = ()
    closed_at: datetime | None = None
    ended_by: str | None = None
    """The later decision with which it ended (随决定变更终止)."""


class State(msgspec.Struct, frozen=True):
    """Everything that follows from an institution's journal."""

    institution: str = ""
    founded_on: date | None = None
    called: str = ""
    zone: str = ""
    """The IANA name of the institution's time zone; empty where the journal does not say."""
    demonstration: bool = False
    roster: Roster = Roster()
    calendar: WorkCalendar = WorkCalendar()
    charters: Map[str, Charter] = Map()
    """Digest → charter."""
    adopted: Map[str, str] = Map()
    """Digest of a charter → the text as it was adopted and printed."""
    bodies: Map[str, BodyLog] = Map()
    items: Map[str, Item] = Map()
    sittings: Map[str, Sitting] = Map()
    decisions: Map[str, Decision] = Map()
    tasks: Map[str, Task] = Map()
    adjustments: Map[str, Adjustment] = Map()
    postings: Map[str, Posting] = Map()
    open_tasks: Map[str, bool] = Map()
    erased: tuple[str, ...] = ()
    latest: datetime | None = None
    """When the last thing happened; nothing can happen before it."""

    def decided_at(self, sitting: Sitting) -> tuple[Decision, ...]:
        """What a sitting decided; not what another one did on an item that this one put off."""
        decided = (self.decisions[d] for i in sitting.taken if (d := self.items[i].decision))
        return tuple(one for one in decided if one.sitting == sitting.id)
