"""The least that a page or a write can be, each beside what it is measured against.

The bare page is Django alone, signed in: the middleware, the context processors and the loader of
templates that Django itself gives our pages, and none of our own. It loads the session and the
account, asks one query and shows ten rows in a template that extends another.
"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from yishi.clerk.models import Submission
from yishi.journal.tables.models import Entry


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """Somebody signed in, one query, a template of ten rows."""
    return render(request, "page.html", {"rows": _rows()}, using="bare")


def barest(request: HttpRequest) -> HttpResponse:
    """The same rows to nobody in particular, in a template of its own: no session, no account."""
    return render(request, "barest.html", {"rows": _rows()}, using="bare")


def _rows() -> list[Entry]:
    return list(Entry.objects.only("seq", "stream", "type").order_by("-id")[:10])


@csrf_exempt
@login_required
def insert(request: HttpRequest) -> HttpResponse:
    """One row of somebody signed in, durably."""
    Submission.objects.create(
        institution="bare", key=request.POST["key"], person="", act="", outcome=""
    )
    return HttpResponse("")


urlpatterns = [
    path("bare/page", page),
    path("bare/barest", barest),
    path("bare/insert", insert),
    path("", include("yishi.web.urls")),
]
