"""The ledger of tasks (督办台账), one task, and one change asked for (调整)."""

from functools import partial
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yishi.procedure.offers import Withheld
from yishi.procedure.reading import Thing
from yishi.procedure.state import Task
from yishi.web.acts.offered import Offered, offered
from yishi.web.exports import xlsx
from yishi.web.items.listing import plain
from yishi.web.office import Office
from yishi.web.tasks import life, listing
from yishi.web.tasks.adjustment import asking_of
from yishi.web.tasks.periods import Period, begun, period_of

PAGE: Final = 30
"""Tasks on one page of the ledger."""

INLINE: Final = ("plan_task", "report_back")
"""Acts whose forms stand in the page itself."""

GROUPS: Final = {
    "carry": ("complete_task", "request_adjustment"),
    "watch": (
        "set_task",
        "close_task",
        "send_back_task",
        "check_task",
        "remind_owner",
        "report_up",
    ),
}
"""Acts of those who carry a task, and of those who watch over it."""


def tasks(request: HttpRequest) -> HttpResponse:
    """The ledger: how many are late and whose they are, then each, the most pressing first."""
    office: Office = request.office  # type: ignore[attr-defined]
    asked = listing.asked(office, request.GET)
    running = listing.running(office)
    tally = listing.tally(office, running)
    every = Paginator(listing.rows(office, asked), PAGE)
    known = listing.count(asked, running, tally)
    if known is not None:
        every.count = known  # counted already: it need not be asked again
    page = every.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "shown": [listing.shown(office, row) for row in page],
        "asked": asked,
        "states": listing.STATES,
        "tally": tally,
        "holders": listing.holders(office, running),
        "bodies": partial(listing.bodies, office),
        "units": partial(listing.units, office),
        "owners": partial(listing.owners, office),
        "myself": office.person,
        "query": request.GET.urlencode(),
        **_periods(office, request.GET.get("period", "")),
    }
    return render(request, "tasks/tasks.html", context)


def _periods(office: Office, said: str) -> dict[str, Any]:
    """The periods that a bulletin may be of, and the one that was chosen, else this year."""
    today = office.now.date()
    every = begun(office.state.founded_on or today, today)
    chosen = period_of(said)
    return {"periods": every, "period": chosen if chosen in every else Period("year", today.year)}


def export(request: HttpRequest) -> HttpResponse:
    """The same ledger as a spreadsheet: exactly what it shows to this person, all pages of it."""
    office: Office = request.office  # type: ignore[attr-defined]
    found = listing.rows(office, listing.asked(office, request.GET))
    words = office.catalogue
    head = [words.text(f"page.tasks.column_{name}") for name in listing.COLUMNS]
    return xlsx(words.text("page.tasks.title"), head, listing.table(office, found))


def task(request: HttpRequest, subject: str) -> HttpResponse:
    """One task: what, by whom, until when, and all that happened to it."""
    office: Office = request.office  # type: ignore[attr-defined]
    held = readable(office, subject)
    stands, held_back = offered(office, {"task": held.id}, [], [])
    told = life.told_of(office, held)
    late = (office.now.date() - held.due_on).days if held.due_on else 0
    status = listing.status_of(office, held)
    context = {
        "task": held,
        "words": plain(office, held.words),
        "status": status,
        "late": late if status == "open" and late > 0 else 0,
        "left": -late if status == "open" and held.due_on and late <= 0 else None,
        "stages": life.stages(office, held),
        "plan": life.plan_of(office, held),
        "moments": life.moments(office, told),
        "adjustments": life.asked_for(office, told),
        "change": life.change_of(office, held) if held.status == "open" else None,
        "inline": {one.act for one in stands if one.act in INLINE},
        "groups": _groups(stands),
        "held_back": held_back,
        **_source(office, held),
    }
    return render(request, "tasks/task.html", context)


def readable(office: Office, subject: str) -> Task:
    """The task, for those who may read it."""
    held = office.state.tasks.get(subject)
    if held is None or not office.reads("task", subject).allowed:
        raise Http404
    return held


def _groups(stands: list[Offered]) -> list[tuple[str, list[Offered]]]:
    """The acts that stand, by whose they are; what is nobody's in particular joins the last."""
    named = {act for acts in GROUPS.values() for act in acts}
    rest = [one for one in stands if one.act not in named and one.act not in INLINE]
    found = [
        (name, [one for act in acts for one in stands if one.act == act])
        for name, acts in GROUPS.items()
    ]
    groups = [(name, some) for name, some in found if some]
    if not groups:
        return [("other", rest)] if rest else []
    return [*groups[:-1], (groups[-1][0], groups[-1][1] + rest)]


def _source(office: Office, held: Task) -> dict[str, Any]:
    """The decision that a task comes from and what changed it, as far as one may read them."""
    decision = office.state.decisions.get(held.decision or "")
    if decision is None or not _reads(office, "decision", decision.id):
        return {"decision": None, "changed_by": [], "source": None}
    changed_by = [d for d in decision.changed_by if _reads(office, "decision", d)]
    item = decision.item if _reads(office, "item", decision.item) else None
    return {"decision": decision, "changed_by": changed_by, "source": item}


def _reads(office: Office, thing: Thing, subject: str) -> bool:
    return office.reads(thing, subject).allowed


def adjustment(request: HttpRequest, subject: str) -> HttpResponse:
    """One change that was asked for; whoever may read the task may read it."""
    office: Office = request.office  # type: ignore[attr-defined]
    held = office.state.adjustments.get(subject)
    if held is None:
        raise Http404
    of = readable(office, held.task)
    item = office.state.items.get(held.item or "")
    stands: tuple[list[Offered], list[Withheld]] = ([], [])
    if held.status == "requested":
        stands = offered(office, {"adjustment": subject}, [], [])
    context = {
        "adjustment": held,
        "task": of,
        "words": plain(office, of.words),
        "asking": asking_of(office, held, life.told_of(office, of)),
        "item": item,
        "reads_item": item is not None and _reads(office, "item", item.id),
        "offers": stands[0],
        "held_back": stands[1],
        **_source(office, of),
    }
    return render(request, "tasks/adjustment.html", context)
