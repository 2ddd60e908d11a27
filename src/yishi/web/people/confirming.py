"""Several changes of posts confirmed at once: those of an import, each by an act of its own."""

from datetime import timedelta
from hashlib import sha256
from itertools import islice
from typing import Final

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yishi.clerk.door import Done, do
from yishi.procedure.requests import Posting
from yishi.procedure.staffing import ConfirmPost
from yishi.procedure.verdict import Accepted, Ground, Message, Refused, Rejected
from yishi.register.models import DutyRow
from yishi.web.office import Office

TOGETHER: Final = timedelta(minutes=2)
"""What one person proposed at shorter intervals came in together."""

MOST: Final = 200
"""Changes that one press confirms; the others are shown next."""


class Batch(msgspec.Struct, frozen=True):
    """What one person proposed together, the first first."""

    by: str
    postings: tuple[Posting, ...]


class Held(msgspec.Struct, frozen=True):
    """A change that was not confirmed, and why."""

    posting: Posting
    grounds: tuple[Ground, ...] = ()
    message: Message | None = None


def confirmable(office: Office) -> list[Posting]:
    """The changes that wait for this person's confirmation, in the order they were proposed."""
    rows = DutyRow.objects.filter(
        institution=office.institution, person=office.person, act="confirm_post", kind="posting"
    )
    there = office.state.postings
    mine = (there[key] for key in set(rows.values_list("subject", flat=True)) if key in there)
    return sorted(mine, key=lambda one: (one.at, one.id))


def batches(office: Office) -> list[Batch]:
    """The same, as they came in together."""
    found: list[list[Posting]] = []
    for one in sorted(confirmable(office), key=lambda p: (p.by, p.at, p.id)):
        last = found[-1][-1] if found else None
        if last is not None and last.by == one.by and one.at - last.at <= TOGETHER:
            found[-1].append(one)
        else:
            found.append([one])
    return [Batch(each[0].by, tuple(each)) for each in found]


def confirming(request: HttpRequest) -> HttpResponse:
    """Show what came in together, each with its box; confirm those that are ticked."""
    office: Office = request.office  # type: ignore[attr-defined]
    if request.method == "POST":
        return _confirmed(request, office)
    found = batches(office)
    if not found:
        return redirect("postings")
    return render(request, "people/confirming.html", {"batches": _first(found)})


def _first(found: list[Batch]) -> list[Batch]:
    """The batches as far as one press confirms them."""
    return [Batch(one.by, one.postings[:MOST]) for one in found]


def _confirmed(request: HttpRequest, office: Office) -> HttpResponse:
    ticked = dict.fromkeys(request.POST.getlist("posting"))
    asked = sorted(
        (key for key in ticked if key in office.state.postings),
        key=lambda key: (office.state.postings[key].at, key),
    )
    if not ticked:
        said = office.catalogue.text("page.people.none_ticked")
        return _again(request, office, 422, problem=said)
    if not asked:
        raise Http404
    held, done = [], 0
    for key in islice(asked, MOST):
        refused = _refused(office.state.postings[key], _one(office, key))
        held += [refused] if refused else []
        done += refused is None
    if done:
        messages.success(request, office.catalogue.text("page.people.confirmed_many", n=done))
    if held:
        return _again(request, office, 409, held=held)
    return redirect(
        "postings" if not confirmable(Office(office.account, office.language)) else "confirming"
    )


def _one(office: Office, posting: str) -> Done:
    """One act of its own; pressed twice, it is one."""
    key = sha256(f"confirm {posting} {office.person}".encode()).hexdigest()
    return do(office.institution, office.person, ConfirmPost(posting=posting), key=key)


def _refused(posting: Posting, done: Done) -> Held | None:
    verdict = done.verdict
    if done.repeated is not None or isinstance(verdict, Accepted):
        return None
    if isinstance(verdict, Refused):
        return Held(posting, grounds=verdict.grounds)
    assert isinstance(verdict, Rejected)
    return Held(posting, message=verdict.message)


def _again(request: HttpRequest, office: Office, status: int, **said: object) -> HttpResponse:
    """The page as things stand now, with what was not done and why."""
    fresh = Office(office.account, office.language)
    request.office = fresh  # type: ignore[attr-defined]
    context = {"batches": _first(batches(fresh)), "office": fresh, **said}
    return render(request, "people/confirming.html", context, status=status)
