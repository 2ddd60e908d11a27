"""A closed meeting goes to the archive (归档): what is in the package, and the package itself."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from yishi.archive.profile import Profile, Wrong, profile
from yishi.jobs import queue
from yishi.papers import shelf
from yishi.papers.models import Paper
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Message
from yishi.web.archive.job import KIND
from yishi.web.archive.standing import Standing, standing
from yishi.web.archive.wanted import UNADOPTED, wanted, went_on
from yishi.web.office import Office
from yishi.web.sittings.found import found_or_404
from yishi.web.sittings.pressing import key


@require_safe
def archive(request: HttpRequest, subject: str) -> HttpResponse:
    """What goes into the package of a meeting, what is missing, and whether it has been made."""
    office: Office = request.office  # type: ignore[attr-defined]
    sitting, how = _found(office, subject)
    return _page(request, office, sitting, how)


def _found(office: Office, subject: str) -> tuple[Sitting, Standing]:
    sitting = found_or_404(office, subject)
    how = standing(office, sitting) if sitting.kind != "before" else None
    if how is None:
        raise Http404
    return sitting, how


def _page(
    request: HttpRequest,
    office: Office,
    sitting: Sitting,
    how: Standing,
    amiss: Message | None = None,
) -> HttpResponse:
    known, wrong = _profile(office)
    said = amiss or wrong
    context = {
        "sitting": sitting,
        "standing": how,
        "latest": sitting.archived[-1] if sitting.archived else None,
        "earlier": sitting.archived[-2::-1],
        "there": sitting.archived and shelf.hold(office.institution, sitting.archived[-1][1]),
        "contents": _contents(office, sitting, known),
        "gaps": known.lacks,
        "known": known,
        "amiss": office.catalogue.sentence(said, office.names) if said else "",
        "key": key(),
    }
    return render(request, "archive/archive.html", context, status=409 if amiss else 200)


def _profile(office: Office) -> tuple[Profile, Message | None]:
    path = settings.ARCHIVE / f"{office.institution}.toml"
    try:
        return profile(path), None
    except Wrong as wrong:
        return profile(path.with_suffix(".none")), wrong.args[0]


def _contents(office: Office, sitting: Sitting, known: Profile) -> list[tuple[str, bool, int, str]]:
    """Kinds of what goes in: which, whether not adopted, how many, how long they are kept."""
    kinds = Counter(one.kept_as for one in wanted(office.state, sitting))
    received = Paper.objects.filter(institution=office.institution, item__in=sitting.agenda)
    for item, at in received.values_list("item", "at"):
        if went_on(sitting, item) and sitting.closed_at and at > sitting.closed_at:
            continue
        talk = sitting.talk_on(item)
        adopted = talk.outcome is not None and talk.outcome not in UNADOPTED
        kind = "paper" if adopted else "paper_unadopted"
        kinds[kind] += 1
    kinds |= Counter(charter=len(set(sitting.charters)), journal=1)
    return [
        (
            name.removesuffix("_unadopted"),
            name.endswith("_unadopted"),
            n,
            known.period(name, sitting.body),
        )
        for name, n in kinds.items()
        if n
    ]


def archived(request: HttpRequest) -> HttpResponse:
    """Have the package made, kept, and put on record which one it was."""
    office: Office = request.office  # type: ignore[attr-defined]
    if request.method != "POST":
        raise Http404  # there is no form to fill: the button stands on the page of the meeting
    sitting, how = _found(office, request.POST.get("subject.sitting", ""))
    if how.grounds:
        return _page(request, office, sitting, how)
    _, wrong = _profile(office)
    if wrong is not None:
        return _page(request, office, sitting, how, wrong)
    key = request.POST.get("key", "")
    try:
        job = queue.ask(office.institution, office.person, KIND, sitting.id, key=key)
    except queue.TooMany:
        messages.error(request, office.catalogue.text("page.jobs.too_many"))
        return redirect("archive", sitting.id)
    return redirect("job", job.id)


@require_safe
def package(request: HttpRequest, subject: str, digest: str) -> HttpResponse:
    """The package that was made, byte for byte; for those whose act the archiving is."""
    office: Office = request.office  # type: ignore[attr-defined]
    sitting, _ = _found(office, subject)
    if digest not in {made for _, made in sitting.archived}:
        raise Http404
    try:
        file = shelf.take(office.institution, digest)
    except shelf.Altered as altered:
        raise Http404 from altered
    named = office.catalogue.sentence(Message("page.sitting_name", {"s": subject}), office.names)
    answer: Any = FileResponse(
        file, as_attachment=True, filename=f"{named}.zip", content_type="application/zip"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
