"""Accounts (账号): made, stopped, restored, unlocked; one-time links that go to their owner."""

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from yishi.accounts import keeping, locking
from yishi.accounts.links import one_time_link
from yishi.accounts.models import Account
from yishi.outbox.delivery import PASSWORD_LINK
from yishi.outbox.models import Message
from yishi.web.office import Office
from yishi.web.people.keeping import keeper_or_404
from yishi.web.people.shown import unplaced


def accounts(request: HttpRequest, status: int = 200, **said: object) -> HttpResponse:
    """Every account, and everybody who holds a post and has none."""
    office: Office = request.office  # type: ignore[attr-defined]
    keeper_or_404(office)
    rows = Account.objects.filter(institution=office.institution).order_by("username")
    page = Paginator(rows, 60).get_page(request.GET.get("page"))
    have = set(
        Account.objects.filter(institution=office.institution).values_list("person", flat=True)
    )
    away = set(unplaced(office))
    locked = locking.locked([one.username for one in page])
    lacking = [p for p in sorted(office.state.roster.people) if p not in have]
    context = {
        "page": page,
        "rows": [(one, one.person in away, one.username in locked) for one in page],
        "lacking": [(p, p in away) for p in lacking],
        **said,
    }
    return render(request, "people/accounts.html", context, status=status)


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
        made = keeping.make(office.institution, person, typed["username"], email, office.person)
    except keeping.Unfit as why:
        if Account.objects.filter(institution=office.institution, person=person).exists():
            return _there(request, office, person)
        wrong = {"person": person, "said": office.catalogue.text(f"page.{why.args[0]}"), **typed}
        return accounts(request, 422, wrong=wrong)
    _told(request, office, "made", made)
    return _link(request, office, made)


def _link(request: HttpRequest, office: Office, account: Account) -> HttpResponse:
    """A one-time link: by mail to its owner; where there is no address, shown here this once."""
    if not account.is_active or account.person == office.person:
        raise Http404
    if account.email:
        _mail(account)
        keeping.note(account, "link_mailed", office.person)
        _told(request, office, "mailed", account)
        return redirect("accounts")
    keeping.note(account, "link_shown", office.person)
    return accounts(request, link=one_time_link(account), whose=account)


def _mail(account: Account) -> None:
    """Owe the owner a mail; the link itself is made as the mail goes out."""
    now = timezone.now()
    Message.objects.create(
        institution=account.institution,
        person=account.person,
        channel="mail",
        key=f"password/{now.isoformat()}",
        kind=PASSWORD_LINK,
        made_at=now,
        next_try=now,
    )


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


def _address_it(request: HttpRequest, office: Office, account: Account) -> HttpResponse:
    try:
        email = keeping.fit_address(request.POST.get("email", ""))
    except keeping.Unfit as why:
        said = office.catalogue.text(f"page.{why.args[0]}")
        return accounts(request, 422, wrong={"person": account.person, "said": said})
    keeping.address(account, email, office.person)
    return _back(request, office, "addressed", account)


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
