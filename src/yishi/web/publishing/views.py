"""Minutes are published (公开会议纪要): proposed, looked at as others see it, approved, read."""

import hashlib
from collections.abc import Iterable
from typing import Any, Final

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yishi.clerk.door import Done
from yishi.documents.model import Block, Document, Heading, Para, People
from yishi.procedure.issued import Hidden, Minutes, Proposal
from yishi.procedure.offers import Withheld
from yishi.procedure.publishing import (
    Part,
    ProposePublication,
    PublishMinutes,
    closed,
    excerpted,
    told_by_excerpt,
    unbound_closed,
)
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Accepted, Ground, Message, Refused, Rejected
from yishi.values.text import has_noncharacter, is_readable
from yishi.web.acts.doing import done
from yishi.web.decisions.masking import named_in
from yishi.web.documents.pen import Pen
from yishi.web.documents.public import Exposed, anew, reads, tried
from yishi.web.items.listing import plain
from yishi.web.office import Office
from yishi.web.profiles.face import corrections_serial, serial_of
from yishi.web.publishing.card import answers, behind, life, proposes
from yishi.web.publishing.unmasked import hints, named_already
from yishi.web.sittings.found import found_or_404
from yishi.web.sittings.minutes import says
from yishi.web.sittings.pressing import asked, key

LONGEST: Final = 2_000
DIGITS: Final = 10
PARTS: Final = ("opening", "closing", "unbound", "people")


class Typed(msgspec.Struct, frozen=True):
    """What was written and ticked, as it stands in the form."""

    left_out: tuple[str, ...] = ()
    without: tuple[Part, ...] = ()
    uncorrected: tuple[int, ...] = ()
    masked: tuple[str, ...] = ()
    excerpted: tuple[str, ...] = ()
    reason: str = ""


class Line(msgspec.Struct, frozen=True):
    """A line of the paper as a page shows it."""

    kind: str
    """heading · para · people"""
    text: str
    label: str = ""


def publishing(request: HttpRequest, subject: str) -> HttpResponse:
    """What is proposed and may be answered; the form to propose, with what would be seen by it."""
    office: Office = request.office  # type: ignore[attr-defined]
    sitting = found_or_404(office, subject)
    if sitting.minutes is None or not (proposes(office, sitting) or answers(office, sitting)):
        raise Http404
    if request.method == "POST" and "approve" in request.POST:
        return _approve(request, office, sitting)
    typed = _typed(office, sitting, request)
    shown, wrong = None, dict[str, str]()
    looks = request.method == "POST" and proposes(office, sitting)
    if looks:
        wrong = _wrong(office, typed)
        shown = None if wrong else _tried(office, sitting, sitting.minutes, typed, wrong)
    if shown and "propose" in request.POST:
        if request.POST.get("seen") == _seen((_others(office, sitting.minutes), typed), shown):
            return _propose(request, office, sitting, typed)
        again = Rejected("", Message("publishing.look_again"))
        return _page(request, office, sitting, typed, wrong, shown, again)
    return _page(request, office, sitting, typed, wrong, shown)


def instead(request: HttpRequest) -> HttpResponse:
    """The page on which minutes are published, in place of a bare form of the act."""
    office: Office = request.office  # type: ignore[attr-defined]
    sitting = found_or_404(office, request.GET.get("sitting") or request.POST.get("sitting", ""))
    return redirect("publishing", sitting.id)


def public(request: HttpRequest, subject: str) -> HttpResponse:
    """What is public of a meeting's minutes, for everybody who may read that."""
    office: Office = request.office  # type: ignore[attr-defined]
    sitting = found_or_404(office, subject)
    version = sitting.minutes.public if sitting.minutes else None
    if version is None or not reads(office, sitting, version):
        raise Http404
    pen = Pen(office)
    document = anew(pen, sitting, version)
    context = {
        "sitting": sitting,
        "version": version,
        "document": document,
        "lines": lines(document),
        "behind": behind(sitting),
        "reads_minutes": office.reads("minutes", sitting.id).allowed,
    }
    return render(request, "publishing/public.html", context)


def lines(document: Document) -> list[Line]:
    """The paper's body line by line."""
    return [line for block in document.body if (line := _line(block)) is not None]


def _line(block: Block) -> Line | None:
    match block:
        case Heading():
            return Line("heading", block.text)
        case Para():
            return Line("para", "".join(span.text for span in block.spans))
        case People():
            return Line("people", block.names, block.label)
    return None


def _typed(office: Office, sitting: Sitting, request: HttpRequest) -> Typed:
    """What is typed; at first, what was proposed last, with what has to be left out."""
    assert sitting.minutes is not None
    if request.method == "POST":
        return _sent(office, sitting, request)
    held = sitting.minutes.proposal
    last = sitting.minutes.versions[-1].proposal if sitting.minutes.versions else None
    hidden = held.hidden if held else last.hidden if last else Hidden()
    there = excerpted(office.state, sitting)
    partly = [i for i in there if i in hidden.excerpted] if held or last else list(there)
    shut = [i for i in closed(office.state, sitting) if i not in partly]
    unbound = ("unbound",) if unbound_closed(office.state, sitting) else ()
    return Typed(
        left_out=tuple(dict.fromkeys((*hidden.left_out, *shut))),
        without=tuple(dict.fromkeys((*hidden.without, *unbound))),  # type: ignore[arg-type]
        uncorrected=hidden.uncorrected,
        masked=tuple(person for person, _ in hidden.masked),
        excerpted=tuple(partly),
        reason=plain(office, held.reason) if held else "",
    )


def _sent(office: Office, sitting: Sitting, request: HttpRequest) -> Typed:
    assert sitting.minutes is not None
    post, known = request.POST, office.state.roster.people
    numbers = {str(one.number): one.number for one in sitting.minutes.corrected}
    boxes = ("left_out", "without", "masked", "excerpted")
    ticked = {name: dict.fromkeys(post.getlist(name)) for name in boxes}
    return Typed(
        left_out=tuple(i for i in ticked["left_out"] if i in sitting.taken),
        without=tuple(p for p in ticked["without"] if p in PARTS),  # type: ignore[misc]
        uncorrected=tuple(n for text, n in numbers.items() if text in post.getlist("uncorrected")),
        masked=tuple(p for p in ticked["masked"] if p in known),
        excerpted=tuple(i for i in excerpted(office.state, sitting) if i in ticked["excerpted"]),
        reason=post.get("reason", "").replace("\r\n", "\n").strip(),
    )


def _wrong(office: Office, typed: Typed) -> dict[str, str]:
    """What is wrong with which field."""
    said = typed.reason
    found = ""
    if not said:
        found = "page.publishing.reason_missing"
    elif len(said) > LONGEST:
        found = "page.decisions.excerpt_long"
    elif not is_readable(said) or has_noncharacter(said):
        found = "page.decisions.excerpt_unreadable"
    return {"reason": office.catalogue.text(found)} if found else {}


def _tried(
    office: Office, sitting: Sitting, minutes: Minutes, typed: Typed, wrong: dict[str, str]
) -> Document | None:
    """The paper as it would be published; None where a masked name could still be read."""
    people = office.state.roster.people
    hidden = Hidden(
        left_out=typed.left_out,
        without=typed.without,
        uncorrected=typed.uncorrected,
        masked=tuple((person, people[person]) for person in typed.masked),
        excerpts=told_by_excerpt(office.state, sitting, typed.excerpted),
    )
    number, corrections = minutes.proposed + 1, len(minutes.corrected)
    proposal = Proposal(number, office.now, office.person, typed.reason, hidden, corrections)
    return _composed(office, sitting, proposal, wrong)


def _composed(
    office: Office, sitting: Sitting, proposal: Proposal, wrong: dict[str, str]
) -> Document | None:
    try:
        return tried(Pen(office), sitting, proposal).document
    except Exposed as exposed:
        said = Message("publishing.exposed", {"people": exposed.args[0]})
        wrong["masked"] = office.catalogue.sentence(said, office.names)
        return None


def _seen(typed: tuple[int, Typed] | int, shown: Document) -> str:
    """Tells whether what is done is what was looked at, with nothing proposed meanwhile."""
    content = (typed, [msgspec.to_builtins(block) for block in shown.body], shown.number)
    return hashlib.sha256(msgspec.json.encode(content)).hexdigest()


def _others(office: Office, minutes: Minutes) -> int:
    """The number of what somebody else has proposed and nobody has answered yet; 0: nothing."""
    held = minutes.proposal
    return held.number if held is not None and held.by != office.person else 0


def _propose(request: HttpRequest, office: Office, sitting: Sitting, typed: Typed) -> HttpResponse:
    act = ProposePublication(
        sitting=sitting.id,
        left_out=typed.left_out or None,
        without=typed.without or None,
        uncorrected=typed.uncorrected or None,
        masked=typed.masked or None,
        excerpted=typed.excerpted or None,
    )
    came = done(office, act, reason=typed.reason, key=request.POST.get("key", ""))
    if _went_on(request, office, came, "propose_publication", "proposed_done"):
        return redirect("publishing", sitting.id)
    return _page(request, office, sitting, typed, {}, None, came.verdict)


def _approve(request: HttpRequest, office: Office, sitting: Sitting) -> HttpResponse:
    """Approve what was looked at, and nothing that took its place meanwhile."""
    number = request.POST.get("proposal", "")
    looked_at = int(number) if number.isdecimal() and len(number) < DIGITS else 1
    act = PublishMinutes(sitting=sitting.id, expects=looked_at)
    held, wrong = sitting.minutes.proposal if sitting.minutes else None, dict[str, str]()
    shown = _composed(office, sitting, held, wrong) if held else None
    if held and shown and request.POST.get("seen") != _seen(held.number, shown):
        return _page(request, office, sitting, Typed(), {}, None, Rejected("", _moved()))
    came = done(office, act, key=request.POST.get("key", ""))
    if _went_on(request, office, came, "publish_minutes", "published_done"):
        out = came.state.sittings[sitting.id].minutes
        return redirect("public_minutes" if out and out.public else "publishing", sitting.id)
    return _page(request, office, sitting, Typed(), {}, None, came.verdict)


def _went_on(request: HttpRequest, office: Office, came: Done, act: str, said: str) -> bool:
    """Whether the act was done, now or by this very form before; which of them is told."""
    if came.repeated is not None:
        named = office.catalogue.word("acts", act)
        messages.info(request, office.catalogue.text("page.form.repeated", act=named))
    elif isinstance(came.verdict, Accepted):
        messages.success(request, office.catalogue.text(f"page.publishing.{said}"))
    return came.repeated is not None or isinstance(came.verdict, Accepted)


def _moved() -> Message:
    return Message("publishing.proposed_anew")


def _page(
    request: HttpRequest,
    office: Office,
    sitting: Sitting,
    typed: Typed,
    wrong: dict[str, str],
    shown: Document | None,
    verdict: Any = None,
) -> HttpResponse:
    context = {
        "sitting": sitting,
        "serial": serial_of(office, sitting),
        "life": life(office, sitting),
        "wrong": wrong,
        "not_now": _not_now(office, sitting),
        "grounds": verdict.grounds if isinstance(verdict, Refused) else (),
        "rejected": verdict.message if isinstance(verdict, Rejected) else None,
        # What is looked at anew is another form, also where somebody went back to it.
        "key": key() if shown else request.POST.get("key") or key(),
        **_of_form(office, sitting, typed, shown),
        **_of_proposal(office, sitting),
    }
    status = 422 if wrong else 409 if verdict is not None else 200
    return render(request, "publishing/publishing.html", context, status=status)


def _of_form(
    office: Office, sitting: Sitting, typed: Typed, shown: Document | None
) -> dict[str, Any]:
    """The form, for whoever proposes, and what would be public by it."""
    if sitting.minutes is None or not proposes(office, sitting):
        return {}
    told, numbers = says(office, sitting), sitting.minutes.corrected
    partly = excerpted(office.state, sitting)
    excerpts = told_by_excerpt(office.state, sitting, typed.excerpted)
    masked = dict.fromkeys((*typed.masked, *(p for _, one in excerpts for p, _ in one.masked)))
    return {
        "typed": typed,
        "longest": LONGEST,
        "points": told["points"],
        "parts": [part for part in PARTS if told[part]],
        "corrections": [(one.number, corrections_serial(office, sitting, one)) for one in numbers],
        "people": _people(office, sitting, sitting.minutes, typed),
        "shut": [i for i in closed(office.state, sitting) if i not in partly],
        "partly": [point for point in told["points"] if point.item.id in partly],
        "shown": shown,
        "lines": lines(shown) if shown else (),
        "hints": _hints(office, shown, masked),
        "already": named_already(office.state, sitting, typed.left_out, masked),
        "seen": _seen((_others(office, sitting.minutes), typed), shown) if shown else "",
    }


def _of_proposal(office: Office, sitting: Sitting) -> dict[str, Any]:
    """What waits for an answer, as it would be public now."""
    proposal = sitting.minutes.proposal if sitting.minutes else None
    unread = dict[str, str]()
    before = _composed(office, sitting, proposal, unread) if proposal else None
    if proposal is None or before is None:
        return {"unread": unread.get("masked", "")}
    return {
        "before": before,
        "before_lines": lines(before),
        "before_hints": _hints(office, before, [p for p, _ in proposal.hidden.every_mask]),
        "before_already": named_already(
            office.state,
            sitting,
            proposal.hidden.left_out,
            [p for p, _ in proposal.hidden.every_mask],
        ),
        "before_seen": _seen(proposal.number, before),
    }


def _not_now(office: Office, sitting: Sitting) -> tuple[Ground, ...]:
    """Why what was proposed cannot be approved by this person just now, though it is theirs."""
    answer = asked(office, "publish_minutes", sitting=sitting.id)
    return answer.grounds if isinstance(answer, Withheld) else ()


def _people(
    office: Office, sitting: Sitting, minutes: Minutes, typed: Typed
) -> list[dict[str, Any]]:
    """Whose names could be masked: those that stand in the whole of the minutes."""
    whole = _tried(office, sitting, minutes, Typed(), {})
    words: Iterable[str] = whole.words() if whole else ()
    named = named_in(dict(office.state.roster.people.items()), *words)
    return [{"id": p, "masked": p in typed.masked} for p in dict.fromkeys((*named, *typed.masked))]


def _hints(office: Office, shown: Document | None, masked: Iterable[str]) -> list[str]:
    """Words in the paper by which people may be known whose names are masked."""
    if shown is None:
        return []
    names = [office.names.person(person) for person in masked]
    posts = tuple(office.state.roster.appointments)
    return hints("\n".join(shown.words()), names, posts)
