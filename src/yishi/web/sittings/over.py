"""What is told where a meeting is over: called off, or, on the wall, that it has ended."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yishi.procedure.state import Sitting
from yishi.web.office import Office
from yishi.web.sittings.seated import concerned
from yishi.web.sittings.told import of, told


def over(request: HttpRequest, office: Office, sitting: Sitting, view: str) -> HttpResponse:
    """Say it to those who had a place there, and lead on; to others there is no such page."""
    off = sitting.status == "called_off" and concerned(office, sitting)
    shown = office.person == sitting.chair or office.person in sitting.keepers
    if not off and not (view == "screen" and sitting.status == "closed" and shown):
        raise Http404
    said = of(told(office, [f"sitting/{sitting.id}"]), "sitting_called_off") if off else []
    context = {
        "sitting": sitting,
        "why": said[-1].event.reason if said else "",
        "wall": view == "screen",
    }
    return render(request, "sittings/over.html", context)
