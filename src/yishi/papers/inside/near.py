"""Where an address leads that stands in a document."""

import re
from typing import Final
from urllib.parse import unquote

SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]+):", re.IGNORECASE)
"""Of one letter it is no scheme but a drive."""


def near(target: str) -> bool:
    """Whether a target lies beside the file, or on a drive of whoever opens it."""
    said = unquote(target).strip().replace("\\", "/")
    said = re.sub(r"^file:///(?=[^/])", "", said, flags=re.IGNORECASE)
    return not said.startswith("//") and not SCHEME.match(said)
