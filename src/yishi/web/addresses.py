"""The addresses of pages by their names, each looked up once."""

from functools import lru_cache
from typing import Any, Final

from django.urls import get_script_prefix, get_urlconf, reverse

KEEP: Final = 4096
"""Addresses that one process remembers."""


def address(name: str, *args: Any) -> str:
    """The address of a page. Raises NoReverseMatch where there is none."""
    return _looked_up(get_urlconf(), get_script_prefix(), name, tuple(map(str, args)))


@lru_cache(maxsize=KEEP)
def _looked_up(urls: str | None, prefix: str, name: str, args: tuple[str, ...]) -> str:
    """What an address depends on: the table of addresses, where the site is mounted, and these."""
    return reverse(name, urls, args=args)
