"""People (人员): units and who holds which post in them, places in the bodies, one person."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yishi.accounts.models import Account
from yishi.procedure.kinds import ACTS
from yishi.procedure.offers import Offer
from yishi.register.models import TaskRow
from yishi.web.acts.views import link_to
from yishi.web.exports import xlsx
from yishi.web.lists import readable, searched
from yishi.web.office import Office
from yishi.web.people import shown
from yishi.web.people.keeping import keeps_roster, kept_by
from yishi.web.people.seconds import is_second
from yishi.web.tasks.listing import RUNNING

MOST = 50
"""Tasks that the page of a person shows."""


def people(request: HttpRequest) -> HttpResponse:
    """Units with their people, and who is what in which body; or whoever is looked for."""
    office: Office = request.office  # type: ignore[attr-defined]
    said = searched(request.GET.get("q", ""))
    if said:
        found = [(one, shown.posts_of(office, one)) for one in shown.known_by(office, said)]
        return render(request, "people/found.html", {"said": said, "found": found})
    waiting = [p for p in office.state.postings.values() if p.status == "proposed"]
    context = {
        "units": shown.units(office),
        "at_large": shown.at_large(office),
        "unplaced": shown.unplaced(office),
        "ended": shown.ended(office),
        "bodies": shown.bodies(office),
        "waiting": waiting,
        "second": is_second(office),
        "acts": [(name, link_to(name, {}, next=request.path)) for name in kept_by(office)],
    }
    return render(request, "people/people.html", context)


def person(request: HttpRequest, subject: str) -> HttpResponse:
    """One person: posts through time, places in the bodies, tasks in hand, the account."""
    office: Office = request.office  # type: ignore[attr-defined]
    if subject not in office.state.roster.people:
        raise Http404
    keeper = keeps_roster(office)
    history = shown.history(office, subject)
    context = {
        "subject": subject,
        "history": [(one, _ending(request, keeper, one)) for one in history],
        "places": _places(office, subject),
        "tasks": [(row, _handing(request, office, row)) for row in _tasks(office, subject)],
        "changes": [p for p in office.state.postings.values() if p.person == subject],
        "keeper": keeper,
        "appoint": link_to("propose_post", {}, person=subject, change="appoint", next=request.path),
    }
    if keeper:
        account = Account.objects.filter(institution=office.institution, person=subject).first()
        context["account"] = account
    return render(request, "people/person.html", context)


def _ending(request: HttpRequest, keeper: bool, one: Any) -> str:
    """The form to end a post that is still held, for whoever keeps the roster."""
    if not keeper or one.until is not None:
        return ""
    preset = {"person": one.person, "change": "remove", "post": one.post}
    return link_to("propose_post", {}, **preset, unit=one.unit or "", next=request.path)


def _places(office: Office, subject: str) -> list[tuple[str, str]]:
    return [
        (one["body"], place["role"])
        for one in shown.bodies(office)
        for place in one["places"]
        if any(a.person == subject for a in place["held"])
    ]


def _tasks(office: Office, subject: str) -> list[TaskRow]:
    rows = TaskRow.objects.filter(
        readable(office, "task"),
        institution=office.institution,
        owner=subject,
        status__in=RUNNING,
    )
    return list(rows.order_by("due_on", "id")[:MOST])


def _handing(request: HttpRequest, office: Office, row: TaskRow) -> str:
    about = {"task": row.subject}
    answer = office.ask(ACTS["hand_over_task"], about)
    if not isinstance(answer, Offer):
        return ""
    return link_to("hand_over_task", about, next=request.path)


def export(request: HttpRequest) -> HttpResponse:
    """Everybody with every post, from and until."""
    office: Office = request.office  # type: ignore[attr-defined]
    words = office.catalogue
    head = [words.text(f"page.people.column_{c}") for c in ("name", "post", "unit")]
    head += [words.word("fields", c) for c in ("since", "until")]
    rows: list[tuple[Any, ...]] = [
        (
            office.names.person(a.person),
            a.post,
            office.names.unit(a.unit) if a.unit else "",
            a.since,
            a.until,
        )
        for p in sorted(office.state.roster.people)
        for a in shown.history(office, p)
    ]
    rows += [(office.names.person(p), "", "", None, None) for p in shown.unplaced(office)]
    return xlsx(words.text("page.people.title"), head, rows)
