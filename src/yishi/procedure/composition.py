"""Kinds of rules about who makes up a meeting: members, chair, secretary, standing item (组成)."""

from collections.abc import Iterator
from typing import ClassVar

import msgspec

from yishi.charter.model import Charter
from yishi.procedure import seats
from yishi.procedure.items import ItemSubmitted
from yishi.procedure.rule import KEPT, Check, Kind, View
from yishi.procedure.setting import Setting
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Message, Value
from yishi.values.text import Id, Label


class SeatGiven(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A seat as it stands in the entry of a convening."""

    person: Id
    post: Label
    unit: Id | None = None


class Composition(Kind, frozen=True, kw_only=True):
    """Who the members are, and who sits in on every meeting without a vote (组成人员, 列席)."""

    topic: ClassVar[str] = "composition"
    repeats: ClassVar[bool] = True
    governs: ClassVar[tuple[str, ...]] = ("convene",)
    members: tuple[str, ...] = ()
    """Posts that the header declares, in the order in which their holders speak."""
    in_attendance: tuple[str, ...] = ()
    """Posts whose holders sit in on every meeting: voice at most, never a vote."""

    def judge(self, setting: Setting) -> Message | None:
        if not self.members or self.seats(setting, self.members):
            return KEPT
        return Message("composition.nobody", {"posts": self.members})

    def seats(self, setting: Setting, posts: tuple[str, ...]) -> tuple[SeatGiven, ...]:
        """The holders of the posts on the day of convening, each once, in the charter's order."""
        found: dict[str, SeatGiven] = {}
        for post in posts:
            names = setting.book.post_names(post)
            for a in setting.state.roster.holding(names, setting.on):
                found.setdefault(a.person, SeatGiven(person=a.person, post=a.post, unit=a.unit))
        return tuple(found.values())

    def faults(self, charter: Charter) -> Iterator[tuple[str, Message]]:
        for field in ("members", "in_attendance"):
            for post in getattr(self, field):
                if post not in charter.posts:
                    yield field, Message("lint.unknown_post", {"post": post})


class PresidedBy(Kind, frozen=True, kw_only=True):
    """Who presides (主持), in post on that day; nobody for them unless a deputy is named."""

    topic: ClassVar[str] = "chair"
    entrusts: ClassVar[bool] = True
    governs: ClassVar[tuple[str, ...]] = ("open_sitting",)
    by: tuple[str, ...]
    """Seats; the first holder is the chair of a sitting when it is convened."""

    def judge(self, setting: Setting) -> Message | None:
        sitting = setting.sitting
        if sitting is None:
            return None
        if sitting.deputed:
            mine = setting.actor == sitting.chair
            return KEPT if mine else Message("presided_by.other", {"by": self.by})
        return self._in_post_today(setting, sitting)

    def _in_post_today(self, setting: Setting, sitting: Sitting) -> Message:
        """Where the post has passed on since the day made known, the meeting is moved first."""
        today = tuple(p for seat in self.by for p in seats.holders(setting, seat))
        if sitting.chair in today and setting.actor == sitting.chair:
            return KEPT
        if sitting.chair in today or setting.actor not in (sitting.chair, *today):
            return Message("presided_by.other", {"by": self.by})
        said: dict[str, Value] = {"by": self.by, "start": sitting.starts_at}
        if not today:
            return Message("presided_by.nobody_today", said)
        return Message("presided_by.another_day", {**said, "today": today})

    def hinges(self) -> frozenset[str]:
        return frozenset()

    def alone(self, setting: Setting, others: bool) -> frozenset[str] | None:
        sitting = setting.sitting
        if sitting is None:
            return None
        today = (p for seat in self.by for p in seats.holders(setting, seat))
        return frozenset(p for p in (sitting.chair, *today) if p)

    def faults(self, charter: Charter) -> Iterator[tuple[str, Message]]:
        return seats.unknown(self.by, charter, "by")


class RecordedBy(Kind, frozen=True, kw_only=True):
    """Who keeps the record of the body's meetings (秘书)."""

    topic: ClassVar[str] = "secretary"
    entrusts: ClassVar[bool] = True
    governs: ClassVar[tuple[str, ...]] = (
        "note_record",
        "correct_record",
        "close_record",
        "record_absence",
    )
    by: tuple[str, ...]
    """Seats; the first holder is the secretary of a sitting when it is convened."""

    def judge(self, setting: Setting) -> Message | None:
        sitting = setting.sitting
        if sitting is None:
            return None
        if setting.actor in sitting.keepers:
            return KEPT
        if setting.actor == sitting.secretary and sitting.substitute:
            said = {"person": setting.actor, "substitute": sitting.substitute}
            return Message("recorded_by.stood_in_for", said)
        return Message("recorded_by.other", {"act": setting.act.name(), "by": self.by})

    def hinges(self) -> frozenset[str]:
        return frozenset()

    def alone(self, setting: Setting, others: bool) -> frozenset[str] | None:
        sitting = setting.sitting
        if sitting is None:
            return None
        return frozenset(p for p in (*sitting.keepers, sitting.secretary) if p)

    def faults(self, charter: Charter) -> Iterator[tuple[str, Message]]:
        return seats.unknown(self.by, charter, "by")


class DeputyChair(Kind, frozen=True, kw_only=True):
    """Who presides when the chair cannot; nobody, while the charter names nobody.

    A chair who keeps out of the item at hand cannot preside over it. Whoever presides by the
    charter takes the chair back on coming, and after the item.
    """

    topic: ClassVar[str] = "deputy_chair"
    entrusts: ClassVar[bool] = True
    governs: ClassVar[tuple[str, ...]] = ("take_chair",)
    by: tuple[str, ...] = ()
    """Seats whose holders may take the chair."""

    def judge(self, setting: Setting) -> Message | None:
        if _comes_back(setting):
            return KEPT
        if not self.by:
            return Message("deputy_chair.nobody_named")
        if not any(seats.holds(setting, seat, setting.actor) for seat in self.by):
            return Message("deputy_chair.other", {"by": self.by})
        sitting = setting.sitting
        here = sitting and sitting.chair and sitting.is_present(sitting.chair)
        if sitting and sitting.chair and here and sitting.chair not in _kept_out(sitting):
            return Message("deputy_chair.chair_is_here", {"person": sitting.chair})
        return KEPT

    def hinges(self) -> frozenset[str]:
        return seats.fields_of_any(self.by)

    def faults(self, charter: Charter) -> Iterator[tuple[str, Message]]:
        return seats.unknown(self.by, charter, "by")


def _comes_back(setting: Setting) -> bool:
    """Whether a member whom the charter lets preside finds somebody else in the chair."""
    rule, sitting = setting.book.rule(PresidedBy), setting.sitting
    if rule is None or sitting is None or setting.actor == sitting.chair:
        return False
    if setting.actor in _kept_out(sitting):
        return False
    own = any(seats.holds(setting, seat, setting.actor) for seat in rule.by)
    return own and sitting.seat_of(setting.actor) is not None


def _kept_out(sitting: Sitting) -> tuple[str, ...]:
    """Who keeps out of the item that is before the meeting."""
    return sitting.talk_on(sitting.current).recused if sitting.current else ()


class ChairNotRecused(Kind, frozen=True, kw_only=True):
    """A chair who keeps out of an item states nothing that is decided on it; it can be put off.

    Nobody presides over it in the chair's place, while the charter names nobody.
    """

    topic: ClassVar[str] = "recusal"
    governs: ClassVar[tuple[str, ...]] = ("decide_item",)

    def judge(self, setting: Setting) -> Message | None:
        talk = setting.talk
        if talk is None or setting.act.outcome == "postpone" or not talk.recused:
            return None
        if setting.actor not in talk.recused:
            return KEPT
        deputy = setting.book.rule(DeputyChair)
        said: dict[str, Value] = {"person": setting.actor, "item": talk.item}
        if deputy is None or not deputy.by:
            return Message("chair_not_recused.nobody_named", said)
        return Message("chair_not_recused.deputy", {**said, "by": deputy.by})

    def hinges(self) -> frozenset[str]:
        return frozenset({"outcome"})


class StandingItem(Kind, frozen=True, kw_only=True):
    """An item that stays on every agenda: every section reports its work (听取各科室汇报)."""

    topic: ClassVar[str] = "standing_item"
    repeats: ClassVar[bool] = True
    governs: ClassVar[tuple[str, ...]] = ("set_agenda", "withdraw_item")
    matter: Id
    """Key of the matter; the id of the item is `<sitting>.<matter>`."""
    title: str
    """The title of the item."""

    def judge(self, setting: Setting) -> Message | None:
        if setting.act.name() == "withdraw_item":
            held = setting.item
            standing = held and held.origin == "standing" and held.matter == self.matter
            return Message("standing_item.not_withdrawn") if standing else None
        sitting = setting.sitting
        if sitting is None or self.id_in(sitting.id) in setting.act.items:
            return KEPT
        return Message("standing_item.left_out", {"items": (self.id_in(sitting.id),)})

    def id_in(self, sitting: str) -> str:
        """The item's id in a sitting."""
        return f"{sitting}.{self.matter}"

    def placed(self, setting: Setting) -> ItemSubmitted:
        """The standing item of the sitting just convened."""
        act = setting.act
        return ItemSubmitted(
            item=self.id_in(act.sitting),
            body=act.body,
            by=setting.actor,
            title=self.title,
            matter=self.matter,
            origin="standing",
            status="on_agenda",
            sitting=act.sitting,
        )

    def inspect(self, view: View) -> Iterator[Check]:
        sitting = view.sitting
        if sitting is None or sitting.opened_at is None:
            return
        on = sitting.opened_at.date()
        for unit in view.state.roster.open_units("section", on):
            status = "kept" if unit.id in sitting.reports else "broken"
            yield Check(status, unit.id, Message(f"standing_item.{status}", {"unit": unit.id}))
