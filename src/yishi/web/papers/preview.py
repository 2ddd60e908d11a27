"""Office documents as PDF to read in the browser: made once for all who may read the document."""

import os

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yishi.jobs import queue
from yishi.jobs.models import Job
from yishi.jobs.queue import Made, NotMade
from yishi.jobs.working import Work
from yishi.papers import shelf
from yishi.papers.content import PDF
from yishi.papers.converting import CONVERTED, NotConverted, convert, program
from yishi.papers.models import Paper
from yishi.web.office import Office
from yishi.web.papers.serving import served
from yishi.web.papers.told import digest_of


def wanted(row: Paper) -> bool:
    """Whether there is, or can be made, a preview of a paper's file."""
    return row.type in CONVERTED and bool(program())


def ask(row: Paper, person: str) -> Job:
    """Ask for the preview of a paper."""
    return queue.ask(row.institution, person, "preview", row.paper, item=row.item)


def made(work: Work, row: Paper) -> None:
    """Make the preview of a paper's file where there is none yet.

    Raises `NotConverted`, or `shelf.Altered` where the file is not what its digest says.
    """
    place = shelf.preview_of(row.institution, row.sha256)
    if place.is_file():
        return
    out = work.place / "preview.pdf"
    with shelf.take(row.institution, row.sha256) as file:
        convert(file, row.type, out)
    place.parent.mkdir(parents=True, exist_ok=True)
    os.replace(out, place)
    # Whoever erases a paper removes its file first and its preview then: one of them sees it.
    if not shelf.place_of(row.institution, row.sha256).is_file():
        place.unlink(missing_ok=True)
        raise shelf.Altered(row.sha256)


def make(work: Work) -> Made:
    """The job: the preview of one paper."""
    row = _row(work.job)
    if row is None:
        raise NotMade("jobs.not_readable")
    try:
        made(work, row)
    except shelf.Altered as error:
        raise NotMade("jobs.not_readable") from error
    except NotConverted as error:
        raise NotMade(f"jobs.{error.args[0]}") from error
    return Made(holds=(("paper", row.item),))


def _row(job: Job) -> Paper | None:
    found = Paper.objects.filter(institution=job.institution, paper=job.subject)
    return found.filter(item=job.wanted.get("item", "")).first()


def opens(office: Office, job: Job) -> bool:
    """Whether whoever asked may read the paper now."""
    return office.reads("paper", job.wanted.get("item", "")).allowed


def called(office: Office, job: Job) -> str:
    """What the job's page is called."""
    row = _row(job) if opens(office, job) else None
    return office.catalogue.text("page.jobs.preview", name=row.name if row else "")


def back(job: Job) -> str:
    """Where it was asked for."""
    return reverse("item", args=[job.wanted.get("item", "")])


def result(job: Job) -> str:
    """Where the preview is read."""
    return reverse("preview", args=[job.wanted.get("item", ""), job.subject])


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, item: str, subject: str) -> HttpResponse:
    """The preview for those who may read the paper; where there is none yet, the way to it."""
    office: Office = request.office  # type: ignore[attr-defined]
    row = _readable_or_404(office, item, subject)
    if request.method == "POST":
        return _asked(request, office, row)
    place = shelf.preview_of(office.institution, row.sha256)
    if not place.is_file():
        return render(request, "papers/preview.html", {"row": row})
    named = f"{row.name.rpartition('.')[0]}.pdf"
    return served(place.open("rb"), named, PDF, download=False)


def _asked(request: HttpRequest, office: Office, row: Paper) -> HttpResponse:
    try:
        return redirect("job", ask(row, office.person).id)
    except queue.TooMany:
        said = office.catalogue.text("page.jobs.too_many")
        return render(request, "papers/preview.html", {"row": row, "error": said}, status=409)


def _readable_or_404(office: Office, item: str, subject: str) -> Paper:
    if not office.reads("paper", item).allowed:
        raise Http404
    recorded = digest_of(office.institution, item, subject)
    row = Paper.objects.filter(institution=office.institution, item=item, paper=subject).first()
    # The row only leads to the file: the journal says which file it is.
    if row is None or recorded is None or recorded != row.sha256 or not wanted(row):
        raise Http404
    return row
