"""The forms of a page, as a browser would send them: what is hidden in them goes along."""

import re
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client


class _Reader(HTMLParser):
    """Collects each form with what it would send if nobody touched it."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.forms.append((said.get("action", ""), {}))
        if not self.forms:
            return
        fields, name = self.forms[-1][1], said.get("name", "")
        if tag == "input" and name:
            picked = said.get("type") not in ("radio", "checkbox") or "checked" in said
            fields.setdefault(name, [])
            fields[name] += [said.get("value", "")] if picked else []
        elif tag == "textarea" and name:
            fields[name] = [""]
        elif tag == "select":
            self._select = name
            fields.setdefault(name, [])
        elif tag == "option" and "selected" in said:
            fields[self._select].append(said.get("value", ""))


def forms(page: HttpResponse, act: str) -> list[dict[str, list[str]]]:
    """Every form of the page that does this act."""
    reader = _Reader()
    reader.feed(page.content.decode())
    return [fields for action, fields in reader.forms if action == f"/do/{act}"]


def press(
    client: Client, page: HttpResponse, act: str, which: int = 0, **typed: object
) -> HttpResponse:
    """Send one of the page's forms for an act, with what is typed into it."""
    fields = dict(forms(page, act)[which])
    fields |= {key.replace("__", "."): value for key, value in typed.items()}
    return client.post(f"/do/{act}", {key: value for key, value in fields.items() if value != []})


def text(page: HttpResponse) -> str:
    """What a person reads on the page, its blanks drawn together."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.content.decode()))


def shown(page: Any) -> Any:
    """What the page itself was made of; what all of a kind see alike was made apart from it."""
    return next(context for context in page.context if "own" in context)
