"""The big screen (投影): what everybody in the room may see, readable from the last row."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yishi.web.office import Office
from yishi.web.sittings.found import found_or_404
from yishi.web.sittings.frame import frame_of
from yishi.web.sittings.habits import codes
from yishi.web.sittings.kind import kind_of
from yishi.web.sittings.over import over
from yishi.web.sittings.wall import missing


def screen(request: HttpRequest, subject: str) -> HttpResponse:
    """Show the item, who reports, whose turn it is, by rule the count; no words, no stances."""
    office: Office = request.office  # type: ignore[attr-defined]
    sitting = found_or_404(office, subject)
    kind = kind_of(office, sitting, "screen")
    if kind is None:
        return over(request, office, sitting, "screen")
    context = {
        "sitting": sitting,
        "frame": frame_of(office, kind),
        "codes": codes(office.state, sitting),
        "missing": missing(office, sitting),
    }
    return render(request, "sittings/screen.html", context)
