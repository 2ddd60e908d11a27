"""The desk (工作台): what waits for me, until when, by which clause; what comes; what is new."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yishi.procedure.charters import GENERAL
from yishi.procedure.kinds import ACTS
from yishi.procedure.offers import Offer
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Message
from yishi.register.models import DutyRow
from yishi.web.acts.grounds import barred
from yishi.web.acts.views import link_to, page_of
from yishi.web.desk.news import failed, newest
from yishi.web.exports import xlsx
from yishi.web.office import Office
from yishi.web.people.keeping import keeps_roster
from yishi.web.secretariat import of_secretariat
from yishi.web.sittings.noticed import receiving, reply
from yishi.web.sittings.unfinished import lacking
from yishi.web.tasks import listing

MOST = 60
"""Duties that the desk shows at once."""

COMING = 20
"""Meetings ahead that the desk looks through."""

ENTERS: Final = "end_paper_entry"
"""What waits while a meeting held on paper is not entered to its end: its sheet is the place."""

NEWEST = 6
"""Unread messages that the desk shows."""


def desk(request: HttpRequest) -> HttpResponse:
    """What waits for whoever is signed in."""
    office: Office = request.office  # type: ignore[attr-defined]
    rows = list(_waiting(office)[: MOST + 1])
    running = listing.running(office)
    concerning = listing.concerning(office, running)
    context = {
        "duties": [_duty(office, row) for row in rows[:MOST]],
        "more": len(rows) > MOST,
        "coming": _coming(office),
        "enters": {row.subject for row in rows if row.act == ENTERS},
        "news": newest(office, NEWEST),
        "tally": listing.tally(office, concerning),
        "mine": len(concerning) < len(running),
        "starts": _starts(office),
        "keeps": keeps_roster(office),
        "stuck": failed(office).count() if of_secretariat(office) else 0,
    }
    return render(request, "desk/desk.html", context)


COLUMNS: Final = ("subject", "act", "body", "clause", "due", "late")
"""What the spreadsheet says of each duty."""


def export(request: HttpRequest) -> HttpResponse:
    """What waits for whoever is signed in as a spreadsheet, all of it."""
    office: Office = request.office  # type: ignore[attr-defined]
    head = [office.catalogue.text(f"page.desk.column_{name}") for name in COLUMNS]
    return xlsx(office.catalogue.text("page.desk.sheet"), head, _table(office))


def _table(office: Office) -> Iterator[tuple[Any, ...]]:
    words = office.catalogue
    for row in _waiting(office).iterator(chunk_size=2000):
        held = office.state.charters.get(row.charter)
        named = words.sentence(Message(f"page.named_{row.kind}", {"s": row.subject}), office.names)
        about = office.names.person(row.about) if row.about else ""
        late = row.due is not None and row.due < office.now
        yield (
            " · ".join(one for one in (named, about) if one),
            words.word("acts", row.act),
            office.names.body(row.body),
            f"{held.name} {row.clause}" if held else row.clause,
            row.due.astimezone(office.zone) if row.due else None,
            words.text("page.form.yes") if late else "",
        )


def _waiting(office: Office) -> QuerySet[DutyRow]:
    """Duties whose time has come, those due first first."""
    return DutyRow.objects.filter(
        Q(begins=None) | Q(begins__lte=office.now),
        institution=office.institution,
        person=office.person,
    ).order_by(F("due").asc(nulls_last=True), "id")


def _duty(office: Office, row: DutyRow) -> dict[str, Any]:
    subject = {row.kind: row.subject}
    item = office.state.items.get(row.subject) if row.kind == "item" else None
    asked = dict(subject)
    if row.act == "admit_floor_item" and item is not None and item.sitting:
        asked["sitting"] = item.sitting
    on_paper, notice = row.act == ENTERS, row.act == "receive_notice"
    held = office.state.sittings[row.subject] if on_paper or notice else None
    judged = not (on_paper or notice) and _there(office, row)
    form = link_to(row.act, asked, next="/", **({"person": row.about} if row.about else {}))
    return {
        "row": row,
        "page": page_of(subject),
        "link": reverse("paper", args=[row.subject]) if on_paper else form,
        "charter": office.state.charters.get(row.charter),
        "late": row.due is not None and row.due < office.now,
        "first": barred(office, row.act, asked, row.about) if judged else (),
        "lacking": lacking(held) if on_paper and held else (),
        "reply": reply(office, held, "/") if notice and held else None,
        "receive": receiving(office, held) if notice and held else None,
    }


def _there(office: Office, row: DutyRow) -> bool:
    """Whether the state that this page shows knows the subject: it may have come in just now."""
    held = office.state.bodies if row.kind == "body" else getattr(office.state, f"{row.kind}s")
    return row.subject in held


def _coming(office: Office) -> list[Sitting]:
    """Meetings that are convened or open and that this person has a place in, or looks after."""
    state = office.state
    planned = (state.sittings[s] for log in state.bodies.values() for s in log.planned)
    ahead = sorted(
        (one for one in planned if one.status in ("convened", "open")),
        key=lambda one: (one.starts_at, one.id),
    )
    return [one for one in ahead[:COMING] if _mine(office, one.id)]


def _mine(office: Office, subject: str) -> bool:
    sitting = office.state.sittings[subject]
    guests = (p for people in sitting.invited.values() for p in people)
    return office.person in (*sitting.people, sitting.chair, sitting.secretary, *guests) or (
        office.reads("record", subject).allowed
    )


def _starts(office: Office) -> list[dict[str, str]]:
    """What somebody may begin that nothing waits for: an item, a meeting."""
    found = []
    for name in ("submit_item", "convene"):
        for body in sorted(b for b in office.state.bodies if b != GENERAL):
            answer = office.ask(ACTS[name], {"body": body})
            if isinstance(answer, Offer):
                found.append(
                    {"act": name, "body": body, "link": link_to(name, {"body": body}, next="/")}
                )
    return found
