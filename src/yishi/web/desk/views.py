"""The desk (工作台): what waits for me, until when, by which clause; what comes; what is new."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from yishi.outbox.delivery import NO_ADDRESS, sentence
from yishi.outbox.models import Message
from yishi.procedure.charters import GENERAL
from yishi.procedure.kinds import ACTS
from yishi.procedure.offers import Offer, ask
from yishi.register.models import DutyRow, SittingRow, TaskRow
from yishi.web.acts.views import link_to, page_of
from yishi.web.lists import readable
from yishi.web.office import Office
from yishi.web.people.keeping import keeps_roster

MOST = 60
"""Duties that the desk shows at once."""

NEWEST = 6
"""Unread messages that the desk shows."""


def desk(request: HttpRequest) -> HttpResponse:
    """What waits for whoever is signed in."""
    office: Office = request.office  # type: ignore[attr-defined]
    rows = list(
        DutyRow.objects.filter(
            Q(begins=None) | Q(begins__lte=office.now),
            institution=office.institution,
            person=office.person,
        ).order_by(F("due").asc(nulls_last=True), "id")[: MOST + 1]
    )
    context = {
        "duties": [_duty(office, row) for row in rows[:MOST]],
        "more": len(rows) > MOST,
        "coming": _coming(office),
        "news": [_said(office, row) for row in _unread(office)[:NEWEST]],
        "tally": _tally(office),
        "starts": _starts(office),
        "keeps": keeps_roster(office),
        "stuck": _stuck(office).exclude(failure="").count() if _minds_mail(office) else 0,
    }
    return render(request, "desk/desk.html", context)


def _duty(office: Office, row: DutyRow) -> dict[str, Any]:
    subject = {row.kind: row.subject}
    item = office.state.items.get(row.subject) if row.kind == "item" else None
    asked = dict(subject)
    if row.act == "admit_floor_item" and item is not None and item.sitting:
        asked["sitting"] = item.sitting
    return {
        "row": row,
        "page": page_of(subject),
        "link": link_to(row.act, asked, next="/", **({"person": row.about} if row.about else {})),
        "charter": office.state.charters.get(row.charter),
        "late": row.due is not None and row.due < office.now,
    }


def _coming(office: Office) -> list[SittingRow]:
    """Meetings that are convened or open and that this person has a place in, or looks after."""
    rows = SittingRow.objects.filter(
        institution=office.institution, status__in=("convened", "open")
    ).order_by("starts_at")[:20]
    there = office.state.sittings
    return [row for row in rows if row.subject in there and _mine(office, row.subject)]


def _mine(office: Office, subject: str) -> bool:
    sitting = office.state.sittings[subject]
    guests = (p for people in sitting.invited.values() for p in people)
    return office.person in (*sitting.people, sitting.chair, sitting.secretary, *guests) or (
        office.reads("record", subject).allowed
    )


def _tally(office: Office) -> dict[str, int]:
    """Open tasks that this person may read: how many, how many late, how many soon due."""
    today = office.now.date()
    mine = TaskRow.objects.filter(
        readable(office, "task"),
        institution=office.institution,
        status__in=("open", "completed"),
    )
    return mine.aggregate(
        open=Count("id"),
        late=Count("id", filter=Q(status="open", due_on__lt=today)),
        soon=Count("id", filter=Q(status="open", due_on__range=(today, today + timedelta(days=7)))),
    )


def _starts(office: Office) -> list[dict[str, str]]:
    """What somebody may begin that nothing waits for: an item, a meeting."""
    found = []
    for name in ("submit_item", "convene"):
        for body in sorted(b for b in office.state.bodies if b != GENERAL):
            answer = ask(office.state, office.person, office.now, ACTS[name], {"body": body})
            if isinstance(answer, Offer):
                found.append(
                    {"act": name, "body": body, "link": link_to(name, {"body": body}, next="/")}
                )
    return found


def _unread(office: Office) -> Any:
    return Message.objects.filter(
        institution=office.institution, person=office.person, channel="desk", read_at=None
    ).order_by("-made_at", "-id")


def _said(office: Office, row: Message) -> dict[str, Any]:
    return {"row": row, "said": sentence(row, office.catalogue, office.names)}


def messages_page(request: HttpRequest) -> HttpResponse:
    """All messages, the newest first; marking them read is the reader's own act."""
    office: Office = request.office  # type: ignore[attr-defined]
    if request.method == "POST":
        _unread(office).update(read_at=timezone.now())
        messages.success(request, office.catalogue.text("page.outbox.marked"))
        return redirect("messages")
    rows = Message.objects.filter(
        institution=office.institution, person=office.person, channel="desk"
    ).order_by("-made_at", "-id")
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "news": [_said(office, row) for row in page],
        "minds_mail": _minds_mail(office),
    }
    return render(request, "desk/messages.html", context)


def failures(request: HttpRequest) -> HttpResponse:
    """Mail that did not go out: for the staff of a secretariat, who can see to it."""
    office: Office = request.office  # type: ignore[attr-defined]
    if not _minds_mail(office):
        raise Http404
    stuck = _stuck(office)
    if request.method == "POST":
        stuck.update(next_try=timezone.now(), given_up=False, attempts=0)
        messages.success(request, office.catalogue.text("page.outbox.retrying"))
        return redirect("failures")
    page = Paginator(stuck.exclude(failure="").order_by("-made_at", "-id"), 30).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "desk/failures.html",
        {"page": page, "news": [{**_said(office, row), "why": _why(office, row)} for row in page]},
    )


def _stuck(office: Office) -> Any:
    return Message.objects.filter(institution=office.institution, channel="mail", sent_at=None)


def _why(office: Office, row: Message) -> str:
    """Why a message did not go out: in words where it is ours, else as the mail server said it."""
    if row.failure == NO_ADDRESS:
        return office.catalogue.text("page.outbox.no_address")
    return row.failure


def _minds_mail(office: Office) -> bool:
    """Whether this person is on the staff of a secretariat that some body's charter names."""
    today: datetime = office.now
    mine = office.state.roster.units_of(office.person, today.date())
    names = {
        name
        for charter in office.state.charters.values()
        for name in charter.units.get("secretariat", ())
    }
    return any(office.state.roster.units[u].name in names for u in mine)
