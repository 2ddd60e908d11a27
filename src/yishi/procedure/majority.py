"""Kinds of rules about deciding: the majority and its base, what a decision has to say."""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from yishi.charter.model import Charter
from yishi.procedure.attendance import beyond_all, threshold
from yishi.procedure.rule import KEPT, Count, Kind
from yishi.procedure.scope import Scope, Verb
from yishi.procedure.setting import Setting
from yishi.procedure.speaking import queue
from yishi.procedure.state import CARRIED, Item, Stance
from yishi.procedure.verdict import Message, Value

if TYPE_CHECKING:
    from yishi.procedure.enact import Rulebook
    from yishi.procedure.state import Decision, Sitting

CARRIES: dict[str, Stance] = {"adopt": "for", "agree_in_principle": "for", "reject": "against"}
"""Which stance carries which outcome; the others need no count."""


class Majority(Kind, frozen=True, kw_only=True):
    """The decision follows the majority (根据大多数人的意见), counted with integers.

    No majority and a tie decide nothing: the item is put off.
    """

    topic: ClassVar[str] = "majority"
    governs: ClassVar[tuple[str, ...]] = ("decide_item", "open_sitting")
    base: Literal["members", "present", "stated"]
    """All members; members in the room; members who took a position."""
    num: Count = 1
    """So many …"""
    den: Count = 2
    """… in so many of the base carry it."""
    strict: bool = True
    """True: more than the share (过半数); False: at least the share (半数以上)."""
    recused: Literal["stay", "leave"] = "stay"
    """Whether those who recused themselves stay in the base."""

    def judge(self, setting: Setting) -> Message | None:
        if setting.act.name() == "open_sitting":
            self._within_reach(setting)
            return None
        stance = CARRIES.get(setting.act.outcome)
        if stance is None or setting.talk is None:
            return None
        votes, base = count(setting, self, setting.act.outcome)
        needed = threshold(base, self.num, self.den, self.strict)
        if base and votes >= needed:
            return KEPT
        return Message(
            f"majority.{self.base}",
            {"stance": stance, "votes": votes, "base": base, "needed": needed},
        )

    def hinges(self) -> frozenset[str]:
        return frozenset({"outcome"})

    def faults(self, charter: Charter) -> Iterator[tuple[str, Message]]:
        return beyond_all(self.num, self.den, self.strict)

    def _within_reach(self, setting: Setting) -> None:
        """Warn when the members present can no longer make a majority of all."""
        sitting = setting.sitting
        if sitting is None or self.base != "members":
            return
        base = len(sitting.members)
        needed = threshold(base, self.num, self.den, self.strict)
        present = sum(sitting.is_present(seat.person) for seat in sitting.members)
        if present < needed:
            said = {"present": present, "base": base, "needed": needed}
            setting.notes.append(Message("majority.out_of_reach", said))


class PositionsSettled(Kind, frozen=True, kw_only=True):
    """Nothing is decided while two entries of one member's stance differ."""

    topic: ClassVar[str] = "positions_settled"
    governs: ClassVar[tuple[str, ...]] = ("decide_item",)

    def judge(self, setting: Setting) -> Message | None:
        if setting.talk is None or setting.act.outcome == "postpone":
            return None
        people = setting.talk.in_conflict()
        return Message("positions_settled.differ", {"people": people}) if people else KEPT

    def hinges(self) -> frozenset[str]:
        return frozenset({"outcome"})


class ShowsTally(Kind, frozen=True, kw_only=True):
    """The big screen may show how the positions on the item in hand stand (投影显示票数).

    In numbers, with what the majority asks for, and no names; without the rule nothing of it.
    """

    topic: ClassVar[str] = "tally_shown"
    default_modality: ClassVar[str] = "may"
    modalities: ClassVar[tuple[str, ...]] = ("may",)
    when: Literal["after_all_heard", "always"] = "after_all_heard"
    """Once the chair and all others who take part are heard and no entries differ; or at once."""

    def opens(self, setting: Setting) -> bool:
        """Whether it may be shown just now, to those who may read the item."""
        if setting.talk is None or not setting.talk.positions:
            return False
        return self.when == "always" or all_heard(setting)


def all_heard(setting: Setting) -> bool:
    """Whether the chair and all others who take part are heard, and no entries differ."""
    sitting, talk = setting.sitting, setting.talk
    if sitting is None or talk is None or not talk.positions:
        return False
    chair = () if sitting.chair is None else (sitting.chair,)
    waiting = (p for p in (*queue(setting), *chair) if p not in talk.recused)
    return all(talk.heard(p) for p in waiting) and not talk.in_conflict()


class NotedOnly(Kind, frozen=True, kw_only=True):
    """Only what is passed on or heard is taken note of; everything else is decided (传达, 听取).

    Where nothing is decided nothing is handed out either, save where the chair may do so there
    and then.
    """

    topic: ClassVar[str] = "noted"
    governs: ClassVar[tuple[str, ...]] = ("decide_item", "draft_task")
    verbs: tuple[Verb, ...]
    """Verbs of the matters that may be noted."""

    def judge(self, setting: Setting) -> Message | None:
        if setting.item is None:
            return None
        if setting.act.name() == "draft_task":
            noted = setting.decision is not None and setting.decision.outcome == "noted"
            return self._handed_out(setting, setting.item) if noted else None
        if setting.act.outcome != "noted":
            return None
        verb = {rule.matter: rule.verb for rule in setting.book.all_of(Scope)}
        if verb.get(setting.item.matter) not in self.verbs:
            return Message("noted_only.decides", {"item": setting.item.id})
        # Under a standing item the sections report; who did not is found afterwards.
        told = setting.item.origin == "standing" or (setting.talk and setting.talk.rapporteur)
        if not told:
            return Message("noted_only.not_reported", {"item": setting.item.id})
        return self._handed_out(setting, setting.item) if setting.act.tasks else KEPT

    def hinges(self) -> frozenset[str]:
        return frozenset({"outcome", "tasks"})

    def _handed_out(self, setting: Setting, item: Item) -> Message:
        spot = setting.book.rule(SpotTasks)
        if spot is not None and spot.allowed and spot.during in ("", item.matter):
            return KEPT
        return Message("noted_only.with_tasks", {"item": item.id})


class SpotTasks(Kind, frozen=True, kw_only=True):
    """Whether the chair hands out tasks there and then, and under which matter (布置任务)."""

    topic: ClassVar[str] = "spot_tasks"
    governs: ClassVar[tuple[str, ...]] = ("assign_task",)
    allowed: bool
    """Whether tasks may be handed out without a decision."""
    during: str = ""
    """Key of the matter that is then before the meeting; empty: any."""

    def judge(self, setting: Setting) -> Message | None:
        if not self.allowed:
            return Message("spot_tasks.not_foreseen")
        sitting = setting.sitting
        current = setting.state.items[sitting.current] if sitting and sitting.current else None
        if self.during and (current is None or current.matter != self.during):
            return Message("spot_tasks.not_now", {"matter": self.during})
        return KEPT

    def hinges(self) -> frozenset[str]:
        return frozenset()


class WorkReports(Kind, frozen=True, kw_only=True):
    """Whether sections report their work, and under which matter (听取各科室汇报)."""

    topic: ClassVar[str] = "work_reports"
    governs: ClassVar[tuple[str, ...]] = ("report_work",)
    allowed: bool
    """Whether sections report their work at the meeting."""
    during: str = ""
    """Key of the matter that is then before the meeting; empty: any."""

    def judge(self, setting: Setting) -> Message | None:
        if not self.allowed:
            return Message("work_reports.not_foreseen")
        if self.during and (setting.item is None or setting.item.matter != self.during):
            return Message("work_reports.not_now", {"matter": self.during})
        return KEPT

    def hinges(self) -> frozenset[str]:
        return frozenset({"item"})


class SummedUp(Kind, frozen=True, kw_only=True):
    """The chair sums the discussion up when the meeting decides (进行总结)."""

    topic: ClassVar[str] = "summing_up"
    governs: ClassVar[tuple[str, ...]] = ("decide_item",)

    def judge(self, setting: Setting) -> Message | None:
        if setting.act.outcome in ("postpone", "noted"):
            return None
        return KEPT if setting.act.summary else Message("summed_up.missing")

    def hinges(self) -> frozenset[str]:
        return frozenset({"outcome", "summary"})


class TaskParts(Kind, frozen=True, kw_only=True):
    """What a matter to be carried out names before minutes are issued (责任科室, 责任人, 时限)."""

    topic: ClassVar[str] = "task_parts"
    governs: ClassVar[tuple[str, ...]] = (
        "decide_item",
        "assign_task",
        "draft_task",
        "set_task",
        "issue_minutes",
    )
    required: tuple[Literal["unit", "owner", "due_on"], ...]
    """What every task names."""
    counters: bool
    """Whether a service counter may stand in the place of a section (责任窗口)."""

    def judge(self, setting: Setting) -> Message | None:
        if setting.act.name() == "issue_minutes":
            return self._complete(setting)
        drafts = getattr(setting.act, "tasks", (setting.act,))
        units = setting.state.roster.units
        for draft in drafts:
            if draft.counter and not self.counters:
                return Message("task_parts.no_counters", {"unit": draft.counter})
            for unit, kind in ((draft.unit, "section"), (draft.counter, "counter")):
                if unit and units[unit].kind != kind:
                    return Message(f"task_parts.not_a_{kind}", {"unit": unit})
        return KEPT if any(d.unit or d.counter for d in drafts) else None

    def _complete(self, setting: Setting) -> Message | None:
        sitting, state = setting.sitting, setting.state
        if sitting is None:
            return None
        for task in (state.tasks[t] for t in sitting.tasks):
            missing = [self._called(p) for p in self.required if not self._has(task, p)]
            if missing:
                return Message("task_parts.missing", {"task": task.id, "parts": tuple(missing)})
        return KEPT if sitting.tasks else None

    def _has(self, task: object, part: str) -> bool:
        if part == "unit" and self.counters and getattr(task, "counter", None):
            return True
        return getattr(task, part) is not None

    def _called(self, part: str) -> str:
        return "unit_or_counter" if part == "unit" and self.counters else part


class TasksDrawn(Kind, frozen=True, kw_only=True):
    """Minutes wait until every matter decided says what is to be done about it."""

    topic: ClassVar[str] = "tasks_drawn"
    governs: ClassVar[tuple[str, ...]] = ("issue_minutes",)

    def judge(self, setting: Setting) -> Message | None:
        sitting, state = setting.sitting, setting.state
        if sitting is None:
            return None
        decided = state.decided_at(sitting)
        bare = [made.id for made in decided if made.outcome in CARRIED and not made.tasks]
        return Message("tasks_drawn.missing", {"decisions": tuple(bare)}) if bare else KEPT

    def hinges(self) -> frozenset[str]:
        return frozenset()


def count(setting: Setting, rule: Majority | None, outcome: str) -> tuple[int, int]:
    """The members whose stance carries the outcome, and the base they are counted on."""
    stance = CARRIES.get(outcome)
    return standing(setting, rule, stance) if rule and stance else (0, 0)


def standing(setting: Setting, rule: Majority, stance: Stance) -> tuple[int, int]:
    """The members who take that stance, and the base they are counted on."""
    sitting, talk = setting.sitting, setting.talk
    if sitting is None or talk is None:
        return 0, 0
    members = [seat.person for seat in sitting.members]
    if rule.recused == "leave":
        members = [m for m in members if m not in talk.recused]
    if rule.base == "present":
        members = [m for m in members if sitting.is_present(m)]
    elif rule.base == "stated":
        members = [m for m in members if talk.stance_of(m) not in (None, "none")]
    # Only who is in the base has a vote, and who keeps out of the item has none in any base.
    votes = sum(talk.stance_of(m) == stance for m in members if m not in talk.recused)
    return votes, len(members)


def counted(book: "Rulebook", sitting: "Sitting", made: "Decision") -> Message | None:
    """How a decision was carried: of how many, by how many, by which share; None if uncounted."""
    rule, stance, (votes, base) = book.rule(Majority), CARRIES.get(made.outcome), made.tally
    if rule is None or stance is None or not base:
        return None
    out = set(sitting.talk_on(made.item).recused) & {seat.person for seat in sitting.members}
    apart = rule.recused == "leave" and bool(out)
    part = Fraction(rule.num, rule.den)
    said: dict[str, Value] = {
        "of": f"{rule.base}_unrecused" if apart else rule.base,
        "base": base,
        "votes": votes,
        "stance": stance,
        "part": str(part),
    }
    if part == 1:
        return Message("counted.all", said)
    return Message("counted.over" if rule.strict else "counted.at_least", said)
