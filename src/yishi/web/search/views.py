"""The search box (查找): whatever somebody may read, by its words or their first letters."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yishi.procedure.reading import Thing
from yishi.register.models import DecisionRow, ItemRow, TaskRow
from yishi.web.items.listing import plain, sitting_name
from yishi.web.lists import holding, readable, searched
from yishi.web.office import Office
from yishi.web.people.shown import known_by, posts_of
from yishi.web.sittings.named import named
from yishi.wording.formats import on_day

MOST: Final = 8
"""Finds shown of each kind; the list of that kind shows the rest."""


class Found(msgspec.Struct, frozen=True):
    """One find: where it leads, what it is called, what stands beside it."""

    page: str
    title: str
    beside: str = ""


class Kind(msgspec.Struct, frozen=True):
    """The finds of one kind, and the list with all of them when there are more."""

    name: str
    finds: tuple[Found, ...]
    more: str = ""


def search(request: HttpRequest) -> HttpResponse:
    """What somebody may read and that holds the words, or whose first letters they are."""
    office: Office = request.office  # type: ignore[attr-defined]
    said = searched(request.GET.get("q", ""))
    enough = len(said) > 1
    kinds = [one for one in _kinds(office, said) if one.finds] if enough else []
    context = {"said": said, "short": bool(said) and not enough, "kinds": kinds}
    return render(request, "search/search.html", context)


def _kinds(office: Office, said: str) -> list[Kind]:
    more = f"?{urlencode({'q': said})}"
    return [
        Kind("items", *_cut(_items(office, said), reverse("items") + more)),
        Kind("sittings", *_cut(_sittings(office, said), reverse("sittings") + more)),
        Kind("decisions", *_cut(_decisions(office, said), reverse("decisions") + more)),
        Kind("tasks", *_cut(_tasks(office, said), reverse("tasks") + more)),
        Kind("people", *_cut(_people(office, said), reverse("people") + more)),
    ]


def _cut(found: Sequence[Found], more: str) -> tuple[tuple[Found, ...], str]:
    return tuple(found[:MOST]), more if len(found) > MOST else ""


def _mine(office: Office, table: Any, thing: Thing, asked: Q, order: str) -> QuerySet[Any]:
    rights = readable(office, thing)
    if table is ItemRow:
        rights |= Q(submitted_by=office.person)
    found = table.objects.filter(asked, rights, institution=office.institution)
    return found.order_by(order, "-id")[: MOST + 1]  # type: ignore[no-any-return]


def _items(office: Office, said: str) -> list[Found]:
    rows = _mine(office, ItemRow, "item", holding(said, "title"), "-submitted_at")
    words = office.catalogue
    return [
        Found(
            reverse("item", args=[row.subject]),
            plain(office, row.title),
            _beside(
                office.names.body(row.body),
                words.word("states.item", row.status),
                _day(office, row.submitted_at),
            ),
        )
        for row in rows
    ]


def _decisions(office: Office, said: str) -> list[Found]:
    rows = _mine(office, DecisionRow, "decision", holding(said, "title", "words"), "-at")
    return [
        Found(
            reverse("decision", args=[row.subject]),
            plain(office, row.title),
            _beside(
                office.names.body(row.body), _day(office, row.at), plain(office, row.words)[:60]
            ),
        )
        for row in rows
    ]


def _tasks(office: Office, said: str) -> list[Found]:
    rows = _mine(office, TaskRow, "task", holding(said, "words"), "-assigned_at")
    return [
        Found(
            reverse("task", args=[row.subject]),
            plain(office, row.words),
            _beside(*_whose(office, row), _stands(office, row)),
        )
        for row in rows
    ]


def _whose(office: Office, row: TaskRow) -> tuple[str, ...]:
    unit = row.unit or row.counter
    return (
        office.names.unit(unit) if unit else "",
        office.names.person(row.owner) if row.owner else "",
    )


def _stands(office: Office, row: TaskRow) -> str:
    """Where a task stands: its state, and while it is in hand its day."""
    late = row.status == "open" and row.due_on is not None and row.due_on < office.now.date()
    state = (
        office.catalogue.text("page.tasks.state_late")
        if late
        else office.catalogue.word("states.task", row.status)
    )
    return f"{state} · {on_day(office.catalogue, row.due_on)}" if row.due_on else state


def _beside(*told: str) -> str:
    return " · ".join(one for one in told if one)


def _day(office: Office, at: datetime) -> str:
    return on_day(office.catalogue, at.astimezone(office.zone).date())


def _sittings(office: Office, said: str) -> list[Found]:
    rows = named(office, said).order_by("-starts_at", "-id")[: MOST + 1]
    return [
        Found(
            reverse("sitting", args=[row.subject]),
            sitting_name(office, row.subject),
            _beside(
                office.catalogue.word("states.sitting", row.status), _day(office, row.starts_at)
            ),
        )
        for row in rows
    ]


def _people(office: Office, said: str) -> list[Found]:
    return [
        Found(
            reverse("person", args=[person]),
            plain(office, office.names.person(person)),
            posts_of(office, person),
        )
        for person in known_by(office, said)[: MOST + 1]
    ]
