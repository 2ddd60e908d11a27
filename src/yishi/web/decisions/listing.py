"""The list of decisions: what somebody may read of it, as they asked for it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

import msgspec
from django.db.models import QuerySet
from django.http import QueryDict

from yishi.procedure.state import Decision
from yishi.register.models import DecisionRow
from yishi.web.decisions.published import of
from yishi.web.items.listing import plain, sitting_name
from yishi.web.lists import holding, readable, searched
from yishi.web.office import Office

OUTCOMES: Final = ("adopt", "agree_in_principle", "reject", "noted")
"""How an item ends; what is put off is no decision."""

COLUMNS: Final = ("title", "body", "outcome", "words", "at", "sitting", "published", "changed")
"""What the spreadsheet says of each decision."""


PUBLIC: Final = ("title", "body", "outcome", "words", "at", "sitting", "public_at")
"""What the spreadsheet says of each excerpt."""


class Asked(msgspec.Struct, frozen=True):
    """What somebody asked of the list; what cannot be is not asked."""

    body: str = ""
    year: int = 0
    outcome: str = ""
    text: str = ""

    @property
    def anything(self) -> bool:
        """Whether the list is narrowed at all."""
        return bool(self.body or self.year or self.outcome or self.text)


def asked(office: Office, query: QueryDict) -> Asked:
    """What a query asks for, as far as there is such a thing."""
    body, outcome, year = (query.get(name, "") for name in ("body", "outcome", "year"))
    return Asked(
        body=body if body in office.state.bodies else "",
        year=int(year) if year in map(str, years(office)) else 0,
        outcome=outcome if outcome in OUTCOMES else "",
        text=searched(query.get("q", "")),
    )


def years(office: Office) -> list[int]:
    """The years in which any body has met, the latest first."""
    logs = office.state.bodies.values()
    return sorted({year for log in logs for year in log.numbers}, reverse=True)


def rows(office: Office, one: Asked) -> QuerySet[DecisionRow]:
    """The decisions asked for that this person may read, the latest first."""
    found = DecisionRow.objects.filter(
        readable(office, "decision"), institution=office.institution
    ).order_by("-at", "-id")
    if one.body:
        found = found.filter(body=one.body)
    if one.year:
        begins, ends = (datetime(y, 1, 1, tzinfo=office.zone) for y in (one.year, one.year + 1))
        found = found.filter(at__gte=begins, at__lt=ends)
    if one.outcome:
        found = found.filter(outcome=one.outcome)
    if one.text:
        found = found.filter(holding(one.text, "title", "words"))
    return found


def table(office: Office, found: QuerySet[DecisionRow]) -> Iterator[tuple[Any, ...]]:
    """The rows of the spreadsheet."""
    words = office.catalogue
    for row in found.iterator(chunk_size=2000):
        yield (
            plain(office, row.title),
            office.names.body(row.body),
            words.word("outcomes", row.outcome),
            plain(office, row.words),
            row.at.astimezone(office.zone),
            sitting_name(office, row.sitting),
            words.text("page.decisions.partly")
            if partly(office, row.subject)
            else words.word("states.decision", "published" if row.published else "closed"),
            words.text("page.form.yes") if row.changed else "",
        )


def partly(office: Office, decision: str) -> bool:
    """Whether only an excerpt of a decision is public."""
    held = office.state.decisions.get(decision)
    return bool(held and held.publication and held.publication.part)


def public_table(office: Office, found: Iterable[Decision]) -> Iterator[tuple[Any, ...]]:
    """The rows of the spreadsheet of excerpts."""
    for held in found:
        public = of(office, held)
        if public is not None:
            yield (
                public.title,
                office.names.body(held.body),
                office.catalogue.word("outcomes", held.outcome),
                public.words,
                held.at.astimezone(office.zone),
                sitting_name(office, held.sitting),
                public.at.astimezone(office.zone),
            )
