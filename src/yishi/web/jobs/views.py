"""A job as whoever asked for it sees it: how far it is, what came of it, what is missing."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yishi.accounts.idle import looks_by_itself
from yishi.jobs.models import DONE, RUNNING, Job
from yishi.jobs.places import place_of
from yishi.procedure.verdict import Message
from yishi.web.jobs.kinds import KINDS
from yishi.web.office import Office
from yishi.web.papers.serving import served

MOST: Final = 100
"""Jobs of which a page asks at once."""

FAILURES: Final = {
    "jobs.given_up": Message("jobs.given_up"),
    "jobs.broke": Message("jobs.broke"),
    "jobs.not_readable": Message("jobs.not_readable"),
    "jobs.no_program": Message("jobs.no_program"),
    "jobs.not_made": Message("jobs.not_made"),
    "jobs.no_font": Message("jobs.no_font"),
    "jobs.altered": Message("jobs.altered"),
    "jobs.too_much": Message("jobs.too_much"),
    "jobs.erased": Message("jobs.erased"),
    "jobs.not_there": Message("jobs.not_there"),
    "jobs.moved_on": Message("jobs.moved_on"),
    "archive.unprintable": Message("archive.unprintable"),
    "archive.file_lost": Message("archive.file_lost"),
    "archive.no_font": Message("archive.no_font"),
    "archive.too_large": Message("archive.too_large"),
}
"""Why nothing was made."""


def own_or_404(office: Office, key: int) -> Job:
    """A job of this person's; nobody else learns that there is one."""
    job = Job.objects.filter(id=key, institution=office.institution, person=office.person).first()
    if job is None or job.kind not in KINDS:
        raise Http404
    return job


@require_safe
def job(request: HttpRequest, key: int) -> HttpResponse:
    """How far a job is, and what came of it."""
    office: Office = request.office  # type: ignore[attr-defined]
    held = own_or_404(office, key)
    context = {**shown(office, held), "leads": KINDS[held.kind].leads}
    return render(request, "jobs/job.html", context)


def shown(office: Office, held: Job) -> dict[str, Any]:
    """What pages say of a job."""
    kind = KINDS[held.kind]
    opens = held.state == DONE and kind.opens(office, held)
    return {
        "job": held,
        "called": kind.called(office, held),
        "back": kind.back(held),
        "opens": opens,
        "result": kind.result(held) if opens and kind.result else "",
        "failure": _why(held),
        "running": held.state == RUNNING,
    }


def _why(held: Job) -> Message:
    """Why nothing was made, with what has to be named."""
    found = FAILURES.get(held.failure, FAILURES["jobs.broke"])
    return Message(found.id, held.remarks[0]) if held.failure and held.remarks else found


@looks_by_itself
@require_safe
def states(request: HttpRequest) -> HttpResponse:
    """The same in a few words, of all that a page waits for; of others' there is nothing."""
    office: Office = request.office  # type: ignore[attr-defined]
    keys = [key for key in request.GET.getlist("job") if key.isdecimal() and len(key) < 19]
    mine = Job.objects.filter(institution=office.institution, person=office.person)
    said = {
        job.id: {"state": job.state, "done": job.done, "steps": job.steps}
        for job in mine.filter(id__in=map(int, keys[:MOST]))
    }
    return JsonResponse(said, headers={"Cache-Control": "no-store"})


@require_safe
def result(request: HttpRequest, key: int) -> HttpResponse:
    """What was made: for whoever asked for it, while they may read all that it holds."""
    office: Office = request.office  # type: ignore[attr-defined]
    held = own_or_404(office, key)
    if held.state != DONE or not held.file:
        raise Http404
    if not KINDS[held.kind].opens(office, held):
        return render(request, "jobs/job.html", shown(office, held), status=404)
    try:
        file = place_of(held.file).open("rb")
    except OSError as error:
        raise Http404 from error
    return served(file, held.name, held.type, download="download" in request.GET)
