"""Signing in and out, one's own account, the language, and the demonstration's roles."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from yishi.accounts.models import Account
from yishi.register.models import Institution
from yishi.web.middleware import LANGUAGE_COOKIE, open_to_all
from yishi.web.office import Office
from yishi.wording.source import LANGUAGES


def _there(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe and wanted.startswith("/") else "/"


class SignIn(LoginView):
    """Name and password; after too many failures the pair of name and address is locked."""

    template_name = "sign/in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """In the demonstration, everybody there is to step into."""
        found = super().get_context_data(**kwargs)
        found["demonstrations"] = Institution.objects.filter(demonstration=True).exists()
        return found


SignIn.open_to_all = True  # type: ignore[attr-defined]


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("sign_in")


def account(request: HttpRequest) -> HttpResponse:
    """One's own account: the password, the language."""
    office: Office = request.office  # type: ignore[attr-defined]
    form = PasswordChangeForm(office.account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        changed = form.save()
        changed.must_change = False
        changed.save(update_fields=["must_change"])
        update_session_auth_hash(request, changed)
        messages.success(request, office.catalogue.text("page.sign.changed"))
        return redirect("account")
    status = 422 if request.method == "POST" else 200
    return render(request, "sign/account.html", {"form": form}, status=status)


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
def step_into(request: HttpRequest) -> HttpResponse:
    """In a demonstration, go on as somebody else. Its own journal says whether it is one."""
    slug = request.POST.get("institution", "") or getattr(request.user, "institution", "")
    place = get_object_or_404(Institution, slug=slug, demonstration=True)
    who = get_object_or_404(
        Account, institution=place.slug, person=request.POST.get("person", ""), is_active=True
    )
    signed_in = getattr(request.user, "institution", "")
    if signed_in and signed_in != place.slug:
        raise Http404
    login(request, who, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(_there(request))


@open_to_all
def health(request: HttpRequest) -> HttpResponse:
    """Whether this process serves and its database answers; says nothing about anybody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
