"""One act, asked for and done: the form, the verdict, and what was typed kept in either case."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.http import HttpRequest as Request
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from yishi.clerk.door import STALE, Done
from yishi.procedure.act import Act
from yishi.procedure.charters import EraseText
from yishi.procedure.convening import Convene
from yishi.procedure.kinds import ACTS
from yishi.procedure.reading import Thing
from yishi.procedure.subjects import NOT_OFFERED
from yishi.procedure.verdict import Accepted, Message, Refused, Rejected
from yishi.web.acts.after import UNDONE_BY, undoing
from yishi.web.acts.again import note, said_before
from yishi.web.acts.doing import done as carried_out
from yishi.web.acts.form import SUBJECTS, ActForm
from yishi.web.acts.lead import ALSO, FIELD, lead_of, timed
from yishi.web.acts.moving import moved_from_form
from yishi.web.acts.proposed import as_typed, proposed_start
from yishi.web.acts.reaching import files_with
from yishi.web.acts.register_facts import contradicted
from yishi.web.back import ours
from yishi.web.office import Office
from yishi.wording import Names

LARGEST = 600_000
"""Bytes that a text brought as a file may have."""


def act(request: Request, name: str) -> HttpResponse:
    """Show the form for an act, or do it."""
    office: Office = request.office  # type: ignore[attr-defined]
    if name not in ACTS:
        raise Http404
    if request.method == "POST":
        return _done(request, office, name)
    _known_or_404(office, request.GET.dict())
    asked = request.GET.dict()
    proposed = _proposed(office, name, asked)
    form = ActForm(office, ACTS[name], asked, asked | proposed)
    for one in form.inputs:
        if one.name == FIELD and proposed:
            one.hint = office.catalogue.text("page.sittings.only_proposed")
    if not form.choose_subject() and form.name not in NOT_OFFERED:
        form.foretell()
    return _page(request, form)


def _proposed(office: Office, name: str, asked: dict[str, str]) -> dict[str, str]:
    """The time at which the rules expect the next ordinary meeting, where none is asked for."""
    body = asked.get("body", "")
    if name != Convene.name() or not body or asked.get(FIELD) or asked.get("kind") == "extra":
        return {}
    start = proposed_start(office, body)
    return {FIELD: as_typed(start), "kind": "ordinary"} if start else {}


def _page(request: Request, form: ActForm, status: int = 200) -> HttpResponse:
    if not _reads(form.office, form.subject):
        raise Http404
    held_back = None if status != 200 else form.withheld()
    context = {
        "form": form,
        "withheld": held_back,
        "back": back_to(request, form.subject),
        "departs": form.departs,
        "kept": status != 200,
        "emptied": _emptied(form, request),
    }
    return render(request, "web/act.html", context, status=status)


def _emptied(form: ActForm, request: Request) -> int:
    """How many files that went out an erasure will empty with the words."""
    if form.kind is not EraseText:
        return 0
    data = request.POST if request.method == "POST" else request.GET
    return files_with(form.office, form.subject.get("body", ""), data.get("ref", ""))


def _done(request: Request, office: Office, name: str) -> HttpResponse:
    data = {key: list(values) for key, values in request.POST.lists()}
    for key, upload in request.FILES.items():
        if isinstance(upload, UploadedFile):
            _from_file(data, key.removesuffix(".file"), upload)
    subject = {key: request.POST.get(f"subject.{key}", "") for key in SUBJECTS}
    _known_or_404(office, subject)
    form = ActForm(office, ACTS[name], subject, data=data)
    if "items.move" in data:
        way, _, item = data["items.move"][0].partition(":")
        if way == "on":
            return _page(request, _moved_on(request, form, data, item))
        form.shift(data["items.move"][0])
        return _page(request, form)
    if "look" in data:
        return _page(request, form)
    form.problem = contradicted(form, data)
    built = form.act() if form.problem is None else None
    if built is None:
        return _page(request, form, 422)
    if said_before(request, form):
        return _repeated(request, form)
    seen = request.POST.get("seen", "")
    place = int(seen) if seen.isdecimal() and len(seen) < 18 else None
    done = carried_out(
        office,
        built,
        reason=form.reason or None,
        happened=form.happened,
        key=form.key,
        seen=place,
    )
    return _answer(request, office, form, built, done)


def _moved_on(request: Request, form: ActForm, data: dict[str, list[str]], item: str) -> ActForm:
    """The form of an agenda, an item moved to the next meeting at once; the rest as typed.

    Where it was not moved, the form goes on as it began: what others have set since is not wiped.
    """
    if not moved_from_form(request, form.office, form.subject.get("sitting", ""), item):
        return form
    fresh = Office(form.office.account, form.office.language)
    if item in fresh.state.sittings[form.subject["sitting"]].agenda:
        return form
    kept = {n: v for n, v in data.items() if n not in ("seen", "key") and n[:6] != "began."}
    kept["items"] = [one for one in kept.get("items", []) if one != item]
    return ActForm(fresh, form.kind, form.subject, data=kept)


def _from_file(data: dict[str, list[str]], name: str, upload: UploadedFile) -> None:
    """A text brought as a file stands in place of what was typed, if it is text at all."""
    raw = upload.read(LARGEST + 1)
    try:
        words = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = "\x00"
    data[name] = [words if len(raw) <= LARGEST else "\x00"]


def _answer(request: Request, office: Office, form: ActForm, act: Act, done: Done) -> HttpResponse:
    verdict = done.verdict
    if done.repeated is not None:
        return _repeated(request, form)
    if isinstance(verdict, Accepted):
        _say(request, form, act, verdict, Names(done.state))
        _warn(request, office, act)
        return note(request, form, redirect(_onward(request, form, act)))
    assert isinstance(verdict, Refused | Rejected)
    fresh = Office(office.account, office.language)
    form.office = fresh
    if isinstance(verdict, Rejected) and verdict.message.id == STALE:
        form.overtaken(fresh)
    form.answered(verdict)
    if isinstance(verdict, Refused):
        form.key = ActForm(fresh, form.kind, form.subject).key
    return _page(request, form, 409)


def _repeated(request: Request, form: ActForm) -> HttpResponse:
    said = form.office.catalogue.text("page.form.repeated", act=form.title)
    messages.info(request, said)
    return redirect(back_to(request, form.subject))


def _say(request: Request, form: ActForm, act: Act, verdict: Accepted, names: Names) -> None:
    key = "page.form.departed" if verdict.departures else "page.form.done"
    key = "page.paper.broken" if verdict.broken else key
    catalogue = form.office.catalogue
    back = "" if form.happened.held_at else _way_back(request, form, act)
    said = conditional_escape(catalogue.text(key, act=form.title))
    messages.success(request, said + back)
    for one in verdict.notes:
        messages.info(request, catalogue.sentence(one, names))


def _way_back(request: Request, form: ActForm, act: Act) -> SafeString:
    """The link by which whoever did the act takes it back, where the rules let them."""
    if act.name() not in UNDONE_BY:
        return SafeString()
    found = undoing(Office(form.office.account, form.office.language), act)
    if found is None:
        return SafeString()
    name, about = found
    label = form.office.catalogue.text("page.form.undo", act=name)
    address = link_to(name, about, next=_onward(request, form, act))
    return format_html(' <a class="button small" href="{}">{}</a>', address, label)


def _warn(request: Request, office: Office, act: Act) -> None:
    """Say so where the notice of a meeting that was just given its time is late already."""
    found = lead_of(office, act)
    if found is not None and found.past:
        key = "page.form.notice_shut" if found.strict else "page.form.notice_past"
        messages.warning(request, office.catalogue.text(key, at=found.latest))


def lead(request: Request, name: str) -> HttpResponse:
    """What the form says of the notice for the time that is typed in it, as a part of the page."""
    office: Office = request.office  # type: ignore[attr-defined]
    if name not in ACTS:
        raise Http404
    known = (key for key in ALSO if key in ACTS[name].__struct_fields__)
    subject: dict[str, str] = {key: request.GET[key] for key in known if request.GET.get(key)}
    _known_or_404(office, subject)
    found = timed(office, ACTS[name], subject, request.GET.get("starts_at", ""))
    return render(request, "web/lead.html", {"lead": found})


def _known_or_404(office: Office, subject: dict[str, str]) -> None:
    """A subject that is not there is no page; who may not read it learns nothing of it."""
    for kind in ("sitting", "item", "decision", "task", "adjustment", "posting"):
        named = subject.get(kind)
        if named and named not in getattr(office.state, f"{kind}s"):
            raise Http404
    if subject.get("body") and subject["body"] not in office.state.bodies:
        raise Http404


def _reads(office: Office, subject: dict[str, str]) -> bool:
    """Whether the form may name what it is about: it tells its title, and what stands there."""
    asked = office.state.adjustments.get(subject.get("adjustment", ""))
    things = dict(subject) | ({"task": asked.task} if asked else {})
    item = office.state.items.get(things.get("item", ""))
    if item is not None and item.submitted_by == office.person:
        del things["item"]
    kinds: tuple[Thing, ...] = ("item", "decision", "task")
    return all(office.reads(kind, things[kind]).allowed for kind in kinds if things.get(kind))


LEADS_ON = ("convene", "submit_item")
"""Acts that make what is gone on with, or is looked for, at once: its page comes next."""


def _onward(request: Request, form: ActForm, act: Act) -> str:
    """Where an act that stands leads: on with what it made, or back to where it came from."""
    made = {form.kind.new: getattr(act, form.kind.new)} if form.kind.new in PAGES else {}
    if act.name() in LEADS_ON:
        return page_of(made)
    return back_to(request, {**form.subject, **made})


def back_to(request: Request, subject: dict[str, str]) -> str:
    """Where somebody came from, if that is a page of ours; else the subject's own page."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return ours(wanted) or page_of(subject)


def page_of(subject: dict[str, str]) -> str:
    """The page of a subject; the desk where there is none."""
    for kind in ("posting", "task", "adjustment", "decision", "item", "sitting", "body"):
        if subject.get(kind):
            return reverse(PAGES[kind], args=[subject[kind]])
    return reverse("desk")


PAGES = {
    "posting": "posting",
    "task": "task",
    "adjustment": "adjustment",
    "decision": "decision",
    "item": "item",
    "sitting": "sitting",
    "body": "charter",
}
"""The page of each kind of subject, by the name of its address."""


def link_to(name: str, subject: dict[str, str], **preset: str) -> str:
    """The address of an act's form."""
    return reverse("act", args=[name]) + "?" + urlencode({**subject, **preset})


__all__ = ["Message", "act", "back_to", "lead", "link_to", "page_of"]
