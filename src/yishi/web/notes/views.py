"""One's own notes: all of them on a page, and each written beside its item."""

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yishi.accounts.models import PrivateNote
from yishi.accounts.private import delete, notes_of, write
from yishi.values.text import is_readable
from yishi.web.back import ours
from yishi.web.office import Office, OfficeRequest

A_PAGE: Final = 20


def notes(request: OfficeRequest) -> HttpResponse:
    """Show somebody what they wrote for themselves."""
    page = Paginator(notes_of(request.user), A_PAGE).get_page(request.GET.get("page"))
    shown = [{"note": note, "title": _title(request.office, note)} for note in page]
    return render(request, "notes/notes.html", {"page": page, "notes": shown})


def _title(office: Office, note: PrivateNote) -> str:
    """The item's title, as long as it may be read."""
    if note.item in office.state.items and office.reads("item", note.item).allowed:
        return office.state.items[note.item].title
    return ""


@require_POST
def write_note(request: OfficeRequest, item: str) -> HttpResponse:
    """Keep what was written, or delete it: of an item that may be read, or was written about."""
    office = request.office
    reads = item in office.state.items and office.reads("item", item).allowed
    # What stands in the address is compared here and never put into a query.
    if not reads and item not in set(notes_of(request.user).values_list("item", flat=True)):
        raise Http404
    words = request.POST.get("words", "").replace("\r\n", "\n").strip()
    if "delete" in request.POST or not words:
        delete(request.user, item)
        messages.success(request, office.catalogue.text("page.note.deleted"))
    elif not reads or not is_readable(words):
        return render(request, "notes/unreadable.html", {"item": item, "words": words}, status=422)
    else:
        write(request.user, item, words)
        messages.success(request, office.catalogue.text("page.note.kept"))
    return redirect(ours(request.POST.get("next", "")) or reverse("notes"))
