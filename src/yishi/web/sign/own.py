"""One's own account: what it says of oneself, and the address to which one's mail goes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yishi.accounts.asking import change_address
from yishi.accounts.keeping import Unfit, fit_address
from yishi.accounts.locking import knows_own, tries_own
from yishi.outbox.about_accounts import tell_owner
from yishi.web.office import Office
from yishi.web.sign.words import in_our_words


def own_page(request: HttpRequest, form: Any, status: int = 200, **said: Any) -> HttpResponse:
    """The page of one's own account."""
    office: Office = request.office  # type: ignore[attr-defined]
    context = {
        "form": form,
        "handled": office.account.handled.order_by("-at", "-id")[:10],
        "posts": list(office.state.roster.posts_of(office.person, office.now.date())),
        "asked": office.account.asked.filter(what="address", status="waiting").first(),
        **said,
    }
    return render(request, "sign/account.html", context, status=status)


@require_POST
def address(request: HttpRequest) -> HttpResponse:
    """The owner has mail go to another address: with the password, and told at the old one too."""
    office: Office = request.office  # type: ignore[attr-defined]
    owner, typed = office.account, request.POST.get("email", "")
    if not tries_own(owner.username):
        return render(request, "accounts/locked.html", status=429)
    if not owner.check_password(request.POST.get("password", "")):
        return _again(request, office, "sign.old_wrong", typed)
    knows_own(owner.username)
    try:
        email, before = fit_address(typed), owner.email
    except Unfit as why:
        return _again(request, office, why.args[0], typed)
    if email != before:
        with transaction.atomic():
            change_address(owner, email, office.person)
            tell_owner(owner, "address_changed", before, by=office.person)
    messages.success(request, office.catalogue.text("page.sign.address_changed"))
    return redirect("account")


def _again(request: HttpRequest, office: Office, why: str, typed: str) -> HttpResponse:
    form = in_our_words(PasswordChangeForm(office.account), office.language)
    said = {"said": office.catalogue.text(f"page.{why}"), "email": typed}
    return own_page(request, form, 422, wrong=said)
