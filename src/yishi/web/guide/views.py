"""These pages."""

from django.http import Http404, HttpRequest, HttpResponse


def guide(request: HttpRequest, subject: str = "") -> HttpResponse:
    """Not here yet."""
    raise Http404


def design(request: HttpRequest, subject: str = "") -> HttpResponse:
    """Not here yet."""
    raise Http404
