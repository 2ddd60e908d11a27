"""What was typed into a form that could not be taken: kept until it can be (填写的内容).

A session ends while a form is being filled in; signing in anew in another window makes the form of
this one too old. The page that says so carries what was typed, sealed, through the sign-in and back
to where it was to go. The server keeps none of it.
"""

from typing import Any, Final

import msgspec
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from yishi.web.back import ours
from yishi.web.office import CATALOGUES, Office
from yishi.web.sign.stage import stages
from yishi.wording import Catalogue
from yishi.wording.source import LANGUAGES

SALT: Final = "yishi.sign.kept"
LONGEST: Final = 12 * 3600
"""Seconds after which what was typed is not taken up again."""
NAME: Final = "kept"
"""The field of the sign-in form that carries it."""
UNSAID: Final = ("csrfmiddlewaretoken", "plan", "key", "seen", "next")
"""Fields that nobody typed."""


class Kept(msgspec.Struct, frozen=True):
    """A form as it was sent: where to, its fields in order, and whether a file was with it."""

    path: str
    fields: list[tuple[str, str]]
    files: bool = False

    @property
    def sealed(self) -> str:
        """As a page carries it."""
        return signing.dumps(msgspec.to_builtins(self), salt=SALT, compress=True)

    @property
    def said(self) -> list[str]:
        """What was written in words, to read and to copy."""
        return [v for k, v in self.fields if k not in UNSAID and (not v.isascii() or " " in v)]

    @property
    def act(self) -> str:
        """The act that the form does; empty for any other form."""
        before, _, name = self.path.partition("?")[0].rpartition("/")
        return name if before == "/do" else ""

    def titled(self, words: Catalogue) -> str:
        """What the button says that sends it again."""
        return words.word("acts", self.act) if self.act else words.text("page.sign.kept_send")


def typed(request: HttpRequest) -> Kept | None:
    """What a form brought; None where nothing was typed, and never a password."""
    if request.method != "POST" or any("password" in name for name in request.POST):
        return None
    pairs = ((k, v) for k, values in request.POST.lists() for v in values)
    fields = [(k, v) for k, v in pairs if k != "csrfmiddlewaretoken"]
    kept = Kept(request.get_full_path(), fields, bool(request.FILES))
    return kept if kept.act or kept.said else None


def carried(request: HttpRequest) -> Kept | None:
    """What a page has carried along since; None for nothing, or for something not sealed here."""
    try:
        loaded = signing.loads(request.POST.get(NAME, ""), salt=SALT, max_age=LONGEST)
        return msgspec.convert(loaded, Kept)
    except (signing.BadSignature, msgspec.ValidationError):
        return None


def over(request: HttpRequest) -> HttpResponse:
    """Ask a form's sender, whose session is over, to sign in, and carry along what was typed."""
    kept = typed(request)
    if kept is None:
        wanted = ours(request.POST.get("next", "")) or "/"
        return redirect(f"{reverse('sign_in')}?{urlencode({'next': wanted})}")
    language: str = getattr(request, "language", LANGUAGES[0])
    context: dict[str, Any] = {"kept": kept, "next": "/", "stages": stages(language)}
    return render(request, "sign/in.html", context, status=403)


def resumed(request: HttpRequest, kept: Kept, status: int = 200) -> HttpResponse:
    """Show to whoever is signed in now what was typed, to be sent by their own press."""
    language: str = getattr(request, "language", LANGUAGES[0])
    request.office = Office(request.user, language)  # type: ignore[attr-defined,arg-type]
    context = {"kept": kept, "titled": kept.titled(CATALOGUES[language])}
    return render(request, "sign/kept.html", context, status=status)
