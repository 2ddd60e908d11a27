"""An excerpt of a decision is published (公开摘录): written, seen as others will see it, done."""

import hashlib
from typing import Any, Final

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yishi.clerk.door import do
from yishi.procedure.minutes import DecisionPublished, PublishDecision
from yishi.procedure.offers import Offer
from yishi.procedure.publication import Publication, beyond
from yishi.procedure.state import Decision
from yishi.procedure.verdict import Accepted
from yishi.values.text import has_noncharacter, is_readable
from yishi.web.decisions.changes import changed
from yishi.web.decisions.masking import named_in
from yishi.web.decisions.published import Public, public
from yishi.web.items.listing import plain
from yishi.web.office import Office
from yishi.web.sittings.pressing import key

LONGEST: Final = {"title": 200, "words": 20_000, "added": 2_000}
OPTIONAL: Final = ("added",)


class Typed(msgspec.Struct, frozen=True):
    """What was written and ticked, as it stands in the form."""

    title: str
    words: str
    masked: tuple[str, ...] = ()
    without_tasks: bool = False
    added: str = ""


def excerpt(request: HttpRequest, subject: str) -> HttpResponse:
    """The form, what will be public by it, and the publishing of just that."""
    office: Office = request.office  # type: ignore[attr-defined]
    held = office.state.decisions.get(subject)
    if held is None or not publishes(office, subject):
        raise Http404
    whole = _whole(office, held)
    typed = _typed(office, request) if request.method == "POST" else whole
    wrong = _wrong(typed, whole) if request.method == "POST" else {}
    shown = _shown(office, held, typed, whole) if request.method == "POST" and not wrong else None
    if shown and "publish" in request.POST and request.POST.get("seen") == _seen(typed, shown):
        return _publish(request, office, _act(subject, typed, whole))
    return _page(request, office, held, typed, wrong, shown)


def publishes(office: Office, decision: str) -> bool:
    """Whether publishing the decision is this person's to do, just now."""
    reads = office.reads("decision", decision).allowed
    return reads and isinstance(office.ask(PublishDecision, {"decision": decision}), Offer)


def _whole(office: Office, held: Decision) -> Typed:
    title = plain(office, office.state.items[held.item].title)
    return Typed(title=title, words=plain(office, held.words))


def _typed(office: Office, request: HttpRequest) -> Typed:
    said = {name: request.POST.get(name, "").replace("\r\n", "\n").strip() for name in LONGEST}
    known = office.state.roster.people
    masked = dict.fromkeys(p for p in request.POST.getlist("masked") if p in known)
    return Typed(**said, masked=tuple(masked), without_tasks="without_tasks" in request.POST)


def _wrong(typed: Typed, whole: Typed) -> dict[str, str]:
    """What is wrong with which field: message ids."""
    wrong: dict[str, str] = {}
    for name, longest in LONGEST.items():
        said = getattr(typed, name)
        if not said:
            wrong |= {} if name in OPTIONAL else {name: "page.decisions.excerpt_empty"}
        elif len(said) > longest:
            wrong[name] = "page.decisions.excerpt_long"
        elif not is_readable(said) or has_noncharacter(said):
            wrong[name] = "page.decisions.excerpt_unreadable"
    if "words" not in wrong and typed.words != whole.words and beyond(typed.words, whole.words):
        wrong["words"] = "page.decisions.excerpt_beyond"
    if not wrong and typed == whole:
        wrong["whole"] = "page.decisions.excerpt_whole"
    return wrong


def _act(subject: str, typed: Typed, whole: Typed) -> PublishDecision:
    return PublishDecision(
        decision=subject,
        masked=typed.masked or None,
        title=typed.title if typed.title != whole.title else None,
        words=typed.words if typed.words != whole.words else None,
        without_tasks=typed.without_tasks or None,
        added=typed.added or None,
    )


def _shown(office: Office, held: Decision, typed: Typed, whole: Typed) -> Public:
    """As it will be public: the event itself is tried, on a state that nobody keeps."""
    act = _act(held.id, typed, whole)
    tried = DecisionPublished(by=office.person, **msgspec.structs.asdict(act))
    after = tried.apply(office.state, office.now).decisions[held.id].publication
    assert isinstance(after, Publication)
    return public(office, after, office.catalogue.word("shapes", "erased"))


def _seen(typed: Typed, shown: Public) -> str:
    """Tells whether what is published is what was looked at: also where a task has changed."""
    content = (typed, shown.title, shown.words, shown.added, shown.tasks)
    return hashlib.sha256(msgspec.json.encode(content)).hexdigest()


def _page(
    request: HttpRequest,
    office: Office,
    held: Decision,
    typed: Typed,
    wrong: dict[str, str],
    shown: Public | None,
) -> HttpResponse:
    context = {
        "decision": held,
        "typed": typed,
        "wrong": {name: office.catalogue.text(said) for name, said in wrong.items()},
        "people": _named(office, held, typed),
        "longest": LONGEST,
        "changed": changed(_whole(office, held).words, typed.words),
        "shown": shown,
        "seen": _seen(typed, shown) if shown else "",
        "key": request.POST.get("key") or key(),
    }
    return render(request, "decisions/publish.html", context, status=422 if wrong else 200)


def _named(office: Office, held: Decision, typed: Typed) -> list[dict[str, Any]]:
    """Whose names could be masked: those that stand in it, and whoever carries a task of it."""
    tasks = [office.state.tasks[task] for task in held.tasks]
    texts = (typed.title, typed.words, typed.added, *(task.words for task in tasks))
    named = named_in(dict(office.state.roster.people.items()), *texts)
    owners = (task.owner for task in tasks if task.owner)
    every = dict.fromkeys((*named, *owners, *typed.masked))
    return [{"id": person, "masked": person in typed.masked} for person in every]


def _publish(request: HttpRequest, office: Office, act: PublishDecision) -> HttpResponse:
    done = do(office.institution, office.person, act, key=request.POST.get("key", ""))
    if done.repeated is None and isinstance(done.verdict, Accepted):
        messages.success(request, office.catalogue.text("page.decisions.excerpt_done"))
    elif done.repeated is None:
        messages.error(request, office.catalogue.text("page.decisions.excerpt_moved_on"))
    return redirect("decision", act.decision)
