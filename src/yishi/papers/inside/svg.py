"""A drawing (SVG) as a part of a document: what of it runs or is fetched."""

import re
from typing import Final

from yishi.papers.inside.near import near

RUN: Final = {"script", "handler", "iframe", "object", "embed", "applet", "listener"}
"""Elements that are there for nothing else, or that bring another file along."""

_URL: Final = re.compile(r"url\(\s*[\"']?([^\"')]*)", re.IGNORECASE)
_WITHIN: Final = re.compile(r"#|data:(?:image|font|application/(?:x-)?font)", re.IGNORECASE)
_CLICKED: Final = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


def harm(element: str, said: dict[str, str]) -> str:
    """What is wrong with an element, by its name and attributes: `active`, `away`, or nothing."""
    if element in RUN:
        return "active"
    for key, value in said.items():
        name = key.rpartition(":")[2].lower()
        if key.lower().startswith("on") or (name == "attributename" and "href" in value.lower()):
            return "active"
        if name in ("href", "src", "base") and not _held(element, value.strip()):
            return "away"
        if styled(value):
            return "away"
    return ""


def _held(element: str, target: str) -> bool:
    """Whether an address is within the file or beside it, or waits until it is clicked."""
    clicked = element == "a" and _CLICKED.match(target)
    return bool(clicked or _WITHIN.match(target) or near(target))


def styled(rules: str) -> bool:
    """Whether a style fetches something."""
    return "@import" in rules.lower() or any(
        not (_WITHIN.match(one.strip()) or near(one)) for one in _URL.findall(rules)
    )
