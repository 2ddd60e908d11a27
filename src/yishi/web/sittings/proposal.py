"""When the next meeting of a body might begin, by its own rules: a proposal, never a decision."""

from datetime import datetime
from typing import Any, Final

import msgspec
from django.urls import reverse

from yishi.procedure.calling import Cadence, ExtraSittings, NoticeLead, UsualDay
from yishi.procedure.charters import GENERAL
from yishi.procedure.enact import Rulebook, book_of, digests_on
from yishi.procedure.offers import Offer
from yishi.procedure.rule import Bound, Kind
from yishi.procedure.submission import SubmissionDeadline
from yishi.web.acts.proposed import as_typed, notice_until, proposed_start
from yishi.web.acts.views import link_to
from yishi.web.office import Office
from yishi.web.sittings.pressing import asked
from yishi.wording.norms import norm_of

RULES: Final[tuple[type[Kind], ...]] = (
    Cadence,
    UsualDay,
    ExtraSittings,
    NoticeLead,
    SubmissionDeadline,
)
"""What a convener wants to know before naming a time."""


class Proposal(msgspec.Struct, frozen=True):
    """A body that this person may convene, the proposed start, and what its rules say."""

    body: str
    start: datetime | None
    notice_until: datetime | None
    rules: tuple[dict[str, Any], ...]
    link: str


def proposals(office: Office) -> tuple[Proposal, ...]:
    """One for each body that this person may call together."""
    bodies = (b for b in sorted(office.state.bodies) if b != GENERAL)
    return tuple(_proposal(office, body) for body in bodies if convenes(office, body))


def convenes(office: Office, body: str) -> bool:
    """Whether this person may call the body together."""
    return isinstance(asked(office, "convene", body=body), Offer)


def _proposal(office: Office, body: str) -> Proposal:
    book = book_of(office.state, digests_on(office.state, body, office.now.date()))
    start = proposed_start(office, body)
    preset = {"starts_at": as_typed(start)} if start else {}
    return Proposal(
        body=body,
        start=start,
        notice_until=notice_until(office, book, body, start) if start else None,
        rules=_told(office, book, body),
        link=link_to(
            "convene", {"body": body}, kind="ordinary", next=reverse("sittings"), **preset
        ),
    )


def _told(office: Office, book: Rulebook, body: str) -> tuple[dict[str, Any], ...]:
    bounds = (book.bound(rule) for kind in RULES for rule in book.all_of(kind))
    return tuple(_rule(office, bound, body) for bound in bounds)


def _rule(office: Office, bound: Bound, body: str) -> dict[str, Any]:
    return {
        "norm": norm_of(bound, office.catalogue, office.names_for(body)),
        "modality": bound.modality,
        "citation": bound.citation,
    }
