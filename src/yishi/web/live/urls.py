"""The address of the streams; where the pages alone are served, there is nothing behind it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def nothing(request: HttpRequest, subject: str) -> HttpResponse:
    """Tell the browser that no stream is served here, so that it does not ask again."""
    return HttpResponse(status=204)


urlpatterns = [path("live/sittings/<str:subject>", nothing, name="live")]
