"""Meetings by what their name is made of: the body, the day or the number, the year."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from django.db.models import Q, QuerySet
from django.db.models.functions import ExtractDay, ExtractMonth

from yishi.procedure.charters import GENERAL
from yishi.register.initials import initials
from yishi.register.models import SittingRow
from yishi.web.lists import letters, narrow
from yishi.web.office import Office

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2999

DAY: Final = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4})\s*[年./-]\s*)?"
    r"(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})(?!\d)\s*[日号]?"
)
MONTH: Final = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4})\s*年\s*)?(?P<month>\d{1,2})\s*月"
    r"|(?<!\d)(?P<iso>\d{4})-(?P<of>\d{1,2})(?!\d)"
)
MONTHS: Final = "janfebmaraprmayjunjulaugsepoctnovdec"
NAMED_DAY: Final = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s+"
    r"(?P<name>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)"
    r"(?:\s+(?P<year>\d{4}))?",
    re.IGNORECASE,
)
"""A day as English pages print it: 4 December 2026."""

NUMBER: Final = re.compile(r"\d+")
LONGEST: Final = 6
"""Digits of a number that a meeting may bear."""

FILLER: Final = re.compile(
    r"第|次|届|年度?|会议|从前|no\.|\b(?:meeting|of|from|before)\b|[\W_]", re.IGNORECASE
)
"""What a meeting's name has between its parts."""


class Parts(msgspec.Struct, frozen=True):
    """What was said of a meeting, taken apart; `bodies` is None where none was named."""

    bodies: frozenset[str] | None = None
    dated: tuple[dict[str, int], ...] = ()
    """Year, month and day, as far as they were said."""
    numbers: tuple[int, ...] = ()


def named(office: Office, said: str) -> QuerySet[SittingRow]:
    """The meetings that bear such a name; none where a word is no part of any."""
    parts = _parts(office, said)
    if parts is None:
        return SittingRow.objects.none()
    asked = Q(institution=office.institution)
    if parts.bodies is not None:
        asked &= Q(body__in=parts.bodies)
    zone = office.zone
    for dated in parts.dated:
        asked &= Q(**{f"on_{part}": value for part, value in dated.items() if part != "year"})
        asked &= _in_year(dated["year"], zone) if "year" in dated else Q()
    for number in parts.numbers:
        is_year = Q(year=number) | _in_year(number, zone)
        asked &= is_year if number >= FIRST_YEAR else Q(number=number)
    return SittingRow.objects.annotate(
        on_month=ExtractMonth("starts_at", tzinfo=zone),
        on_day=ExtractDay("starts_at", tzinfo=zone),
    ).filter(asked)


def _in_year(year: int, zone: ZoneInfo) -> Q:
    """In that year by the institution's clock; none in a year that no meeting can be in."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Q(pk__in=())
    first, after = (datetime(one, 1, 1, tzinfo=zone) for one in (year, year + 1))
    return Q(starts_at__gte=first, starts_at__lt=after)


def _parts(office: Office, said: str) -> Parts | None:
    said, dated = narrow(said), list[dict[str, int]]()

    def keep(found: re.Match[str]) -> str:
        dated.append(_date(found))
        return " "

    for shape in (NAMED_DAY, DAY, MONTH):
        said = shape.sub(keep, said)
    numbers = NUMBER.findall(said)
    bodies = _bodies(office, list(_words(NUMBER.sub(" ", said))))
    nothing = bodies is None and not dated and not numbers
    if nothing or bodies == frozenset() or any(len(one) > LONGEST for one in numbers):
        return None
    return Parts(bodies, tuple(dated), tuple(int(one) for one in numbers))


def _date(found: re.Match[str]) -> dict[str, int]:
    """The parts of a date as numbers; a month's name counts from January."""
    parts = {key: said for key, said in found.groupdict().items() if said}
    parts = {{"iso": "year", "of": "month"}.get(key, key): said for key, said in parts.items()}
    name = parts.pop("name", "").lower()
    dated = {key: int(said) for key, said in parts.items()}
    return dated | ({"month": MONTHS.index(name[:3]) // 3 + 1} if name else {})


def _words(said: str) -> Iterator[str]:
    for word in said.split():
        yield from FILLER.sub(" ", word).split()


def _bodies(office: Office, words: list[str]) -> frozenset[str] | None:
    """The bodies that every word names; None without a word."""
    if not words:
        return None
    bodies = (b for b in office.state.bodies if b != GENERAL)
    return frozenset(b for b in bodies if all(_names(office, b, word) for word in words))


def _names(office: Office, body: str, word: str) -> bool:
    name = office.names.body(body)
    bare = "".join(_words(name)) or name
    return word in bare or bare in word or (letters(word) and word.lower() == initials(name))
