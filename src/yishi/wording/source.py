"""The catalogue's files: TOML tables by language, flattened to ids (pure but for the files)."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final

LANGUAGES: Final = ("zh", "en")
"""Languages that the catalogue speaks; the first is the source."""


class Clash(ValueError):  # noqa: N818
    """Two files of one language give words for the same id."""


@cache
def load(language: str) -> dict[str, str]:
    """Every text of a language by its dotted id, such as `speaks_last.waiting.said`.

    `<language>.toml` and every `<topic>.<language>.toml` are read together.
    Raises KeyError for a language without files, Clash when two texts share an id.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    found: dict[str, str] = {}
    for part in sorted(files(__package__).iterdir(), key=lambda entry: entry.name):
        if part.name == f"{language}.toml" or part.name.endswith(f".{language}.toml"):
            merge(found, tomllib.loads(part.read_text(encoding="utf-8")))
    return found


def merge(into: dict[str, str], table: dict[str, Any], at: str = "") -> None:
    """Add the texts of nested tables to the flat ones."""
    for key, value in table.items():
        name = f"{at}{key}"
        if isinstance(value, dict):
            merge(into, value, f"{name}.")
        elif name in into:
            raise Clash(name)
        else:
            into[name] = str(value)
