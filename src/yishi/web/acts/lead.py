"""Until when the notice of a meeting would have to go out, told while its time is chosen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import msgspec

from yishi.procedure.act import Act, Deed
from yishi.procedure.calling import NoticeLead, UsualDay
from yishi.procedure.decide import place
from yishi.procedure.rule import KEPT
from yishi.procedure.setting import Setting
from yishi.procedure.verdict import Citation, Ground, Message
from yishi.web.acts.inputs import Input, Unreadable, read
from yishi.web.office import Office

FIELD: Final = "starts_at"
"""The field of an act that gives a meeting its time."""


ALSO: Final = ("body", "sitting", "kind")
"""What else of a form bears on what is said of its time."""


class Lead(msgspec.Struct, frozen=True):
    """What the rule on the notice asks of a meeting at a time that somebody thinks of."""

    latest: datetime
    """The last moment at which its notice would be in time."""
    past: bool
    """Whether that moment is over already."""
    strict: bool
    """Whether a notice after it is refused; else it goes out with a reason."""
    citation: Citation


def lead_of(office: Office, act: Act) -> Lead | None:
    """What the rule asks of the time that an act names; None where it names none or none asks."""
    starts: Any = getattr(act, FIELD, None)
    if starts is None:
        return None
    setting = place(Deed(act=act, actor=office.person, at=office.now), office.state)
    rule = setting.book.rule(NoticeLead) if isinstance(setting, Setting) else None
    if rule is None or not isinstance(setting, Setting):
        return None
    latest = rule.last_moment(office.state.calendar, starts.astimezone(office.zone))
    bound = setting.book.bound(rule)
    return Lead(latest, office.now > latest, bound.modality == "must", bound.citation)


class Timed(msgspec.Struct, frozen=True):
    """What there is to say of a time while it is chosen."""

    lead: Lead | None = None
    problem: Message | None = None
    """Why no meeting can be at that time, whatever the rules."""
    unusual: Ground | None = None
    """That it is not the usual day, by the rule that names it."""


def timed(office: Office, kind: type[Act], subject: Mapping[str, str], said: str) -> Timed | None:
    """The same of a time as it was typed, before anything else is; None for what is no time."""
    if FIELD not in kind.__struct_fields__ or not said.strip():
        return None
    typed = Input(name=FIELD, kind="moment", label="", required=True, values=(said,))
    made = {kind.new: "thought-of"} if kind.new else {}
    try:
        starts = read(typed, office.zone, str)
        return _told(office, msgspec.convert({**subject, **made, FIELD: starts}, kind))
    except (Unreadable, msgspec.ValidationError):
        return None


def _told(office: Office, act: Act) -> Timed:
    setting = place(Deed(act=act, actor=office.person, at=office.now, reason="…"), office.state)
    if not isinstance(setting, Setting):
        return Timed(problem=setting.message if setting.field == FIELD else None)
    rule = setting.book.rule(UsualDay)
    found = rule.judge(setting) if rule is not None else None
    unusual = None
    if rule is not None and found is not None and found != KEPT:
        unusual = Ground(found, setting.book.bound(rule).citation)
    return Timed(lead_of(office, act), unusual=unusual)
