"""Kinds of rules that any act may have: whose it is, when it may be done, what it needs (pure)."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from yishi.charter.model import Charter
from yishi.procedure import seats
from yishi.procedure.rule import KEPT, Kind
from yishi.procedure.setting import Setting
from yishi.procedure.verdict import Message
from yishi.values.text import Id


class ReservedTo(Kind, frozen=True, kw_only=True):
    """These acts belong to the holders of these seats, and to nobody else (由…负责)."""

    topic: ClassVar[str] = "competence"
    entrusts: ClassVar[bool] = True
    repeats: ClassVar[bool] = True
    acts: tuple[Id, ...]
    """Names of the acts."""
    by: tuple[str, ...]
    """Seats; any one of them is enough."""

    def governed(self) -> tuple[str, ...]:
        return self.acts

    def judge(self, setting: Setting) -> Message | None:
        if any(seats.holds(setting, seat, setting.actor) for seat in self.by):
            return KEPT
        if all(seats.is_vacant(setting, seat) for seat in self.by):
            setting.notes.append(Message("reserved_to.vacant", {"by": self.by}))
        return Message("reserved_to.other", {"act": setting.act.name(), "by": self.by})

    def hinges(self) -> frozenset[str]:
        return frozenset(field for seat in self.by for field in seats.fields_of(seat))

    def bars_others(self) -> bool:
        # Nobody is somebody else's self, and the other seats hang on nothing in the act.
        return all(seat == "self" or not seats.fields_of(seat) for seat in self.by)

    def alone(self, setting: Setting, others: bool) -> frozenset[str] | None:
        # Nobody is somebody else's self.
        named = (seat for seat in self.by if not (others and seat == "self"))
        return seats.held_by(setting, named)

    def faults(self, charter: Charter) -> Iterator[tuple[str, Message]]:
        return seats.unknown(self.by, charter, "by")


class NotFor(Kind, frozen=True, kw_only=True):
    """Nobody does these acts about themselves (本人的事项不得自己批准)."""

    topic: ClassVar[str] = "own_cause"
    acts: tuple[Id, ...]
    """Names of the acts."""

    def governed(self) -> tuple[str, ...]:
        return self.acts

    def judge(self, setting: Setting) -> Message | None:
        if setting.act.person != setting.actor:
            return KEPT
        return Message("not_for.oneself", {"act": setting.act.name(), "person": setting.actor})

    def hinges(self) -> frozenset[str]:
        return frozenset({"person"})

    def looks_at(self) -> tuple[str, ...]:
        return ("person",)


class InState(Kind, frozen=True, kw_only=True):
    """These acts have their time: the subject stands at one of these states."""

    topic: ClassVar[str] = "order_of_steps"
    happens: ClassVar[bool] = False
    repeats: ClassVar[bool] = True
    acts: tuple[Id, ...]
    """Names of the acts."""
    subject: str
    """What is looked at: one of the subjects above."""
    states: tuple[str, ...]
    """States of it in which the acts may be done."""

    def governed(self) -> tuple[str, ...]:
        return self.acts

    def slot(self, act: str) -> str:
        return f"in_state/{self.subject}"

    def judge(self, setting: Setting) -> Message | None:
        now = SUBJECTS[self.subject](setting)
        if now is None:
            return None
        if now in self.states:
            return KEPT
        return Message(
            f"in_state.{self.subject}",
            {"act": setting.act.name(), "now": now, "states": self.states},
        )

    def hinges(self) -> frozenset[str]:
        if self.subject in ("unit", "receipt"):
            return frozenset({"unit"})
        if self.subject == "practice":
            return frozenset({"practice"})
        by_person = self.subject in ("leave", "presence", "question")
        return frozenset({"person"} if by_person else ())

    def looks_at(self) -> tuple[str, ...]:
        return {"receipt": ("unit",), "practice": ("practice",)}.get(self.subject, ())

    def faults(self, charter: Charter) -> Iterator[tuple[str, Message]]:
        if self.subject not in SUBJECTS:
            yield "subject", Message("lint.unknown_value", {"value": self.subject})
            return
        for state in self.states:
            if state not in STATES[self.subject]:
                yield "states", Message("lint.unknown_value", {"value": state})


class Needs(Kind, frozen=True, kw_only=True):
    """These acts need these fields filled (应当写明)."""

    topic: ClassVar[str] = "contents"
    repeats: ClassVar[bool] = True
    acts: tuple[Id, ...]
    """Names of the acts."""
    fields: tuple[str, ...]
    """Fields of the acts, or of the item they are about; `reason` is the reason given."""

    def governed(self) -> tuple[str, ...]:
        return self.acts

    def slot(self, act: str) -> str:
        return f"needs/{','.join(self.fields)}"

    def judge(self, setting: Setting) -> Message | None:
        missing = [name for name in self.fields if not _given(setting, name)]
        if not missing:
            return KEPT
        return Message("needs.missing", {"act": setting.act.name(), "fields": tuple(missing)})

    def hinges(self) -> frozenset[str]:
        return frozenset(self.fields)

    def looks_at(self) -> tuple[str, ...]:
        return tuple(name for name in self.fields if name != "reason")


class Concerns(Kind, frozen=True, kw_only=True):
    """These acts are about people in these seats only (参会人员)."""

    topic: ClassVar[str] = "concerned"
    happens: ClassVar[bool] = False
    repeats: ClassVar[bool] = True
    acts: tuple[Id, ...]
    """Names of the acts; each has a field `person`."""
    who: tuple[str, ...]
    """Seats, one of which that person holds."""

    def governed(self) -> tuple[str, ...]:
        return self.acts

    def judge(self, setting: Setting) -> Message | None:
        person = setting.act.person
        if any(seats.holds(setting, seat, person) for seat in self.who):
            return KEPT
        return Message(
            "concerns.outsider",
            {"act": setting.act.name(), "person": person, "who": self.who},
        )

    def hinges(self) -> frozenset[str]:
        return frozenset({"person", *seats.fields_of_any(self.who)})

    def looks_at(self) -> tuple[str, ...]:
        return ("person",)

    def faults(self, charter: Charter) -> Iterator[tuple[str, Message]]:
        return seats.unknown(self.who, charter, "who")


class InTheRoom(Kind, frozen=True, kw_only=True):
    """Whoever does these acts is in the room (本人在会)."""

    topic: ClassVar[str] = "presence"
    repeats: ClassVar[bool] = True
    acts: tuple[Id, ...]
    """Names of the acts."""
    who: str = "self"
    """The seat whose holder is in the room."""

    def governed(self) -> tuple[str, ...]:
        return self.acts

    def judge(self, setting: Setting) -> Message | None:
        if setting.sitting is None:
            return None
        away = [
            person
            for person in seats.holders(setting, self.who)
            if not setting.sitting.is_present(person)
        ]
        if not away:
            return KEPT
        return Message("in_the_room.away", {"people": tuple(away), "act": setting.act.name()})

    def hinges(self) -> frozenset[str]:
        return frozenset(seats.fields_of(self.who))

    def faults(self, charter: Charter) -> Iterator[tuple[str, Message]]:
        return seats.unknown((self.who,), charter, "who")


def _given(setting: Setting, name: str) -> bool:
    if name == "reason":
        return bool(setting.reason)
    if getattr(setting.act, name, None):
        return True
    return setting.item is not None and bool(getattr(setting.item, name, None))


def _talk(setting: Setting) -> str | None:
    if setting.sitting is None or setting.item is None:
        return None
    if setting.talk is None:
        return "waiting"
    if setting.talk.outcome is not None:
        return "ended"
    return "presented" if setting.talk.rapporteur else "begun"


def _question(setting: Setting) -> str | None:
    if setting.talk is None or not hasattr(setting.act, "person"):
        return None
    asked = [one for one in setting.talk.asked if one.person == setting.act.person]
    return ("asked" if asked[-1].open else "answered") if asked else "none"


def _record(setting: Setting) -> str | None:
    held = setting.sitting
    return None if held is None else "closed" if held.record.closed else "open"


def _minutes(setting: Setting) -> str | None:
    held = setting.sitting
    return None if held is None else "issued" if held.minutes else "owed"


def _draft(setting: Setting) -> str | None:
    """How whoever acts stands to the draft that was sent round."""
    return setting.sitting.pending.asked(setting.actor) if setting.sitting else None


def _leave(setting: Setting) -> str | None:
    if setting.sitting is None or not hasattr(setting.act, "person"):
        return None
    leave = setting.sitting.leaves.get(setting.act.person)
    return leave.status if leave else "none"


def _presence(setting: Setting) -> str | None:
    if setting.sitting is None or not hasattr(setting.act, "person"):
        return None
    presence = setting.sitting.presence.get(setting.act.person)
    return presence.status if presence else "unknown"


def _notice(setting: Setting) -> str | None:
    if setting.sitting is None:
        return None
    return "given" if setting.sitting.notice else "none"


def _task(setting: Setting) -> str | None:
    """A task runs from the issue of the minutes that name it."""
    task = setting.task
    if task is None:
        return None
    minutes = setting.state.sittings[task.sitting].minutes
    return "assigned" if minutes is None else task.status


def _before(setting: Setting) -> str | None:
    """What the meeting has before it: nothing, this item, or another."""
    if setting.sitting is None:
        return None
    if setting.sitting.current is None:
        return "nothing"
    if setting.item is None:
        return "another"
    return "this" if setting.sitting.current == setting.item.id else "another"


def _unit(setting: Setting) -> str | None:
    unit = setting.state.roster.units.get(getattr(setting.act, "unit", None) or "")
    if unit is None:
        return None
    return "open" if unit.until is None else "closed"


def _receipt(setting: Setting) -> str | None:
    """Whether the section has acknowledged the body's latest charter."""
    versions = setting.log.versions
    if not versions:
        return None
    given = setting.log.receipts.get(versions[-1][1], ())
    return "given" if any(unit == setting.act.unit for unit, _ in given) else "owed"


def _practice(setting: Setting) -> str | None:
    """Whether the practice that the act names is switched on, or is to be."""
    named = getattr(setting.act, "practice", None)
    if named is None:
        return None
    held = setting.log.practices
    runs = any(one.kind == named and one.lasts(setting.on) for one in held)
    return "on" if runs else "off"


SUBJECTS: dict[str, Callable[[Setting], str | None]] = {
    "item": lambda s: s.item.status if s.item else None,
    "sitting": lambda s: s.sitting.status if s.sitting else None,
    "talk": _talk,
    "question": _question,
    "before": _before,
    "recess": lambda s: ("resting" if s.sitting.recess else "none") if s.sitting else None,
    "record": _record,
    "minutes": _minutes,
    "manuscript": lambda s: s.manuscript,
    "publication": lambda s: s.publication,
    "draft": _draft,
    "leave": _leave,
    "presence": _presence,
    "task": _task,
    "notice": _notice,
    "adjustment": lambda s: s.adjustment.status if s.adjustment else None,
    "posting": lambda s: s.posting.status if s.posting else None,
    "unit": _unit,
    "receipt": _receipt,
    "practice": _practice,
    "entry": lambda s: s.decision.source if s.decision else None,
    "decision": lambda s: (
        ("published" if s.decision.published or s.decision.publication else "closed")
        if s.decision
        else None
    ),
}
"""What `InState` can look at, and how its state is read off."""

STATES: dict[str, list[str]] = {
    "item": [
        *("submitted", "returned", "collated", "approved", "put_off", "refused"),
        *("withdrawn", "raised", "declined", "on_agenda", "begun", "decided"),
    ],
    "sitting": ["convened", "open", "closed", "called_off"],
    "talk": ["waiting", "begun", "presented", "ended"],
    "question": ["none", "asked", "answered"],
    "before": ["nothing", "this", "another"],
    "recess": ["none", "resting"],
    "record": ["open", "closed"],
    "minutes": ["owed", "issued"],
    "manuscript": ["minutes", "corrigendum", "none"],
    "publication": ["none", "proposed", "published", "reproposed"],
    "draft": ["unsent", "elsewhere", "asked", "answered"],
    "notice": ["none", "given"],
    "leave": ["none", "requested", "granted", "refused"],
    "presence": ["unknown", "present", "left", "leave", "absent"],
    "task": ["assigned", "open", "completed", "closed", "ended"],
    "adjustment": ["requested", "granted", "refused"],
    "entry": ["chair", "secretary"],
    "decision": ["closed", "published"],
    "posting": ["proposed", "confirmed", "declined"],
    "unit": ["open", "closed"],
    "receipt": ["owed", "given"],
    "practice": ["off", "on"],
}
"""The words for each subject's states."""
