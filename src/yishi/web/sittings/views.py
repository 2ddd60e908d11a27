"""These pages."""

from django.http import Http404, HttpRequest, HttpResponse


def sittings(request: HttpRequest, subject: str = "") -> HttpResponse:
    """Not here yet."""
    raise Http404


def sitting(request: HttpRequest, subject: str = "") -> HttpResponse:
    """Not here yet."""
    raise Http404


def room(request: HttpRequest, subject: str = "") -> HttpResponse:
    """Not here yet."""
    raise Http404


def record(request: HttpRequest, subject: str = "") -> HttpResponse:
    """Not here yet."""
    raise Http404


def minutes(request: HttpRequest, subject: str = "") -> HttpResponse:
    """Not here yet."""
    raise Http404
