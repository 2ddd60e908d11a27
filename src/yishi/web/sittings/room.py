"""The meeting in progress (会场): what a kind of viewer sees, and what one person may do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from yishi.accounts.idle import AGAIN, WATCH
from yishi.accounts.private import note_on
from yishi.phrases.models import phrases_of
from yishi.procedure.state import Sitting
from yishi.web.office import Office
from yishi.web.secretariat import of_secretariat
from yishi.web.sittings.found import found_or_404
from yishi.web.sittings.frame import frame_of
from yishi.web.sittings.kind import kind_of
from yishi.web.sittings.over import over
from yishi.web.sittings.own import own_of
from yishi.web.sittings.pressing import stands

LOOKS_AGAIN = 20
"""Seconds after which the page looks again, for whoever asked it to and may stop it."""


def room(request: HttpRequest, subject: str) -> HttpResponse:
    """Show the room to those who have a place in it; to others there is no such page."""
    office: Office = request.office  # type: ignore[attr-defined]
    sitting = found_or_404(office, subject)
    kind = kind_of(office, sitting)
    if kind is None:
        return over(request, office, sitting, "room")
    own = own_of(office, sitting, kind)
    watching = own.quiet and WATCH in request.GET
    context: dict[str, Any] = {
        **own.shown,
        "sitting": sitting,
        "frame": frame_of(office, kind),
        "mixed": own.mixed,
        "own": own.digest,
        "whose": _whose(office),
        "quiet": own.quiet,
        "watching": watching,
        "enters": stands(office, "end_paper_entry", sitting=sitting.id),
        "note": _note(office, own.shown["noting"]),
        **_phrases(office, sitting),
    }
    answer = render(request, "sittings/room.html", context)
    if watching:
        answer.headers["Refresh"] = f"{LOOKS_AGAIN}; url={request.path}?{WATCH}={AGAIN}"
    return answer


def _note(office: Office, item: str | None) -> str:
    """What this person has written for themselves about the item in hand."""
    note = note_on(office.account, item) if item is not None else None
    return note.words if note is not None else ""


def _whose(office: Office) -> str:
    """A name for the account, which tells nothing: the browser keeps under it what was typed."""
    return salted_hmac("yishi.typed", str(office.account.pk)).hexdigest()[:20]


def _phrases(office: Office, sitting: Sitting) -> dict[str, Any]:
    """The office's phrases, for those who write the record or state what is decided."""
    writes = office.person in (*sitting.keepers, sitting.chair) and sitting.status == "open"
    return {
        "phrases": phrases_of(office.institution) if writes else {},
        "edits_phrases": of_secretariat(office) and office.person in sitting.keepers,
    }
