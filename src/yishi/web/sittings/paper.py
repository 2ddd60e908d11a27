"""Entering a meeting that was held on paper: one sheet, of which each row is a real act."""

import hashlib
from typing import Any

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yishi.clerk.door import do
from yishi.procedure.enact import book_of
from yishi.procedure.offers import Offer
from yishi.procedure.paper import can_break, enterable, on_paper
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Accepted, Ground, Message, Refused, Rejected, Verdict
from yishi.web.acts.form import KEY, form_for
from yishi.web.acts.grounds import tellable
from yishi.web.acts.inputs import Typed
from yishi.web.acts.views import link_to
from yishi.web.office import Office
from yishi.web.sittings.agenda import all_streams
from yishi.web.sittings.found import found_or_404
from yishi.web.sittings.paper_rows import Row, built, rows_of
from yishi.web.sittings.pressing import asked, key, press
from yishi.web.sittings.sheet import STANCES, sheet_of
from yishi.web.sittings.told import told
from yishi.web.sittings.unfinished import lacking

ASIDE = (
    *("leave_room", "mark_present", "recuse", "settle_position", "raise_floor_item"),
    *("admit_floor_item", "decline_floor_item", "assign_task"),
    *("call_recess", "resume_sitting", "note_record"),
)
"""What the sheet has no place for, or no second one: entered through a form of its own."""


class Fault(msgspec.Struct, frozen=True):
    """The row at which entering stopped, and why."""

    key: str
    message: Message | None = None
    grounds: tuple[Ground, ...] = ()
    breaks: bool = False
    """Whether it can have been so at the meeting: then a word about it lets it stand as broken."""
    reason: str = ""

    @property
    def asks_why(self) -> bool:
        """Whether a word of why belongs to it: for the rules, or for the act itself."""
        missing = self.message is not None and self.message.id == "place.reason_missing"
        return bool(self.grounds) or missing


def paper(request: HttpRequest, subject: str) -> HttpResponse:
    """Show the sheet to whoever may enter the meeting from paper, and enter what is on it."""
    office: Office = request.office  # type: ignore[attr-defined]
    sitting = found_or_404(office, subject)
    if not on_paper(sitting):
        return _beginning(request, office, sitting)
    if not isinstance(asked(office, "end_paper_entry", sitting=sitting.id), Offer):
        raise Http404
    if request.method != "POST":
        return _page(request, office, sitting, None, None)
    data = {name: list(values) for name, values in request.POST.lists()}
    count, fault = _enter(office, sitting, data)
    fresh = Office(office.account, office.language)
    if count:
        messages.success(request, office.catalogue.text("page.paper.entered", n=count))
    if fault is None:
        closed = not on_paper(fresh.state.sittings[sitting.id])
        return redirect("sitting" if closed else "paper", sitting.id)
    request.office = fresh  # type: ignore[attr-defined]
    return _page(request, fresh, fresh.state.sittings[sitting.id], data, fault)


def _beginning(request: HttpRequest, office: Office, sitting: Sitting) -> HttpResponse:
    """Before anything is entered somebody says why; who may not finds no such page."""
    if not isinstance(asked(office, "enter_from_paper", sitting=sitting.id), Offer):
        raise Http404
    form = form_for(office, "enter_from_paper", {"sitting": sitting.id})
    context: dict[str, Any] = {"sitting": sitting, "form": form, "back": request.path}
    return render(request, "sittings/paper_begin.html", context)


def _page(
    request: HttpRequest,
    office: Office,
    sitting: Sitting,
    data: Typed | None,
    fault: Fault | None,
) -> HttpResponse:
    sheet = sheet_of(office, sitting, told(office, all_streams(sitting)), data)
    book = book_of(office.state, sitting.charters)
    here = {"sitting": sitting.id}
    item = {"item": sitting.current} if sitting.current else {}
    context: dict[str, Any] = {
        "sitting": sitting,
        "sheet": sheet,
        "seated": sheet.chair in {one.who.person for one in sheet.coming},
        "fault": fault,
        "hows": ("present", "leave", "absent"),
        "parts": ("content", "proposal"),
        "stances": STANCES,
        "outcomes": ("adopt", "agree_in_principle", "reject", "postpone", "noted"),
        "key": "".join(data.get("key", [])) if data else key(),
        "aside": [
            (act, link_to(act, {**here, **item}, next=request.path))
            for act in ASIDE
            if enterable(book, act)
        ],
        "lacking": lacking(sitting),
        "end": press(office, "end_paper_entry", sitting=sitting.id),
    }
    return render(request, "sittings/paper.html", context, status=200 if fault is None else 409)


def _enter(office: Office, sitting: Sitting, data: Typed) -> tuple[int, Fault | None]:
    """Enter row after row until one does not stand; how many did, and which one did not."""
    sheet = sheet_of(office, sitting, (), data)
    said = "".join(data.get("key", []))
    name = said if KEY.match(said) else key()
    count = 0
    for row in rows_of(office, sitting, sheet):
        if row.error:
            return count, Fault(row.key, Message(f"page.{row.error}"))
        reason = "".join(data.get(f"{row.key}.reason", [])).strip()
        verdict = _done(office, row, reason, name)
        if not isinstance(verdict, Accepted):
            return count, _fault(office, sitting, row, verdict, reason)
        count += 1
    return count, None


def _done(office: Office, row: Row, reason: str, name: str) -> Verdict:
    """One row as an act; sent twice, it is done once."""
    act = built(row)
    if isinstance(act, Rejected):
        return act
    digest = hashlib.blake2b(f"{name}/{row.key}".encode(), digest_size=16).hexdigest()
    done = do(
        office.institution,
        office.person,
        act,
        reason=reason or None,
        behalf=row.doer or None,
        held_at=row.at,
        key=digest,
    )
    return Accepted(()) if done.repeated is not None else done.verdict


def _fault(office: Office, sitting: Sitting, row: Row, verdict: Verdict, reason: str) -> Fault:
    if isinstance(verdict, Refused):
        book = book_of(office.state, sitting.charters)
        breaks = all(can_break(book, ground) for ground in verdict.grounds)
        shown = tellable(Office(office.account, office.language), verdict.grounds)
        return Fault(row.key, grounds=shown, breaks=breaks, reason=reason)
    assert isinstance(verdict, Rejected)
    return Fault(row.key, verdict.message, reason=reason)
