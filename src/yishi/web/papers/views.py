"""Papers (会议材料): handed in with their file, read by those who may."""

from contextlib import suppress

import msgspec
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from yishi.clerk.door import Done, do
from yishi.jobs.queue import TooMany
from yishi.papers import shelf
from yishi.papers.content import ENDINGS
from yishi.papers.models import Paper
from yishi.procedure.items import SupplyPaper
from yishi.procedure.verdict import Accepted, Refused, Rejected
from yishi.web.acts.form import ActForm
from yishi.web.acts.views import back_to
from yishi.web.office import Office
from yishi.web.papers import preview
from yishi.web.papers.serving import served
from yishi.web.papers.told import digest_of
from yishi.web.papers.upload import Kept, Unfit, before, sent


def supply(request: HttpRequest) -> HttpResponse:
    """The form with which a paper and its file are handed in, and the act itself."""
    office: Office = request.office  # type: ignore[attr-defined]
    if request.method == "POST":
        return _supplied(request, office)
    item = request.GET.get("item", "")
    if not item:
        return redirect("items")
    _known_or_404(office, item)
    form = ActForm(office, SupplyPaper, {"item": item}, request.GET.dict())
    return _page(request, form)


def _known_or_404(office: Office, item: str) -> None:
    held = office.state.items.get(item)
    if held is None or not (
        held.submitted_by == office.person or office.reads("item", item).allowed
    ):
        raise Http404


def _page(
    request: HttpRequest,
    form: ActForm,
    status: int = 200,
    kept: Kept | None = None,
    error: str = "",
) -> HttpResponse:
    context = {
        "form": form,
        "title": next(one for one in form.inputs if one.name == "title"),
        "withheld": form.withheld() if status == 200 else None,
        "back": back_to(request, form.subject),
        "kept": kept,
        "token": kept.sealed(form.office) if kept else "",
        "error": error,
        "on_paper": bool(request.POST.get("on_paper")),
        "most": settings.UPLOAD_LIMIT // (1024 * 1024),
        "endings": ",".join(end for ends in ENDINGS.values() for end in ends),
    }
    return render(request, "papers/supply.html", context, status=status)


def _supplied(request: HttpRequest, office: Office) -> HttpResponse:
    subject = {"item": request.POST.get("subject.item", "")}
    _known_or_404(office, subject["item"])
    data = {key: list(values) for key, values in request.POST.lists()}
    form = ActForm(office, SupplyPaper, subject, data=data)
    if form.withheld() is not None:
        return _judged(request, office, form, None)
    try:
        kept = sent(request, office)
    except Unfit as unfit:
        said = office.catalogue.text(f"page.{unfit.args[0]}", **unfit.args[1])
        return _page(request, form, 422, before(request, office), said)
    if kept is None and not request.POST.get("on_paper"):
        return _page(request, form, 422, None, office.catalogue.text("page.papers.nothing"))
    return _judged(request, office, form, kept)


def _judged(request: HttpRequest, office: Office, form: ActForm, kept: Kept | None) -> HttpResponse:
    act = form.act()
    if not isinstance(act, SupplyPaper):
        return _page(request, form, 422, kept)
    act = msgspec.structs.replace(act, digest=kept.sha256 if kept else None)
    seen = request.POST.get("seen", "")
    with transaction.atomic():
        done = do(
            office.institution,
            office.person,
            act,
            reason=form.reason or None,
            key=form.key,
            seen=int(seen) if seen.isdecimal() and len(seen) < 18 else None,
        )
        if kept is not None and isinstance(done.verdict, Accepted):
            _shelved(office, act, kept, done)
    return _answer(request, office, form, done, kept)


def _shelved(office: Office, act: SupplyPaper, kept: Kept, done: Done) -> None:
    assert done.state.latest is not None
    row = Paper.objects.create(
        institution=office.institution,
        paper=act.paper,
        item=act.item,
        name=kept.name,
        type=kept.type,
        size=kept.size,
        sha256=kept.sha256,
        uploader=office.person,
        at=done.state.latest,
    )
    if preview.wanted(row):
        # Whoever has too much waiting asks for the preview when they want to read it.
        with suppress(TooMany):
            preview.ask(row, office.person)


def _answer(
    request: HttpRequest, office: Office, form: ActForm, done: Done, kept: Kept | None
) -> HttpResponse:
    words = office.catalogue
    if done.repeated is not None:
        messages.info(request, words.text("page.form.repeated", act=form.title))
        return redirect(back_to(request, form.subject))
    if isinstance(done.verdict, Accepted):
        key = "page.form.departed" if done.verdict.departures else "page.form.done"
        messages.success(request, words.text(key, act=form.title))
        return redirect(back_to(request, form.subject))
    assert isinstance(done.verdict, Refused | Rejected)
    fresh = Office(office.account, office.language)
    form.office = fresh
    form.answered(done.verdict)
    if isinstance(done.verdict, Refused):
        form.key = ActForm(fresh, form.kind, form.subject).key
    return _page(request, form, 409, kept)


@require_safe
def paper(request: HttpRequest, item: str, subject: str) -> HttpResponse:
    """The file of a paper, for those who may read it; nobody else learns that there is one."""
    office: Office = request.office  # type: ignore[attr-defined]
    if not office.reads("paper", item).allowed:
        raise Http404
    recorded = digest_of(office.institution, item, subject)
    if recorded is None:
        raise Http404
    row = Paper.objects.filter(institution=office.institution, item=item, paper=subject).first()
    if row is None:
        raise Http404
    try:
        file = shelf.take(office.institution, recorded)
    except shelf.Altered:
        context = {"row": row, "digest": recorded}
        return render(request, "papers/altered.html", context, status=404)
    return served(file, row.name, row.type, download="download" in request.GET)
