"""The same form once more, by somebody who went back to it: it has a new key, yet says the same."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from yishi.web.acts.beginning import PREFIX
from yishi.web.acts.form import ActForm

COOKIE: Final = "said"
SHORTLY: Final = timedelta(minutes=10)
"""For so long nobody means to do the very same twice, having done nothing else in between."""

BESIDE: Final = ("csrfmiddlewaretoken", "key", "seen", "next")
"""What a form carries along that is not said by whoever fills it in."""


def said_before(request: HttpRequest, form: ActForm) -> bool:
    """Whether the last thing done in this browser was just this, and it would be done twice.

    Only what makes something new, or has words, can be: all else is held by the state.
    """
    if not (form.kind.new or any(one.kind == "words" and one.value for one in form.inputs)):
        return False
    last = request.get_signed_cookie(COOKIE, "", max_age=SHORTLY) or ""
    return constant_time_compare(last, _digest(request, form))


def note(request: HttpRequest, form: ActForm, answer: HttpResponse) -> HttpResponse:
    """Have the browser keep a digest of what has just been done, which tells nothing by itself."""
    answer.set_signed_cookie(
        COOKIE,
        _digest(request, form),
        max_age=SHORTLY,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer


def _digest(request: HttpRequest, form: ActForm) -> str:
    every = request.POST.lists()
    said = sorted((n, v) for n, v in every if n not in BESIDE and not n.startswith(PREFIX))
    whole = repr((form.office.institution, form.office.person, form.name, said))
    return salted_hmac("yishi.web.acts.again", whole, algorithm="sha256").hexdigest()
