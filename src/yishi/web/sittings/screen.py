"""The big screen (投影): what everybody in the room may see, readable from the last row."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yishi.procedure.state import Sitting
from yishi.web.office import Office
from yishi.web.sittings.agenda import lines, streams
from yishi.web.sittings.page import found_or_404
from yishi.web.sittings.seated import hears
from yishi.web.sittings.talk import talk_on
from yishi.web.sittings.told import told


def screen(request: HttpRequest, subject: str) -> HttpResponse:
    """Show the item, who reports, whose turn it is; no words, no stance, no tally of anybody."""
    office: Office = request.office  # type: ignore[attr-defined]
    sitting = found_or_404(office, subject)
    if not projects(office, sitting):
        raise Http404
    happenings = told(office, streams(office, sitting))
    talk = talk_on(office, sitting, happenings) if sitting.current else None
    context: dict[str, Any] = {
        "sitting": sitting,
        "agenda": lines(office, sitting, happenings),
        "talk": talk,
        "present": sum(sitting.is_present(seat.person) for seat in sitting.members),
        **lasting_of(office, sitting),
    }
    return render(request, "sittings/screen.html", context)


def projects(office: Office, sitting: Sitting) -> bool:
    """Whether somebody may put the meeting on the wall: the chair, or whoever keeps the record."""
    shows = sitting.status in ("convened", "open")
    mine = office.person == sitting.chair or office.person in sitting.keepers
    return shows and mine and (sitting.current is None or hears(office, sitting, sitting.current))


def lasting_of(office: Office, sitting: Sitting) -> dict[str, Any]:
    """For how long the item has been before the meeting, in seconds, by the server's clock."""
    talk = sitting.deliberations.get(sitting.current or "")
    if talk is None or talk.begun_at is None:
        return {"lasts": None, "lasts_said": ""}
    seconds = max(0, int((office.now - talk.begun_at).total_seconds()))
    return {"lasts": seconds, "lasts_said": f"{seconds // 60}:{seconds % 60:02d}"}
