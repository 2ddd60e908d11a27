"""The page of the minutes: issued, to print; before they are out their preview, with the acts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yishi.originals.keeping import sizes_of
from yishi.procedure.offers import Offer, Withheld
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Ground
from yishi.web.documents.issuing import unprinted
from yishi.web.office import Office
from yishi.web.profiles.face import Face, face_of
from yishi.web.publishing.card import life
from yishi.web.secretariat import of_secretariat
from yishi.web.sittings.attended import attended
from yishi.web.sittings.corrigendum import begins, corrections_out, drafted
from yishi.web.sittings.delivery import delivery
from yishi.web.sittings.draft import requests_of, round_of
from yishi.web.sittings.found import found_or_404
from yishi.web.sittings.minutes import opening, told_in
from yishi.web.sittings.pressing import asked, press
from yishi.web.sittings.proofs import proofs


def minutes(request: HttpRequest, subject: str) -> HttpResponse:
    """Show the minutes: issued, to those who may read them; before, to those who issue them."""
    office: Office = request.office  # type: ignore[attr-defined]
    sitting = found_or_404(office, subject)
    access = office.reads("minutes", subject)
    issued = sitting.minutes is not None
    said, own = told_in(office, sitting), round_of(office, sitting)
    drafted_here = own["own"] and not issued
    lost = unprinted(office, sitting, said) if drafted_here else ()
    face = _face(office, sitting, said["office_name"])
    context: dict[str, Any] = {
        **said,
        "sitting": sitting,
        "opens": opening(office, sitting, said),
        "lists": tuple(attended(office, sitting, said["people"], face)),
        "clause": access.citation if access.allowed else None,
        "missing": _missing(asked(office, "issue_minutes", sitting=subject)) if not issued else (),
        "keeps_profiles": of_secretariat(office),
        "issue": press(office, "issue_minutes", sitting=subject) if not lost else None,
        "unprinted": tuple(f"{c}（U+{ord(c):04X}）" for c in lost),
        "sign": press(office, "sign_minutes", sitting=subject),
        **own,
        **(proofs(office, sitting, said, lost) if drafted_here else {}),
        "passed": sitting.draft.passed,
        "face": face,
        "delivery": delivery(office, sitting),
        "requests": requests_of(office, sitting),
        "corrected": corrections_out(office, sitting),
        "corrigendum": drafted(office, sitting),
        "correct": begins(office, sitting),
        "life": life(office, sitting),
        "originals": (files := _originals(office, sitting)),
        "gone": any(one["size"] is None for one in files),
    }
    return render(request, "sittings/minutes.html", context)


def _face(office: Office, sitting: Sitting, secretariat: str) -> Face:
    """How the paper looks: what is out keeps the look that it went out with."""
    at = sitting.minutes.issued_at if sitting.minutes else office.now
    return face_of(office, sitting.body, at, secretariat)


def _originals(office: Office, sitting: Sitting) -> list[dict[str, Any]]:
    """The files that went out, with their digests, and whether they are kept here."""
    files = sitting.minutes.every_file if sitting.minutes else ()
    sizes = sizes_of(office.institution, [one.digest for one in files]) if files else {}
    return [{"file": one, "size": sizes.get(one.digest)} for one in files]


def _missing(issuing: Offer | Withheld | None) -> tuple[Ground, ...]:
    return issuing.grounds if isinstance(issuing, Withheld) else ()
