"""Accounts (账号): made, stopped, restored, unlocked; addresses and passwords asked for.

Nothing here lets whoever keeps the accounts sign in as somebody: see `yishi.accounts.asking`.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yishi.accounts import asking, keeping, locking
from yishi.accounts.models import Account, Asked
from yishi.outbox.about_accounts import mail_link, tell_owner, tell_seconds
from yishi.web.exports import xlsx
from yishi.web.office import Office
from yishi.web.people.keeping import keeper_or_404
from yishi.web.people.seconds import seconds
from yishi.web.people.shown import posts_of, unplaced


def accounts(request: HttpRequest, status: int = 200, **said: object) -> HttpResponse:
    """Every account, and everybody who holds a post and has none."""
    office: Office = request.office  # type: ignore[attr-defined]
    keeper_or_404(office)
    page = Paginator(_every(office), 60).get_page(request.GET.get("page"))
    have = set(_every(office).values_list("person", flat=True))
    away = set(unplaced(office))
    locked = locking.locked([one.username for one in page])
    lacking = [p for p in sorted(office.state.roster.people) if p not in have]
    waits = {row.account_id for row in asking.waiting(office.institution)}
    context = {
        "page": page,
        "rows": [(o, o.person in away, o.username in locked, o.pk in waits) for o in page],
        "lacking": [(p, p in away) for p in lacking],
        "waits": len(waits),
        **said,
    }
    return render(request, "people/accounts.html", context, status=status)


COLUMNS: Final = ("column_name", "column_username", "column_email", "state", "last", "column_post")
"""What the spreadsheet says of each account."""


def export(request: HttpRequest) -> HttpResponse:
    """Every account, then everybody who has none, as a spreadsheet."""
    office: Office = request.office  # type: ignore[attr-defined]
    keeper_or_404(office)
    head = [office.catalogue.text(f"page.people.{name}") for name in COLUMNS]
    return xlsx(office.catalogue.text("page.people.accounts"), head, _table(office))


def _table(office: Office) -> Iterator[tuple[Any, ...]]:
    words, rows = office.catalogue, list(_every(office))
    locked = locking.locked([one.username for one in rows])
    waits = {row.account_id for row in asking.waiting(office.institution)}
    for one in rows:
        said = ["active" if one.is_active else "stopped"]
        said += ["locked"] * (one.username in locked) + ["asked_waits"] * (one.pk in waits)
        state = words.word("shapes", "join").join(words.text(f"page.people.{s}") for s in said)
        seen = one.last_login.astimezone(office.zone) if one.last_login else None
        who, posts = office.names.person(one.person), posts_of(office, one.person)
        yield who, one.username, one.email, state, seen, posts
    have = {one.person for one in rows}
    for person in sorted(office.state.roster.people):
        if person not in have:
            none = words.text("page.people.no_account")
            yield office.names.person(person), "", "", none, None, posts_of(office, person)


def _every(office: Office) -> QuerySet[Account]:
    return Account.objects.filter(institution=office.institution).order_by("username")


@require_POST
def handle(request: HttpRequest, person: str, what: str) -> HttpResponse:
    """Do one thing with the account of one person."""
    office: Office = request.office  # type: ignore[attr-defined]
    keeper_or_404(office)
    if what not in HANDLED or person not in office.state.roster.people:
        raise Http404
    account = Account.objects.filter(institution=office.institution, person=person).first()
    if what == "make":
        done = _make if account is None else _there
        return done(request, office, person)
    if account is None:
        raise Http404
    return HANDLED[what](request, office, account)


def _there(request: HttpRequest, office: Office, person: str) -> HttpResponse:
    """The button was pressed twice, or somebody else was quicker: nothing is done."""
    name = office.names.person(person)
    messages.info(request, office.catalogue.text("page.people.account_there", who=name))
    return redirect("accounts")


def _make(request: HttpRequest, office: Office, person: str) -> HttpResponse:
    typed = {"username": request.POST.get("username", ""), "email": request.POST.get("email", "")}
    try:
        email = keeping.fit_address(typed["email"])
        made = keeping.make(office.institution, person, typed["username"], office.person)
    except keeping.Unfit as why:
        if Account.objects.filter(institution=office.institution, person=person).exists():
            return _there(request, office, person)
        wrong = {"person": person, "said": office.catalogue.text(f"page.{why.args[0]}"), **typed}
        return accounts(request, 422, wrong=wrong)
    if email:
        _asked(office, asking.ask_address(made, email, office.person))
        return _back(request, office, "made_asked", made)
    return _codes(request, office, made)


def _link(request: HttpRequest, office: Office, account: Account) -> HttpResponse:
    """A new password: by mail to the address that counts; without one, by two codes."""
    if not account.is_active or account.person == office.person:
        raise Http404
    if not account.email:
        return _codes(request, office, account)
    mail_link(account)
    keeping.note(account, "link_mailed", office.person)
    return _back(request, office, "mailed", account)


@transaction.atomic
def _codes(request: HttpRequest, office: Office, account: Account) -> HttpResponse:
    """The first of two codes, shown here this once; the second comes from somebody else."""
    row, code = asking.ask_password(account, office.person)
    _asked(office, row)
    return accounts(request, code=code, whose=account)


def _asked(office: Office, row: Asked) -> None:
    """Tell the owner, and those who may let it happen."""
    tell_owner(row.account, f"{row.what}_asked", by=office.person)
    tell_seconds(row, seconds(office, row.by, row.account.person))


def _stop(request: HttpRequest, office: Office, account: Account) -> HttpResponse:
    if account.person == office.person:
        raise Http404
    keeping.stop(account, office.person)
    return _back(request, office, "stopped", account)


def _restore(request: HttpRequest, office: Office, account: Account) -> HttpResponse:
    keeping.restore(account, office.person)
    return _back(request, office, "restored", account)


def _unlock(request: HttpRequest, office: Office, account: Account) -> HttpResponse:
    keeping.unlock(account, office.person)
    return _back(request, office, "unlocked", account)


@transaction.atomic
def _address_it(request: HttpRequest, office: Office, account: Account) -> HttpResponse:
    if account.person == office.person:
        raise Http404
    try:
        email = keeping.fit_address(request.POST.get("email", ""))
    except keeping.Unfit as why:
        said = office.catalogue.text(f"page.{why.args[0]}")
        return accounts(request, 422, wrong={"person": account.person, "said": said})
    if email == account.email:
        return _back(request, office, "same_address", account)
    _asked(office, asking.ask_address(account, email, office.person))
    return _back(request, office, "address_asked", account)


def _back(request: HttpRequest, office: Office, what: str, account: Account) -> HttpResponse:
    _told(request, office, what, account)
    return redirect("accounts")


def _told(request: HttpRequest, office: Office, what: str, account: Account) -> None:
    name = office.names.person(account.person)
    messages.success(request, office.catalogue.text(f"page.people.account_{what}", who=name))


HANDLED: Final[dict[str, Callable[[HttpRequest, Office, Account], HttpResponse]]] = {
    "make": lambda request, office, account: redirect("accounts"),
    "link": _link,
    "stop": _stop,
    "restore": _restore,
    "unlock": _unlock,
    "address": _address_it,
}
"""What may be done with an account, by the last word of the address."""
