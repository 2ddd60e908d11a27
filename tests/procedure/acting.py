"""People who act at random on the real charters: by what is offered, or by whatever comes up.

Everything chosen goes through `Chance`, so that a seed or hypothesis may choose.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from typing import Any, Protocol, TypeVar

import msgspec

from tests.procedure.anything import ANY, nothing
from yishi.cases.casting import Stage
from yishi.cases.keeping import lines_of
from yishi.procedure.act import Act, Deed
from yishi.procedure.charters import GENERAL, EnactCharter, EraseText
from yishi.procedure.decide import found
from yishi.procedure.kinds import ACTS
from yishi.procedure.offers import Offer, ask
from yishi.procedure.setting import Setting
from yishi.procedure.staffing import EnterPerson
from yishi.procedure.state import State
from yishi.procedure.subjects import NOT_OFFERED, subjects
from yishi.procedure.succession import convened, passed_on
from yishi.procedure.verdict import Accepted, Verdict
from yishi.roster.events import PostFilled, PostVacated

T = TypeVar("T")


class Chance(Protocol):
    """Who chooses: a seeded `random.Random` does."""

    def choice(self, of: Sequence[T]) -> T:
        """One of them."""
        ...

    def random(self) -> float:
        """Between nought and one."""
        ...

    def randint(self, a: int, b: int) -> int:
        """A whole number, both ends counted."""
        ...


PULL = {
    **dict.fromkeys(("state_position", "request_adjustment", "mark_present"), 16),
    **dict.fromkeys(("decide_item", "grant_adjustment", "collate_item", "approve_item"), 12),
    **dict.fromkeys(("begin_item", "present_item", "issue_minutes", "close_record"), 10),
    **dict.fromkeys(("report_work", "draft_task", "assign_task", "refuse_adjustment"), 6),
    **dict.fromkeys(("open_sitting", "close_sitting", "complete_task", "close_task"), 6),
    **dict.fromkeys(("convene", "set_agenda", "submit_item", "record_absence"), 4),
    **dict.fromkeys(("check_task", "remind_owner", "send_back_task", "report_up"), 4),
    **dict.fromkeys(("grant_leave", "refuse_leave", "put_off_item", "refuse_item"), 4),
    **dict.fromkeys(("pass_turn", "revise_item", "give_notice"), 3),
    "settle_position": 8,
    **dict.fromkeys(("resume_sitting", "end_paper_entry"), 16),
    **dict.fromkeys(("propose_post", "confirm_post", "hand_over_task", "name_substitute"), 3),
}
"""How many chances an act has to be thought of that leads towards a decision; others have one."""

VARIED = {
    "set_agenda": ("items",),
    "convene": ("starts_at",),
    "decide_item": ("outcome", "tasks"),
    "state_position": ("stance",),
    "settle_position": ("stance",),
    "submit_item": ("matter", "lead_unit", "co_units", "changes", "changes_task"),
    "set_task": ("unit", "owner", "due_on"),
    "mark_present": ("person",),
    "erase_text": ("ref",),
    "propose_post": ("change", "person", "post", "unit", "since", "until"),
    "hand_over_task": ("owner",),
    "name_substitute": ("person",),
}
"""Fields that are mostly filled otherwise than in the example, which knows one way only."""


SELDOM = (
    *("withdraw_item", "confirm_calendar", "explain_gap", "start_practice", "end_practice"),
    *("call_recess", "enter_from_paper", "correct_presence", "correct_minutes"),
    *("word_minutes", "word_point", "order_points", "circulate_minutes", "request_correction"),
)
"""Acts that lead nowhere, or away from a decision."""

SUCCESSION = (
    ("科室负责人", "business"),
    ("科室负责人", "network"),
    ("处务会秘书", None),
    ("副主任", None),
)
"""Posts of the shipped cast that change hands."""


Watch = Callable[[Verdict, State, State], None]
"""Is told every verdict, with the state before and after it."""

OFFERED = [name for name in ACTS if name not in NOT_OFFERED for _ in range(PULL.get(name, 1))]


class Company:
    """An institution's people at work: who may do what is asked, and it is done or tried."""

    def __init__(self, stage: Stage, chance: Chance, watch: Watch | None = None) -> None:
        self.stage, self.chance, self.watch = stage, chance, watch
        self.at: datetime = stage.history.state.latest or datetime.max.replace(tzinfo=UTC)
        self.people = sorted(stage.history.state.roster.people)

    @property
    def state(self) -> State:
        """How things stand now."""
        return self.stage.history.state

    def wait(self) -> None:
        """Time passes: minutes while a meeting is open, now and then days otherwise."""
        minutes = self.chance.randint(0, 20)
        meeting = any(s.status == "open" for s in self.state.sittings.values())
        if not meeting and self.chance.random() < 0.15:
            minutes += self.chance.randint(0, 5) * 24 * 60
        self.at += timedelta(minutes=minutes)

    def do(self, act: Act, actor: str, reason: str | None = "事出有因。") -> Verdict:
        """Do it now, watched by whoever watches."""
        before = self.state
        verdict = self.stage.history.do(Deed(act=act, actor=actor, at=self.at, reason=reason))
        if self.watch is not None:
            self.watch(verdict, before, self.state)
        return verdict

    def take_up(self, tries: int = 12) -> tuple[Offer, str] | None:
        """An offer that somebody has just now, and who; None when nothing thought of is one."""
        for _ in range(tries):
            kind = ACTS[self.chance.choice(OFFERED)]
            at_hand = [] if self._enough(kind) else self._likely(list(subjects(kind, self.state)))
            subject = self.chance.choice(at_hand) if at_hand else None
            if subject is None or (self._early(kind, subject) and self.chance.random() < 0.8):
                continue
            if found := self._offered(kind, subject):
                return found
        return None

    def _enough(self, kind: type[Act]) -> bool:
        """Whether there is so much in hand already that nothing would come to an end."""
        logs = self.state.bodies.values()
        if kind.name() == "convene":
            return sum(len(log.planned) for log in logs) >= 3
        return kind.name() == "submit_item" and sum(len(log.waiting) for log in logs) >= 8

    def _early(self, kind: type[Act], subject: dict[str, str]) -> bool:
        """Whether sensible people would wait: for the others, for items, until all are heard."""
        if kind.name() in SELDOM:
            return True
        if kind.name() == "settle_position":
            talks = (s.deliberations.get(subject["item"]) for s in self.state.sittings.values())
            return not any(talk and talk.in_conflict() for talk in talks)
        sitting = self.state.sittings.get(subject.get("sitting", ""))
        if sitting is None:
            return False
        if kind.name() in ("open_sitting", "call_off", "move_sitting"):
            here = sum(sitting.is_present(seat.person) for seat in sitting.members)
            return len(sitting.agenda) < 2 or here < min(6, len(sitting.members))
        talk = sitting.deliberations.get(subject.get("item", ""))
        if kind.name() in ("decide_item", "withdraw_item", "leave_room") and talk:
            here = (p for p in sitting.people if sitting.is_present(p) and p not in talk.recused)
            return not all(map(talk.heard, here))
        return kind.name() == "leave_room" and sitting.status == "open"

    def _likely(self, at_hand: list[dict[str, str]]) -> list[dict[str, str]]:
        """Mostly what an open meeting has before it; now and then anything at hand."""
        held = self.state.sittings
        running = [s for s in at_hand if "sitting" in s and held[s["sitting"]].status == "open"]
        now = [s for s in running if s.get("item") in (None, held[s["sitting"]].current)]
        likely = now or running
        return likely if likely and self.chance.random() < 0.8 else at_hand

    def _offered(self, kind: type[Act], subject: dict[str, str]) -> tuple[Offer, str] | None:
        start = self.chance.randint(0, len(self.people) - 1)
        for person in (*self.people[start:], *self.people[:start]):
            answer = ask(self.state, person, self.at, kind, subject)
            if isinstance(answer, Offer):
                return answer, person
        return None

    def anything(self, kind: type[Act], subject: dict[str, str] | None = None) -> Act | None:
        """The act with any filling at all, of that subject if one is given."""
        filled: dict[str, Any] = dict(subject or {})
        for field in msgspec.structs.fields(kind):
            if field.name not in filled:
                filled[field.name] = ANY.get(field.name, nothing)(self)
        given = {name: value for name, value in filled.items() if value is not None}
        try:
            return msgspec.convert(given, kind)
        except msgspec.ValidationError:
            return None

    def step(self) -> None:
        """Time passes and somebody does something: as offered, offered and varied, or anything."""
        self.wait()
        found = self.take_up() if self.chance.random() < 0.9 else None
        if found is None:
            self.try_anything()
            return
        offer, person = found
        for act in self.variations(offer):
            if isinstance(self.do(act, person), Accepted):
                return
        verdict = self.do(offer.example, person)
        assert isinstance(verdict, Accepted), f"{person} was offered {offer}, but {verdict}"

    def try_anything(self) -> None:
        """Somebody tries something, whatever comes up."""
        act = self.anything(ACTS[self.chance.choice(OFFERED)])
        if act is not None:
            self.do(act, self.chance.choice(self.people))

    def succeed(self) -> None:
        """A post changes hands: who held it until today, and somebody else from today on."""
        post, unit = self.chance.choice(SUCCESSION)
        held = [a for a in self.state.roster.holding((post,), self.at.date(), unit) if not a.until]
        today, heir = self.at.date(), self.chance.choice(self.people)
        left = [PostVacated(person=a.person, post=post, unit=unit, until=today) for a in held]
        filled = PostFilled(person=heir, post=post, unit=unit, since=today)
        changes = (*left[:1], filled)
        roster = reduce(lambda held, event: event.enrol(held), changes, self.state.roster)
        setting = found(
            Deed(act=EnterPerson(person=heir, called="…"), actor=heir, at=self.at), self.state
        )
        assert isinstance(setting, Setting)
        on = passed_on(setting, roster, convened(self.state))
        self.stage.history.happened((*changes, *on), self.at)

    def amend(self, text: str) -> Verdict:
        """The office enacts other rules of procedure, on whatever decision it has."""
        decision = self.some(sorted(self.state.decisions))
        return self.do(EnactCharter(body="chuwuhui", text=text, decision=decision), "wang")

    def erase(self) -> Verdict:
        """The head has some words erased, whichever they are."""
        refs = sorted({ref for line in lines_of(self.stage) for ref in line.texts})
        body = self.some([b for b in sorted(self.state.bodies) if b != GENERAL])
        return self.do(EraseText(body=body or "", ref=self.chance.choice(refs)), "chen")

    def variations(self, offer: Offer) -> Iterator[Act]:
        """The example with some fields filled otherwise: a few times, seldom, or not at all."""
        usual, chance = VARIED.get(offer.act, ()), self.chance.random()
        if chance < 0.2:
            yield self.refilled(offer.example, [f for f in offer.fields if chance < 0.1])
        for _ in range(2 if usual and chance > 0.2 else 0):
            yield self.refilled(offer.example, usual)

    def refilled(self, act: Act, fields: Sequence[str]) -> Act:
        """The act with these fields filled with anything that fits; itself when nothing does."""
        given = {name: ANY.get(name, nothing)(self) for name in fields}
        whole = {**msgspec.to_builtins(act), **given}
        try:
            return msgspec.convert({k: v for k, v in whole.items() if v is not None}, type(act))
        except msgspec.ValidationError:
            return act

    # what a field may be filled with

    def some(self, of: Sequence[T], none: float = 0.0) -> T | None:
        """One of them, or with that chance nothing."""
        return None if not of or self.chance.random() < none else self.chance.choice(of)

    def day(self) -> str:
        """Any day of some two years around now."""
        day: date = self.at.date() + timedelta(days=self.chance.randint(-400, 400))
        return day.isoformat()

    def near(self) -> str:
        """Any day of a few weeks around now."""
        day: date = self.at.date() + timedelta(days=self.chance.randint(-10, 20))
        return day.isoformat()

    def fresh(self) -> str:
        """An id that is new, or, seldom, one that something has."""
        if self.chance.random() < 0.05:
            return self.some(sorted(self.state.items)) or "x"
        return f"n{self.chance.randint(0, 10**9)}"

    def drafts(self) -> list[dict[str, Any]]:
        """None to two tasks, each more or less complete, seldom of nobody or nowhere."""
        names = ("unit", "counter", "owner", "due_on")
        count = self.chance.choice((0, 0, 1, 2))
        filled = [{name: ANY[name](self) for name in names} for _ in range(count)]
        return [
            {"task": self.fresh(), "words": "办理。"} | {n: v for n, v in one.items() if v}
            for one in filled
        ]
