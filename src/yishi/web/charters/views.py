"""These pages."""

from django.http import Http404, HttpRequest, HttpResponse


def charters(request: HttpRequest, subject: str = "") -> HttpResponse:
    """Not here yet."""
    raise Http404


def charter(request: HttpRequest, subject: str = "") -> HttpResponse:
    """Not here yet."""
    raise Http404
