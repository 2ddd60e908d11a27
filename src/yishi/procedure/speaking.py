"""Kinds of rules about speaking to an item: who reports, in which turn, who is last."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from yishi.charter.model import Charter
from yishi.procedure import seats
from yishi.procedure.deliberation import covered, source_of
from yishi.procedure.rule import KEPT, Check, Kind, View
from yishi.procedure.setting import Setting
from yishi.procedure.state import Deliberation
from yishi.procedure.verdict import Message, Value


class Rapporteur(Kind, frozen=True, kw_only=True):
    """Who reports an item (由…汇报)."""

    topic: ClassVar[str] = "rapporteur"
    governs: ClassVar[tuple[str, ...]] = ("present_item", "call_speaker")
    by: tuple[str, ...]
    """Seats; an item that no section raised may be reported by anybody."""

    def judge(self, setting: Setting) -> Message | None:
        calls = setting.act.name() == "call_speaker"
        if calls and not _for_report(setting):
            return None
        person = setting.act.member if calls else setting.act.rapporteur
        if setting.item is None or setting.item.lead_unit is None:
            return KEPT
        if any(seats.holds(setting, seat, person) for seat in self.by):
            return KEPT
        return Message("rapporteur.other", {"person": person, "by": self.by})

    def hinges(self) -> frozenset[str]:
        return frozenset({"rapporteur", "member", *seats.fields_of_any(self.by)})

    def faults(self, charter: Charter) -> Iterator[tuple[str, Message]]:
        return seats.unknown(self.by, charter, "by")


class ReportParts(Kind, frozen=True, kw_only=True):
    """What a report has to say: the content, the proposed handling (办理建议)."""

    topic: ClassVar[str] = "report_parts"
    repeats: ClassVar[bool] = True
    governs: ClassVar[tuple[str, ...]] = ("present_item",)
    parts_due: tuple[Literal["content", "proposal"], ...]
    """Parts that every report has."""

    def slot(self, act: str) -> str:
        return f"report_parts/{','.join(self.parts_due)}"

    def judge(self, setting: Setting) -> Message | None:
        missing = [part for part in self.parts_due if part not in setting.act.parts]
        if not missing:
            return KEPT
        return Message("report_parts.missing", {"parts": tuple(missing)})

    def hinges(self) -> frozenset[str]:
        return frozenset({"parts"})


class Participants(Kind, frozen=True, kw_only=True):
    """Whom the charter means by those who take part and speak (参会人员): a declared reading."""

    topic: ClassVar[str] = "participants"
    governs: ClassVar[tuple[str, ...]] = ("state_position", "pass_turn", "call_speaker")
    who: tuple[str, ...]
    """Seats; of their holders, those in the room and not recused are waited for."""

    def judge(self, setting: Setting) -> Message | None:
        if setting.talk is None or _for_report(setting):
            return None
        person = setting.act.member
        if any(seats.holds(setting, seat, person) for seat in self.who):
            return KEPT
        return Message("participants.outsider", {"person": person})

    def hinges(self) -> frozenset[str]:
        return frozenset({"member", *seats.fields_of_any(self.who)})

    def faults(self, charter: Charter) -> Iterator[tuple[str, Message]]:
        return seats.unknown(self.who, charter, "who")


class SpeaksInTurn(Kind, frozen=True, kw_only=True):
    """Those who take part speak one after the other in the order of seats (依序)."""

    topic: ClassVar[str] = "speaking_order"
    governs: ClassVar[tuple[str, ...]] = ("state_position", "pass_turn", "call_speaker")

    def judge(self, setting: Setting) -> Message | None:
        talk, person = setting.talk, setting.act.member
        if talk is None or talk.heard(person) or _is_chair(setting, person):
            return None
        if _for_report(setting):
            return None
        turns = queue(setting)
        first = next((p for p in turns if not talk.heard(p)), person)
        if first == person or person not in turns:
            return KEPT
        return Message("speaks_in_turn.not_yet", {"person": person, "next": first})

    def hinges(self) -> frozenset[str]:
        return frozenset({"member"})


class SpeaksOnce(Kind, frozen=True, kw_only=True):
    """A stance is entered once by the member and once by the secretary; a change is settled."""

    topic: ClassVar[str] = "speaks_once"
    happens: ClassVar[bool] = False
    governs: ClassVar[tuple[str, ...]] = ("state_position", "pass_turn")

    def judge(self, setting: Setting) -> Message | None:
        talk, person = setting.talk, setting.act.member
        if talk is None:
            return None
        if _closes_again(setting, talk, person):
            return KEPT
        mine = source_of(setting)
        before = {p.source for p in talk.stated_by(person)}
        again = mine in before or person in talk.passed
        if again or (before and setting.act.name() == "pass_turn"):
            return Message("speaks_once.again", {"person": person})
        return KEPT

    def hinges(self) -> frozenset[str]:
        return frozenset({"member"})


class HasSpoken(Kind, frozen=True, kw_only=True):
    """Only what was entered, a stance or a pass, can be settled (更正表态).

    Who is not in the room says which of the stances entered holds, and states no other.
    """

    topic: ClassVar[str] = "settling"
    happens: ClassVar[bool] = False
    governs: ClassVar[tuple[str, ...]] = ("settle_position",)

    def judge(self, setting: Setting) -> Message | None:
        talk, sitting, person = setting.talk, setting.sitting, setting.act.member
        if talk is None or sitting is None:
            return None
        if not talk.heard(person):
            return Message("has_spoken.not_yet", {"person": person})
        if sitting.is_present(person) or setting.act.stance in talk.open_stances(person):
            return KEPT
        return Message("has_spoken.away", {"person": person})

    def hinges(self) -> frozenset[str]:
        return frozenset({"member", "stance"})


class NotRecused(Kind, frozen=True, kw_only=True):
    """Who keeps out of an item neither reports it nor speaks to it (回避)."""

    topic: ClassVar[str] = "recusal"
    governs: ClassVar[tuple[str, ...]] = (
        "present_item",
        "state_position",
        "pass_turn",
        "settle_position",
        "recuse",
        "call_speaker",
        "ask_speaker",
        "answer_chair",
    )

    def judge(self, setting: Setting) -> Message | None:
        if setting.talk is None:
            return None
        person = seats.holders(setting, "self")[0]
        if person not in setting.talk.recused:
            return KEPT
        return Message("not_recused.recused", {"person": person})

    def hinges(self) -> frozenset[str]:
        return frozenset(seats.fields_of("self"))


class ClearPosition(Kind, frozen=True, kw_only=True):
    """Who speaks says clearly where they stand (态度要明确); a pass is shown as a departure."""

    topic: ClassVar[str] = "clear_position"
    governs: ClassVar[tuple[str, ...]] = ("state_position", "settle_position")

    def judge(self, setting: Setting) -> Message | None:
        if setting.act.stance == "none":
            return Message("clear_position.none", {"person": setting.act.member})
        return KEPT

    def hinges(self) -> frozenset[str]:
        return frozenset({"stance"})

    def inspect(self, view: View) -> Iterator[Check]:
        if view.sitting is None:
            return
        for subject in view.sitting.taken:
            for person in view.sitting.deliberations[subject].passed:
                said = {"person": person, "item": subject}
                yield Check("departed", subject, Message("clear_position.passed", said))


class SpeaksLast(Kind, frozen=True, kw_only=True):
    """The chair states a position last, after everyone else has spoken or passed (末位表态).

    The chair does not let that turn pass. Where somebody comes in and speaks after that, or takes
    another stance, the chair states it once more.
    """

    topic: ClassVar[str] = "speaks_last"
    governs: ClassVar[tuple[str, ...]] = ("state_position", "pass_turn", "decide_item")

    def judge(self, setting: Setting) -> Message | None:
        talk, sitting = setting.talk, setting.sitting
        if talk is None or sitting is None or sitting.chair is None:
            return None
        if setting.act.name() == "decide_item":
            return self._before_deciding(setting, talk, sitting.chair)
        if setting.act.member != sitting.chair:
            return None
        waiting = tuple(p for p in queue(setting) if not talk.heard(p))
        if waiting:
            said: dict[str, Value] = {"chair": sitting.chair, "waiting": waiting}
            return Message("speaks_last.waiting", said)
        if setting.act.name() == "pass_turn":
            return Message("speaks_last.not_passed", {"chair": sitting.chair})
        return KEPT

    def hinges(self) -> frozenset[str]:
        return frozenset({"member", "outcome"})

    def _before_deciding(self, setting: Setting, talk: Deliberation, chair: str) -> Message | None:
        if setting.act.outcome in ("postpone", "noted"):
            return None
        if chair in talk.recused:
            return KEPT
        if not talk.open_stances(chair):
            return Message("speaks_last.chair_silent", {"chair": chair})
        people = spoken_since(talk, chair)
        if not people:
            return KEPT
        return Message("speaks_last.spoken_since", {"chair": chair, "people": people})


class EveryoneHeard(Kind, frozen=True, kw_only=True):
    """Nothing is decided before everyone who takes part has spoken or passed."""

    topic: ClassVar[str] = "everyone_heard"
    governs: ClassVar[tuple[str, ...]] = ("decide_item",)

    def judge(self, setting: Setting) -> Message | None:
        talk = setting.talk
        if talk is None or setting.act.outcome in ("postpone", "noted"):
            return None
        waiting = [p for p in queue(setting) if not talk.heard(p)]
        if not waiting:
            return KEPT
        return Message("everyone_heard.waiting", {"waiting": tuple(waiting)})

    def hinges(self) -> frozenset[str]:
        return frozenset({"outcome"})


class AfterReport(Kind, frozen=True, kw_only=True):
    """Members speak after the report (首先…汇报, 然后…发表意见)."""

    topic: ClassVar[str] = "report_first"
    governs: ClassVar[tuple[str, ...]] = ("state_position", "pass_turn")

    def judge(self, setting: Setting) -> Message | None:
        if setting.talk is None:
            return None
        if setting.talk.rapporteur:
            return KEPT
        return Message("after_report.not_reported", {"item": setting.act.item})


def queue(setting: Setting) -> tuple[str, ...]:
    """Who is to speak in turn: those who take part, in the room, not recused, not the chair."""
    rule = setting.book.rule(Participants)
    who = rule.who if rule else ("member",)
    return tuple(p for p in covered(setting, who) if not _is_chair(setting, p))


def spoken_since(talk: Deliberation, chair: str) -> tuple[str, ...]:
    """Who has taken a stance since the chair's last that they had not taken by then."""
    own = [place for place, said in enumerate(talk.positions) if said.member == chair]
    if not own:
        return ()
    by_then = own[-1] + 1
    others = dict.fromkeys(p for p in _with_a_stance(talk) if p != chair)
    return tuple(p for p in others if talk.open_stances(p) - talk.open_stances(p, by_then))


def _with_a_stance(talk: Deliberation) -> Iterator[str]:
    yield from (said.member for said in talk.positions)
    yield from (settling.member for settling in talk.settlings)


def _closes_again(setting: Setting, talk: Deliberation, person: str) -> bool:
    """Whether the chair, who speaks last, has still to: after a later speaker, or a pass.

    Who let the turn pass as a member may have come to the chair since.
    """
    last = setting.book.rule(SpeaksLast) is not None and setting.act.name() == "state_position"
    if not last or not _is_chair(setting, person):
        return False
    return bool(spoken_since(talk, person)) or not talk.open_stances(person)


def _for_report(setting: Setting) -> bool:
    """Whether somebody is called to report: nobody has yet."""
    called = setting.act.name() == "call_speaker"
    return called and setting.talk is not None and setting.talk.rapporteur is None


def _is_chair(setting: Setting, person: str) -> bool:
    return setting.sitting is not None and setting.sitting.chair == person
