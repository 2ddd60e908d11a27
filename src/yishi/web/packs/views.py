"""The page on which the papers of a meeting are printed (打印会议材料)."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yishi.jobs import queue
from yishi.jobs.models import Job
from yishi.procedure.state import Sitting
from yishi.web.jobs.views import shown
from yishi.web.office import Office
from yishi.web.packs.gathering import has_pack, recipients
from yishi.web.sittings.found import found_or_404
from yishi.web.sittings.seated import seated

LATEST: Final = 40
"""Packs that the page lists."""


@require_http_methods(["GET", "HEAD", "POST"])
def pack(request: HttpRequest, subject: str) -> HttpResponse:
    """Ask for packs, and find those that were made."""
    office: Office = request.office  # type: ignore[attr-defined]
    sitting = found_or_404(office, subject)
    if not has_pack(office, sitting):
        raise Http404
    if request.method == "POST":
        return _asked(request, office, sitting)
    return _page(request, office, sitting)


def _page(
    request: HttpRequest, office: Office, sitting: Sitting, error: str = "", status: int = 200
) -> HttpResponse:
    mine = Job.objects.filter(
        institution=office.institution, person=office.person, kind="pack", subject=sitting.id
    )
    people = recipients(office, sitting)
    context: dict[str, Any] = {
        "sitting": sitting,
        "people": [seated(office, sitting, person) for person in people],
        "several": len(people) > 1,
        "chosen": request.POST.getlist("for") or [office.person],
        "forms": bool(request.POST.get("forms")),
        "made": [shown(office, job) for job in mine.order_by("-id")[:LATEST]],
        "error": error,
    }
    context["waits"] = any(not one["job"].ended for one in context["made"])
    return render(request, "packs/pack.html", context, status=status)


def _asked(request: HttpRequest, office: Office, sitting: Sitting) -> HttpResponse:
    """Ask for one pack for each recipient; one alone leads to its own page."""
    people = recipients(office, sitting)
    chosen = list(dict.fromkeys(request.POST.getlist("for"))) if len(people) > 1 else list(people)
    words = office.catalogue
    if not chosen or not set(chosen) <= set(people):
        return _page(request, office, sitting, words.text("page.packs.nobody"), 422)
    forms = bool(request.POST.get("forms"))
    try:
        jobs = queue.ask_all(
            *(office.institution, office.person, "pack", sitting.id),
            [{"for": one, "forms": forms} for one in chosen],
        )
    except queue.TooMany as many:
        waiting, most = many.args
        said = words.text("page.packs.too_many", n=len(chosen), waiting=waiting, most=most)
        return _page(request, office, sitting, said, 409)
    if len(jobs) == 1:
        return redirect("job", jobs[0].id)
    messages.success(request, words.text("page.packs.asked", count=len(jobs)))
    return redirect("pack", sitting.id)
