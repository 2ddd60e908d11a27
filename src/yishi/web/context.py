"""What every template may say: the office that asks, and the words of its language."""

from typing import Any

from django.http import HttpRequest

from yishi.web.office import CATALOGUES


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The office (None for a stranger), the language and its catalogue."""
    language = getattr(request, "language", "zh")
    return {
        "office": getattr(request, "office", None),
        "language": language,
        "catalogue": CATALOGUES[language],
    }
