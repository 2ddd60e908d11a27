"""The pages on which the office keeps how its papers look."""

from collections.abc import Callable
from typing import Any

import msgspec
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yishi.documents.conformance import departures
from yishi.documents.profile import Profile
from yishi.procedure.charters import GENERAL
from yishi.profiles.models import Overtaken, latest, save
from yishi.web.office import Office, OfficeRequest
from yishi.web.profiles.checking import checked
from yishi.web.profiles.face import bodies_of, face_of, held_at, profile_at
from yishi.web.profiles.form import CHOICES, FIELDS, FLAGS, LONGEST, SECTIONS, Typed, shown, typed
from yishi.web.profiles.history import history
from yishi.web.profiles.preview import PAPERS, preview, unprintable
from yishi.web.secretariat import of_secretariat


def profiles(request: OfficeRequest) -> HttpResponse:
    """What each body's papers look like: its own way, the institution's, or the standard's."""
    office = request.office
    _kept_by_office(office)
    found = []
    for body in bodies_of(office):
        own, held = latest(office.profiles, body, office.now), held_at(office, body, office.now)
        departs = departures(checked(office, profile_at(office, body, office.now)))
        mine = own if own is not None and own.profile is not None else None
        found.append({"body": body, "own": mine, "held": held, "departs": len(departs)})
    return render(request, "profiles/profiles.html", {"found": found, "general": GENERAL})


def profile(request: OfficeRequest, body: str) -> HttpResponse:
    """The form of one profile beside a paper set by it; takes up what is changed."""
    office = request.office
    _one(office, body)
    if request.method == "POST":
        return _posted(request, body)
    held = {one.held.number: one.held for one in history(office, body)}
    asked = request.GET.get("version", "")
    past = held.get(int(asked)) if asked.isdecimal() and len(asked) < 9 else None
    kept = past.profile if past else None
    form = shown(kept or profile_at(office, body, office.now))
    return _page(request, body, form, past_version=past if kept else None)


@require_POST
def tried(request: OfficeRequest, body: str) -> HttpResponse:
    """A piece of the page: the paper set by what is typed, which is not saved."""
    office = request.office
    _one(office, body)
    form = _typed(request)
    context = _looked_at(office, body, form, request.POST.get("paper", ""))
    return render(request, "profiles/preview.html", context)


def _kept_by_office(office: Office) -> None:
    if not of_secretariat(office):
        raise Http404


def _one(office: Office, body: str) -> None:
    _kept_by_office(office)
    if body not in bodies_of(office):
        raise Http404


def _typed(request: OfficeRequest) -> Typed:
    form = typed(request.POST.dict())
    return msgspec.structs.replace(form, problems={**unprintable(form.profile), **form.problems})


def _posted(request: OfficeRequest, body: str) -> HttpResponse:
    """Look at what was typed, or keep it, or give the body's own profile up."""
    office = request.office
    after = _after(request.POST.get("after", ""))
    form = _typed(request)
    if "give_up" in request.POST:
        return _kept(request, body, form, lambda: _save(office, body, after, None), "given_up")
    if "preview" in request.POST:
        return _page(request, body, form, after)
    if form.problems:
        return _page(request, body, form, after, status=422)
    own = latest(office.profiles, body, office.now)
    if own is not None and own.number == after and own.profile == form.profile:
        messages.info(request, office.catalogue.text("page.profiles.same"))
        return redirect("profile", body)
    return _kept(request, body, form, lambda: _save(office, body, after, form.profile), "saved")


def _after(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 9 else 0


def _save(office: Office, body: str, after: int, new: Profile | None) -> None:
    save(office.institution, body, after, office.person, office.now, new)


def _kept(
    request: OfficeRequest, body: str, form: Typed, keep: Callable[[], None], told: str
) -> HttpResponse:
    """Keep a version; where somebody else was quicker, say so and lose nothing."""
    office = request.office
    try:
        keep()
    except Overtaken:
        return _page(request, body, form, overtaken=True, status=409)
    messages.success(request, office.catalogue.text(f"page.profiles.{told}"))
    return redirect("profile", body)


def _page(
    request: OfficeRequest,
    body: str,
    form: Typed,
    after: int | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    office = request.office
    past = history(office, body)
    own = latest(office.profiles, body, office.now)
    context = {
        "body": body,
        "whole": body == GENERAL,
        "values": form.values,
        "sections": SECTIONS,
        "longest": LONGEST,
        "choices": CHOICES,
        "flags": FLAGS,
        "fields": FIELDS,
        "papers": PAPERS,
        "after": after if after is not None else (past[0].held.number if past else 0),
        "own": own if own is not None and own.profile is not None else None,
        "past": past,
        "instead": _made(office, body, form.profile),
        **_looked_at(office, body, form, request.POST.get("paper", "")),
        **more,
    }
    return render(request, "profiles/profile.html", context, status=status)


def _made(office: Office, body: str, given: Profile) -> dict[str, str]:
    """What stands where a name is left empty."""
    organ = given.organ or office.state.called
    face = face_of(office, body, office.now)
    office_name = face.issuer if not face.profile.issuer else ""
    said = office.catalogue.text
    named = office.names.body(body) if body != GENERAL else said("page.profiles.each_body")
    return {
        "organ": office.state.called,
        "mark": said("page.profiles.mark_made", body=named),
        "letterhead": said("page.profiles.letterhead_made", organ=organ),
        "issuer": office_name,
    }


def _looked_at(office: Office, body: str, form: Typed, paper: str) -> dict[str, Any]:
    """A profile's paper and its checks, with what cannot stand."""
    found = checked(office, form.profile)
    departs = len(departures(found))
    return {
        "body": body,
        "problems": form.problems,
        "preview": preview(office, body, form.profile, paper),
        "checks": found,
        "departs": departs,
        "keeps": len(found) - departs,
    }
