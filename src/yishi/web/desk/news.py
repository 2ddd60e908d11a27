"""Messages (消息) to whoever is signed in; and mail that did not go out, for who can see to it."""

from collections.abc import Iterator
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from yishi.outbox.delivery import NO_ADDRESS, sentence
from yishi.outbox.models import Message
from yishi.procedure.reading import Thing
from yishi.procedure.state import AT_END
from yishi.web.exports import xlsx
from yishi.web.office import Office
from yishi.web.secretariat import of_secretariat

OWN: Final = ("made_at", "what", "read_at")
"""What the spreadsheet says of each message to oneself."""

FAILED: Final = ("to", "what", "tries", "why", "next", "made_at")
"""What the spreadsheet says of each mail that did not go out."""

LOOKED: Final = 60
"""Unread messages among which the newest for the desk are sought."""

ASKS: Final = ("outbox.task", "outbox.reminded", "outbox.sent_back", "outbox.handed_over")
"""Messages that ask for something to be done about a task, as each reminder by the rules does."""

SECRET: Final[tuple[Thing, ...]] = ("item", "task")
"""What a message may name by a title that is not everybody's to read."""

LISTS: Final = ("added", "dropped")
"""Where a message names several items."""


def messages_page(request: HttpRequest) -> HttpResponse:
    """All messages, the newest first; marking them read is the reader's own act."""
    office: Office = request.office  # type: ignore[attr-defined]
    if request.method == "POST":
        unread(office).update(read_at=timezone.now())
        messages.success(request, office.catalogue.text("page.outbox.marked"))
        return redirect("messages")
    page = Paginator(_mine(office), 30).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "news": [said(office, row) for row in page],
        "minds_mail": of_secretariat(office),
    }
    return render(request, "desk/messages.html", context)


def messages_export(request: HttpRequest) -> HttpResponse:
    """All messages to whoever is signed in, as a spreadsheet."""
    office: Office = request.office  # type: ignore[attr-defined]
    head = [office.catalogue.text(f"page.outbox.{name}") for name in OWN]
    return xlsx(office.catalogue.text("page.outbox.title"), head, _own_table(office))


def _own_table(office: Office) -> Iterator[tuple[Any, ...]]:
    for row in _mine(office).iterator(chunk_size=2000):
        read = row.read_at.astimezone(office.zone) if row.read_at else None
        told = sentence(row, office.catalogue, office.names)
        yield row.made_at.astimezone(office.zone), told, read


def failures(request: HttpRequest) -> HttpResponse:
    """Mail that did not go out: for the staff of a secretariat, who can see to it."""
    office: Office = request.office  # type: ignore[attr-defined]
    if not of_secretariat(office):
        raise Http404
    if request.method == "POST":
        _unsent(office).update(next_try=timezone.now(), given_up=False, attempts=0)
        messages.success(request, office.catalogue.text("page.outbox.retrying"))
        return redirect("failures")
    page = Paginator(failed(office), 30).get_page(request.GET.get("page"))
    told = [{"row": row, "said": _told(office, row), "why": _why(office, row)} for row in page]
    return render(request, "desk/failures.html", {"page": page, "news": told})


def failures_export(request: HttpRequest) -> HttpResponse:
    """All mail that did not go out, as a spreadsheet, for the same people."""
    office: Office = request.office  # type: ignore[attr-defined]
    if not of_secretariat(office):
        raise Http404
    head = [office.catalogue.text(f"page.outbox.{name}") for name in FAILED]
    return xlsx(office.catalogue.text("page.outbox.failures"), head, _failed_table(office))


def _failed_table(office: Office) -> Iterator[tuple[Any, ...]]:
    for row in failed(office).iterator(chunk_size=2000):
        again: Any = row.next_try.astimezone(office.zone) if row.next_try else None
        yield (
            office.names.person(row.person),
            _told(office, row),
            row.attempts,
            _why(office, row),
            office.catalogue.text("page.outbox.given_up") if row.given_up else again,
            row.made_at.astimezone(office.zone),
        )


def said(office: Office, row: Message) -> dict[str, Any]:
    """A message with its sentence in the reader's words."""
    return {"row": row, "said": sentence(row, office.catalogue, office.names)}


def unread(office: Office) -> QuerySet[Message]:
    """Messages that whoever is signed in has not marked read, the newest first."""
    return _mine(office).filter(read_at=None)


def newest(office: Office, most: int) -> list[dict[str, Any]]:
    """The newest of them, without reminders of tasks that have come to an end since."""
    rows = [row for row in unread(office)[:LOOKED] if not _is_stale(office, row)]
    return [said(office, row) for row in rows[:most]]


def _is_stale(office: Office, row: Message) -> bool:
    task = office.state.tasks.get(row.link.removeprefix("/tasks/"))
    reminds = row.kind in ASKS or not row.kind.startswith("outbox.")
    return reminds and task is not None and task.status in AT_END


def failed(office: Office) -> QuerySet[Message]:
    """Mail that was tried and did not go out, the newest first."""
    return _unsent(office).exclude(failure="").order_by("-made_at", "-id")


def _mine(office: Office) -> QuerySet[Message]:
    return Message.objects.filter(
        institution=office.institution, person=office.person, channel="desk"
    ).order_by("-made_at", "-id")


def _unsent(office: Office) -> QuerySet[Message]:
    return Message.objects.filter(institution=office.institution, channel="mail", sent_at=None)


def _told(office: Office, row: Message) -> str:
    """What a mail to somebody else says, as far as it names nothing that one may not read."""
    named = [(thing, row.params[thing]) for thing in SECRET if row.params.get(thing)]
    named += [("item", key) for name in LISTS for key in row.params.get(name, ())]
    if not all(office.reads(thing, key).allowed for thing, key in named):
        return office.catalogue.text("page.outbox.closed")
    return sentence(row, office.catalogue, office.names)


def _why(office: Office, row: Message) -> str:
    """Why a message did not go out: in words where it is ours, else as the mail server said it."""
    if row.failure == NO_ADDRESS:
        return office.catalogue.text("page.outbox.no_address")
    return row.failure
