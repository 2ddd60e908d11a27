"""What is in a pack (会议材料汇编): what its recipient, and whoever asks for it, may read."""

from collections.abc import Iterator
from typing import Final

import msgspec
from django.http import Http404

from yishi.documents.binding import Caption
from yishi.documents.model import Document
from yishi.papers.models import Paper
from yishi.procedure.access import Access
from yishi.procedure.reading import Thing
from yishi.procedure.state import Sitting
from yishi.web.documents.makers import MAKERS
from yishi.web.documents.pen import Pen
from yishi.web.office import Office
from yishi.web.secretariat import of_secretariat
from yishi.web.sittings.agenda import Line, lines, streams
from yishi.web.sittings.page import has_papers
from yishi.web.sittings.seated import concerned, everybody
from yishi.web.sittings.told import told

FORMS: Final = ("attendance", "record-sheet")
"""Papers for a meeting that is held by hand."""


class Entry(msgspec.Struct, frozen=True):
    """One part of a pack before it is made: a paper of our own, a file, or why there is neither."""

    captions: tuple[Caption, ...]
    name: str
    document: Document | None = None
    item: str = ""
    file: Paper | None = None
    missing: str = ""
    """Why it is not in the pack: a key of `page.packs.why`."""


class Narrowed(Office):
    """What one person may read, of that only what another may read too who asks for it."""

    def __init__(self, asker: Office, person: str) -> None:
        """See as `person`, for `asker`."""
        super().__init__(asker.account, asker.language)
        self.person = person
        self._asker = asker
        self.opened: dict[tuple[Thing, str], None] = {}
        """What was found open to both: whatever is written for them tells of it."""
        self.__dict__.update(held=asker.held, now=asker.now)

    def reads(self, thing: Thing, subject: str) -> Access:
        """Whether both may."""
        access = super().reads(thing, subject)
        if access.allowed and self._asker.person != self.person:
            access = self._asker.reads(thing, subject)
        if access.allowed:
            self.opened[thing, subject] = None
        return access


def pen_for(asker: Office, person: str) -> tuple[Pen, Narrowed]:
    """A pen that writes what a recipient may read, for whoever asks for it, and its office."""
    pen = Pen(asker)
    narrowed = Narrowed(pen.office, person)
    pen.office = narrowed
    return pen, narrowed


def has_pack(office: Office, sitting: Sitting) -> bool:
    """Whether there is something of this meeting to take along for whoever asks."""
    return has_papers(sitting) and concerned(office, sitting)


def recipients(office: Office, sitting: Sitting) -> tuple[str, ...]:
    """For whom this person may have packs made: keepers of the record and the secretariat, all."""
    if office.person not in sitting.keepers and not of_secretariat(office):
        return (office.person,)
    return office.answers.to(("recipients", sitting.id), lambda: _everybody(office, sitting))


def _everybody(office: Office, sitting: Sitting) -> tuple[str, ...]:
    others = (one.person for one in everybody(office, sitting))
    return tuple(dict.fromkeys((office.person, *others)))


def given_to(office: Office, sitting: Sitting, person: str) -> bool:
    """Whether this person may have a pack made for another, or oneself, as things stand now."""
    return has_pack(office, sitting) and person in recipients(office, sitting)


def entries(pen: Pen, sitting: Sitting, forms: bool) -> Iterator[Entry]:
    """Everything that goes into the pack of whom the pen writes for, in order."""
    for name in ("notice", "agenda"):
        yield from _written(pen, name, sitting.id, 1)
    agenda = lines(pen.office, sitting, told(pen.office, streams(pen.office, sitting)))
    wanted = [paper for line in agenda for paper, _, _ in line.papers]
    rows = Paper.objects.filter(institution=pen.office.institution, paper__in=wanted)
    files = {(row.item, row.paper): row for row in rows}
    for line in agenda:
        yield from _item(pen, line, files)
    if forms:
        for name in FORMS:
            yield from _written(pen, name, sitting.id, 1)


def _written(
    pen: Pen, name: str, subject: str, level: int, before: tuple[Caption, ...] = (), item: str = ""
) -> Iterator[Entry]:
    try:
        document = MAKERS[name](pen, subject, "")
    except Http404:
        return
    # Above its title stands who it was from.
    title = document.title.rpartition("\n")[2]
    called = title if name == "item" else pen.word("documents", name)
    yield Entry((*before, Caption(level, called)), called, document, item=item)


def _item(pen: Pen, line: Line, files: dict[tuple[str, str], Paper]) -> Iterator[Entry]:
    """An item with its papers; nothing of one that may not be read."""
    if line.held is None:
        return
    title = pen.plain(line.held.title)
    section: tuple[Caption, ...] = (
        Caption(1, pen.say("paper.pack.item", n=line.place, title=title)),
    )
    for entry in _written(pen, "item", line.item, 2, section, line.item):
        section = ()
        yield entry
    for paper, named, has_file in line.papers:
        name = pen.plain(named)
        row = files.get((line.item, paper))
        missing = "" if row else "gone" if has_file else "on_paper"
        shown = Entry((*section, Caption(2, name)), name, None, line.item, row, missing)
        section = section if missing else ()
        yield shown
