"""These pages."""

from django.http import Http404, HttpRequest, HttpResponse


def items(request: HttpRequest, subject: str = "") -> HttpResponse:
    """Not here yet."""
    raise Http404


def item(request: HttpRequest, subject: str = "") -> HttpResponse:
    """Not here yet."""
    raise Http404
