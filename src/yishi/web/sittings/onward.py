"""The page that asks whether an item is to come to the body's next meeting instead."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yishi.web.acts.moving import movable, move
from yishi.web.office import Office
from yishi.web.sittings.found import found_or_404
from yishi.web.sittings.pressing import key


def onward(request: HttpRequest, subject: str, item: str) -> HttpResponse:
    """Ask whether an item is to come to the next meeting, and put it there."""
    office: Office = request.office  # type: ignore[attr-defined]
    sitting = found_or_404(office, subject)
    if item in office.state.items and request.method == "POST" and item not in sitting.agenda:
        return redirect("sitting", sitting.id)  # sent twice
    to = movable(office, sitting, item)
    if to is None or not office.reads("item", item).allowed:
        raise Http404
    if request.method == "POST":
        move(request, office, sitting, to, item)
        return redirect("sitting", sitting.id)
    context: dict[str, Any] = {"sitting": sitting, "to": to, "item": item, "key": key()}
    return render(request, "sittings/onward.html", context)
