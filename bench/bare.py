"""The least that a page or a write can be: one query and ten rows, or one row inserted."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from yishi.clerk.models import Submission
from yishi.journal.tables.models import Entry
from yishi.web.middleware import open_to_all

_PAGE = (
    "<!doctype html><title>bare</title><table>{% for row in rows %}<tr><td>{{ row.seq }}</td>"
    "<td>{{ row.stream }}</td><td>{{ row.type }}</td></tr>{% endfor %}</table>"
)


@open_to_all
def page(request: HttpRequest) -> HttpResponse:
    """One query, a template of ten rows."""
    rows = Entry.objects.only("seq", "stream", "type").order_by("-id")[:10]
    return HttpResponse(engines["django"].from_string(_PAGE).render({"rows": rows}))


@csrf_exempt
@open_to_all
def insert(request: HttpRequest) -> HttpResponse:
    """One row, durably."""
    Submission.objects.create(
        institution="bare", key=request.POST["key"], person="", act="", outcome=""
    )
    return HttpResponse("")


urlpatterns = [path("bare", page), path("bare/insert", insert), path("", include("yishi.web.urls"))]
