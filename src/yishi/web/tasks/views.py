"""These pages."""

from django.http import Http404, HttpRequest, HttpResponse


def tasks(request: HttpRequest, subject: str = "") -> HttpResponse:
    """Not here yet."""
    raise Http404


def task(request: HttpRequest, subject: str = "") -> HttpResponse:
    """Not here yet."""
    raise Http404


def adjustment(request: HttpRequest, subject: str = "") -> HttpResponse:
    """Not here yet."""
    raise Http404
