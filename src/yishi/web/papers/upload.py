"""A file that was sent with a form: checked, kept, and still at hand when the form comes back."""

from typing import Any, Final

import msgspec
from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from yishi.papers import content, shelf
from yishi.papers.content import NotTaken
from yishi.web.office import Office

_SALT: Final = "yishi.paper"
_FOR: Final = 12 * 3600
"""Seconds for which a form that came back still has its file."""


class Unfit(ValueError):  # noqa: N818
    """A file that is not taken; `args[0]` is the message id, `args[1]` what fills it."""


class Kept(msgspec.Struct, frozen=True):
    """A file that was checked and kept, before it belongs to a paper."""

    sha256: str
    size: int
    name: str
    type: str

    def sealed(self, office: Office) -> str:
        """The same, as a form may carry it: for this person and a while only."""
        said = msgspec.to_builtins(self)
        return signing.dumps([office.institution, office.person, said], salt=_SALT)


def sent(request: HttpRequest, office: Office) -> Kept | None:
    """The file sent with the form, or the one sent with it before; None for neither.

    Raises `Unfit`.
    """
    if getattr(request, "too_large", False):
        raise Unfit("papers.too_large", {"most": settings.UPLOAD_LIMIT // (1024 * 1024)})
    file = request.FILES.get("file")
    if isinstance(file, UploadedFile):
        return _taken(file, office)
    return before(request, office)


def _taken(file: UploadedFile, office: Office) -> Kept:
    stream: Any = file.file
    try:
        kind = content.checked(stream)
    except NotTaken as error:
        raise Unfit(f"papers.{error.args[0]}", {}) from error
    sha256, size = shelf.put(office.institution, stream)
    return Kept(sha256, size, content.named(file.name or "", kind), kind)


def before(request: HttpRequest, office: Office) -> Kept | None:
    """The file that was sent with the form before and is still at hand."""
    token = request.POST.get("kept", "")
    try:
        institution, person, said = signing.loads(token, salt=_SALT, max_age=_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if (institution, person) != (office.institution, office.person):
        return None
    kept = msgspec.convert(said, Kept)
    return kept if shelf.hold(office.institution, kept.sha256) else None
