"""Moving one item of an agenda to the body's next meeting: two agendas set, one after the other."""

import secrets

from django.contrib import messages
from django.http import HttpRequest

from yishi.clerk.door import Done, do
from yishi.procedure.convening import SetAgenda
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Accepted, Refused
from yishi.web.acts.form import KEY
from yishi.web.acts.grounds import tellable
from yishi.web.acts.leaving import following, leaves
from yishi.web.office import Office


def movable(office: Office, sitting: Sitting, item: str) -> Sitting | None:
    """The meeting to which this person may move the item; None where its agenda keeps it."""
    to = following(office, sitting)
    return to if to is not None and leaves(office, sitting, item) else None


def moved_from_form(request: HttpRequest, office: Office, subject: str, item: str) -> bool:
    """Move an item as the form of the agenda asks; whether it was this person's to move."""
    sitting = office.state.sittings.get(subject)
    to = movable(office, sitting, item) if sitting is not None else None
    if sitting is None or to is None or not office.reads("item", item).allowed:
        return False
    move(request, office, sitting, to, item)
    return True


def move(request: HttpRequest, office: Office, sitting: Sitting, to: Sitting, item: str) -> None:
    """Take the item off the one agenda and put it on the other; say how far that went."""
    said = request.POST.get("key", "")
    name = said if KEY.match(said) and len(said) < 60 else secrets.token_hex(12)
    seen = request.POST.get("seen", "")
    off = _set(office, sitting, tuple(i for i in sitting.agenda if i != item), f"{name}.off", seen)
    if not isinstance(off.verdict, Accepted):
        _failed(request, office, "sittings.not_taken_off", off, to, item)
        return
    on = _set(office, to, (*to.agenda, item), f"{name}.on", seen)
    if isinstance(on.verdict, Accepted):
        text = office.catalogue.text("page.sittings.moved_on")
        messages.success(request, text)
    else:
        _failed(request, office, "sittings.taken_off_only", on, to, item)


def _set(office: Office, sitting: Sitting, items: tuple[str, ...], name: str, seen: str) -> Done:
    planned = sitting.durations
    durations = tuple(planned.get(i, 0) for i in items) if planned else ()
    act = SetAgenda(sitting=sitting.id, items=items, durations=durations)
    at = int(seen) if seen.isdecimal() and len(seen) < 18 else None
    return do(office.institution, office.person, act, key=name, seen=at)


def _failed(
    request: HttpRequest, office: Office, what: str, done: Done, to: Sitting, item: str
) -> None:
    """Say what did not come about, with every ground and its clause."""
    words = office.catalogue
    messages.error(request, words.text(f"page.{what}"))
    verdict = done.verdict
    if isinstance(verdict, Refused):
        for ground in tellable(office, verdict.grounds):
            messages.error(request, words.ground(ground, office.names))
    elif not isinstance(verdict, Accepted):
        messages.error(request, words.sentence(verdict.message, office.names))
