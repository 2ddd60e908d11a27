"""What every list shares: only what the rules let this person read."""

from typing import Final

from django.db.models import Exists, OuterRef, Q

from yishi.procedure.reading import Thing
from yishi.register.models import Reader
from yishi.web.office import Office

LONGEST: Final = 100
"""Characters that a search takes."""

WIDE: Final = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
"""Digits and letters in full width, as an input method gives them."""

NARROW: Final = {wide: wide - 0xFEE0 for wide in WIDE}


def searched(said: str) -> str:
    """What is looked for: plain characters, not too many."""
    spaced = said.replace("\N{IDEOGRAPHIC SPACE}", " ")
    return "".join(c for c in spaced if c.isprintable()).strip()[:LONGEST]


def narrow(said: str) -> str:
    """The same with digits and letters in their usual width: ys for ｙｓ."""
    return said.translate(NARROW)


def readable(office: Office, thing: Thing) -> Q:
    """The rows of a list that this person may read, by the rules; a stranger reads nothing."""
    known = office.person in office.state.roster.people
    named = ("", office.person) if known else ()
    mine = Reader.objects.filter(
        institution=office.institution, thing=thing, subject=OuterRef("subject"), person__in=named
    )
    return Q(Exists(mine))


def holding(said: str, *fields: str) -> Q:
    """Rows that hold every word of what is said, in one of the fields or as first letters."""
    asked = Q()
    for word in said.split():
        asked &= _holding(word, fields)
    return asked


def _holding(word: str, fields: tuple[str, ...]) -> Q:
    asked = Q()
    for one in dict.fromkeys((word, narrow(word))):
        for field in fields:
            asked |= Q(**{f"{field}__icontains": one})
    word = narrow(word)
    return asked | Q(initials__contains=word.lower()) if letters(word) else asked


def letters(said: str) -> bool:
    """Whether somebody looks for first letters, or for a number."""
    return said.isascii() and said.isalnum()
