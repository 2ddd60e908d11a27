"""Kinds of rules about what comes before which body (议事范围)."""

from typing import ClassVar, Literal

from yishi.procedure.rule import KEPT, Kind
from yishi.procedure.setting import Setting
from yishi.procedure.verdict import Message
from yishi.values.text import Id

Verb = Literal["inform", "study", "decide", "hear", "other"]
"""What a meeting does with a matter: 传达, 研究, 决策, 听取, or another thing."""


class Scope(Kind, frozen=True, kw_only=True):
    """A matter that comes before this body (议事范围), and what a person must judge of it."""

    topic: ClassVar[str] = "scope"
    repeats: ClassVar[bool] = True
    governs: ClassVar[tuple[str, ...]] = (
        "submit_item",
        "raise_floor_item",
        "approve_item",
        "admit_floor_item",
    )
    matter: Id
    """Its key: an item names it as its `matter`."""
    label: str
    """The matter as the rules call it."""
    verb: Verb = "decide"
    """传达, 研究, 决策, 听取, or another thing."""
    judged: Literal["", "weighty", "within_authority"] = ""
    """What a person has to affirm of it before it comes up: 重大, 在管理权限以内."""

    def judge(self, setting: Setting) -> Message | None:
        act, held = setting.act, setting.item
        if (held.matter if held else act.matter) != self.matter:
            return None
        if not self.judged:
            return KEPT
        answer = _answer(setting, self.judged)
        if answer is None and not act.name().startswith(("approve", "admit")):
            return None
        if answer:
            return KEPT
        state = "unjudged" if answer is None else "denied"
        return Message(f"scope.{self.judged}_{state}", {"matter": self.label})

    def hinges(self) -> frozenset[str]:
        return frozenset({"matter", *([self.judged] if self.judged else [])})


class WithinScope(Kind, frozen=True, kw_only=True):
    """Only the listed matters come before this body."""

    topic: ClassVar[str] = "scope"
    governs: ClassVar[tuple[str, ...]] = ("submit_item", "raise_floor_item")

    def judge(self, setting: Setting) -> Message | None:
        scopes = setting.book.all_of(Scope)
        if any(rule.matter == setting.act.matter for rule in scopes):
            return KEPT
        return Message("scope.not_listed", {"listed": tuple(rule.label for rule in scopes)})

    def hinges(self) -> frozenset[str]:
        return frozenset({"matter"})


class Reserves(Kind, frozen=True, kw_only=True):
    """Matters that only this body may take, whichever body they are brought to."""

    topic: ClassVar[str] = "reserved_matters"
    reaches: ClassVar[bool] = True
    repeats: ClassVar[bool] = True
    governs: ClassVar[tuple[str, ...]] = (
        "submit_item",
        "raise_floor_item",
        "approve_item",
        "admit_floor_item",
    )
    matters: tuple[Id, ...] = ()
    """Keys of matters."""
    judged: Literal["", "weighty", "triple_major"] = ""
    """Whatever a person judges to be so: 重大, 三重一大."""

    def judge(self, setting: Setting) -> Message | None:
        matter = setting.item.matter if setting.item else setting.act.matter
        mine = matter in self.matters or (bool(self.judged) and bool(_answer(setting, self.judged)))
        if not mine:
            return None
        bound = setting.book.bound(self)
        if bound.citation.body == setting.body:
            return KEPT
        why = "matter" if matter in self.matters else self.judged
        return Message(f"reserves.{why}", {"body": bound.citation.body})

    def hinges(self) -> frozenset[str]:
        return frozenset({"matter", *([self.judged] if self.judged else [])})


def _answer(setting: Setting, question: str) -> bool | None:
    said: bool | None = getattr(setting.act, question, None)
    if said is not None or setting.item is None:
        return said
    held: bool | None = getattr(setting.item, question)
    return held
