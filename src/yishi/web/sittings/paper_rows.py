"""What was typed on the sheet of a meeting held on paper, as acts in the order of their times."""

import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from yishi.procedure.act import Act
from yishi.procedure.admission import read_act
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Rejected
from yishi.web.acts.inputs import Input, Unreadable, read
from yishi.web.office import Office
from yishi.web.sittings.sheet import Matter, Sheet


class Row(msgspec.Struct):
    """One thing that happened at the meeting, as it was typed."""

    key: str
    act: str
    fields: dict[str, Any]
    doer: str
    clock: str
    at: datetime | None = None
    error: str = ""
    """The id of what is wrong before any rule is asked; empty where nothing is."""


def rows_of(office: Office, sitting: Sitting, sheet: Sheet) -> list[Row]:
    """Every row in the order in which things happened; what has no time follows the one before.

    A row with a fault comes first, so that nothing is entered beside it.
    """
    rows = list(_natural(sitting, sheet))
    _dated(office, sitting, sheet.day, rows)
    if any(row.error for row in rows):
        return [row for row in rows if row.error]
    return sorted(rows, key=lambda row: row.at or sitting.starts_at)


def built(row: Row) -> Act | Rejected:
    """The act of a row."""
    return read_act(row.act, {k: v for k, v in row.fields.items() if v not in ("", None)})


def _natural(sitting: Sitting, sheet: Sheet) -> Iterator[Row]:
    named = {"sitting": sitting.id}
    for one in sheet.coming:
        person = {**named, "person": one.who.person}
        if one.who.status == "unknown" and one.how == "present":
            yield Row(one.key, "mark_present", person, one.who.person, one.at)
        if one.out:
            yield Row(f"{one.key}.out", "leave_room", person, one.who.person, one.out)
    if sheet.chair and sheet.chair != sitting.chair:
        yield Row("chair", "take_chair", named, sheet.chair, sheet.open_at)
    if sitting.status == "convened" and sheet.open_at:
        yield Row("open", "open_sitting", named, sheet.chair, sheet.open_at)
    for one in sheet.coming:
        if one.who.status == "unknown" and one.how in ("leave", "absent"):
            said = {**named, "person": one.who.person, "status": one.how}
            yield Row(
                one.key, "record_absence", said, next(iter(sitting.keepers), ""), sheet.open_at
            )
    for matter in sheet.matters:
        yield from _of_matter(sitting, sheet, matter)
    if sheet.close_at:
        yield Row("close", "close_sitting", named, sheet.chair, sheet.close_at)


def _of_matter(sitting: Sitting, sheet: Sheet, matter: Matter) -> Iterator[Row]:
    named, said = {"sitting": sitting.id, "item": matter.item.id}, matter.typed
    if not matter.begun and said["begun"]:
        yield Row(f"{matter.key}.begun", "begin_item", named, sheet.chair, said["begun"])
    if not matter.presented and said["rapporteur"]:
        report = {"rapporteur": said["rapporteur"], "words": said["report"]}
        yield Row(
            key=f"{matter.key}.reported",
            act="present_item",
            fields={**named, **report, "parts": list(matter.parts)},
            doer=said["rapporteur"],
            clock=said["reported"],
        )
    for one in matter.sections:
        if one.by:
            words = {**named, "unit": one.unit, "words": one.words}
            yield Row(one.key, "report_work", words, one.by, one.at)
        elif one.words:
            yield Row(one.key, "report_work", named, "", one.at, error="paper.by_missing")
    yield from _said(named, matter)
    if said["outcome"]:
        yield _decided(named, sheet, matter)
    elif said["words"] or said["summary"]:
        yield Row(
            f"{matter.key}.decided", "decide_item", named, "", "", error="paper.outcome_missing"
        )


def _said(named: dict[str, str], matter: Matter) -> Iterator[Row]:
    for one in matter.speakers:
        if one.stance == "pass":
            fields = {**named, "member": one.person}
            yield Row(one.key, "pass_turn", fields, one.person, one.at)
        elif one.stance:
            fields = {**named, "member": one.person, "stance": one.stance, "words": one.words}
            yield Row(one.key, "state_position", fields, one.person, one.at)
        elif one.words:
            yield Row(one.key, "state_position", named, "", one.at, error="paper.stance_missing")


def _decided(named: dict[str, str], sheet: Sheet, matter: Matter) -> Row:
    said = matter.typed
    fields: dict[str, Any] = {
        **named,
        "decision": _new("decision"),
        "outcome": said["outcome"],
        "words": said["words"],
        "summary": said["summary"],
    }
    row = Row(f"{matter.key}.decided", "decide_item", fields, sheet.chair, said["decided"])
    if not said["words"]:
        row.error = "paper.words_missing"
    for one in matter.form.inputs:
        name = one.name.rpartition(".")[2]
        if name in ("tasks", "continues", "ends"):
            row.error = row.error or _taken(fields, name, one, matter)
    return row


def _taken(fields: dict[str, Any], name: str, one: Input, matter: Matter) -> str:
    """Take up what was typed in a field of the decision; the id of what is wrong with it."""
    try:
        fields[name] = read(one, matter.form.office.zone, _new)
    except Unreadable as problem:
        return str(problem.args[0])
    return ""


def _dated(office: Office, sitting: Sitting, day: str, rows: list[Row]) -> None:
    """Give each row its time: what was typed, else that of the row before it."""
    last = max(sitting.paper.last if sitting.paper else sitting.starts_at, sitting.convened_at)
    for row in rows:
        if row.clock:
            one = Input("at", "moment", "", True, values=(f"{day} {row.clock}",))
            try:
                row.at = datetime.fromisoformat(read(one, office.zone, str))
            except Unreadable as problem:
                row.error = row.error or str(problem.args[0])
        row.at = row.at or last
        # Who leaves does so in the middle of something else, and moves no time but their own.
        last = row.at if row.act != "leave_room" else last


def _new(kind: str) -> str:
    """A fresh id."""
    return f"{kind[0]}{secrets.token_hex(6)}"
