"""The page on which the office keeps its phrases: added, reworded, taken away."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yishi.phrases.models import LONGEST, MOST, PLACES, Phrase, phrases_of
from yishi.web.acts.inputs import spoilt
from yishi.web.office import Office
from yishi.web.secretariat import of_secretariat


def phrases(request: HttpRequest) -> HttpResponse:
    """Show the phrases to the staff of a secretariat, and take up what they change."""
    office: Office = request.office  # type: ignore[attr-defined]
    if not of_secretariat(office):
        raise Http404
    if request.method == "POST":
        said = _taken_up(request, office)
        level = messages.SUCCESS if said in DONE else messages.ERROR
        messages.add_message(request, level, office.catalogue.text(f"page.phrases.{said}", n=MOST))
        return redirect("phrases")
    context: dict[str, Any] = {"places": phrases_of(office.institution), "longest": LONGEST}
    return render(request, "phrases/phrases.html", context)


DONE = ("added", "reworded", "taken_away")
"""What is said when the change was made; anything else says why it was not."""


def _taken_up(request: HttpRequest, office: Office) -> str:
    """Make the change that was asked for; the name of what to say of it."""
    held = Phrase.objects.filter(institution=office.institution)
    number = request.POST.get("phrase", "")
    words = " ".join(request.POST.get("words", "").split())
    if not number:
        return _added(office, request.POST.get("place", ""), words)
    mine = held.filter(id=int(number)) if number.isdecimal() and len(number) < 18 else held.none()
    one = mine.first()
    if one is None:
        return "gone"
    if "delete" in request.POST:
        one.delete()
        return "taken_away"
    amiss = _amiss(words) or _twice(office, one.place, words, one.id)
    if amiss:
        return amiss
    return "reworded" if _once(lambda: mine.update(words=words)) else "twice"


def _added(office: Office, place: str, words: str) -> str:
    if place not in PLACES:
        return "gone"
    amiss = _amiss(words) or _twice(office, place, words)
    if amiss:
        return amiss
    if len(phrases_of(office.institution)[place]) >= MOST:
        return "too_many"
    new = Phrase(institution=office.institution, place=place, words=words)
    return "added" if _once(new.save) else "twice"


def _once(change: Callable[[], object]) -> bool:
    """Make a change; False where somebody has written the very same words in this moment."""
    try:
        with transaction.atomic():
            change()
    except IntegrityError:
        return False
    return True


def _amiss(words: str) -> str:
    if not words:
        return "missing"
    return "unreadable" if spoilt(words) or len(words) > LONGEST else ""


def _twice(office: Office, place: str, words: str, but: int = 0) -> str:
    same = Phrase.objects.filter(institution=office.institution, place=place, words=words)
    return "twice" if same.exclude(id=but).exists() else ""
