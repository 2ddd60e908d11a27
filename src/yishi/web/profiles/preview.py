"""The newest paper of a kind, or a sample, set by a profile that nobody has saved yet."""

from base64 import b64encode
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final

import msgspec
from django.conf import settings

from yishi.documents import pdf
from yishi.documents.fonts import faces
from yishi.documents.marks import mark
from yishi.documents.model import (
    Block,
    Document,
    Foot,
    Heading,
    People,
    Signed,
    beginning,
    instead,
    para,
)
from yishi.documents.profile import TEXTS, Profile, serial
from yishi.procedure.charters import GENERAL
from yishi.procedure.verdict import Message
from yishi.profiles.models import Held
from yishi.web.documents import minutes
from yishi.web.documents.pen import Pen
from yishi.web.documents.writers import SIGN, code
from yishi.web.office import Office
from yishi.web.profiles.face import face_of
from yishi.web.profiles.newest import MINUTES, WHERE, newest

SHOWN: Final = 4
"""Pages of a paper that a preview shows."""

LINES: Final = 40
"""More than a page ever has, with its smallest letters."""

PAPERS: Final = tuple(WHERE)
"""Papers that a profile can be tried on: all whose look it governs."""

ALWAYS: Final = datetime(1, 1, 1, tzinfo=UTC)


class Preview(msgspec.Struct, frozen=True):
    """A paper as pictures."""

    paper: str
    pages: tuple[str, ...] = ()
    """Each page, as an address that holds the picture itself."""
    more: bool = False
    """Whether there are pages that are not shown."""
    of: str = ""
    """Which paper it is; empty for a sample."""
    missing: str = ""
    """Characters that no font has: a sign stands in their place."""
    no_font: bool = False


def unprintable(profile: Profile) -> dict[str, Message]:
    """By the field, the characters that no font on this server has."""
    found = faces(settings.FONTS)
    if not found.roles:
        return {}
    lost = {name: found.missing((getattr(profile, name),)) for name in TEXTS}
    return {
        name: Message("profile.unprintable", {"characters": "、".join(map(_shown_as, characters))})
        for name, characters in lost.items()
        if characters
    }


def _shown_as(character: str) -> str:
    """A character with its number: it may well look like nothing here either."""
    return f"{character}（{code(character)}）"


def preview(office: Office, body: str, profile: Profile, paper: str) -> Preview:
    """How the paper would look, in pictures that any browser shows."""
    asked = paper if paper in PAPERS else PAPERS[0]
    found = faces(settings.FONTS)
    if not found.roles:
        return Preview(asked, no_font=True)
    pen = Pen(office, Held(body, 0, ALWAYS, "", profile))
    shown_on = newest(pen, body, asked)
    document = shown_on.document if shown_on else sample(pen, body, profile, asked)
    of = document.called if shown_on else ""
    missing = found.missing(document.words())
    if missing:
        codes = pen.word("shapes", "join").join(code(c) for c in missing)
        remark = pen.say("paper.unprinted", sign=SIGN, codes=codes)
        document = instead(document, missing, SIGN, remark)
    # A picture costs as much as its page: none is made of pages that are not shown.
    begun = beginning(document, SHOWN * LINES)
    pictures = pdf.pictures(begun, found)
    shown = tuple(f"data:image/png;base64,{b64encode(one).decode()}" for one in pictures[:SHOWN])
    more = begun is not document or len(pictures) > SHOWN
    return Preview(asked, shown, more, of, "、".join(map(_shown_as, missing)))


# ── a sample ──────────────────────────────────────────────────────────────────────────────────


def sample(pen: Pen, body: str, profile: Profile, paper: str) -> Document:
    """A paper of nobody's meeting, where there has been none yet."""
    if paper not in MINUTES:
        return _inner(pen, body, paper)
    face, on = face_of(pen.office, body, pen.office.now), pen.day(pen.office.now)
    named = pen.office.names.body(body) if body != GENERAL else pen.say("paper.sample.body")
    number = serial(profile, pen.office.now.year, 1, 1)
    label = "分送" if paper == "minutes" else "抄送"
    to = profile.distribution if paper == "minutes" else profile.copies
    foot = Foot(face.issuer, pen.say("paper.issued_on", at=pen.office.now), to, label)
    dated: date = pen.on(pen.office.now)
    called = pen.say("paper.sample.called")
    if paper == "minutes":
        return Document(
            called=called,
            dated=dated,
            format="minutes",
            mark=profile.mark or pen.say("paper.sample.mark", body=named),
            number=number,
            left=face.issuer if profile.head_line else "",
            right=on if profile.head_line else "",
            body=_parts(pen, profile, face.organ),
            foot=foot,
        )
    return Document(
        called=called,
        dated=dated,
        format="general",
        mark=profile.letterhead or pen.say("paper.mark", called=face.organ),
        number=number,
        title=pen.say("paper.sample.mark", body=named),
        body=(*_parts(pen, profile, face.organ), Signed(face.organ, on, seal=profile.seal)),
        foot=foot,
    )


def _inner(pen: Pen, body: str, paper: str) -> Document:
    """A paper without a masthead, as all are but minutes."""
    face, named = face_of(pen.office, body, pen.office.now), pen.word("documents", paper)
    seal = face.profile.notice_seal if paper == "notice" else face.profile.seal
    return Document(
        called=pen.say("paper.sample.called"),
        dated=pen.on(pen.office.now),
        **face.inner(named),
        body=(
            para(pen.say("paper.sample.settled")),
            Signed(face.issuer, pen.day(pen.office.now), seal=seal),
        ),
    )


def _parts(pen: Pen, profile: Profile, organ: str) -> tuple[Block, ...]:
    names = pen.say("paper.sample.names")
    listed = pen.say("paper.sample.in_units", organ=organ) if profile.naming == "units" else names
    people: Iterable[Block] = (
        People(pen.say("page.minutes.present"), listed),
        *((People(pen.say("paper.minutes.signed"), names[:3]),) if profile.sign_off else ()),
    )
    body = (
        para(pen.say("paper.sample.opening")),
        Heading(1, mark(1, 1) + pen.say("paper.sample.heading")),
        para(pen.say("paper.sample.settled")),
    )
    return minutes.placed(profile, body, tuple(people))
