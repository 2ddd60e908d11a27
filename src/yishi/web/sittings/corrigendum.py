"""What corrects issued minutes, as their page shows it: what is drafted, what is out, who read."""

from collections.abc import Iterable

import msgspec
from django.urls import reverse

from yishi.procedure.issued import Corrected, Corrigendum
from yishi.procedure.offers import Withheld
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Ground
from yishi.web.acts.views import link_to
from yishi.web.office import Office
from yishi.web.profiles.face import corrections_serial
from yishi.web.sittings.delivery import Delivery, delivery
from yishi.web.sittings.draft import Asked, requests_of
from yishi.web.sittings.pressing import Press, asked, press, stands
from yishi.web.sittings.preview import corrects, reviews


class Out(msgspec.Struct, frozen=True):
    """A correction that is out, with its number as it is printed, and how far it is delivered."""

    number: str
    made: Corrected
    delivery: Delivery | None
    requests: list[Asked]
    """What was asked for while it was a draft, as far as whoever looks may see it."""


class Drafted(msgspec.Struct, frozen=True):
    """A correction on its way, for whoever issues, checks or signs it, or was sent it."""

    held: Corrigendum
    own: bool
    missing: tuple[Ground, ...]
    """What still keeps it from going out."""
    issue: Press | None
    sign: Press | None
    drop: str


def corrections_out(office: Office, sitting: Sitting) -> list[Out]:
    """The documents that correct the minutes, in order."""
    made = sitting.minutes.corrected if sitting.minutes else ()
    return [
        Out(
            corrections_serial(office, sitting, one),
            one,
            delivery(office, sitting, one),
            requests_of(office, sitting, one),
        )
        for one in made
    ]


def drafted(office: Office, sitting: Sitting) -> Drafted | None:
    """The correction that is on its way; None where there is none, or it is not this person's."""
    held, own = sitting.corrigendum, corrects(office, sitting)
    if held is None or not (own or reviews(office, sitting)):
        return None
    answer = asked(office, "issue_corrigendum", sitting=sitting.id)
    return Drafted(
        held=held,
        own=own,
        missing=answer.grounds if own and isinstance(answer, Withheld) else (),
        issue=press(office, "issue_corrigendum", sitting=sitting.id),
        sign=press(office, "sign_minutes", sitting=sitting.id),
        drop=_link(office, sitting, "drop_corrigendum"),
    )


def begins(office: Office, sitting: Sitting) -> dict[str, str]:
    """The links to correct what is out: by a draft first, or at once where nothing is asked."""
    acts: Iterable[str] = ("draft_corrigendum", "correct_minutes")
    if sitting.minutes is None or sitting.corrigendum is not None:
        return {}
    return {act: link for act in acts if (link := _link(office, sitting, act))}


def _link(office: Office, sitting: Sitting, act: str) -> str:
    if not stands(office, act, sitting=sitting.id):
        return ""
    return link_to(act, {"sitting": sitting.id}, next=reverse("minutes", args=[sitting.id]))
