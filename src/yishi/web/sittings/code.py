"""Signing in by a code (签到码): it turns on the big screen, a phone scans it, one press signs in.

A code is for one meeting and for a moment. Whoever scans it while it counts may sign in within
some minutes, after the sign-in to their own account too; whose presence it is, their account says.
"""

import io
from datetime import timedelta
from typing import Any, Final

import segno
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from yishi.accounts.idle import looks_by_itself
from yishi.clerk.door import do
from yishi.procedure.attendance import MarkPresent
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Accepted, Refused
from yishi.web.acts.form import KEY
from yishi.web.acts.grounds import tellable
from yishi.web.middleware import language_of, open_to_all
from yishi.web.office import CATALOGUES, Office
from yishi.web.sittings.found import found_or_404
from yishi.web.sittings.frame import frame_of
from yishi.web.sittings.habits import codes
from yishi.web.sittings.kind import kind_of
from yishi.web.sittings.over import over
from yishi.web.sittings.pressing import key, stands, why_not
from yishi.web.sittings.seated import projects

TURNS: Final = 30
"""Seconds after which the screen shows another code."""

LASTS: Final = timedelta(seconds=90)
"""For how long a code may be scanned: whoever scans late has the one before."""

WAITS: Final = timedelta(minutes=10)
"""For how long whoever has scanned may sign in: some have to sign in to their account first."""

_SIGNER: Final = signing.Signer(salt="yishi.sign_in_code")


def token_of(institution: str, sitting: str) -> str:
    """A code's text just now."""
    return _SIGNER.sign_object([institution, sitting, int(timezone.now().timestamp())])


def fault_of(token: str, sitting: str) -> str:
    """What is wrong with a code that was scanned, as the end of a message's id; empty: nothing."""
    return _read(token, sitting)[0]


def _read(token: str, sitting: str) -> tuple[str, str]:
    """What is wrong with a code, and the institution that it is of."""
    try:
        institution, named, made = _SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return "no_code", ""
    if named != sitting:
        return "other_meeting", ""
    age = timezone.now().timestamp() - made
    fault = "" if age + 1 >= 0 and age <= LASTS.total_seconds() else "code_over"
    return fault, institution


def _shown(request: HttpRequest, subject: str) -> Sitting:
    """The meeting whose code whoever asks may put on the wall."""
    office: Office = request.office  # type: ignore[attr-defined]
    sitting = found_or_404(office, subject)
    if not projects(office, sitting) or not codes(office.state, sitting):
        raise Http404
    return sitting


@looks_by_itself
def code(request: HttpRequest, subject: str) -> HttpResponse:
    """The code alone, as large as the screen; it turns by itself, without JavaScript too.

    What moves on the big screen moves it too: who comes, that the meeting was moved or called off.
    """
    office: Office = request.office  # type: ignore[attr-defined]
    held = found_or_404(office, subject)
    if held.status in ("called_off", "closed"):
        return over(request, office, held, "screen")
    sitting = _shown(request, subject)
    kind = kind_of(office, sitting, "screen")
    come = sum(sitting.is_present(person) for person in sitting.people)
    context = {"sitting": sitting, "come": come, "of": len(sitting.people), "turns": TURNS}
    context["wall"] = frame_of(office, kind).digests["screen"] if kind is not None else ""
    answer = render(
        request, "sittings/code.html", {**context, "image": _svg(request, office, subject)}
    )
    answer.headers["Refresh"] = str(TURNS)
    return answer


@looks_by_itself
def image(request: HttpRequest, subject: str) -> HttpResponse:
    """The code as a picture, another one each time it is asked for."""
    office: Office = request.office  # type: ignore[attr-defined]
    _shown(request, subject)
    answer = HttpResponse(_svg(request, office, subject), content_type="image/svg+xml")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _svg(request: HttpRequest, office: Office, subject: str) -> str:
    path = reverse("scanned", args=[subject, token_of(office.institution, subject)])
    out = io.BytesIO()
    made = segno.make(request.build_absolute_uri(path), error="m", micro=False)
    made.save(out, kind="svg", xmldecl=False, border=3, dark="#000", light="#fff", omitsize=True)
    return out.getvalue().decode()


@open_to_all
def scanned(request: HttpRequest, subject: str, token: str) -> HttpResponse:
    """A phone has scanned a code: keep that it did so in time, then let its owner sign in."""
    fault, institution = _read(token, subject)
    if fault:
        words = CATALOGUES[language_of(request)].text(f"page.code.{fault}")
        return render(request, "sittings/scanned.html", {"fault": words}, status=410)
    held = {k: v for k, v in request.session.get("scanned", {}).items() if k != subject}
    request.session["scanned"] = {**held, subject: [institution, timezone.now().timestamp()]}
    return redirect("scan", subject)


def scan(request: HttpRequest, subject: str) -> HttpResponse:
    """The one press that signs in, for whoever has scanned the code of this meeting in time."""
    office: Office = request.office  # type: ignore[attr-defined]
    sitting = found_or_404(office, subject)
    return _page(request, office, sitting)


def _in_time(request: HttpRequest, office: Office, subject: str) -> bool:
    institution, at = request.session.get("scanned", {}).get(subject, ("", 0))
    return (
        institution == office.institution
        and 0 <= timezone.now().timestamp() - at <= WAITS.total_seconds()
    )


def _late(request: HttpRequest, sitting: Sitting) -> str:
    """Whether whoever is too late had scanned at all."""
    return "code_over" if sitting.id in request.session.get("scanned", {}) else "not_scanned"


def _page(request: HttpRequest, office: Office, sitting: Sitting) -> HttpResponse:
    named = {"sitting": sitting.id, "person": office.person}
    in_time = _in_time(request, office, sitting.id)
    context: dict[str, Any] = {
        "sitting": sitting,
        "fault": "" if in_time else office.catalogue.text(f"page.code.{_late(request, sitting)}"),
        "here": sitting.is_present(office.person),
        "key": key() if in_time and stands(office, "mark_present", **named) else "",
        "grounds": why_not(office, "mark_present", **named),
    }
    return render(request, "sittings/scanned.html", context, status=200 if in_time else 410)


@require_POST
def sign_in(request: HttpRequest, subject: str) -> HttpResponse:
    """Sign in whoever is signed in to their account, marked as done by the code."""
    office: Office = request.office  # type: ignore[attr-defined]
    sitting = found_or_404(office, subject)
    if not _in_time(request, office, subject):
        return _page(request, office, sitting)
    act = MarkPresent(sitting=subject, person=office.person, way="code")
    said = request.POST.get("key", "")
    name = said if KEY.match(said) and len(said) < 60 else key()
    verdict = do(office.institution, office.person, act, key=name).verdict
    if isinstance(verdict, Refused):
        context = {"sitting": sitting, "grounds": tellable(office, verdict.grounds)}
        return render(request, "sittings/scanned.html", context, status=409)
    if isinstance(verdict, Accepted):
        messages.success(request, office.catalogue.text("page.code.signed_in"))
    else:
        said = office.catalogue.sentence(verdict.message, office.names)
        messages.info(request, said)
    return redirect("room", subject)
