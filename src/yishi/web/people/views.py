"""These pages."""

from django.http import Http404, HttpRequest, HttpResponse


def people(request: HttpRequest, subject: str = "") -> HttpResponse:
    """Not here yet."""
    raise Http404
