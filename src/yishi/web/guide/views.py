"""The short guided path (十分钟开一次会), and the page that shows every component."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yishi.web.guide.path import path_of, posts
from yishi.web.office import Office
from yishi.wording.source import LANGUAGES, load


def guide(request: HttpRequest) -> HttpResponse:
    """One meeting in ten minutes, step by step; in a demonstration with the roles to step into."""
    office: Office = request.office  # type: ignore[attr-defined]
    context = {
        "chapters": path_of(office),
        "posts": posts(office),
        "demonstration": office.state.demonstration,
    }
    return render(request, "guide/guide.html", context)


def design(request: HttpRequest) -> HttpResponse:
    """Every component of the stylesheet, for people who build pages."""
    return render(request, "guide/design.html", {"states": _states()})


def _states() -> dict[str, list[str]]:
    """Every state that the catalogue has a word for, by what it is a state of."""
    found: dict[str, list[str]] = {}
    for text in load(LANGUAGES[0]):
        if text.startswith(("words.states.", "words.report.")):
            *_, table, key = text.split(".")
            found.setdefault(table, []).append(key)
    return found
