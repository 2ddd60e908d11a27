"""What a formula of a spreadsheet fetches or starts as it is reckoned, by what it calls."""

import re
from typing import Final

_CALLS: Final = (
    *("WEBSERVICE", "IMAGE", "RTD", "DDE", "CALL", r"REGISTER(?:\.ID)?", "EXEC"),
    *(r"SQL\.REQUEST", "STOCKHISTORY", "IMPORTDATA", "IMPORTXML", "IMPORTHTML", "IMPORTFEED"),
)
"""Functions that go to an address or to another program; `HYPERLINK` waits until it is clicked."""

_CALLED: Final = re.compile(rf"(?<![A-Za-z0-9_])(?:{'|'.join(_CALLS)})\s*\(", re.IGNORECASE)
_STRING: Final = re.compile(r"\"(?:[^\"]|\"\")*\"")
_QUOTED: Final = re.compile(r"'(?:[^']|'')*'")
_SERVER: Final = re.compile(r"[A-Za-z0-9]\|[^\r\n|]{0,200}!")
"""`cmd|'/c calc'!A0`: another program by name, what it is to do, and of which cell."""

_BEGINS: Final = re.compile(r"(?:^|[,;\t])[\" ]{0,8}[=+@-]")
_BEFORE: Final = 300
"""Characters of a line before a call in which its cell begins."""
_MOST: Final = 1000


def runs(said: str) -> bool:
    """Whether a formula fetches or starts something; what stands in quotes is only words."""
    bare = _STRING.sub('""', said)
    return bool(_CALLED.search(bare) or _SERVER.search(_QUOTED.sub("", bare)))


def in_text(words: str) -> bool:
    """Whether a text has cells, as in a CSV, that a spreadsheet would take for such formulas."""
    for looks in (_CALLED, _SERVER):
        for count, found in enumerate(looks.finditer(words)):
            line = words[max(0, found.start() - _BEFORE) : found.start()]
            if count >= _MOST or _BEGINS.search(re.split(r"[\r\n]", line)[-1]):
                return True
    return False
