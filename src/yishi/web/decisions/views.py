"""Decisions (决定): the list, and one decision with what led to it and what follows from it."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yishi.procedure.enact import Rulebook, book_of
from yishi.procedure.majority import counted
from yishi.procedure.reading import ReadBy
from yishi.procedure.rule import Bound
from yishi.procedure.state import Decision
from yishi.web.decisions import listing
from yishi.web.decisions.excerpt import publishes
from yishi.web.decisions.published import of, published
from yishi.web.exports import xlsx
from yishi.web.items.listing import bodies, plain
from yishi.web.office import Office
from yishi.web.publishing.card import published as published_minutes
from yishi.wording.norms import norm_of

PAGE: Final = 30
"""Decisions on one page of the list."""


def decisions(request: HttpRequest) -> HttpResponse:
    """The decisions that somebody may read."""
    office: Office = request.office  # type: ignore[attr-defined]
    asked = listing.asked(office, request.GET)
    page = Paginator(listing.rows(office, asked), PAGE).get_page(request.GET.get("page"))
    for row in page:
        row.title, row.words = plain(office, row.title), plain(office, row.words)
        row.part = listing.partly(office, row.subject)  # type: ignore[attr-defined]
    context = {
        "page": page,
        "asked": asked,
        "bodies": bodies(office),
        "years": listing.years(office),
        "outcomes": listing.OUTCOMES,
        "query": request.GET.urlencode(),
    }
    return render(request, "decisions/decisions.html", context)


def export(request: HttpRequest) -> HttpResponse:
    """The same list as a spreadsheet: exactly what it shows to this person, all pages of it."""
    office: Office = request.office  # type: ignore[attr-defined]
    found = listing.rows(office, listing.asked(office, request.GET))
    words = office.catalogue
    head = [words.text(f"page.decisions.column_{name}") for name in listing.COLUMNS]
    return xlsx(words.text("page.decisions.file"), head, listing.table(office, found))


def decision(request: HttpRequest, subject: str) -> HttpResponse:
    """One decision, for those who may read it."""
    office: Office = request.office  # type: ignore[attr-defined]
    held = office.state.decisions.get(subject)
    if held is None:
        raise Http404
    if not office.reads("decision", subject).allowed:
        return _excerpt(request, office, held)
    sitting, item = office.state.sittings[held.sitting], office.state.items[held.item]
    secret = _secret(book_of(office.state, sitting.charters), held)
    names = office.names_for(held.body)
    context = {
        "decision": held,
        "title": plain(office, item.title),
        "words": plain(office, held.words),
        "item": item,
        "reads_item": office.reads("item", item.id).allowed,
        "sitting": sitting,
        "tally": _tally(office, held),
        "secret": secret,
        "secret_norm": norm_of(secret, office.catalogue, names) if secret else "",
        "tasks": [_task(office, t) for t in held.tasks if office.reads("task", t).allowed],
        "units": _units(office, held),
        "public": of(office, held),
        "publishes": publishes(office, subject),
        "changes": _others(office, (held.changes,) if held.changes else ()),
        "changed_by": _others(office, held.changed_by),
    }
    return render(request, "decisions/decision.html", context)


def _excerpt(request: HttpRequest, office: Office, held: Decision) -> HttpResponse:
    """What is public of a decision, and nothing else of it, for those who read no more."""
    public = of(office, held)
    if public is None:
        raise Http404
    context = {"decision": held, "public": public}
    return render(request, "decisions/excerpt.html", context)


def excerpts(request: HttpRequest) -> HttpResponse:
    """The excerpts that somebody may read."""
    office: Office = request.office  # type: ignore[attr-defined]
    page = Paginator(published(office), PAGE).get_page(request.GET.get("page"))
    found = [{"decision": one, "public": of(office, one)} for one in page]
    minutes = Paginator(published_minutes(office), PAGE).get_page(request.GET.get("minutes"))
    context = {"page": page, "found": found, "minutes": minutes}
    return render(request, "decisions/excerpts.html", context)


def excerpts_export(request: HttpRequest) -> HttpResponse:
    """The same list as a spreadsheet."""
    office: Office = request.office  # type: ignore[attr-defined]
    words = office.catalogue
    head = [words.text(f"page.decisions.column_{name}") for name in listing.PUBLIC]
    table = listing.public_table(office, published(office))
    return xlsx(words.text("page.decisions.excerpts"), head, table)


def _tally(office: Office, held: Decision) -> str:
    """How it was counted, in one sentence; empty where nothing was counted."""
    sitting = office.state.sittings[held.sitting]
    said = counted(book_of(office.state, sitting.charters), sitting, held)
    return office.catalogue.sentence(said, office.names) if said else ""


def _secret(book: Rulebook, held: Decision) -> Bound | None:
    """The rule that imposes secrecy on the decision just now; None where none does."""
    if held.published:
        return None
    rules = (b for b in book.for_act("read/decision") if isinstance(b.rule, ReadBy))
    return next((b for b in rules if isinstance(b.rule, ReadBy) and b.rule.secret), None)


def _units(office: Office, held: Decision) -> tuple[str, ...]:
    """The units that carry what this person may read of it: each gets a slip of its own."""
    read = (office.state.tasks[t] for t in held.tasks if office.reads("task", t).allowed)
    return tuple(dict.fromkeys(unit for one in read for unit in (one.unit, one.counter) if unit))


def _task(office: Office, task: str) -> dict[str, Any]:
    held = office.state.tasks[task]
    issued = office.state.sittings[held.sitting].minutes is not None
    return {
        "task": held,
        "words": plain(office, held.words),
        "status": held.status if issued else "assigned",
    }


def _others(office: Office, made: tuple[str, ...]) -> list[dict[str, Any]]:
    """Other decisions that this person may read too."""
    read = (office.state.decisions[d] for d in made if office.reads("decision", d).allowed)
    return [{"decision": one, "words": plain(office, one.words)} for one in read]
