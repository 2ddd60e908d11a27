"""A draft as the page of the minutes shows it: what members would change, who passed it."""

from collections.abc import Iterable
from typing import Any

import msgspec
from django.urls import reverse

from yishi.procedure.issued import Correction
from yishi.procedure.practising import PREPARED, Remark, remarks
from yishi.procedure.state import Sitting
from yishi.web.acts.views import link_to
from yishi.web.office import Office
from yishi.web.sittings.pressing import Press, press, stands
from yishi.web.sittings.preview import corrects, issues


class Asked(msgspec.Struct, frozen=True):
    """A correction that a member asked for, and how whoever looks may answer it."""

    correction: Correction
    take: Press | None
    decline: str


def wording(office: Office, sitting: Sitting, item: str) -> dict[str, Any]:
    """How a point may be explained and moved by whoever looks; nothing once minutes are out."""
    named = {"sitting": sitting.id, "item": item}
    if sitting.minutes is not None or not stands(office, "word_point", **named):
        return {}
    link = link_to("word_point", named, next=_back(sitting))
    return {"wording": link, "up": press(office, "move_point", **named)}


def round_of(office: Office, sitting: Sitting) -> dict[str, Any]:
    """Everything about the draft on its way that is not in what goes out itself."""
    correcting = sitting.minutes is not None
    own = corrects(office, sitting) if correcting else issues(office, sitting)
    mine = [c for c in sitting.pending.corrections if own or c.by == office.person]
    presses = ("agree_minutes", "check_minutes", "sign_off_minutes")
    return {
        "draft": sitting.pending,
        "own": own,
        "word": _link(office, sitting, "draft_corrigendum" if correcting else "word_minutes"),
        "circulate": _link(office, sitting, "circulate_minutes"),
        "ask_for": _link(office, sitting, "request_correction"),
        "pressed": [p for act in presses if (p := press(office, act, sitting=sitting.id))],
        "corrections": [_asked(office, sitting, one) for one in mine],
        "habits": _habits(office, sitting) if own and not correcting else (),
    }


def _asked(office: Office, sitting: Sitting, one: Correction) -> Asked:
    named = {"sitting": sitting.id, "request": one.id}
    open_ = one.status == "open"
    take = press(office, "take_correction", **named) if open_ else None
    subject = {"sitting": sitting.id}
    link = link_to("decline_correction", subject, request=one.id, next=_back(sitting))
    return Asked(one, take, link if take else "")


def _habits(office: Office, sitting: Sitting) -> Iterable[Remark]:
    """What house practice would have done first; no rule asks for it."""
    every = remarks(office.state, sitting, office.now)
    return [one for one in every if one.practice in PREPARED]


def _link(office: Office, sitting: Sitting, act: str) -> str:
    """The link to an act's form where it is this person's, and its time."""
    if not stands(office, act, sitting=sitting.id):
        return ""
    return link_to(act, {"sitting": sitting.id}, next=_back(sitting))


def _back(sitting: Sitting) -> str:
    return reverse("minutes", args=[sitting.id])
