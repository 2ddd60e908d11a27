"""An institution's rules are enacted and changed (印发, 修订议事规则)."""

from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, Any, ClassVar

import msgspec
from msgspec.structs import replace

from yishi.charter.model import Charter
from yishi.charter.reader import read
from yishi.charter.workdays import WorkCalendar
from yishi.procedure import evolve
from yishi.procedure.act import Act, Event
from yishi.procedure.rule import KEPT, Kind
from yishi.procedure.setting import Setting
from yishi.procedure.state import CARRIED, State
from yishi.procedure.verdict import Message, Rejected, Value
from yishi.values.text import Id, Label

GENERAL = "general"
"""The key under which the general rules are enacted."""

CharterText = Annotated[str, msgspec.Meta(min_length=1, max_length=200_000)]
"""A whole charter; public, so it stands open in the journal."""


@lru_cache(maxsize=256)
def charter_of(text: str) -> Charter:
    """The charter a text reads as; the text has been read without faults before."""
    charter, _ = read(text)
    assert charter is not None
    return charter


class InstitutionFounded(Event, frozen=True, kw_only=True):
    """The journal of an institution begins, under the general rules as they then stand."""

    institution: Id
    on: date
    called: Label | None = None
    zone: Label | None = None
    """The IANA name of the zone in which the institution counts its days."""
    demonstration: bool = False
    """Whether everything in this journal is made up for showing."""

    def apply(self, state: State, at: datetime) -> State:
        if state.founded_on is not None:  # only the first says whether all of it is made up
            return state
        return replace(
            state,
            institution=self.institution,
            founded_on=self.on,
            called=self.called or "",
            zone=self.zone or "",
            demonstration=self.demonstration,
        )


class CharterEnacted(Event, frozen=True, kw_only=True):
    """Rules of procedure bind from a day on; their whole text stands here (印发施行)."""

    body: Id
    text: CharterText
    digest: str
    in_force: date
    decision: Id | None = None

    def apply(self, state: State, at: datetime) -> State:
        charter = charter_of(self.text)
        versions = state.bodies[self.body].versions if self.body in state.bodies else ()
        state = replace(state, charters=state.charters.set(self.digest, charter))
        mine = tuple(sorted((*versions, (self.in_force, self.digest))))
        state = evolve.log(state, self.body, versions=mine)
        if self.decision is None:
            return state
        enacted = state.bodies[self.body].enacted.set(self.decision, self.in_force)
        return evolve.log(state, self.body, enacted=enacted)


class CharterRepealed(Event, frozen=True, kw_only=True):
    """A body's rules are no longer in force from a day on (废止).

    Sittings that are convened, their minutes and their tasks keep their version for good.
    """

    body: Id
    digest: str
    """The version that was the last."""
    ends_on: date
    decision: Id

    def apply(self, state: State, at: datetime) -> State:
        held = state.bodies[self.body]
        repealed = held.repealed.set(self.decision, self.ends_on)
        ended = (*held.ended, self.ends_on)
        return evolve.log(state, self.body, ended=ended, repealed=repealed)


class AdoptedTextEntered(Event, frozen=True, kw_only=True):
    """The text of rules as it was adopted and printed stands beside their version (原文)."""

    body: Id
    charter: Id
    """Digest of the version that it is the text of."""
    text: CharterText

    def apply(self, state: State, at: datetime) -> State:
        return replace(state, adopted=state.adopted.set(self.charter, self.text))


class CalendarConfirmed(Event, frozen=True, kw_only=True):
    """The public holidays and make-up workdays of a year are known (节假日安排).

    Confirmed again, the year's days are what the latest entry says.
    """

    year: int
    holidays: tuple[date, ...]
    workdays: tuple[date, ...]

    def apply(self, state: State, at: datetime) -> State:
        held = state.calendar
        calendar = WorkCalendar(
            confirmed=held.confirmed | {self.year},
            holidays=self._others(held.holidays) | frozenset(self.holidays),
            workdays=self._others(held.workdays) | frozenset(self.workdays),
        )
        return replace(state, calendar=calendar)

    def _others(self, days: frozenset[date]) -> frozenset[date]:
        return frozenset(day for day in days if day.year != self.year)


class TextErased(Event, frozen=True, kw_only=True):
    """Sealed words have been emptied; everything else stays (删除)."""

    ref: str

    def apply(self, state: State, at: datetime) -> State:
        return replace(state, erased=(*state.erased, self.ref))


class EnactCharter(Act, frozen=True, kw_only=True):
    """Rules of procedure are enacted: the first, or an amendment by decision (印发议事规则)."""

    body: Id
    text: CharterText
    decision: Id | None = None
    """The decision that adopted it; none for the first."""

    def events(self, setting: Setting) -> tuple[CharterEnacted, ...]:
        charter = charter_of(self.text)
        return (
            CharterEnacted(
                body=self.body,
                text=self.text,
                digest=charter.digest,
                in_force=charter.in_force,
                decision=self.decision,
            ),
        )


class RepealCharter(Act, frozen=True, kw_only=True):
    """A body's rules of procedure are ended by decision, with no others in place (废止议事规则)."""

    body: Id
    decision: Id
    """The decision that ended them."""
    ends_on: date
    """The first day on which they are no longer in force."""

    def events(self, setting: Setting) -> tuple[CharterRepealed, ...]:
        return (
            CharterRepealed(
                body=self.body,
                digest=setting.log.versions[-1][1],
                ends_on=self.ends_on,
                decision=self.decision,
            ),
        )


class EnterText(Act, frozen=True, kw_only=True):
    """The office enters the adopted text as printed, to be read beside the rules (录入规则原文)."""

    overwrites: ClassVar[bool] = True
    body: Id
    text: CharterText

    def events(self, setting: Setting) -> tuple[AdoptedTextEntered, ...]:
        digest = setting.book.digests[0]
        return (AdoptedTextEntered(body=self.body, charter=digest, text=self.text),)


class ConfirmCalendar(Act, frozen=True, kw_only=True):
    """The office enters a year's public holidays and make-up workdays (录入节假日安排)."""

    body: Id
    year: int
    holidays: tuple[date, ...]
    workdays: tuple[date, ...] = ()

    def events(self, setting: Setting) -> tuple[CalendarConfirmed, ...]:
        return (CalendarConfirmed(year=self.year, holidays=self.holidays, workdays=self.workdays),)


def of_another_year(act: ConfirmCalendar) -> Rejected | None:
    """The first day of a calendar that lies in another year than its own."""
    for field in ("holidays", "workdays"):
        for day in getattr(act, field):
            if day.year != act.year:
                said: dict[str, Value] = {"on": day, "year": act.year}
                return Rejected(field, Message("place.day_of_another_year", said))
    return None


class EraseText(Act, frozen=True, kw_only=True):
    """Sealed words are emptied for good, with the reason; the entry itself stays (删除内容)."""

    reasoned: ClassVar[bool] = True
    body: Id
    ref: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
    """The commitment under which the words are sealed."""

    def events(self, setting: Setting) -> tuple[TextErased, ...]:
        return (TextErased(ref=self.ref),)


class AmendedBy(Kind, frozen=True, kw_only=True):
    """Rules of procedure are made, changed or ended by a decision of this body only.

    Where several bodies' rules say so, each decides on its own, and any of them on the others'.
    Its own rules end when another body's rules say in their place who decides on rules.
    """

    topic: ClassVar[str] = "amendment"
    reaches: ClassVar[bool] = True
    governs: ClassVar[tuple[str, ...]] = ("enact_charter", "repeal_charter")
    matter: Id
    """Key of the matter under which the decision was made."""

    def judge(self, setting: Setting) -> Message | None:
        act, state, ends = setting.act, setting.state, isinstance(setting.act, RepealCharter)
        body = setting.book.bound(self).citation.body
        # A first version cannot have been decided on by the body that it makes.
        first = not ends and not setting.log.versions
        if first and (body == act.body or _before_the_journal(act.text, state)):
            return None
        deciding = _deciding(setting)
        if body not in deciding:
            return None
        decision = state.decisions.get(act.decision or "")
        if decision is None:
            return Message("amended_by.no_decision", {"body": tuple(deciding)})
        item = state.items[decision.item]
        carried = decision.outcome in CARRIED
        if deciding.get(decision.body) != item.matter or not carried:
            return Message("amended_by.other_decision", {"body": tuple(deciding)})
        if ends and act.body == body and not _decides_elsewhere(state, body, act.ends_on):
            return Message("amended_by.nobody_left", {"body": body})
        return KEPT if decision.body == body else None


def _deciding(setting: Setting) -> dict[str, str]:
    """The bodies that decide on the rules of this one, each with the matter it does so under.

    Rules in force say who decides on themselves; rules that are not, do not.
    """
    bounds = setting.book.for_act(setting.act.name())
    found = {b.citation.body: b.rule.matter for b in bounds if isinstance(b.rule, AmendedBy)}
    own = setting.act.body
    if own in found and setting.log.version_on(setting.on) is not None:
        return {own: found[own]}
    return {body: matter for body, matter in found.items() if body != own} or found


class FirstCharter(Kind, frozen=True, kw_only=True):
    """A first charter records its adopting sitting as before the journal; later ones a decision.

    What is enacted after the founding, and said to be from before it, was in force by then.
    """

    topic: ClassVar[str] = "first_charter"
    governs: ClassVar[tuple[str, ...]] = ("enact_charter",)

    def judge(self, setting: Setting) -> Message | None:
        if setting.log.versions:
            if setting.act.decision is None:
                return Message("first_charter.decision_missing", {"body": setting.body})
            return KEPT
        adopted = _adopted(setting.act.text)
        if not (adopted.get("year") and adopted.get("number")):
            return Message("first_charter.sitting_missing", {"body": setting.body})
        begins, founded = charter_of(setting.act.text).in_force, setting.state.founded_on
        before = adopted.get("before_journal") == "true"
        if before and founded is not None and min(begins, setting.on) > founded:
            return Message(
                "first_charter.not_before",
                {"body": setting.body, "start": begins, "founded": founded},
            )
        return KEPT


class EnactedOnce(Kind, frozen=True, kw_only=True):
    """A decision enacts one version of a body's rules or ends them, and is spent (一项决定一次)."""

    topic: ClassVar[str] = "enacted_once"
    governs: ClassVar[tuple[str, ...]] = ("enact_charter", "repeal_charter")

    def judge(self, setting: Setting) -> Message | None:
        decision, log = setting.act.decision, setting.log
        if decision is None:
            return None
        enacts, ends = log.enacted.get(decision), log.repealed.get(decision)
        if enacts is not None:
            return Message("enacted_once.spent", {"body": setting.body, "start": enacts})
        if ends is not None:
            return Message("enacted_once.ended", {"body": setting.body, "start": ends})
        return KEPT


class Backdating(Kind, frozen=True, kw_only=True):
    """Whether rules may bind from a day before the decision that adopted them (溯及)."""

    topic: ClassVar[str] = "backdating"
    default_modality: ClassVar[str] = "may"
    modalities: ClassVar[tuple[str, ...]] = ("must", "may")
    governs: ClassVar[tuple[str, ...]] = ("enact_charter",)
    allowed: bool
    """Whether a version may bind from before its decision."""

    def judge(self, setting: Setting) -> Message | None:
        if setting.decision is None:
            return None
        begins, decided = charter_of(setting.act.text).in_force, setting.decision.at.date()
        if self.allowed or begins >= decided:
            return KEPT
        return Message("backdating.before", {"start": begins, "on": decided})


def _decides_elsewhere(state: State, body: str, on: date) -> bool:
    """Whether the rules of another body say who decides on rules, on that day and ever after."""
    last = max((on, *(end for log in state.bodies.values() for end in log.ended)))
    mine = (body, GENERAL)
    others = (log.version_on(last) for key, log in state.bodies.items() if key not in mine)
    charters = (state.charters[digest] for digest in others if digest)
    return any(rule.kind == AmendedBy.name() for charter in charters for _, rule in charter.rules())


def _before_the_journal(text: str, state: State) -> bool:
    """Whether a charter says that it was adopted before the journal, and can have been."""
    said, founded = _adopted(text), state.founded_on
    year = str(said.get("year"))
    if said.get("before_journal") != "true" or founded is None or not year.isdecimal():
        return False
    return int(year) <= founded.year and charter_of(text).in_force <= founded


def _adopted(text: str) -> dict[str, Any]:
    """By which sitting a charter's header says that it was adopted."""
    said = charter_of(text).header.get("adopted_by")
    return said if isinstance(said, dict) else {}
