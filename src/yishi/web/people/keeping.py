"""Who keeps the roster and the accounts: whoever the rules let enter people."""

from django.http import Http404

from yishi.procedure.kinds import ACTS
from yishi.procedure.offers import Offer
from yishi.web.office import Office

KEEPING = ("enter_person", "open_unit", "close_unit", "propose_post")
"""Acts of whoever keeps the roster, which name nothing that is there already."""


def keeps_roster(office: Office) -> bool:
    """Whether the rules let this person enter people; accounts go with it."""
    return isinstance(_asked(office, "enter_person"), Offer)


def keeper_or_404(office: Office) -> None:
    """Let nobody else in: to everybody else the page is not there."""
    if not keeps_roster(office):
        raise Http404


def kept_by(office: Office) -> list[str]:
    """The acts of keeping that this person may do now."""
    return [name for name in KEEPING if isinstance(_asked(office, name), Offer)]


def _asked(office: Office, name: str) -> object:
    return office.ask(ACTS[name], {})
