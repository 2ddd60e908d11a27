"""A password set with two codes, where its owner has no address to which a link could go."""

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yishi.accounts import asking
from yishi.accounts.locking import Attempt, unlock
from yishi.accounts.models import Account, plain_name
from yishi.outbox.about_accounts import tell_owner
from yishi.web.middleware import language_of, open_to_all
from yishi.web.office import CATALOGUES
from yishi.web.sign.words import in_our_words

TYPED = ("username", "first", "second")


@open_to_all
def set_by_codes(request: HttpRequest) -> HttpResponse:
    """Ask for the username, the two codes and a password; the codes are used up with it."""
    language = language_of(request)
    typed = {name: request.POST.get(name, "") for name in TYPED}
    username = plain_name(typed["username"])
    form = SetPasswordForm(Account(username=username), request.POST or None)
    form = in_our_words(form, language)
    if request.method != "POST":
        return render(request, "sign/codes.html", {"form": form, "typed": typed})
    here = Attempt(request, "")
    if not here.begins_here():
        return render(request, "accounts/locked.html", status=429)
    wrong = form.is_valid() and not _set(username, typed, form.cleaned_data["new_password1"])
    if wrong or not form.is_valid():
        context = {"form": form, "typed": typed, "wrong": wrong}
        return render(request, "sign/codes.html", context, status=422)
    here.succeeds_here()
    messages.success(request, CATALOGUES[language].text("page.sign.set_done"))
    return redirect("sign_in")


def _set(username: str, typed: dict[str, str], password: str) -> bool:
    asked = asking.owed(username, typed["first"], typed["second"])
    if asked is None:
        return False
    try:
        asking.use(asked, password)
    except asking.Settled:
        return False
    unlock(username)
    tell_owner(asked.account, "password_by_codes", by=asked.by, second=asked.shown_by)
    return True
