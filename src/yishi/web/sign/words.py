"""What Django's own forms say, in the words of the catalogue."""

from typing import Any

from yishi.web.office import CATALOGUES


def in_our_words(form: Any, language: str) -> Any:
    """A form of Django's that says what is wrong in the words of the catalogue.

    It does not take the keyboard by itself: on a phone half the page would be gone at once.
    """
    words = CATALOGUES[language]
    form.error_messages = {
        "password_incorrect": words.text("page.sign.old_wrong"),
        "password_mismatch": words.text("page.sign.not_alike"),
    }
    for field in form.fields.values():
        field.widget.attrs.pop("autofocus", None)
    return form
