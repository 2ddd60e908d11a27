"""What a password must be (口令), said in the words of whoever sets it.

The checks are Django's; their sentences are ours, since its own are not there in every language.
"""

from typing import Any, Final

from django.contrib.auth import password_validation as checks
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from yishi.wording import Catalogue
from yishi.wording.source import LANGUAGES

SAID: Final = {
    "password_too_short": "page.sign.too_short",
    "password_too_common": "page.sign.too_common",
    "password_entirely_numeric": "page.sign.only_digits",
    "password_too_similar": "page.sign.too_similar",
}
"""For each fault that Django finds, our sentence for it."""

SHORTEST: Final = 10


class InOurWords:
    """Every check at once, each fault said from the catalogue."""

    def __init__(self) -> None:
        self.checks = (
            checks.UserAttributeSimilarityValidator(user_attributes=("username",)),
            checks.MinimumLengthValidator(SHORTEST),
            checks.CommonPasswordValidator(),
            checks.NumericPasswordValidator(),
        )

    def validate(self, password: str, user: Any = None) -> None:
        """Raise `ValidationError` with a sentence for every fault."""
        found = []
        for check in self.checks:
            try:
                check.validate(password, user)
            except ValidationError as error:
                found.append(ValidationError(_said(str(error.code)), code=error.code))
        if found:
            raise ValidationError(found)

    def get_help_text(self) -> str:
        """What a password must be."""
        return _words().text("page.sign.rules")


def _said(code: str) -> str:
    return _words().text(SAID[code], n=SHORTEST)


def _words() -> Catalogue:
    spoken = (get_language() or "").partition("-")[0]
    return Catalogue(spoken if spoken in LANGUAGES else LANGUAGES[0])
