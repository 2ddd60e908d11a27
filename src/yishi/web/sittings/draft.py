"""A draft as the page of the minutes shows it: what members would change, who passed it."""

from collections.abc import Iterable
from typing import Any

import msgspec
from django.urls import reverse

from yishi.procedure.issued import Corrected, Correction
from yishi.procedure.practising import PREPARED, Remark, remarks
from yishi.procedure.state import Sitting
from yishi.web.acts.views import link_to
from yishi.web.office import Office
from yishi.web.sittings.pressing import Press, press, stands
from yishi.web.sittings.preview import corrects, corrects_later, issues


class Asked(msgspec.Struct, frozen=True):
    """A correction that a member asked for, and how whoever looks may answer it."""

    correction: Correction
    take: Press | None = None
    decline: str = ""
    over: bool = False
    """Whether what it was about is out, so that nobody answers it any more."""


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
        "unanswered": _people(sitting.pending.open) if own else (),
        "word": _link(office, sitting, "draft_corrigendum" if correcting else "word_minutes"),
        "circulate": _link(office, sitting, "circulate_minutes"),
        "ask_for": _link(office, sitting, "request_correction"),
        "pressed": [p for act in presses if (p := press(office, act, sitting=sitting.id))],
        "corrections": [_asked(office, sitting, one) for one in mine],
        "habits": _habits(office, sitting) if own and not correcting else (),
    }


def requests_of(office: Office, sitting: Sitting, made: Corrected | None = None) -> list[Asked]:
    """What was asked for while the minutes, or their correction, were a draft; empty before.

    The office sees all of it, everybody else what they asked for themselves.
    """
    if sitting.minutes is None:
        return []
    held = made.asked if made else sitting.draft.corrections
    own = bool(held) and corrects_later(office, sitting)
    return [Asked(one, over=True) for one in held if own or one.by == office.person]


def _asked(office: Office, sitting: Sitting, one: Correction) -> Asked:
    named = {"sitting": sitting.id, "request": one.id}
    open_ = one.status == "open"
    take = press(office, "take_correction", **named) if open_ else None
    subject = {"sitting": sitting.id}
    link = link_to("decline_correction", subject, request=one.id, next=_back(sitting))
    return Asked(one, take, link if take else "")


def _people(asked: Iterable[Correction]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.by for one in asked))


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
