"""Items (议题): the list, one item with its life, and the way to hand a new one in."""

import secrets
from datetime import date
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yishi.papers.models import Paper
from yishi.procedure.items import SubmitItem, SupplyPaper
from yishi.procedure.kinds import ACTS
from yishi.procedure.offers import Offer, Withheld
from yishi.procedure.scope import Scope
from yishi.procedure.state import Item
from yishi.procedure.submission import SubmissionDeadline, WrittenForm
from yishi.register.models import DutyRow
from yishi.web.acts.choices import Asked
from yishi.web.acts.form import ActForm
from yishi.web.acts.grounds import tellable
from yishi.web.acts.offered import Offered
from yishi.web.acts.views import link_to
from yishi.web.exports import xlsx
from yishi.web.items import listing
from yishi.web.items.chronicle import Told
from yishi.web.items.details import detail
from yishi.web.items.life import UNSENT, Life, life_of
from yishi.web.lists import readable
from yishi.web.office import Office
from yishi.web.papers.told import documents
from yishi.web.sittings.seated import concerned

PAGE: Final = 30
"""Items on one page of the list."""

WAITING: Final = 20
"""Items waiting for somebody that the list shows above itself."""

ROOM: Final = " ".join(
    (
        *("begin_item", "present_item", "state_position", "pass_turn", "settle_position"),
        *("decide_item", "recuse", "report_work"),
    )
)
"""Acts of the meeting in progress: their place is the meeting's own page."""

ENDED: Final = ("decided", "refused", "declined", "withdrawn")
"""States in which nothing is to be done about the item itself any more."""

STOPPED: Final = {
    "returned": "item_returned",
    "put_off": "item_put_off",
    "refused": "item_refused",
    "declined": "floor_item_declined",
}
"""States in which somebody stopped the item, and the event that says why."""

STEPS: Final = {
    "submitted": (1, 2),
    "returned": (0, 1),
    "collated": (2, 3),
    "put_off": (2, 3),
    "approved": (3, 4),
    "on_agenda": (4, 0),
    "begun": (4, 5),
    "decided": (6, 0),
}
"""How many of the six steps are done in each state, and which is under way; an item that is on an
agenda waits for its meeting."""


def items(request: HttpRequest) -> HttpResponse:
    """The items that somebody may read, those that wait for them first."""
    office: Office = request.office  # type: ignore[attr-defined]
    asked = listing.asked(office, request.GET)
    page = Paginator(listing.rows(office, asked), PAGE).get_page(request.GET.get("page"))
    for row in page:
        row.title = listing.plain(office, row.title)
    context = {
        "page": page,
        "asked": asked,
        "bodies": listing.bodies(office),
        "sections": listing.sections(office),
        "statuses": listing.STATUSES,
        "waiting": _waiting(office, request.get_full_path()),
        "query": request.GET.urlencode(),
    }
    return render(request, "items/items.html", context)


def export(request: HttpRequest) -> HttpResponse:
    """The same list as a spreadsheet: exactly what it shows to this person, all pages of it."""
    office: Office = request.office  # type: ignore[attr-defined]
    found = listing.rows(office, listing.asked(office, request.GET))
    words = office.catalogue
    head = [words.text(f"page.items.column_{name}") for name in listing.COLUMNS]
    return xlsx(words.text("page.items.file"), head, listing.table(office, found))


def _waiting(office: Office, back: str) -> list[dict[str, Any]]:
    """What of the items waits for this person, with the one press or form that does it."""
    rows = DutyRow.objects.filter(
        Q(begins=None) | Q(begins__lte=office.now),
        readable(office, "item"),
        institution=office.institution,
        person=office.person,
        kind="item",
    ).order_by("act", "id")[:WAITING]
    return [
        {
            "row": row,
            "item": office.state.items[row.subject],
            "title": listing.plain(office, office.state.items[row.subject].title),
            "charter": office.state.charters.get(row.charter),
            "offers": [_offer(office, row, back)],
        }
        for row in rows
        if row.subject in office.state.items
    ]


def _offer(office: Office, row: DutyRow, back: str) -> Offered:
    subject = {"item": row.subject}
    sitting = office.state.items[row.subject].sitting
    if row.act == "admit_floor_item" and sitting:
        subject["sitting"] = sitting
    bare = ActForm(office, ACTS[row.act], subject).bare
    link = link_to(row.act, subject, next=back)
    return Offered(row.act, subject, bare, link, secrets.token_hex(12), False)


def submit(request: HttpRequest) -> HttpResponse:
    """Choose the body first: what comes before it, until when, and whether it wants it written."""
    office: Office = request.office  # type: ignore[attr-defined]
    offered = [_counter(office, one.value) for one in listing.bodies(office)]
    return render(request, "items/submit.html", {"offered": offered})


def _counter(office: Office, body: str) -> dict[str, Any]:
    """One body as somebody with an item sees it."""
    book = Asked(office, SubmitItem, {"body": body}).book
    answer = office.ask(SubmitItem, {"body": body})
    deadline = book.rule(SubmissionDeadline) if book else None
    written = book.rule(WrittenForm) if book else None
    bounds = book.for_act("submit_item") if book else ()
    return {
        "body": body,
        "link": link_to("submit_item", {"body": body}, next=reverse("items")),
        "grounds": tellable(office, answer.grounds) if isinstance(answer, Withheld) else (),
        "scope": [b for b in bounds if isinstance(b.rule, Scope)],
        "deadline": book.bound(deadline) if book and deadline else None,
        "written": book.bound(written) if book and written else None,
        "silent": book is None,
    }


def item(request: HttpRequest, subject: str) -> HttpResponse:
    """One item: what it says, how far it has come, its papers, its decision, its life."""
    office: Office = request.office  # type: ignore[attr-defined]
    held = office.state.items.get(subject)
    if held is None:
        raise Http404
    full = office.reads("item", subject).allowed
    if not full and held.submitted_by != office.person:
        raise Http404
    life = life_of(office, held)
    papers = full and office.reads("paper", subject).allowed
    context = {
        "item": held,
        "full": full,
        "title": listing.plain(office, held.title),
        "content": listing.plain(office, held.content) if papers else "",
        "proposal": listing.plain(office, held.proposal) if papers else "",
        "life": life,
        "sent_back": _sent_back(office, held, life),
        "moments": [(one, detail(office, one)) for one in life.told],
        "tasks": [_task(office, one) for one in life.tasks],
        "papers": papers,
        "documents": documents(office, life.papers, _files(office, subject)) if papers else [],
        "decision": _readable_decision(office, held.decision),
        "changes": _readable_decision(office, held.changes),
        "changes_task": _readable_task(office, held.changes_task),
        "changed_by": _changed_by(office, held.decision),
        "adjustment": _adjustment(office, held),
        "awaited": _awaited(office, subject),
        "steps": _steps(held),
        "room": ROOM,
        "ended": held.status in ENDED,
        "no_rules": _rules_ended(office, held),
        "supplies": papers and _supplies(office, subject),
        "in_session": _in_session(office, held),
        "form": office.catalogue.text("page.items.entered") if held.origin in UNSENT else "",
    }
    return render(request, "items/item.html", context)


def _rules_ended(office: Office, held: Item) -> date | None:
    """Since when the body of an item that waits has no rules; None where a meeting can come."""
    log, today = office.state.bodies[held.body], office.now.date()
    if held.status in ENDED or held.sitting or log.version_on(today) is not None:
        return None
    return max((end for end in log.ended if end <= today), default=None)


def _files(office: Office, subject: str) -> list[Paper]:
    return list(Paper.objects.filter(institution=office.institution, item=subject))


def _supplies(office: Office, subject: str) -> bool:
    """Whether this person may hand in papers to the item just now."""
    answer = office.ask(SupplyPaper, {"item": subject})
    return isinstance(answer, Offer)


def _readable_decision(office: Office, decision: str | None) -> Any:
    if not decision or not office.reads("decision", decision).allowed:
        return None
    return office.state.decisions[decision]


def _sent_back(office: Office, held: Item, life: Life) -> tuple[Told, str] | None:
    """Who stopped the item where it now stands, and why; None where nobody did."""
    event = STOPPED.get(held.status)
    found = [one for one in life.told if one.name == event]
    return (found[-1], detail(office, found[-1])) if found else None


def _adjustment(office: Office, held: Item) -> str:
    """The change of a task that put the item on the agenda; empty where it may not be read."""
    if held.origin != "carried":
        return ""
    every = (a for a in office.state.adjustments.values() if a.item == held.id)
    return next((a.id for a in every if office.reads("task", a.task).allowed), "")


def _changed_by(office: Office, decision: str | None) -> list[Any]:
    held = _readable_decision(office, decision)
    later = (_readable_decision(office, d) for d in (held.changed_by if held else ()))
    return [one for one in later if one]


def _readable_task(office: Office, task: str | None) -> dict[str, Any] | None:
    return _task(office, task) if task and office.reads("task", task).allowed else None


def _task(office: Office, task: str) -> dict[str, Any]:
    held = office.state.tasks[task]
    issued = office.state.sittings[held.sitting].minutes is not None
    return {
        "task": held,
        "words": listing.plain(office, held.words),
        "status": held.status if issued else "assigned",
    }


def _awaited(office: Office, subject: str) -> list[dict[str, Any]]:
    """For whose act the item waits: the act, the people, the clause."""
    rows = DutyRow.objects.filter(institution=office.institution, kind="item", subject=subject)
    found: dict[str, dict[str, Any]] = {}
    for row in rows.order_by("act", "person"):
        charter = office.state.charters.get(row.charter)
        one = found.setdefault(row.act, {"row": row, "people": [], "charter": charter})
        one["people"].append(row.person)
    return list(found.values())


def _steps(held: Item) -> list[dict[str, Any]]:
    """Where the item stands on the usual way; nothing where it does not go that way."""
    if held.status not in STEPS or held.origin != "submitted":
        return []
    done, now = STEPS[held.status]
    names = ("submit", "collate", "approve", "agenda", "deliberate", "decide")
    return [
        {"n": n, "name": name, "state": "done" if n <= done else "now" if n == now else ""}
        for n, name in enumerate(names, 1)
    ]


def _in_session(office: Office, held: Item) -> str:
    """The meeting in progress that the item is before, for those who have a place in it."""
    sitting = office.state.sittings.get(held.sitting or "")
    if sitting is None or sitting.status != "open" or not concerned(office, sitting):
        return ""
    return sitting.id
