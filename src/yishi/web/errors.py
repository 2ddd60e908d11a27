"""What goes wrong, said plainly: not there, not for you, our own fault."""

import sys
from contextlib import suppress
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string

from yishi.web.office import CATALOGUES
from yishi.web.sign.kept import carried, over, resumed, typed
from yishi.wording.source import LANGUAGES


def _page(request: HttpRequest, which: str, status: int) -> HttpResponse:
    return render(request, "web/error.html", {"which": which}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page or subject, or it is not for whoever asks."""
    return _page(request, "not_found", 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The form's seal is missing or the page is closed."""
    return _page(request, "forbidden", 403)


def broken(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What came in is too much, or no form of ours."""
    return _page(request, "broken", 400)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of the program, or a database that does not answer just now.

    The page asks nothing of the database, so that it can be shown in either case. What was typed
    stands on it; to a database that was busy it may be sent again.
    """
    busy = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    language = getattr(request, "language", LANGUAGES[0])
    said: dict[str, Any] = {
        "which": "busy" if busy else "failed" if request.method == "POST" else "not_shown",
        "language": language,
        "catalogue": CATALOGUES[language],
        "number": getattr(request, "number", ""),
    }
    with suppress(OSError):
        kept = typed(request)
        titled = kept.titled(CATALOGUES[language]) if kept else ""
        said |= {"kept": kept, "titled": titled, "csrf_token": get_token(request)}
    answer = HttpResponse(render_to_string("web/error.html", said), status=503 if busy else 500)
    if busy:
        answer["Retry-After"] = "10"
    return answer


def not_a_page(request: HttpRequest) -> HttpResponse:
    """An address that takes a form and shows nothing: reloaded, or kept as a bookmark."""
    return _page(request, "no_page", 405)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or came from somewhere else; what our own form brought is not lost."""
    own = request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"
    kept = (carried(request) or typed(request)) if own else None
    if kept is None:
        return _page(request, "csrf", 403)
    return resumed(request, kept, 403) if request.user.is_authenticated else over(request)
