"""A body's house practices: what each does, which are on, and how the convener switches them."""

from datetime import date
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yishi.procedure.bodylog import BodyLog, Practice
from yishi.procedure.charters import GENERAL
from yishi.procedure.enact import book_of, digests_on
from yishi.procedure.practice import NEEDED, TOPICS, ruling
from yishi.procedure.verdict import Citation
from yishi.web.office import Office
from yishi.web.sittings.pressing import key, stands


class Row(msgspec.Struct, frozen=True):
    """One kind of practice as the page shows it."""

    kind: str
    ruled: Citation | None
    """The clause of the body's own rules on the matter: then there is no practice."""
    now: Practice | None
    coming: Practice | None
    needs: tuple[str, ...]
    start: str
    """The key of the form that switches it on; empty for whoever may not."""
    end: str


def practice(request: HttpRequest, subject: str) -> HttpResponse:
    """The practices of one body; everybody may know what is only a habit here."""
    office: Office = request.office  # type: ignore[attr-defined]
    log = office.state.bodies.get(subject)
    today = office.now.date()
    if log is None or subject == GENERAL or log.version_on(today) is None:
        raise Http404
    context: dict[str, Any] = {
        "body": subject,
        "rows": rows(office, subject),
        "today": today,
        "history": sorted(log.practices, key=lambda one: one.at, reverse=True),
        "mine": stands(office, "start_practice", body=subject),
    }
    return render(request, "charters/practice.html", context)


def rows(office: Office, body: str) -> tuple[Row, ...]:
    """Every kind of practice, in the order in which a meeting comes to it."""
    log, today = office.state.bodies[body], office.now.date()
    bounds = book_of(office.state, digests_on(office.state, body, today)).bounds
    found = []
    for kind in TOPICS:
        ruled = next(ruling(bounds, kind), None)
        now, coming = _current(log, kind, today)
        running = stands(office, "end_practice", body=body, practice=kind)
        found.append(
            Row(
                kind=kind,
                ruled=ruled.citation if ruled else None,
                now=None if ruled else now,
                coming=None if ruled else coming,
                needs=NEEDED.get(kind, ()),
                start=key() if stands(office, "start_practice", body=body, practice=kind) else "",
                end=key() if running else "",
            )
        )
    return tuple(found)


def _current(log: BodyLog, kind: str, today: date) -> tuple[Practice | None, Practice | None]:
    """The practice of a kind that holds today, and one that is to begin."""
    lasting = [p for p in log.practices if p.kind == kind and p.lasts(today)]
    now = next((p for p in reversed(lasting) if p.since <= today), None)
    coming = next((p for p in reversed(lasting) if p.since > today), None)
    return now, coming
