"""The list of items: what somebody may read of it, as they asked for it."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import msgspec
from django.db.models import Q, QuerySet
from django.http import QueryDict

from yishi.procedure.charters import GENERAL
from yishi.procedure.seats import SECTION
from yishi.procedure.verdict import Message
from yishi.register.models import ItemRow
from yishi.values.text import ERASED
from yishi.web.acts.inputs import Choice
from yishi.web.lists import holding, readable, searched
from yishi.web.office import Office

STATUSES: Final = (
    "submitted",
    "returned",
    "collated",
    "approved",
    "put_off",
    "on_agenda",
    "raised",
    "begun",
    "decided",
    "refused",
    "declined",
    "withdrawn",
)
"""The states of an item, in the order in which it comes through them."""


class Asked(msgspec.Struct, frozen=True):
    """What somebody asked of the list; what cannot be is not asked."""

    body: str = ""
    status: str = ""
    unit: str = ""
    text: str = ""
    mine: bool = False

    @property
    def anything(self) -> bool:
        """Whether the list is narrowed at all."""
        return bool(self.body or self.status or self.unit or self.text or self.mine)


def asked(office: Office, query: QueryDict) -> Asked:
    """What a query asks for, as far as there is such a thing."""
    state = office.state
    body, status, unit = (query.get(name, "") for name in ("body", "status", "unit"))
    return Asked(
        body=body if body in state.bodies else "",
        status=status if status in STATUSES else "",
        unit=unit if unit in state.roster.units else "",
        text=searched(query.get("q", "")),
        mine=bool(query.get("mine")),
    )


def rows(office: Office, one: Asked) -> QuerySet[ItemRow]:
    """The items asked for that this person may read, and their own, the latest first."""
    mine = Q(submitted_by=office.person)
    found = ItemRow.objects.filter(
        readable(office, "item") | mine, institution=office.institution
    ).order_by("-submitted_at", "-id")
    if one.body:
        found = found.filter(body=one.body)
    if one.status:
        found = found.filter(status=one.status)
    if one.unit:
        found = found.filter(lead_unit=one.unit)
    if one.text:
        found = found.filter(holding(one.text, "title"))
    return found.filter(mine) if one.mine else found


def bodies(office: Office) -> list[Choice]:
    """The bodies that meet."""
    every = (b for b in sorted(office.state.bodies) if b != GENERAL)
    return [Choice(b, office.names.body(b)) for b in every]


def sections(office: Office) -> list[Choice]:
    """The sections that raise items, closed ones too: their items are still there."""
    units = office.state.roster.units.values()
    return [Choice(u.id, u.name) for u in sorted(units, key=lambda u: u.id) if u.kind == SECTION]


def plain(office: Office, words: str | None) -> str:
    """Somebody's words, with the word for what was erased in its place."""
    return (words or "").replace(ERASED, office.catalogue.word("shapes", "erased"))


COLUMNS: Final = (
    "title",
    "body",
    "matter",
    "status",
    "lead_unit",
    "submitted_by",
    "submitted_at",
    "sitting",
)
"""What the spreadsheet says of each item."""


def table(office: Office, found: QuerySet[ItemRow]) -> Iterator[tuple[Any, ...]]:
    """The rows of the spreadsheet."""
    words, matter = office.catalogue, cache(office.matter)
    for row in found.iterator(chunk_size=2000):
        yield (
            plain(office, row.title),
            office.names.body(row.body),
            matter(row.matter, row.body),
            words.word("states.item", row.status),
            office.names.unit(row.lead_unit) if row.lead_unit else "",
            plain(office, office.names.person(row.submitted_by)),
            row.submitted_at.astimezone(office.zone),
            sitting_name(office, row.sitting),
        )


def sitting_name(office: Office, sitting: str) -> str:
    """What people call a meeting; empty for none."""
    if not sitting:
        return ""
    message = Message("page.sitting_name", {"s": sitting})
    return office.catalogue.sentence(message, office.names)
