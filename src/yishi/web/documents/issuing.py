"""The files of minutes that go out: made as if they were issued already, kept when they are."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar

from msgspec.structs import replace

from yishi.accounts.models import Account
from yishi.chronicle.history import History
from yishi.clerk.door import Basis
from yishi.clerk.memory import Held
from yishi.documents.model import Document
from yishi.documents.own.apart import Unfilled
from yishi.documents.pdf import Unprintable
from yishi.documents.saying import LANGUAGE
from yishi.journal import Head
from yishi.originals.keeping import File
from yishi.procedure.act import Deed
from yishi.procedure.correcting import CorrectMinutes, IssueCorrigendum, MinutesCorrected
from yishi.procedure.decide import decide, fold
from yishi.procedure.issued import PUBLIC, Original
from yishi.procedure.issuing import IssueMinutes, MinutesIssued
from yishi.procedure.publishing import MinutesPublished, PublishMinutes
from yishi.procedure.state import Sitting, State
from yishi.procedure.verdict import Accepted, Message
from yishi.web.answers import Answers
from yishi.web.documents import minutes, public
from yishi.web.documents.correction import written
from yishi.web.documents.kept import OWN
from yishi.web.documents.own import by_own
from yishi.web.documents.pen import Pen
from yishi.web.documents.writers import FORMS, lacking
from yishi.web.office import Office
from yishi.web.sittings.minutes import says
from yishi.wording import Names

Issuing = TypeVar(
    "Issuing", bound=IssueMinutes | CorrectMinutes | IssueCorrigendum | PublishMinutes
)

PAPERS: Final[Mapping[str, Callable[..., Document]]] = {
    "minutes": minutes.own,
    "minutes-general": minutes.general,
}
"""The papers that go out with the minutes."""

OUT: Final = (MinutesIssued, MinutesCorrected, MinutesPublished)
"""What happens when papers go out."""


class NotByOwn(ValueError):  # noqa: N818
    """The office's own template for this paper could not be filled, and why."""

    def __init__(self, paper: str, faults: tuple[Message, ...]) -> None:
        super().__init__(paper)
        self.paper = paper
        self.faults = faults


def made(office: Office, act: Issuing, reason: str | None) -> tuple[Issuing, tuple[File, ...]]:
    """The act with the digests of its files, and these; as it is where it would not stand.

    Raises Unprintable, or NoFont, as the writers do; NotByOwn where the office's own template for
    a paper cannot be filled; Exposed, where a masked name can be read.
    """
    plain = Deed(act=act, actor=office.person, at=office.now, reason=reason)
    verdict = decide(plain, office.state)
    if not isinstance(verdict, Accepted):
        return act, ()
    outs = [one for one in verdict.events if isinstance(one, OUT)]
    pen = _pen(office, fold(office.state, verdict.events, office.now))
    files: dict[tuple[str, str], File] = {}
    held = pen.office.state.sittings[act.sitting]
    for name, about, document, printed in _documents(pen, held, act):
        if missing := lacking(document):
            raise Unprintable(missing)
        for form, (_, write) in FORMS.items():
            files[name, form] = File(write(document, pen), printed)
        try:
            filled = by_own(pen, name, act.sitting, about, document)
        except Unfilled as unfilled:
            raise NotByOwn(name, unfilled.faults) from unfilled
        if filled is not None:
            files[name, OWN] = File(filled.content, filled.words)
    named = tuple(Original(*key, one.digest) for key, one in files.items())
    # What is published bears no number of the series: its act names what was proposed.
    expects = act.expects if isinstance(act, PublishMinutes) else outs[0].number
    return replace(act, expects=expects, files=named), tuple(files.values())


def of_then(
    institution: str, deed: Deed, history: History
) -> tuple[
    IssueMinutes | CorrectMinutes | IssueCorrigendum | PublishMinutes | None, tuple[File, ...]
]:
    """The same of a history that is kept only later: the act that issues, with its files.

    There is nothing where the act issues no paper, nor where a masked name could be read in it.
    """
    if not isinstance(deed.act, IssueMinutes | CorrectMinutes | IssueCorrigendum | PublishMinutes):
        return None, ()
    office = Office(Account(institution=institution, person=deed.actor), LANGUAGE)
    office.__dict__.update(held=Held(Head(), history.state), now=deed.at, past=history.done)
    try:
        return made(office, deed.act, deed.reason)
    except public.Exposed:
        return None, ()


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


def _documents(
    pen: Pen, sitting: Sitting, act: Issuing
) -> Iterator[tuple[str, str, Document, tuple[str, ...]]]:
    """What goes out with the act: the paper's name, which of several, it, whose words are in it."""
    minutes = sitting.minutes
    if isinstance(act, PublishMinutes) and minutes is not None:
        paper = public.written(pen, sitting, minutes.versions[-1])
        yield PUBLIC, "", paper.document, paper.words
        return
    if isinstance(act, CorrectMinutes | IssueCorrigendum) and minutes is not None:
        made = minutes.corrected[-1]
        document = written(pen, sitting, made)
        yield "correction", str(made.number), document, tuple(document.words())
        return
    said = says(pen.office, sitting)
    for name, compose in PAPERS.items():
        document = compose(pen, sitting, said)
        yield name, "", document, tuple(document.words())


def _pen(office: Office, after: State) -> Pen:
    """Writes what will be so; what the rules answer then is not what they answer now."""
    pen = Pen(office)
    apart = {name: Answers() for name in ("answers", "facts", "parts", "own_parts")}
    pen.office.__dict__.update(held=Held(office.held.head, after), **apart)
    pen.office.__dict__.update(names=Names(after))
    del pen.office.__dict__["apart"]
    pen.office.__dict__.update(names=pen.office.apart)
    return pen
