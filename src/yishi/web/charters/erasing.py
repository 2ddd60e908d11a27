"""What the law wants erased: found by its words, emptied by an act, the entry itself stays."""

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yishi.journal.tables.models import Entry, SealedText
from yishi.procedure.act import Deed
from yishi.procedure.charters import GENERAL, EraseText
from yishi.procedure.decide import decide
from yishi.procedure.verdict import Accepted
from yishi.web.acts.views import link_to
from yishi.web.items.listing import searched
from yishi.web.office import Office

MOST = 30
"""Texts that one search shows."""

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
    body = body_for(office)
    if not body:
        raise Http404
    asked = searched(request.GET.get("q", ""))
    found = _found(office, body, asked) if len(asked) >= SHORTEST else []
    context = {"asked": asked, "found": found, "short": 0 < len(asked) < SHORTEST}
    return render(request, "charters/erasing.html", context)


def body_for(office: Office) -> str:
    """A body under whose rules this person may have words erased; empty when there is none."""
    for body in sorted(b for b in office.state.bodies if b != GENERAL):
        act = EraseText(body=body, ref="0" * 64)
        deed = Deed(act=act, actor=office.person, at=office.now, reason="…")
        if isinstance(decide(deed, office.state), Accepted):
            return body
    return ""


def _found(office: Office, body: str, asked: str) -> list[Found]:
    """Texts with these words, the newest first: two queries."""
    rows = list(
        SealedText.objects.filter(chain=office.institution, words__contains=asked)
        .order_by("-seq")
        .values_list("seq", "ref", "words")[:MOST]
    )
    entries = {
        entry.seq: entry
        for entry in Entry.objects.filter(
            chain=office.institution, seq__in=[seq for seq, _, _ in rows]
        ).only("seq", "type", "at", "actor")
    }
    return [
        Found(
            words,
            entries[seq].type,
            entries[seq].at,
            entries[seq].actor,
            link_to("erase_text", {"body": body}, ref=ref, next="/erasing"),
        )
        for seq, ref, words in rows
    ]
