"""People and units from a spreadsheet: a template, a preview line by line, then all or nothing."""

import secrets
from typing import Final

import msgspec
from django.contrib import messages
from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yishi.accounts import keeping
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.procedure.kinds import ACTS
from yishi.procedure.verdict import Accepted
from yishi.web.exports import xlsx
from yishi.web.office import Office
from yishi.web.people.keeping import keeper_or_404
from yishi.web.people.plan import Plan, Planner, Step, Wanted, headings
from yishi.web.people.sheets import Unreadable, lines_of

SALT: Final = "yishi.people.import"
KEPT: Final = 3600
"""Seconds for which a preview may be applied."""


class Carried(msgspec.Struct, frozen=True):
    """A plan as the preview's form carries it, signed."""

    by: str
    steps: list[Step]
    accounts: list[Wanted]


class Halted(Exception):  # noqa: N818
    """An act of the plan does not stand any more: all that was done with it is undone."""


def template(request: HttpRequest) -> HttpResponse:
    """The sheet to fill in, with two lines that show how."""
    office: Office = request.office  # type: ignore[attr-defined]
    keeper_or_404(office)
    words, today = office.catalogue, office.now.date()
    section = words.word("unit_kinds", "section")
    shown = [words.text(f"page.people.sample_{c}") for c in ("name", "post", "unit")]
    rows = [
        (shown[0], "zhangsan", "", shown[1], shown[2], section, today),
        ("", "", "", "", words.text("page.people.sample_other"), section, today),
    ]
    return xlsx(words.text("page.people.template"), list(headings(office).values()), rows)


def bring_in(request: HttpRequest) -> HttpResponse:
    """Ask for a sheet, show what it would do, and do it."""
    office: Office = request.office  # type: ignore[attr-defined]
    keeper_or_404(office)
    if request.method != "POST":
        return _page(request)
    if "plan" in request.POST:
        return _apply(request, office)
    file = request.FILES.get("sheet")
    if file is None:
        return _page(request, 422, problem="people.no_sheet")
    try:
        lines = lines_of(file, list(headings(office).values()))
    except Unreadable as why:
        return _page(request, 422, problem=why.args[0])
    return _preview(request, office, Planner(office, _fresh).plan(lines))


def _page(request: HttpRequest, status: int = 200, problem: str = "") -> HttpResponse:
    context = {"problem": problem}
    return render(request, "people/import.html", context, status=status)


def _preview(request: HttpRequest, office: Office, plan: Plan) -> HttpResponse:
    carried = Carried(office.person, plan.steps, plan.accounts)
    context = {
        "plan": plan,
        "heads": list(headings(office).values()),
        "signed": signing.dumps(msgspec.to_builtins(carried), salt=SALT, compress=True)
        if plan.sound
        else "",
    }
    status = 200 if plan.sound else 422
    return render(request, "people/import.html", context, status=status)


def _apply(request: HttpRequest, office: Office) -> HttpResponse:
    try:
        loaded = signing.loads(request.POST["plan"], salt=SALT, max_age=KEPT)
        carried = msgspec.convert(loaded, Carried)
    except (signing.BadSignature, msgspec.ValidationError):
        return _page(request, 422, problem="people.plan_stale")
    if carried.by != office.person:
        return _page(request, 422, problem="people.plan_stale")
    try:
        _all_or_nothing(office, carried)
    except (Halted, keeping.Unfit, IntegrityError):
        MEMORY.forget(office.institution)
        return _page(request, 409, problem="people.plan_stale")
    said = office.catalogue.text("page.people.imported", n=len(carried.steps))
    messages.success(request, said)
    return redirect("people")


@transaction.atomic
def _all_or_nothing(office: Office, carried: Carried) -> None:
    for step in carried.steps:
        act = msgspec.convert(step.fields, ACTS[step.act])
        if not isinstance(do(office.institution, office.person, act).verdict, Accepted):
            raise Halted
    for one in carried.accounts:
        keeping.make(office.institution, one.person, one.username, one.email, office.person)


def _fresh(kind: str) -> str:
    return f"{kind[0]}{secrets.token_hex(6)}"
