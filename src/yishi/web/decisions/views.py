"""These pages."""

from django.http import Http404, HttpRequest, HttpResponse


def decisions(request: HttpRequest, subject: str = "") -> HttpResponse:
    """Not here yet."""
    raise Http404


def decision(request: HttpRequest, subject: str = "") -> HttpResponse:
    """Not here yet."""
    raise Http404
