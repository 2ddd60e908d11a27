"""Who sees what is on its way out: minutes before they are issued, and what is to correct them."""

from typing import Final

from yishi.procedure.offers import Offer, Withheld
from yishi.procedure.state import Sitting
from yishi.web.office import Office
from yishi.web.sittings.pressing import asked, own, stands

REVIEWING: Final = ("check_minutes", "sign_off_minutes", "sign_minutes")
"""Acts for which somebody has to have read the draft."""


def issues(office: Office, sitting: Sitting) -> bool:
    """Whether the minutes are this person's to issue, now or later."""
    return _theirs(office, sitting, "issue_minutes")


def corrects(office: Office, sitting: Sitting) -> bool:
    """Whether there is a drafted correction, and it is this person's to issue."""
    return sitting.corrigendum is not None and _theirs(office, sitting, "issue_corrigendum")


def corrects_later(office: Office, sitting: Sitting) -> bool:
    """Whether it is this person's to correct the minutes when they are out."""
    return _theirs(office, sitting, "draft_corrigendum") or corrects(office, sitting)


def reviews(office: Office, sitting: Sitting) -> bool:
    """Whether the draft on its way was sent to this person, or is theirs to check or to sign now.

    A draft is sent to readers of the minutes only; who is none any more sees it no more.
    """
    if sitting.minutes is not None and sitting.corrigendum is None:
        return False
    if any(stands(office, act, sitting=sitting.id) for act in REVIEWING):
        return True
    sent = sitting.pending.sent
    asked_of = sent is not None and office.person in sent.people
    return asked_of and office.reads("minutes", sitting.id).allowed


def previews(office: Office, sitting: Sitting) -> bool:
    """Whether this person sees the minutes before they are out: whose they are, or who reviews."""
    if sitting.opened_at is None or sitting.minutes is not None:
        return False
    return issues(office, sitting) or reviews(office, sitting)


def _theirs(office: Office, sitting: Sitting, act: str) -> bool:
    answer = asked(office, act, sitting=sitting.id)
    return isinstance(answer, Offer) or (isinstance(answer, Withheld) and own(answer))
