"""A spreadsheet brought in: a template, a preview line by line, then all of it or nothing."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Final

import msgspec
from django.contrib import messages
from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yishi.accounts import asking, keeping
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.outbox.about_accounts import tell_of_many
from yishi.procedure.kinds import ACTS
from yishi.procedure.verdict import Accepted
from yishi.web.exports import xlsx
from yishi.web.office import Office
from yishi.web.people.judging import Plan, Step, Wanted
from yishi.web.people.keeping import keeper_or_404
from yishi.web.people.plan import Planner, headings
from yishi.web.people.seconds import seconds
from yishi.web.people.sheets import Line, Unreadable, lines_of

SALT: Final = "yishi.people.import"
KEPT: Final = 3600
"""Seconds for which a preview may be applied."""


class Sort(msgspec.Struct, frozen=True):
    """What sort of sheet it is: the words of its page, its columns, how its lines become acts."""

    page: str
    """The name of its address; its texts are `people.<page>_…`."""
    headings: Callable[[Office], dict[str, str]]
    plan: Callable[[Office, Sequence[Line]], Plan]


class Carried(msgspec.Struct, frozen=True):
    """A plan as the preview's form carries it, signed."""

    by: str
    page: str
    steps: list[Step]
    accounts: list[Wanted]


class Halted(Exception):  # noqa: N818
    """An act of the plan does not stand any more: all that was done with it is undone."""


class Applied(Exception):  # noqa: N818
    """This very plan has been carried out already: a second press does nothing."""


PEOPLE: Final = Sort("people_import", headings, lambda office, lines: Planner(office).plan(lines))


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
    """People and units from a sheet."""
    office: Office = request.office  # type: ignore[attr-defined]
    keeper_or_404(office)
    return handled(request, office, PEOPLE)


def handled(request: HttpRequest, office: Office, sort: Sort) -> HttpResponse:
    """Ask for a sheet, show what it would do, and do it."""
    if request.method != "POST":
        return _page(request, sort)
    if "plan" in request.POST:
        return _apply(request, office, sort)
    file = request.FILES.get("sheet")
    if file is None:
        return _page(request, sort, 422, "people.no_sheet")
    try:
        lines = lines_of(file, list(sort.headings(office).values()))
    except Unreadable as why:
        return _page(request, sort, 422, why.args[0])
    if not lines:
        return _page(request, sort, 422, "people.sheet_empty")
    return _preview(request, office, sort, sort.plan(office, lines))


def _page(request: HttpRequest, sort: Sort, status: int = 200, problem: str = "") -> HttpResponse:
    context = {"problem": problem, "page": sort.page}
    return render(request, "people/import.html", context, status=status)


def _preview(request: HttpRequest, office: Office, sort: Sort, plan: Plan) -> HttpResponse:
    carried = Carried(office.person, sort.page, plan.steps, plan.accounts)
    context = {
        "page": sort.page,
        "plan": plan,
        "lines": plan.shown(list(sort.headings(office).values())),
        "signed": signing.dumps(msgspec.to_builtins(carried), salt=SALT, compress=True)
        if plan.sound
        else "",
    }
    status = 200 if plan.sound else 422
    return render(request, "people/import.html", context, status=status)


def _apply(request: HttpRequest, office: Office, sort: Sort) -> HttpResponse:
    try:
        loaded = signing.loads(request.POST["plan"], salt=SALT, max_age=KEPT)
        carried = msgspec.convert(loaded, Carried)
    except (signing.BadSignature, msgspec.ValidationError):
        return _page(request, sort, 422, "people.plan_stale")
    if carried.by != office.person or carried.page != sort.page:
        return _page(request, sort, 422, "people.plan_stale")
    key = hashlib.sha256(request.POST["plan"].encode()).hexdigest()
    try:
        _all_or_nothing(office, carried, key)
    except Applied:
        messages.info(request, office.catalogue.text("page.people.done_before_now"))
        return redirect("people")
    except (Halted, keeping.Unfit, IntegrityError):
        MEMORY.forget(office.institution)
        return _page(request, sort, 409, "people.plan_stale")
    said = office.catalogue.text(f"page.people.done_{sort.page}", n=len(carried.steps))
    messages.success(request, said)
    return redirect("people")


@transaction.atomic
def _all_or_nothing(office: Office, carried: Carried, key: str) -> None:
    """Do every act of the plan; its first one bears the plan's key, as a form would."""
    for step in carried.steps:
        act = msgspec.convert(step.fields, ACTS[step.act])
        done = do(
            office.institution, office.person, act, key=key if step is carried.steps[0] else ""
        )
        if done.repeated is not None:
            raise Applied
        if not isinstance(done.verdict, Accepted):
            raise Halted
    for one in carried.accounts:
        made = keeping.make(office.institution, one.person, one.username, office.person)
        if one.email:
            asking.ask_address(made, one.email, office.person)
    many = sum(bool(one.email) for one in carried.accounts)
    if many:
        tell_of_many(office.institution, office.person, many, seconds(office, office.person))
