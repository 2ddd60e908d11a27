"""Around every page: what a browser may load, who asks, and in which language."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from yishi.journal.tables.models import Chain
from yishi.web.errors import not_a_page
from yishi.web.office import Office
from yishi.web.sign.kept import over
from yishi.wording.source import LANGUAGES

Answer = Callable[[HttpRequest], HttpResponse]

POLICY: Final = (
    "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
    "object-src 'none'; img-src 'self' data:"
)
"""A page loads its own files and nothing else."""

DJANGO: Final = {"zh": "zh-hans", "en": "en"}
LANGUAGE_COOKIE: Final = "language"


class ContentPolicy:
    """Says with every answer what the browser may load and keep."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its policy."""
        response = self.answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        if request.user.is_authenticated if hasattr(request, "user") else False:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def open_to_all(view: Any) -> Any:
    """Mark a view that needs no sign-in."""
    view.open_to_all = True
    return view


class Seated:
    """Seats whoever is signed in at their institution; sends everybody else to the sign-in."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, in the language of whoever asks."""
        language = language_of(request)
        request.language = language  # type: ignore[attr-defined]
        with translation.override(DJANGO[language]):
            answer = self.answer(request)
            if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET":
                return not_a_page(request)
            return answer

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse a page to nobody in particular, unless the page says that it is open to all."""
        if request.user.is_authenticated:
            request.office = Office(request.user, request.language)  # type: ignore[attr-defined,arg-type]
            return _own_password_first(request)
        if getattr(getattr(view, "view_class", view), "open_to_all", False):
            return None
        if not Chain.objects.exists():
            return redirect("setup")
        if request.method == "POST":
            return over(request)
        return redirect_to_login(request.get_full_path())


AT_FIRST: Final = ("account", "sign_out", "language", "display", "step_into", "health")
"""Pages for whoever has still to set a password of their own."""


def _own_password_first(request: HttpRequest) -> HttpResponse | None:
    """While the password is one that somebody else set, there is only the page to change it."""
    match = request.resolver_match
    must = getattr(request.user, "must_change", False)
    if must and match is not None and match.url_name not in AT_FIRST:
        return redirect("account")
    return None


def language_of(request: HttpRequest) -> str:
    """The language somebody asked for: by their account, else by the cookie, else Chinese."""
    asked = request.COOKIES.get(LANGUAGE_COOKIE, "")
    if request.user.is_authenticated and asked not in LANGUAGES:
        asked = getattr(request.user, "language", "")
    return asked if asked in LANGUAGES else LANGUAGES[0]
