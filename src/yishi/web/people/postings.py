"""Changes of posts (任免): what waits for a second person, and what was settled."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yishi.web.office import Office


def postings(request: HttpRequest) -> HttpResponse:
    """Every change of posts, those that wait first, then the latest."""
    office: Office = request.office  # type: ignore[attr-defined]
    every = sorted(office.state.postings.values(), key=lambda p: p.at, reverse=True)
    every.sort(key=lambda p: p.status != "proposed")
    page = Paginator(every, 40).get_page(request.GET.get("page"))
    return render(request, "people/postings.html", {"page": page})


def posting(request: HttpRequest, subject: str) -> HttpResponse:
    """One change of posts, with who proposed and who settled it."""
    office: Office = request.office  # type: ignore[attr-defined]
    asked = office.state.postings.get(subject)
    if asked is None:
        raise Http404
    return render(request, "people/posting.html", {"asked": asked})
