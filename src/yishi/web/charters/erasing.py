"""What the law wants erased: found by its words, emptied by an act, the entry itself stays."""

from collections.abc import Iterator
from itertools import islice

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yishi.chronicle.belonging import body_of
from yishi.journal import Entry
from yishi.journal.tables.models import SealedText
from yishi.journal.tables.store import TableStore
from yishi.procedure.charters import GENERAL
from yishi.web.acts.reaching import may_erase
from yishi.web.acts.views import link_to
from yishi.web.lists import searched
from yishi.web.office import Office

MOST = 30
"""Texts that one search shows."""

AT_ONCE = 300
"""Texts that are looked at together."""

SHORTEST = 2
"""Characters that a search needs."""


class Found(msgspec.Struct, frozen=True):
    """A sealed text that holds the words looked for."""

    words: str
    type: str
    at: str
    actor: str
    link: str


def erasing(request: HttpRequest) -> HttpResponse:
    """Look for words in what was written; only for those who may have them erased."""
    office: Office = request.office  # type: ignore[attr-defined]
    bodies = bodies_for(office)
    if not bodies:
        raise Http404
    asked = searched(request.GET.get("q", ""))
    found = list(islice(_found(office, bodies, asked), MOST)) if len(asked) >= SHORTEST else []
    context = {"asked": asked, "found": found, "short": 0 < len(asked) < SHORTEST}
    return render(request, "charters/erasing.html", context)


def bodies_for(office: Office) -> list[str]:
    """The bodies under whose rules this person may have words erased."""
    return [b for b in sorted(office.state.bodies) if b != GENERAL and may_erase(office, b)]


def _found(office: Office, bodies: list[str], asked: str) -> Iterator[Found]:
    """Texts with these words that those bodies' rules cover, the newest first.

    What concerns the institution as a whole (a name) is found under any of them. Three queries
    where the words are rare.
    """
    rows = SealedText.objects.filter(chain=office.institution, words__contains=asked)
    places = list(rows.order_by("-seq", "id").values_list("seq", "ref"))
    store = TableStore(office.institution)
    for start in range(0, len(places), AT_ONCE):
        batch = places[start : start + AT_ONCE]
        lines = {line.entry.seq: line for line in store.entries_at({seq for seq, _ in batch})}
        for seq, ref in batch:
            entry, texts = lines[seq].entry, lines[seq].texts
            body = body_of(entry, office.state) or bodies[0]
            if body in bodies:
                yield _told(entry, body, ref, texts[ref].words)


def _told(entry: Entry, body: str, ref: str, words: str) -> Found:
    link = link_to("erase_text", {"body": body}, ref=ref, next="/erasing")
    return Found(words, entry.type, entry.at, entry.actor, link)
