"""How far publishing a meeting's minutes has come, as their page shows it (公开)."""

import msgspec
from django.urls import reverse

from yishi.procedure.access import may_read_public_minutes
from yishi.procedure.issued import Declined, Proposal, Version
from yishi.procedure.offers import Offer, Withheld
from yishi.procedure.state import Sitting
from yishi.web.acts.views import link_to
from yishi.web.office import Office
from yishi.web.sittings.pressing import asked, own, stands


class Life(msgspec.Struct, frozen=True):
    """What was proposed and published, and what this person may do about it."""

    public: Version | None
    versions: tuple[Version, ...]
    """Everything that was ever published, the latest first."""
    proposal: Proposal | None
    """What waits for an answer; None for whoever neither proposes nor answers."""
    declined: Declined | None
    """Why the last proposal came to nothing, for the same people."""
    behind: bool
    """Whether what is public lacks a correction that is out."""
    propose: bool
    answer: bool
    decline: str
    withdraw: str


def life(office: Office, sitting: Sitting) -> Life | None:
    """That, where there is anything to show to this person."""
    held = sitting.minutes
    if held is None:
        return None
    propose, answer = proposes(office, sitting), answers(office, sitting)
    shown = held.proposal if propose or answer else None
    declined = held.declined if propose or answer else None
    if not (propose or held.versions or shown or declined):
        return None
    public = held.public
    return Life(
        public=public,
        versions=tuple(reversed(held.versions)),
        proposal=shown,
        declined=declined,
        behind=behind(sitting),
        propose=propose,
        answer=answer and held.proposal is not None,
        decline=_link(office, sitting, "decline_publication"),
        withdraw=_link(office, sitting, "withdraw_publication"),
    )


def behind(sitting: Sitting) -> bool:
    """Whether what is public was published before a correction."""
    held = sitting.minutes
    public = held.public if held else None
    return held is not None and public is not None and _lacks(public, len(held.corrected))


def _lacks(public: Version, corrections: int) -> bool:
    return corrections > public.proposal.corrections


def proposes(office: Office, sitting: Sitting) -> bool:
    """Whether proposing to publish these minutes is this person's, now or later."""
    return sitting.minutes is not None and _theirs(office, sitting, "propose_publication")


def answers(office: Office, sitting: Sitting) -> bool:
    """Whether it is this person's to answer what was proposed."""
    return any(_theirs(office, sitting, act) for act in ("publish_minutes", "decline_publication"))


def reads_public(office: Office, sitting: Sitting) -> bool:
    """Whether this person may read what is public of these minutes."""
    return office.answers.to(
        ("public minutes", sitting.id),
        lambda: may_read_public_minutes(office.state, office.person, sitting.id, office.now),
    )


def published(office: Office) -> list[Sitting]:
    """The meetings of whose minutes this person may read what is public, the latest first."""
    held = ((s.minutes.public, s) for s in office.state.sittings.values() if s.minutes)
    mine = [(v.at, s.id, s) for v, s in held if v is not None and reads_public(office, s)]
    return [sitting for _, _, sitting in sorted(mine, key=lambda one: one[:2], reverse=True)]


def _theirs(office: Office, sitting: Sitting, act: str) -> bool:
    answer = asked(office, act, sitting=sitting.id)
    return isinstance(answer, Offer) or (isinstance(answer, Withheld) and own(answer))


def _link(office: Office, sitting: Sitting, act: str) -> str:
    if not stands(office, act, sitting=sitting.id):
        return ""
    return link_to(act, {"sitting": sitting.id}, next=reverse("publishing", args=[sitting.id]))
