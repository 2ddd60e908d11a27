"""The shape of a kind of rule, and a rule bound to its clause (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Final

import msgspec

from yishi.charter.model import Charter
from yishi.procedure.verdict import Citation, Message
from yishi.values.text import snake

if TYPE_CHECKING:
    from datetime import datetime

    from yishi.procedure.setting import Setting
    from yishi.procedure.state import Sitting, State

MODALITIES: Final = ("must", "presumed", "may", "appeal", "stated")
"""应当/不得 · 一般/原则上 · 可以 · 及时/认真 · purposes and facts."""

Count = Annotated[int, msgspec.Meta(ge=1, le=1000)]
"""One side of a fraction."""

Days = Annotated[int, msgspec.Meta(ge=0, le=366)]
"""A number of days."""

WAYS: Final = ("enforced", "checked", "reminded", "recorded")
"""What the software does with a rule, four ways everywhere."""

KEPT: Final = Message("kept")
"""The finding of a rule that bore on the act and was kept."""


class Check(msgspec.Struct, frozen=True):
    """What a rule found afterwards about one subject: `kept`, `departed` or `broken`."""

    status: str
    subject: str
    message: Message


class Due(msgspec.Struct, frozen=True):
    """Something that somebody is to be reminded of now."""

    people: tuple[str, ...]
    subject: str
    message: Message


class Kind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of rule: its parameters are the fields, its norm is the class's docstring.

    A kind says which acts it governs, what it finds before they stand (`judge`), what it finds
    afterwards (`inspect`) and whom it reminds (`remind`).
    """

    topic: ClassVar[str] = ""
    """The matter that a charter may declare silent."""
    default_modality: ClassVar[str] = "must"
    modalities: ClassVar[tuple[str, ...]] = ("must",)
    governs: ClassVar[tuple[str, ...]] = ()
    """Names of the acts, unless the rule's own parameters name them."""
    reaches: ClassVar[bool] = False
    """Whether the rule also binds the institution's other bodies."""
    repeats: ClassVar[bool] = False
    """Whether one charter may hold several rules of the kind for one act."""
    happens: ClassVar[bool] = True
    """Whether people can break the rule all the same, so that an act entered from paper did.

    False: without the rule the act would mean nothing, and the entry is amiss.
    """
    entrusts: ClassVar[bool] = False
    """Whether the rule says whose the acts are that it governs (由…负责)."""
    gives_way: ClassVar[bool] = True
    """Whether the rule, standing in the general rules, yields to the body's own of its slot."""

    def governed(self) -> tuple[str, ...]:
        """Names of the acts this rule bears on."""
        return self.governs

    def says_whose(self, act: str) -> bool:
        """Whether the rule says whose that act is, of those that it governs."""
        return type(self).entrusts

    def slot(self, act: str) -> str:
        """What a body's own rule displaces in the general rules, for that act."""
        return type(self).name()

    def judge(self, setting: Setting) -> Message | None:
        """None: does not bear on it; `KEPT`; or the objection."""
        return None

    def hinges(self) -> frozenset[str] | None:
        """Fields of the act that the finding hangs on beside its subject; None: any of them."""
        return None

    def bars_others(self) -> bool:
        """Whether an objection to an act about one other person holds for every other as well."""
        return self.hinges() == frozenset()

    def alone(self, setting: Setting, others: bool) -> frozenset[str] | None:
        """Outside of whom it refuses everybody, as somebody else's act, however it is filled in.

        With `others`, an act about somebody else. None: that hangs on who asks or on what is
        filled in. So one question spares asking each of many people what is none of theirs.
        """
        return None

    def inspect(self, view: View) -> Iterator[Check]:
        """What is found afterwards, for the compliance report."""
        return iter(())

    def remind(self, view: View) -> Iterator[Due]:
        """Who is to be reminded just now."""
        return iter(())

    def faults(self, charter: Charter) -> Iterator[tuple[str, Message]]:
        """Faults of the parameters against the charter: (parameter, message)."""
        return iter(())

    def looks_at(self) -> tuple[str, ...]:
        """Fields that an act must have, or its item, for this rule to govern it."""
        return ()

    def way(self, modality: str) -> str:
        """Which of the four ways the software keeps this rule."""
        if self.governed():
            return "checked" if modality == "presumed" else "enforced"
        if type(self).inspect is not Kind.inspect:
            return "checked"
        return "reminded" if type(self).remind is not Kind.remind else "recorded"

    @classmethod
    def name(cls) -> str:
        """The kind's name as charters write it."""
        return snake(cls.__name__)


class Bound(msgspec.Struct, frozen=True):
    """A rule in its place: the clause, the modality, the reading."""

    rule: Kind
    modality: str
    citation: Citation
    line: int = 0


class View(msgspec.Struct, frozen=True):
    """What a check or a reminder looks at: one body at a time of asking."""

    state: State
    body: str
    at: datetime
    book: Iterable[Bound]
    sitting: Sitting | None = None
    period: tuple[datetime, datetime] | None = None
