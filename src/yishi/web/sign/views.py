"""Signing in and out, one's own account, the language."""

import logging
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.contrib.auth.views import LoginView, PasswordResetConfirmView
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_POST

from yishi.accounts.keeping import note
from yishi.accounts.links import TOKENS
from yishi.accounts.locking import Attempt, knows_own, tries_own, unlock
from yishi.accounts.models import Account, plain_name
from yishi.journal.tables.models import Chain
from yishi.outbox.about_accounts import tell_owner
from yishi.web.back import ours
from yishi.web.context import DISPLAY
from yishi.web.middleware import LANGUAGE_COOKIE, language_of, open_to_all
from yishi.web.office import CATALOGUES, Office
from yishi.web.sign.kept import carried, resumed
from yishi.web.sign.own import own_page
from yishi.web.sign.stage import is_stage, stages
from yishi.web.sign.words import in_our_words
from yishi.wording.source import LANGUAGES

LOG: Final = logging.getLogger("yishi.sign_in")


def _there(request: HttpRequest) -> str:
    return ours(request.POST.get("next", "")) or "/"


class NameAndPassword(AuthenticationForm):
    """The username counts in one spelling."""

    def clean_username(self) -> str:
        """The username as accounts keep it."""
        return plain_name(str(self.cleaned_data["username"]))


class SignIn(LoginView):
    """Name and password; after too many failures the name is locked for a while."""

    template_name = "sign/in.html"
    form_class = NameAndPassword
    redirect_authenticated_user = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; where there is no institution yet, the first setting up."""
        if not Chain.objects.exists():
            return redirect("setup")
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look at the password, unless it was wrong too often."""
        self.attempt = Attempt(request, request.POST.get("username", ""))
        if not self.attempt.begins():
            LOG.warning("sign_in_locked")
            return render(request, "accounts/locked.html", {"kept": carried(request)}, status=429)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """In the demonstration, everybody there is to step into."""
        found = super().get_context_data(**kwargs)
        found["stages"] = stages(language_of(self.request))
        found["kept"] = carried(self.request)
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Where somebody is signed in already, what they had typed before comes up again."""
        kept = carried(request)
        if kept is not None and request.user.is_authenticated:
            return resumed(request, kept)
        return super().dispatch(request, *args, **kwargs)

    def get_redirect_url(self, *args: Any) -> str:
        """Where they were going, if it is a page of ours."""
        field = self.redirect_field_name
        return ours(self.request.POST.get(field, self.request.GET.get(field, "")))

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Say that it was wrong, here and in the log, which names nobody."""
        LOG.warning("sign_in_failed")
        return super().form_invalid(form)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Go on where they were going, or with what they had typed when their session ended.

        The browser is known from now on.
        """
        answer = super().form_valid(form)
        kept = carried(self.request)
        answer = resumed(self.request, kept) if kept is not None else answer
        self.attempt.succeeds(answer)
        LOG.info("signed_in")
        return answer


SignIn.open_to_all = True  # type: ignore[attr-defined]


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("sign_in")


def account(request: HttpRequest) -> HttpResponse:
    """One's own account: password and address, and what was done with the account."""
    office: Office = request.office  # type: ignore[attr-defined]
    form = in_our_words(PasswordChangeForm(office.account, request.POST or None), office.language)
    if request.method == "POST":
        if not tries_own(office.account.username):
            return render(request, "accounts/locked.html", status=429)
        if "old_password" not in form.errors:
            knows_own(office.account.username)
        if form.is_valid():
            return _changed(request, office, form)
    return own_page(request, form, 422 if request.method == "POST" else 200)


def _changed(request: HttpRequest, office: Office, form: Any) -> HttpResponse:
    changed = form.save()
    changed.must_change = False
    changed.save(update_fields=["must_change"])
    note(changed, "password_set", office.person)
    update_session_auth_hash(request, changed)
    messages.success(request, office.catalogue.text("page.sign.changed"))
    return redirect("account")


class SetPassword(PasswordResetConfirmView):
    """The page that a one-time link leads to."""

    template_name = "sign/set.html"
    token_generator = TOKENS
    success_url = reverse_lazy("sign_in")

    def get_form(self, form_class: Any = None) -> Any:
        """The form, in our words."""
        return in_our_words(super().get_form(form_class), language_of(self.request))

    def form_valid(self, form: "SetPasswordForm[Account]") -> HttpResponse:
        """Keep the password, and who set it: whoever had the link."""
        answer = super().form_valid(form)
        owner = form.user
        owner.must_change = False
        owner.save(update_fields=["must_change"])
        note(owner, "password_set", "")
        unlock(owner.username)
        tell_owner(owner, "password_by_link")
        language = getattr(self.request, "language", LANGUAGES[0])
        messages.success(self.request, CATALOGUES[language].text("page.sign.set_done"))
        return answer


SetPassword.open_to_all = True  # type: ignore[attr-defined]


@require_POST
@open_to_all
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on."""
    wanted = request.POST.get("language", "")
    answer = redirect(_there(request))
    if wanted in LANGUAGES:
        answer.set_cookie(LANGUAGE_COOKIE, wanted, max_age=365 * 24 * 3600, samesite="Lax")
        if request.user.is_authenticated:
            Account.objects.filter(pk=request.user.pk).update(language=wanted)
    return answer


@require_POST
@open_to_all
def display(request: HttpRequest) -> HttpResponse:
    """Show pages larger, or on a dark ground, on this device from now on."""
    answer = redirect(_there(request))
    for name, values in DISPLAY.items():
        wanted = request.POST.get(name)
        if wanted in values:
            answer.set_cookie(name, wanted, max_age=365 * 24 * 3600, samesite="Lax", httponly=True)
    return answer


@require_POST
@open_to_all
def step_into(request: HttpRequest) -> HttpResponse:
    """In a demonstration, go on as somebody else. Its own founding says whether it is one."""
    signed_in = getattr(request.user, "institution", "")
    place = request.POST.get("institution", "") or signed_in
    person = request.POST.get("person", "")
    if not (place + person).isprintable() or (signed_in and signed_in != place):
        raise Http404
    if not is_stage(place):
        raise Http404
    who = get_object_or_404(Account, institution=place, person=person, is_active=True)
    login(request, who, backend="django.contrib.auth.backends.ModelBackend")
    kept = carried(request)
    if kept is not None:
        return resumed(request, kept)
    return redirect(_there(request))


@open_to_all
def health(request: HttpRequest) -> HttpResponse:
    """Whether this process serves and its database answers; says nothing about anybody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
