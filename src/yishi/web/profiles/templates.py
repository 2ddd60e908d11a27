"""The page on which the office keeps Word templates of its own, and what may stand in them."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from yishi.documents import word
from yishi.documents.own.apart import wrong_with
from yishi.documents.own.fields import FIELDS
from yishi.documents.own.packed import MOST_BYTES
from yishi.documents.own.starter import starter
from yishi.documents.own.starting import Look
from yishi.documents.saying import words
from yishi.papers.content import DOCX, named
from yishi.procedure.charters import GENERAL
from yishi.procedure.requests import Adjustment
from yishi.procedure.state import State
from yishi.procedure.verdict import Message
from yishi.profiles.models import Overtaken
from yishi.profiles.templates import Own, content_of, in_use, keep, newest
from yishi.web.office import Office, OfficeRequest
from yishi.web.profiles.face import bodies_of, face_of
from yishi.web.secretariat import of_secretariat

MARK: Final = "page.minutes.title"
"""The mark of minutes, where the profile has none."""

HOW: Final = {
    "sample": "{{ 编号 }}",
    "begin": "{%p for 项 in 议题 %}",
    "end": "{%p endfor %}",
    "row": "{%tr for 项 in 议题 %}",
    "cond": "{%p if 请假 %}",
    "over": "{%p endif %}",
    "each": "for 项 in",
    "of": "项.",
}
"""What a template looks like, for the page that says how to make one."""


def templates(request: OfficeRequest, body: str) -> HttpResponse:
    """The templates of a body: handed in, taken out of use, each version to be had again."""
    office = request.office
    _one(office, body)
    if request.method != "POST":
        return _page(request, body)
    paper = request.POST.get("paper", "")
    if paper not in FIELDS:
        raise Http404
    if "take_out" in request.POST:
        return _kept(request, body, paper, "", None)
    file = request.FILES.get("file")
    if getattr(request, "too_large", False) or (file and (file.size or 0) > MOST_BYTES):
        said = Message("template.too_large", {"n": MOST_BYTES // 1024 // 1024})
        return _page(request, body, paper, (said,))
    if file is None:
        return _page(request, body, paper, (Message("template.missing"),))
    raw = file.read()
    wrong = wrong_with(paper, raw)
    if wrong:
        return _page(request, body, paper, wrong)
    return _kept(request, body, paper, named(file.name or "", DOCX), raw)


def _one(office: Office, body: str) -> None:
    if not of_secretariat(office) or body not in bodies_of(office):
        raise Http404


def _kept(
    request: OfficeRequest, body: str, paper: str, name: str, raw: bytes | None
) -> HttpResponse:
    office = request.office
    try:
        keep(office.institution, body, paper, office.person, office.now, name, raw)
    except Overtaken:
        return _page(request, body, paper, (Message("template.overtaken"),))
    said = office.catalogue.text(
        "page.templates.taken_out" if raw is None else "page.templates.kept"
    )
    messages.success(request, said)
    return redirect("templates", body)


def _page(
    request: OfficeRequest, body: str, paper: str = "", wrong: tuple[Message, ...] = ()
) -> HttpResponse:
    office = request.office
    found = []
    for name, fields in FIELDS.items():
        past = [one for one in office.templates if (one.body, one.paper) == (body, name)]
        own = newest(office.templates, body, name)
        found.append(
            {
                "paper": name,
                "fields": fields,
                "own": own if own and own.sha256 else None,
                "held": in_use(office.templates, (body, GENERAL), name),
                "past": past[::-1],
                "wrong": wrong if name == paper else (),
            }
        )
    context = {"body": body, "whole": body == GENERAL, "found": found, "how": HOW}
    return render(request, "profiles/templates.html", context, status=422 if wrong else 200)


@require_safe
def version(request: OfficeRequest, body: str, paper: str, number: int) -> HttpResponse:
    """The file of one version, as it was handed in."""
    office = request.office
    _one(office, body)
    known = (body, paper, number)
    held = [o for o in office.templates if (o.body, o.paper, o.number) == known and o.sha256]
    if not held:
        raise Http404
    return _file(content_of(office.institution, held[0]), held[0].name)


@require_safe
def begin(request: OfficeRequest, body: str, paper: str) -> HttpResponse:
    """A template to begin with."""
    office = request.office
    _one(office, body)
    if paper not in FIELDS:
        raise Http404
    name = office.catalogue.word("documents", paper)
    return _file(
        starter(paper, look_of(office, body)),
        office.catalogue.text("page.templates.file", name=name),
    )


def look_of(office: Office, body: str) -> Look:
    """How this body's papers look; of the whole institution, with room for the longest mark."""
    face = face_of(office, body, office.now)
    of = [one for one in bodies_of(office) if one != GENERAL] if body == GENERAL else [body]
    marks = (words().sentence(Message(MARK, {"body": one}), office.names) for one in of)
    mark = face.profile.mark or max(marks, key=len, default="")
    said = {"organ": face.organ, "issuer": face.issuer, "mark": mark}
    return Look(profile=face.profile, **{name: one for name, one in said.items() if one})


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=word.TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


KEPT_AS: Final = {
    "item": "items",
    **dict.fromkeys(("decision", "excerpt"), "decisions"),
    **dict.fromkeys(("task", "reminder", "feedback"), "tasks"),
    "adjustment": "adjustments",
}
"""Among what of the state the subject of a paper is; of all others a meeting, or a body."""


def own_of(office: Office, paper: str, subject: str) -> Own | None:
    """The template in use for a paper about this subject."""
    if paper not in FIELDS:
        return None
    body = body_of(office.state, paper, subject)
    return in_use(office.templates, (body, GENERAL), paper) if body else None


def body_of(state: State, paper: str, subject: str) -> str:
    """Whose paper it is; empty where there is no such subject."""
    held = getattr(state, KEPT_AS.get(paper, "sittings")).get(subject)
    if isinstance(held, Adjustment):
        held = state.tasks[held.task]
    return held.body if held is not None else subject if subject in state.bodies else ""
