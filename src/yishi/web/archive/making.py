"""The package of a meeting, made: its papers set, its files fetched, its journal taken out."""

import hashlib
import re
import unicodedata
from datetime import datetime
from functools import partial
from importlib.resources import files
from typing import IO, Final

import msgspec
from django.conf import settings
from django.http import Http404

from yishi.archive import container, profile
from yishi.archive.bag import Held as Payload
from yishi.archive.bag import bagged, held
from yishi.archive.check_journal import EXTRACT
from yishi.archive.check_packed import TooLarge, base_of
from yishi.archive.metadata import SCHEME, Absent, Facts, Piece, described, listed
from yishi.clerk.memory import Held
from yishi.documents import pdf
from yishi.documents.model import Document
from yishi.journal import extract
from yishi.journal.tables.models import Entry as EntryRow
from yishi.originals.keeping import Altered
from yishi.papers import shelf
from yishi.papers.models import Paper
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Message
from yishi.web.answers import Answers
from yishi.web.archive.entries import Taken, taken
from yishi.web.archive.facts import PROGRAM, facts
from yishi.web.archive.wanted import Wanted, of_item, wanted
from yishi.web.documents.kept import OWN, digest_of, ending, marked, original
from yishi.web.documents.makers import MAKERS
from yishi.web.documents.own import named
from yishi.web.documents.pen import Pen
from yishi.web.documents.writers import FORMS
from yishi.web.office import Office
from yishi.web.sittings.told import Told, of, told

_PAGE: Final = re.compile(rb"/Type ?/Page\b")
_UNFIT: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*%\ufffc]')


class Unmade(ValueError):  # noqa: N818
    """A package that cannot be made; `args[0]` says why."""


class Made(msgspec.Struct):
    """The pieces of a package as they come together."""

    pen: Pen
    sitting: Sitting
    profile: profile.Profile
    taken: Taken
    payload: Payload
    pieces: list[Piece]
    absent: list[Absent]

    def lacks(self, key: str, digest: str = "", **said: str) -> None:
        """One file that is not there, with why."""
        self.absent.append(Absent(self.pen.say(key, **said), digest))

    def put(self, name: str, opener: container.Opener, **said: str | int) -> None:
        """One more file, with what is said of it."""
        with opener() as file:
            size, digest = weighed(file)
        self.payload[name] = opener
        kind = str(said.pop("record"))
        piece = {
            "kind": self.pen.word("archive_records", kind.removesuffix("_unadopted")),
            "by": self.pen.called,
            "program": PROGRAM,
            "state": "正本" if kind == "minutes" else "定稿",
            "period": self.pen.word(
                "archive_periods", self.profile.period(kind, self.sitting.body)
            ),
            "basis": self._basis(kind),
            **said,
        }
        told = {"name": name, "size": size, "digest": digest, **piece}
        self.pieces.append(msgspec.convert(told, Piece))

    def _basis(self, kind: str) -> str:
        own = {kind, f"{kind}.{self.sitting.body}"} & self.profile.own
        if not own:
            return self.pen.say("archive.basis_default")
        on, authority = self.profile.approved_on, self.profile.authority
        return self.pen.say("archive.basis_own", on=self.pen.day(on), authority=authority)


def weighed(file: IO[bytes]) -> tuple[int, str]:
    """How many bytes are still to be read, and the SHA-256 of them."""
    made, size = hashlib.sha256(), 0
    while part := file.read(1 << 16):
        made.update(part)
        size += len(part)
    return size, made.hexdigest()


def make(office: Office, sitting: Sitting, out: IO[bytes]) -> Facts:
    """Write the package of a meeting as it stands; the same meeting has the same bytes.

    Raises Unmade.
    """
    try:
        known = profile.profile(settings.ARCHIVE / f"{office.institution}.toml")
        held_entries = taken(office, sitting)
        made = Made(_pen(office, sitting, held_entries), sitting, known, held_entries, {}, [], [])
        _papers(made)
        _handed_in(made)
        _left_out(made)
        _rules(made)
        _journal(made)
        made.lacks("archive.absent_collation")
        if sitting.leaves:
            made.lacks("archive.absent_leave")
        return _packed(made, out)
    except (profile.Wrong, _Lost) as amiss:
        raise Unmade(amiss.args[0]) from amiss
    except TooLarge as large:
        raise Unmade(Message("archive.too_large", {"file": str(large)})) from large


def _pen(office: Office, sitting: Sitting, held_entries: Taken) -> Pen:
    """Writes as of the last thing that happened to the meeting, whenever it is made.

    What the meeting left unfinished is written as it left it: the next one's is not of this one.
    """
    then, state = Office(office.account, office.language), office.state
    moment = datetime.fromisoformat(held_entries.last.entry.at)
    items = state.items
    for item, left in sitting.left.items():
        items = items.set(item, left)
    as_left = Held(office.held.head, msgspec.structs.replace(state, items=items))
    apart = {name: Answers() for name in ("answers", "facts", "parts", "own_parts")}
    then.__dict__.update(held=as_left, now=moment, **apart)
    return Pen(then)


# ── papers ────────────────────────────────────────────────────────────────────────────────────


def _papers(made: Made) -> None:
    every = wanted(made.pen.office.state, made.sitting)
    for place, one in enumerate(every, 1):
        try:
            document = MAKERS[one.name](made.pen, one.subject, one.about)
        except Http404:
            about = one.subject if one.name == "item" else one.about or one.subject
            title = f"{made.pen.word('documents', one.name)}（{about}）"
            made.lacks("archive.absent_closed", title=title)
            continue
        if one.form == OWN:
            document = msgspec.structs.replace(document, called=named(made.pen, document))
        whole, content = _written(made, one, document)
        if not content:
            continue
        said = {} if whole.called == document.called else _remade(made, one, whole)
        made.put(
            f"data/公文/{place:03}_{_fit(whole.called)}.{ending(one.form)}",
            held(content),
            record=one.kept_as,
            title=whole.called,
            dated=document.dated.isoformat(),
            pages=len(_PAGE.findall(content)) if one.form == "pdf" else 0,
            **said,
        )


def _remade(made: Made, one: Wanted, document: Document) -> dict[str, str]:
    """What is said of a paper that went out and whose original is gone."""
    digest = digest_of(made.pen.office, one.name, one.subject, one.form, one.about)
    made.lacks("archive.absent_original", digest, title=document.called)
    return {"state": made.pen.say("archive.remade")}


def _written(made: Made, one: Wanted, document: Document) -> tuple[Document, bytes]:
    """The paper as it went out where that is kept, else set anew, saying so.

    What went out by the office's own template is not made anew: there is nothing of it then.
    """
    office, about = made.pen.office, one.about
    try:
        kept = original(office, one.name, one.subject, one.form, about)
        if kept is not None:
            return document, kept
        if one.form == OWN:
            digest = digest_of(office, one.name, one.subject, OWN, about)
            made.lacks("archive.absent_own", digest, title=document.called)
            return document, b""
        whole = marked(made.pen, one.name, one.subject, one.form, document, about)
        return whole, FORMS[one.form][1](whole, made.pen)
    except Altered as altered:
        raise _Lost(Message("archive.file_lost", {"title": document.called})) from altered
    except pdf.Unprintable as lacking:
        raise _Lost(_unprintable(document.called, lacking.characters)) from lacking
    except pdf.NoFont as lacking:
        raise _Lost(Message("archive.no_font")) from lacking


class _Lost(ValueError):  # noqa: N818
    """Something that the package needs is not to be had."""


def _unprintable(paper: str, characters: tuple[str, ...]) -> Message:
    codes = " ".join(f"{one} U+{ord(one):04X}" for one in characters)
    return Message("archive.unprintable", {"paper": paper, "codes": codes})


def _handed_in(made: Made) -> None:
    """The papers of each item, each version of them, as they were received."""
    office = made.pen.office
    readable = [i for i in made.sitting.agenda if office.reads("paper", i).allowed]
    files_of = Paper.objects.filter(institution=office.institution, item__in=readable)
    rows = {(row.item, row.paper): row for row in files_of}
    entries = (line.entry for line in made.taken.lines)
    theirs = {(e.stream, e.payload["paper"]) for e in entries if e.type == "paper_supplied"}
    every = of(told(office, [f"item/{item}" for item in readable]), "paper_supplied")
    supplied = [one for one in every if (f"item/{one.event.item}", one.event.paper) in theirs]
    for item in readable:
        mine = (one for one in supplied if one.event.item == item)
        for number, one in enumerate(mine, 1):
            row = rows.get((item, one.event.paper))
            if row is None or one.event.digest is None:
                title, digest = made.pen.plain(one.event.title), one.event.digest or ""
                made.lacks("archive.absent_paper", digest, title=title)
                continue
            _received(made, item, number, one, row)


def _left_out(made: Made) -> None:
    """Papers that the extract tells of and that are not there: of no item of the agenda, say."""
    there = {one.digest for one in made.pieces} | {one.digest for one in made.absent}
    for entry in (line.entry for line in made.taken.lines):
        digest = entry.payload.get("digest") if entry.type == "paper_supplied" else None
        if digest and digest not in there:
            text = made.taken.opened.get(entry.sealed["title"])
            title = made.pen.plain(text.words if text else "")
            made.lacks("archive.absent_elsewhere", digest, title=title)


def _received(made: Made, item: str, number: int, one: Told, row: Paper) -> None:
    place, title = made.sitting.agenda.index(item) + 1, made.pen.plain(one.event.title)
    made.put(
        f"data/材料/{place:02}_{number:02}_{_fit(row.name)}",
        partial(_taken_off, made.pen.office.institution, one.event.digest, title),
        record=of_item(made.sitting, item, "paper"),
        title=title,
        dated=made.pen.on(one.at).isoformat(),
        by=made.pen.person(one.event.by),
        program="",
        original=row.name,
    )


def _taken_off(institution: str, digest: str, title: str) -> IO[bytes]:
    try:
        return shelf.take(institution, digest)
    except shelf.Altered as altered:
        raise _Lost(Message("archive.file_lost", {"title": title})) from altered


def _fit(name: str) -> str:
    """A file's name that every system can hold, its ending kept."""
    said = _UNFIT.sub("_", unicodedata.normalize("NFC", name)).strip(" .")
    stem, dot, ending = said.rpartition(".")
    return f"{stem[:60].strip(' .')}{dot}{ending[:8]}" if dot and len(ending) <= 8 else said[:60]


# ── rules and journal ─────────────────────────────────────────────────────────────────────────


def _rules(made: Made) -> None:
    """Each charter that the meeting was convened under, with the rules under its clauses."""
    state = made.pen.office.state
    for digest in dict.fromkeys(made.sitting.charters):
        charter = state.charters[digest]
        since = charter.in_force
        made.put(
            f"data/议事规则/{charter.body}_{since}_{digest[:8]}.md",
            held(charter.text.encode()),
            record="charter",
            title=made.pen.say(
                "archive.charter_title", name=charter.title, since=made.pen.day(since)
            ),
            dated=since.isoformat(),
        )


def _journal(made: Made) -> None:
    institution, last = made.pen.office.institution, made.taken.last
    rows = EntryRow.objects.filter(chain=institution, seq__lte=last.entry.seq).order_by("seq")
    hashes = rows.values_list("hash", flat=True).iterator(chunk_size=5000)
    lines = b"".join(extract(hashes, made.taken.lines, made.taken.opened))
    made.put(
        EXTRACT,
        held(lines),
        record="journal",
        title=made.pen.say("archive.extract_title"),
        dated=last.entry.at[:10],
    )


# ── together ──────────────────────────────────────────────────────────────────────────────────


def _packed(made: Made, out: IO[bytes]) -> Facts:
    pen, sitting = made.pen, made.sitting
    told_of = facts(pen, sitting, made.profile, made.taken, tuple(made.pieces), tuple(made.absent))
    made.payload["data/元数据.XML"] = held(described(told_of, PROGRAM))
    made.payload["data/目录文件.XML"] = held(listed(told_of))
    made.payload["data/说明文件.TXT"] = held(_statement(made, told_of))
    name = pen.sitting(sitting.id)
    info = (
        ("Source-Organization", pen.called),
        ("External-Description", name),
        ("External-Identifier", told_of.number),
        ("Bagging-Date", made.taken.last.entry.at[:10]),
        ("Bag-Software-Agent", PROGRAM),
    )
    readme = _filled("readme.txt", called=pen.called, name=name)
    container.write(out, base_of(told_of.number), bagged(made.payload, info, readme).items())
    return told_of


def _statement(made: Made, told_of: Facts) -> bytes:
    pen, last = made.pen, made.taken.last
    with made.payload[EXTRACT]() as file:
        root = msgspec.json.decode(file.readline())["root"]
    join = pen.word("shapes", "join")
    return _filled(
        "statement.txt",
        called=pen.called,
        name=pen.sitting(made.sitting.id),
        held=pen.when(made.sitting.opened_at),
        number=dict(told_of.content)["文件编号"],
        files=len(made.pieces),
        chain=last.entry.chain,
        size=last.entry.seq,
        hash=last.hash,
        root=root,
        program=PROGRAM,
        scheme=SCHEME,
        gaps=join.join(told_of.gaps),
        absent="".join(f"\n  {one.said}" for one in told_of.absent),
    )


def _filled(template: str, **said: object) -> bytes:
    text = files("yishi.archive").joinpath(template).read_text(encoding="utf-8")
    return text.format(**said).encode()
