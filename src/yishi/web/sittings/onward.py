"""Moving one item of an agenda to the body's next meeting: two agendas set, one after the other."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yishi.clerk.door import Done, do
from yishi.procedure.convening import SetAgenda
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Accepted, Refused
from yishi.web.acts.form import KEY
from yishi.web.acts.grounds import tellable
from yishi.web.acts.leaving import following, leaves
from yishi.web.office import Office
from yishi.web.sittings.found import found_or_404
from yishi.web.sittings.pressing import key


def movable(office: Office, sitting: Sitting, item: str) -> Sitting | None:
    """The meeting to which this person may move the item; None where its agenda keeps it."""
    to = following(office, sitting)
    return to if to is not None and leaves(office, sitting, item) else None


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


def moved_from_form(request: HttpRequest, office: Office, subject: str, item: str) -> bool:
    """Move an item as the form of the agenda asks; whether it was this person's to move."""
    sitting = office.state.sittings.get(subject)
    to = movable(office, sitting, item) if sitting is not None else None
    if sitting is None or to is None or not office.reads("item", item).allowed:
        return False
    move(request, office, sitting, to, item)
    return True


def move(request: HttpRequest, office: Office, sitting: Sitting, to: Sitting, item: str) -> None:
    """Take the item off the one agenda and put it on the other; say how far that went."""
    said = request.POST.get("key", "")
    name = said if KEY.match(said) and len(said) < 60 else key()
    seen = request.POST.get("seen", "")
    off = _set(office, sitting, tuple(i for i in sitting.agenda if i != item), f"{name}.off", seen)
    if not isinstance(off.verdict, Accepted):
        _failed(request, office, "sittings.not_taken_off", off, to, item)
        return
    on = _set(office, to, (*to.agenda, item), f"{name}.on", seen)
    if isinstance(on.verdict, Accepted):
        text = office.catalogue.text("page.sittings.moved_on")
        messages.success(request, text)
    else:
        _failed(request, office, "sittings.taken_off_only", on, to, item)


def _set(office: Office, sitting: Sitting, items: tuple[str, ...], name: str, seen: str) -> Done:
    planned = sitting.durations
    durations = tuple(planned.get(i, 0) for i in items) if planned else ()
    act = SetAgenda(sitting=sitting.id, items=items, durations=durations)
    at = int(seen) if seen.isdecimal() and len(seen) < 18 else None
    return do(office.institution, office.person, act, key=name, seen=at)


def _failed(
    request: HttpRequest, office: Office, what: str, done: Done, to: Sitting, item: str
) -> None:
    """Say what did not come about, with every ground and its clause."""
    words = office.catalogue
    messages.error(request, words.text(f"page.{what}"))
    verdict = done.verdict
    if isinstance(verdict, Refused):
        for ground in tellable(office, verdict.grounds):
            messages.error(request, words.ground(ground, office.names))
    elif not isinstance(verdict, Accepted):
        messages.error(request, words.sentence(verdict.message, office.names))
