"""What was asked for accounts and waits for a second person; and what was done with all of them."""

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yishi.accounts import asking, keeping
from yishi.accounts.models import Account, Asked, Handling
from yishi.outbox.about_accounts import mail_link, tell_owner
from yishi.web.back import ours
from yishi.web.exports import xlsx
from yishi.web.office import Office
from yishi.web.people.keeping import keeps_roster
from yishi.web.people.seconds import is_second, settles


def asked(request: HttpRequest, **shown: object) -> HttpResponse:
    """What waits for whoever asks to see it; whoever keeps the accounts sees all that waits."""
    office: Office = request.office  # type: ignore[attr-defined]
    mine = _mine(office)
    many = [row for row, settling in mine if settling and row.what == "address"]
    context = {"rows": mine, "many": many if len(many) > 1 else [], **shown}
    return render(request, "people/asked.html", context)


def _mine(office: Office) -> list[tuple[Asked, bool]]:
    """What waits, and whether it is this person's to settle; no page for whom none of it is."""
    keeper = keeps_roster(office)
    rows = [(row, settles(office, row)) for row in asking.waiting(office.institution)]
    mine = [(row, settling) for row, settling in rows if settling or keeper]
    if not (keeper or mine or is_second(office)):
        raise Http404
    return mine


ASKED: Final = ("account", "record_what", "column_email", "record_by", "record_when", "shown_by")
"""What the spreadsheet says of each thing asked for."""


def export(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, as a spreadsheet: what the page shows."""
    office: Office = request.office  # type: ignore[attr-defined]
    words = office.catalogue
    head = [words.text(f"page.people.{name}") for name in ASKED]
    rows = [
        (
            _named(office, row.account),
            words.word("handlings", f"{row.what}_asked"),
            row.email,
            office.names.person(row.by),
            row.at.astimezone(office.zone),
            office.names.person(row.shown_by) if row.shown_by else "",
        )
        for row, _ in _mine(office)
    ]
    return xlsx(words.text("page.people.asked"), head, rows)


def _named(office: Office, account: Account) -> str:
    return f"{office.names.person(account.person)} · {account.username}"


@require_POST
def settle(request: HttpRequest, subject: int, what: str) -> HttpResponse:
    """Do one thing about one of them."""
    office: Office = request.office  # type: ignore[attr-defined]
    row = _rows(office).filter(pk=subject).first()
    if row is None or what not in SETTLED or not _may(office, row, what):
        raise Http404
    try:
        return SETTLED[what](request, office, row)
    except asking.NotSecond as error:
        raise Http404 from error
    except asking.Settled:
        messages.info(request, office.catalogue.text("page.people.asked_settled"))
        return redirect(ours(request.POST.get("next", "")) or "asked")


def _rows(office: Office) -> QuerySet[Asked]:
    return Asked.objects.select_related("account").filter(account__institution=office.institution)


def _may(office: Office, row: Asked, what: str) -> bool:
    """The second person may everything, the owner as to the address; who asked may take it back."""
    if what == "decline" and row.by == office.person:
        return True
    own = row.account.person == office.person and row.what == "address" and what != "show"
    return own or settles(office, row)


def _confirm(request: HttpRequest, office: Office, row: Asked) -> HttpResponse:
    with transaction.atomic():
        _confirmed(office, row.pk)
    return _back(request, office, "address_counts", row)


def _confirmed(office: Office, subject: int) -> None:
    """Let an address count: tell the owner there and where it was before; the first link goes."""
    row, before = asking.confirm(subject, office.person)
    tell_owner(row.account, "address_changed", before, by=office.person)
    if row.account.email and not row.account.has_usable_password():
        mail_link(row.account)
        keeping.note(row.account, "link_mailed", office.person)


@require_POST
def confirm_all(request: HttpRequest) -> HttpResponse:
    """Let all the addresses count that the page showed and that this person may settle."""
    office: Office = request.office  # type: ignore[attr-defined]
    marked = [int(key) for key in request.POST.getlist("asked") if _is_key(key)]
    rows = [row for row in _rows(office).filter(pk__in=marked) if _may(office, row, "confirm")]
    if not rows:
        raise Http404
    done = sum(_counts(office, row) for row in rows if row.what == "address")
    messages.success(request, office.catalogue.text("page.people.addresses_count", n=done))
    return redirect("asked")


def _counts(office: Office, row: Asked) -> bool:
    try:
        with transaction.atomic():
            _confirmed(office, row.pk)
    except (asking.Settled, asking.NotSecond):
        return False
    return True


def _is_key(said: str) -> bool:
    return said.isascii() and said.isdecimal() and len(said) < 18


def _show(request: HttpRequest, office: Office, row: Asked) -> HttpResponse:
    code = asking.show(row.pk, office.person)
    return asked(request, code=code, whose=row.account)


def _decline(request: HttpRequest, office: Office, row: Asked) -> HttpResponse:
    asking.decline(row.pk, office.person)
    return _back(request, office, "asked_declined", row)


def _back(request: HttpRequest, office: Office, what: str, row: Asked) -> HttpResponse:
    who = office.names.person(row.account.person)
    messages.success(request, office.catalogue.text(f"page.people.{what}", who=who))
    return redirect(ours(request.POST.get("next", "")) or "asked")


SETTLED: Final[dict[str, Callable[[HttpRequest, Office, Asked], HttpResponse]]] = {
    "confirm": _confirm,
    "show": _show,
    "decline": _decline,
}
"""What may be done about one, by the last word of the address."""


def record(request: HttpRequest) -> HttpResponse:
    """Everything that was done with accounts: for whoever keeps them, and for the second person."""
    office: Office = request.office  # type: ignore[attr-defined]
    page = Paginator(_handled(office), 60).get_page(request.GET.get("page"))
    return render(request, "people/record.html", {"page": page})


HANDLED: Final = ("record_when", "account", "record_what", "record_by")
"""What the spreadsheet says of each thing done."""


def record_export(request: HttpRequest) -> HttpResponse:
    """All of it as a spreadsheet."""
    office: Office = request.office  # type: ignore[attr-defined]
    words, found = office.catalogue, _handled(office)
    head = [words.text(f"page.people.{name}") for name in HANDLED]
    rows = (
        (
            one.at.astimezone(office.zone),
            _named(office, one.account),
            words.word("handlings", one.what),
            _by(office, one),
        )
        for one in found.iterator(chunk_size=2000)
    )
    return xlsx(words.text("page.people.record"), head, rows)


def _handled(office: Office) -> QuerySet[Handling]:
    """Everything done with accounts, the latest first; no page for whom it does not concern."""
    if not (keeps_roster(office) or is_second(office)):
        raise Http404
    rows = Handling.objects.select_related("account")
    return rows.filter(account__institution=office.institution).order_by("-at", "-id")


def _by(office: Office, one: Handling) -> str:
    if one.by:
        return office.names.person(one.by)
    return office.catalogue.text("page.sign.by_link") if one.what == "password_set" else ""
