"""What every template may say: the office that asks, and the words of its language."""

from typing import Any, Final

from django.http import HttpRequest

from yishi.web.office import CATALOGUES

DISPLAY: Final = {"size": ("normal", "large"), "theme": ("light", "dark")}
"""What somebody may choose of how pages look on this device: cookies by these names."""


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The office (None for a stranger), the language and its catalogue."""
    language = getattr(request, "language", "zh")
    return {
        "office": getattr(request, "office", None),
        "language": language,
        "catalogue": CATALOGUES[language],
        **{name: chosen(request, name) for name in DISPLAY},
    }


def chosen(request: HttpRequest, name: str) -> str:
    """What was chosen on this device; empty where nothing was, or nothing there is."""
    said = request.COOKIES.get(name, "")
    return said if said in DISPLAY[name] else ""
