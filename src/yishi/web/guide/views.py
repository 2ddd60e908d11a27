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
    states = _keys("words.states.", "words.report.")
    context = {"states": states, "outcomes": _keys("words.outcomes.")["outcomes"]}
    return render(request, "guide/design.html", context)


def _keys(*tables: str) -> dict[str, list[str]]:
    """Every key that tables of the catalogue have a word for, by table."""
    found: dict[str, list[str]] = {}
    for text in load(LANGUAGES[0]):
        if text.startswith(tables):
            *_, table, key = text.split(".")
            found.setdefault(table, []).append(key)
    return found
