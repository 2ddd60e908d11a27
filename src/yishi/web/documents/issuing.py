"""The files of minutes that go out: made as if they were issued already, kept when they are."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar

from msgspec.structs import replace

from yishi.clerk.door import Basis
from yishi.clerk.memory import Held
from yishi.documents.model import Document
from yishi.documents.pdf import Unprintable
from yishi.originals.keeping import File, status_of, take
from yishi.procedure.act import Deed
from yishi.procedure.correcting import CorrectMinutes, IssueCorrigendum, MinutesCorrected
from yishi.procedure.decide import decide, fold
from yishi.procedure.issued import Original
from yishi.procedure.issuing import IssueMinutes, MinutesIssued
from yishi.procedure.state import Sitting, State
from yishi.procedure.verdict import Accepted
from yishi.web.answers import Answers
from yishi.web.documents import minutes
from yishi.web.documents.correction import written
from yishi.web.documents.pen import Pen
from yishi.web.documents.writers import FORMS, lacking
from yishi.web.office import Office
from yishi.web.sittings.minutes import says

Issuing = TypeVar("Issuing", bound=IssueMinutes | CorrectMinutes | IssueCorrigendum)

PAPERS: Final[Mapping[str, Callable[..., Document]]] = {
    "minutes": minutes.own,
    "minutes-general": minutes.general,
}
"""The papers that go out with the minutes."""

ISSUED: Final = (*PAPERS, "correction")
"""Papers that go out as files, of which nothing may be wanting."""


def made(office: Office, act: Issuing, reason: str | None) -> tuple[Issuing, tuple[File, ...]]:
    """The act with the digests of its files, and these; as it is where it would not stand.

    Raises Unprintable, or NoFont, as the writers do.
    """
    plain = Deed(act=act, actor=office.person, at=office.now, reason=reason)
    verdict = decide(plain, office.state)
    if not isinstance(verdict, Accepted):
        return act, ()
    outs = [one for one in verdict.events if isinstance(one, MinutesIssued | MinutesCorrected)]
    pen = _pen(office, fold(office.state, verdict.events, office.now))
    files: dict[tuple[str, str], File] = {}
    for name, document in _documents(pen, pen.office.state.sittings[act.sitting], act):
        if missing := lacking(document):
            raise Unprintable(missing)
        printed = tuple(document.words())
        for form, (_, write) in FORMS.items():
            files[name, form] = File(write(document, pen), printed)
    named = tuple(Original(*key, one.digest) for key, one in files.items())
    return replace(act, expects=outs[0].number, files=named), tuple(files.values())


def unprinted(office: Office, sitting: Sitting, said: dict[str, Any]) -> tuple[str, ...]:
    """The characters of these minutes that no font has, so that they cannot go out as they are."""
    pen = Pen(office)
    every = (c for compose in PAPERS.values() for c in lacking(compose(pen, sitting, said)))
    return tuple(dict.fromkeys(every))


def basis(office: Office, subject: str) -> Basis:
    """What the files of these minutes tell of: the meeting, its items, what came of them, people.

    What other meetings do meanwhile is nothing to them; their number is looked at by the act.
    """
    state, sitting = office.state, office.state.sittings.get(subject)
    streams = {"institution", "roster"}
    if sitting is not None:
        items = dict.fromkeys((*sitting.agenda, *sitting.taken))
        held = [state.items[i] for i in items]
        made = {d for item in held for d in (item.decision, item.changes) if d}
        streams |= {f"body/{sitting.body}", f"sitting/{subject}"}
        streams |= {f"item/{i}" for i in items} | {f"decision/{d}" for d in made}
        tasks = [t for d in made if d in state.decisions for t in state.decisions[d].tasks]
        tasks += [*sitting.tasks, *(item.changes_task for item in held if item.changes_task)]
        streams |= {f"task/{t}" for t in tasks}
        streams |= {f"adjustment/{a}" for t in tasks for a in state.tasks[t].adjusted}
    return Basis(office.held.head, frozenset(streams))


def _documents(pen: Pen, sitting: Sitting, act: Issuing) -> Iterator[tuple[str, Document]]:
    """What goes out with the act, by the names of the papers."""
    minutes = sitting.minutes
    if isinstance(act, CorrectMinutes | IssueCorrigendum) and minutes is not None:
        yield "correction", written(pen, sitting, minutes.corrected[-1])
        return
    said = says(pen.office, sitting)
    for name, compose in PAPERS.items():
        yield name, compose(pen, sitting, said)


def _pen(office: Office, after: State) -> Pen:
    """Writes what will be so; what the rules answer then is not what they answer now."""
    pen = Pen(office)
    apart = {name: Answers() for name in ("answers", "facts", "parts", "own_parts")}
    pen.office.__dict__.update(held=Held(office.held.head, after), **apart)
    return pen


def original(office: Office, name: str, subject: str, form: str, about: str = "") -> bytes | None:
    """The bytes that went out, where minutes were issued with files and these are kept here.

    Whoever asks has asked whether the paper may be had. Raises `Altered`.
    """
    digest = digest_of(office, name, subject, form, about)
    return take(office.institution, digest) if digest else None


def marked(
    pen: Pen, name: str, subject: str, form: str, document: Document, about: str
) -> Document:
    """A paper that is set anew: where it went out and its original is gone, it says so itself."""
    digest = digest_of(pen.office, name, subject, form, about)
    if not digest:
        return document
    erased = status_of(pen.office.institution, digest) == "emptied"
    said = pen.say("paper.remade.emptied") if erased else pen.say("paper.remade.missing")
    called = document.called + pen.say("paper.remade.called")
    return replace(document, draft=said, called=called)


def digest_of(office: Office, name: str, subject: str, form: str, about: str) -> str:
    """The digest of a paper that went out with minutes; empty for every other."""
    sitting = office.state.sittings.get(subject) if name in ISSUED else None
    issued = sitting.minutes if sitting is not None else None
    return issued.original(name, form, about) if issued is not None else ""
