"""An act as somebody types it into its form, and what the form's answer made of it."""

from typing import Any

import msgspec

from yishi.procedure.act import Act
from yishi.web.acts.form import SUBJECTS
from yishi.web.acts.inputs import ROWS, kind_of

HIDDEN = ("paper", "note")
"""Fields that a form fills by itself, beside the one that names something new."""

CHANGING = ("changes", "changes_task", "continues", "ends")
IDS = (*SUBJECTS, *HIDDEN, *CHANGING, "items", "corrects", "tasks", "adjustments")
"""Fields whose values are ids that the server gives."""

Typed = dict[str, list[str]]


def typed_of(act: Act, known: dict[str, str] | None = None) -> Typed:
    """What a form sends for an act; `known` says which id stands here for one of the act's own."""
    kind, known = type(act), known or {}
    sent: Typed = {"on_paper": ["yes"]} if "paper" in kind.__struct_fields__ else {}
    for field in msgspec.structs.fields(kind):
        value = getattr(act, field.name)
        if field.name == kind.new or field.name in HIDDEN or value is None:
            continue
        said = msgspec.to_builtins(value)
        if field.name in IDS:
            said = _mapped(said, known)
        if field.name in SUBJECTS:
            sent[f"subject.{field.name}"] = [said]
        else:
            sent |= _typed(field, said)
    return sent


def _mapped(said: Any, known: dict[str, str]) -> Any:
    if isinstance(said, list | tuple):
        return [_mapped(one, known) for one in said]
    return known.get(said, said) if isinstance(said, str) else said


def _typed(field: msgspec.structs.FieldInfo, said: Any) -> Typed:
    kind, name = kind_of(field), field.name
    if kind in ROWS:
        return {f"{name}.{c}": [str(row.get(c) or "") for row in said] for c in ROWS[kind]}
    if kind == "agenda":
        return {name: list(said)} | {f"{name}.place.{one}": [str(n)] for n, one in enumerate(said)}
    if kind == "days":
        return {name: [" ".join(said)]}
    if kind == "judged":
        return {name: ["yes" if said else "no"]}
    if kind == "flag":
        return {name: ["yes"] if said else []}
    if kind == "moment":
        return {name: [said[:16]]}
    return {name: list(said) if isinstance(said, list | tuple) else [str(said)]}


def learn(known: dict[str, str], told: Any, found: Any) -> None:
    """Take up which ids the server gave, out of an event as told and as it happened here."""
    if isinstance(told, dict) and isinstance(found, dict):
        for name, value in told.items():
            if name in IDS and isinstance(value, str) and isinstance(found.get(name), str):
                known[value] = found[name]
            learn(known, value, found.get(name))
    elif isinstance(told, list | tuple) and isinstance(found, list | tuple):
        for mine, theirs in zip(told, found, strict=False):
            learn(known, mine, theirs)


def every_field(kind: type[Act], value: str, times: int = 1) -> Typed:
    """The same words typed into every field of an act's form."""
    sent: Typed = {"reason": [value] * times}
    for field in msgspec.structs.fields(kind):
        if field.name == kind.new or field.name in (*HIDDEN, *SUBJECTS):
            continue
        columns = ROWS.get(kind_of(field))
        names = [f"{field.name}.{c}" for c in columns] if columns else [field.name]
        sent |= {name: [value] * times for name in names}
    return sent
