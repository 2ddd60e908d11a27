"""What a form asks beside the act while a meeting is entered from paper: when, and by whom."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import msgspec

from yishi.procedure.act import Act
from yishi.procedure.enact import Rulebook
from yishi.procedure.paper import can_break, enterable, on_paper
from yishi.procedure.verdict import Ground
from yishi.web.acts.choices import Asked, people
from yishi.web.acts.inputs import Input, Typed, Unreadable, read
from yishi.web.office import Office

NAMING: Final = ("person", "member", "rapporteur")
"""Fields that name who did it, where that is not said beside the act."""


class Happened(msgspec.Struct, frozen=True):
    """When something entered from paper really happened, and who did it."""

    held_at: datetime | None = None
    behalf: str | None = None


NOW: Final = Happened()
"""What is done while it is entered, as nearly everything is."""


def paper_inputs(asked: Asked, preset: Mapping[str, str], data: Typed | None) -> list[Input]:
    """The two fields, where the meeting is being entered and the act is one that is."""
    sitting, book = asked.sitting, asked.book
    if sitting is None or book is None or not on_paper(sitting):
        return []
    if not enterable(book, asked.kind.name()):
        return []
    said = {name: _typed(data, preset, name) for name in ("held_at", "behalf")}
    last = sitting.paper.last if sitting.paper else sitting.starts_at
    latest = max(last, sitting.starts_at).astimezone(asked.office.zone)
    when = said["held_at"] or f"{latest:%Y-%m-%dT%H:%M}"
    who = said["behalf"] or _usual(asked, book)
    every = people(asked, dict.fromkeys((sitting.chair or "", *sitting.keepers, *sitting.people)))
    word, hint = asked.office.catalogue.word, asked.office.catalogue.text
    return [
        Input(
            name="held_at",
            kind="moment",
            label=word("fields", "held_at"),
            required=True,
            hint=hint("page.paper.when_hint"),
            values=(when,),
        ),
        Input(
            name="behalf",
            kind="choice",
            label=hint("page.paper.who"),
            required=False,
            hint=hint("page.paper.who_hint"),
            choices=tuple(c for c in every if c.value),
            values=(who,) if who else (),
        ),
    ]


def _typed(data: Typed | None, preset: Mapping[str, str], name: str) -> str:
    return "".join(data.get(name, [])) if data is not None else preset.get(name, "")


def _usual(asked: Asked, book: Rulebook) -> str:
    """Who does such a thing as a rule: the chair what is the chair's, the keeper the record."""
    sitting, act = asked.sitting, asked.kind.name()
    if sitting is None:
        return ""
    if act == "note_record":
        return next(iter(sitting.keepers), "")
    return (sitting.chair or "") if "chair" in book.seats_for(act) else ""


def happened(inputs: list[Input], act: Act | None, office: Office) -> Happened:
    """What was typed into the two fields; what cannot be read is told at them."""
    if not inputs:
        return NOW
    found: dict[str, Any] = {}
    for one in inputs:
        try:
            found[one.name] = read(one, office.zone, str)
        except Unreadable as problem:
            one.error = office.catalogue.text(f"page.{problem.args[0]}", n=one.longest)
    if not found.get("held_at") and not inputs[0].error:
        inputs[0].error = office.catalogue.text("page.form.missing", label=inputs[0].label)
    named = (getattr(act, name, None) for name in NAMING)
    who = found.get("behalf") or next((one for one in named if one), None)
    if act is not None and who is None and not inputs[1].error:
        inputs[1].error = office.catalogue.text("page.form.missing", label=inputs[1].label)
    at = found.get("held_at")
    return Happened(datetime.fromisoformat(at) if at else None, who)


def did_happen(asked: Asked, grounds: tuple[Ground, ...]) -> bool:
    """Whether all that stands in the way is what can have been so at the meeting all the same."""
    book = asked.book
    return book is not None and bool(grounds) and all(can_break(book, g) for g in grounds)
