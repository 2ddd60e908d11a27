"""Changes of posts (任免): what waits for a second person, and what was settled."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yishi.procedure.requests import Posting
from yishi.web.exports import xlsx
from yishi.web.office import Office
from yishi.web.people.confirming import confirmable


def _every(office: Office) -> list[Posting]:
    """Every change of posts, those that wait first, then the latest."""
    every = sorted(office.state.postings.values(), key=lambda p: p.at, reverse=True)
    return sorted(every, key=lambda p: p.status != "proposed")


def postings(request: HttpRequest) -> HttpResponse:
    """Every change of posts."""
    office: Office = request.office  # type: ignore[attr-defined]
    page = Paginator(_every(office), 40).get_page(request.GET.get("page"))
    many = len(confirmable(office))
    return render(request, "people/postings.html", {"page": page, "many": many})


def export(request: HttpRequest) -> HttpResponse:
    """The same list as a spreadsheet, all of it."""
    office: Office = request.office  # type: ignore[attr-defined]
    words = office.catalogue
    head = [
        words.text("page.people.column_name"),
        words.word("fields", "change"),
        words.text("page.people.column_post"),
        words.text("page.people.column_unit"),
        *(words.word("fields", name) for name in ("since", "until", "status")),
        words.text("page.people.column_proposed_by"),
        words.text("page.people.column_proposed_at"),
        words.text("page.people.column_settled_by"),
        words.text("page.people.column_settled_at"),
    ]
    rows = (_row(office, asked) for asked in _every(office))
    return xlsx(words.text("page.people.all_changes"), head, rows)


def _row(office: Office, asked: Posting) -> tuple[Any, ...]:
    names, words = office.names, office.catalogue
    settled = asked.settled_at.astimezone(office.zone) if asked.settled_at else None
    return (
        names.person(asked.person),
        words.word("changes", asked.change),
        asked.post,
        names.unit(asked.unit) if asked.unit else "",
        asked.since,
        asked.until,
        words.word("states.posting", asked.status),
        names.person(asked.by),
        asked.at.astimezone(office.zone),
        names.person(asked.settled_by) if asked.settled_by else "",
        settled,
    )


def posting(request: HttpRequest, subject: str) -> HttpResponse:
    """One change of posts, with who proposed and who settled it."""
    office: Office = request.office  # type: ignore[attr-defined]
    asked = office.state.postings.get(subject)
    if asked is None:
        raise Http404
    return render(request, "people/posting.html", {"asked": asked})
