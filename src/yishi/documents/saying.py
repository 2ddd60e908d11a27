"""The words of papers: Chinese only, in a file of their own beside the catalogue's."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from yishi.wording import Catalogue
from yishi.wording.source import merge

LANGUAGE: Final = "zh"


def texts() -> dict[str, str]:
    """Every text of `words.toml` by its id; each stands alone and is a sentence."""
    found: dict[str, str] = {}
    said = files("yishi.documents").joinpath("words.toml").read_text(encoding="utf-8")
    merge(found, tomllib.loads(said))
    return {f"{key}.said": words for key, words in found.items()}


@cache
def words() -> Catalogue:
    """The catalogue of Chinese with the words of papers."""
    return Catalogue(LANGUAGE, texts())
