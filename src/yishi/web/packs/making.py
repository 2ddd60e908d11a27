"""The job that makes a pack: every file in a process of its own, all of it set in another."""

import os
import shutil
import sys
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from msgspec.structs import replace

from yishi.documents import pdf
from yishi.documents.binding import (
    MADE,
    Cover,
    Pack,
    Pages,
    Part,
    Picture,
    Words,
    Written,
    lay_out,
)
from yishi.documents.fonts import Faces, faces
from yishi.documents.model import Document, para, paras, signed_over
from yishi.jobs.models import Job
from yishi.jobs.queue import Made, NotMade
from yishi.jobs.working import Work
from yishi.papers import apart, pictures, shelf
from yishi.papers.apart import Beyond, Bounds
from yishi.papers.content import JPEG, PDF, PNG, TXT
from yishi.papers.converting import CONVERTED, NotConverted
from yishi.papers.models import Paper
from yishi.procedure.state import Sitting
from yishi.web.documents.pen import Pen
from yishi.web.documents.writers import SIGN, code
from yishi.web.jobs.asker import asker_of
from yishi.web.office import Office
from yishi.web.packs.gathering import Entry, Narrowed, entries, given_to, pen_for
from yishi.web.papers import preview

FLAT: Final = Bounds(memory=1536, seconds=60, writes=300)
"""For taking the pages out of one PDF."""

BIND: Final = Bounds(memory=6144, seconds=300, writes=600)
"""For setting all of it."""

TRY: Final = Bounds(memory=3072, seconds=60, writes=300)
"""For setting the pages of one file alone, before it may spoil the rest."""

BINDING: Final = (sys.executable, "-m", "yishi.documents.binding")

PAGES: Final = 2000
"""Pages of files from others that one pack has at most."""

LONGEST: Final = 200_000
"""Characters that are printed of a text."""


class Missing(RuntimeError):  # noqa: N818
    """A file that is not in the pack; `args[0]` is a key of `page.packs.why`."""


def make(work: Work) -> Made:
    """The job: one meeting's pack for one recipient."""
    job = work.job
    asker = asker_of(job)
    sitting = asker.state.sittings.get(job.subject) if asker else None
    person = str(job.wanted.get("for", job.person))
    if asker is None or sitting is None or not given_to(asker, sitting, person):
        raise NotMade("jobs.not_readable")
    pen, narrowed = pen_for(asker, person)
    every = list(entries(pen, sitting, bool(job.wanted.get("forms"))))
    parts, missing = _parts(work, pen, every)
    found = faces(settings.FONTS)
    try:
        pack = _pack(pen, sitting, person, parts, missing)
        lay_out(_printable(pack, pen, found), found, work.place)
    except pdf.NoFont as error:
        raise NotMade("jobs.no_font") from error
    _bind(work.place)
    os.replace(work.place / MADE, work.file)
    work.step(len(every) + 1, len(every) + 1)
    return Made(
        name=f"{pen.say('paper.pack.called', s=sitting.id)}（{pen.person(person)}）.pdf",
        type=pdf.TYPE,
        holds=tuple(narrowed.opened),
        remarks=tuple({"title": name, "why": why} for name, why in missing),
    )


# ── its parts ─────────────────────────────────────────────────────────────────────────────────


def _parts(work: Work, pen: Pen, every: list[Entry]) -> tuple[list[Part], list[tuple[str, str]]]:
    parts: list[Part] = []
    missing: list[tuple[str, str]] = []
    left = PAGES
    waiting: tuple[Any, ...] = ()
    for number, entry in enumerate(every):
        work.step(number, len(every) + 1)
        captions = entry.captions
        if waiting and captions[0].level > 1:
            captions = (*waiting, *captions)
        waiting = ()
        try:
            part = _part(work, pen, entry, captions, number, left)
        except Missing as why:
            missing.append((entry.name, str(why.args[0])))
            waiting = captions[:-1]
            continue
        left -= len(part.sides) if isinstance(part, Pages) else 0
        if isinstance(part, Written) and part.cut:
            missing.append((entry.name, "cut"))
        parts.append(part)
    return parts, missing


def _part(
    work: Work, pen: Pen, entry: Entry, captions: tuple[Any, ...], number: int, left: int
) -> Part:
    if entry.document is not None:
        return Written(captions, entry.document)
    row = entry.file
    if row is None:
        raise Missing(entry.missing)
    kind = row.type.partition(";")[0]
    try:
        if kind == TXT:
            return _text(pen, entry, row, captions)
        if kind in (PNG, JPEG):
            return _picture(work, entry, row, captions, f"{number}.{kind.rpartition('/')[2]}")
        return _pages(work, entry, row, captions, f"{number}.pdf", left)
    except shelf.Altered as error:
        raise Missing("altered") from error
    except NotConverted as error:
        raise Missing(str(error.args[0])) from error
    except Beyond as error:
        raise Missing("unreadable") from error


def _text(pen: Pen, entry: Entry, row: Paper, captions: tuple[Any, ...]) -> Written:
    """A text, as much of it as is printed; where that is not all, it says so at its end."""
    charset = row.type.partition("charset=")[2] or "utf-8"
    with shelf.take(row.institution, row.sha256) as file:
        read = file.read(4 * LONGEST)
        more = bool(file.read(1))
    said = read.decode(charset, "replace").lstrip("\ufeff")
    cut = more or len(said) > LONGEST
    body = paras(said[:LONGEST].replace("\t", "　"))
    document = Document(
        called=entry.name,
        dated=pen.on(row.at),
        title=entry.name,
        body=(*body, para(pen.say("paper.pack.cut"))) if cut else body,
    )
    return Written(captions, document, cut, handed=True)


def _picture(
    work: Work, entry: Entry, row: Paper, captions: tuple[Any, ...], named: str
) -> Picture:
    with shelf.take(row.institution, row.sha256) as file:
        wide, high = pictures.size(file)
        if not wide or wide * high > pictures.MOST:
            raise Missing("unreadable")
        file.seek(0)
        with (work.place / named).open("wb") as copy:
            shutil.copyfileobj(file, copy)
    apart.run((*BINDING, str(work.place / named), "0"), TRY)
    return Picture(captions, entry.name, named, ((wide, high),))


def _pages(
    work: Work, entry: Entry, row: Paper, captions: tuple[Any, ...], named: str, left: int
) -> Pages:
    if row.type in CONVERTED:
        preview.made(work, row)
        file: Any = shelf.preview_of(row.institution, row.sha256).open("rb")
    elif row.type == PDF:
        file = shelf.take(row.institution, row.sha256)
    else:
        raise Missing("unreadable")
    with file:
        sides = apart.ask("flat", file, str(work.place / named), bounds=FLAT)
    if len(sides) > left:
        raise Missing("too_long")
    apart.run((*BINDING, str(work.place / named), str(len(sides))), TRY)
    return Pages(captions, entry.name, named, tuple((side[0], side[1]) for side in sides))


# ── all of it ─────────────────────────────────────────────────────────────────────────────────


def _pack(
    pen: Pen, sitting: Sitting, person: str, parts: list[Part], missing: list[tuple[str, str]]
) -> Pack:
    where = ((pen.say("paper.pack.where"), sitting.venue),) if sitting.venue else ()
    facts = (
        (pen.say("paper.pack.when"), pen.when(sitting.starts_at)),
        *where,
        (pen.say("paper.pack.for"), pen.person(person)),
        (pen.say("paper.pack.made"), pen.when(pen.office.now)),
    )
    return Pack(
        called=pen.say("paper.pack.called", s=sitting.id),
        dated=pen.on(pen.office.now),
        cover=Cover(pen.called, pen.say("paper.pack.title"), pen.sitting(sitting.id), facts),
        mark=pen.say("paper.pack.mark", who=person, at=pen.office.now),
        words=_words(pen),
        parts=tuple(parts),
        missing=tuple((name, pen.word("page.packs.why", why)) for name, why in missing),
    )


def _words(pen: Pen) -> Words:
    return Words(
        contents=pen.say("paper.pack.contents"),
        page=pen.say("paper.pack.page", n="{n}", of="{of}"),
        missing=pen.say("paper.pack.missing"),
        missing_head=(pen.say("paper.pack.missing_name"), pen.say("paper.pack.missing_why")),
    )


def _printable(pack: Pack, pen: Pen, found: Faces) -> Pack:
    """The pack with a sign in place of every character that no font has, saying so."""
    missing = found.missing(pack.said()) if found.roles else ()
    if not missing:
        return pack
    codes = pen.word("shapes", "join").join(map(code, missing))
    remark = pen.say("paper.pack.unprinted", sign=SIGN, codes=codes)
    marked: Pack = signed_over(pack, missing, SIGN)
    return replace(marked, remark=remark)


def _bind(place: Path) -> None:
    try:
        apart.run((*BINDING, str(place)), BIND)
    except Beyond as error:
        raise NotMade("jobs.too_much") from error


# ── on its page ───────────────────────────────────────────────────────────────────────────────


def opens(office: Office, job: Job) -> bool:
    """Whether whoever asked may have it, and its recipient read everything in it, still now."""
    sitting = office.state.sittings.get(job.subject)
    person = str(job.wanted.get("for", job.person))
    if sitting is None or not given_to(office, sitting, person):
        return False
    both = Narrowed(office, person)
    holds: list[tuple[Any, str]] = [(thing, subject) for thing, subject in job.holds]
    return all(both.reads(thing, subject).allowed for thing, subject in holds)


def called(office: Office, job: Job) -> str:
    """What the job's page is called."""
    who = office.names.person(str(job.wanted.get("for", job.person)))
    return office.catalogue.text("page.packs.called", who=who)


def back(job: Job) -> str:
    """Where it was asked for."""
    return reverse("pack", args=[job.subject])
