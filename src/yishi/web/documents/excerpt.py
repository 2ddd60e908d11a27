"""What is public of a decision as a paper (决定公开摘录): that, and nothing else of it."""

from collections.abc import Iterator

from django.http import Http404

from yishi.documents import columns
from yishi.documents.marks import mark
from yishi.documents.model import Block, Cell, Document, Heading, Table, para, paras
from yishi.procedure.state import Decision
from yishi.web.decisions.published import Public, of
from yishi.web.documents import called
from yishi.web.documents.minutes import VERBS
from yishi.web.documents.pen import Pen
from yishi.web.documents.slips import signed


def excerpt(pen: Pen, subject: str, about: str) -> Document:
    """The excerpt, for whoever may read what is public; the masked title names the file."""
    held = pen.office.state.decisions.get(subject)
    public = of(pen.office, held) if held else None
    if held is None or public is None:
        raise Http404
    title = pen.say("paper.excerpt.title") if public.part else pen.say("paper.excerpt.whole")
    return Document(
        called=called.of_excerpt(pen, title, public.title, held.sitting),
        **pen.inner(held.body, title, public.at),
        body=(
            *_content(pen, held, public),
            signed(pen, held.body, public.at),
        ),
    )


def _content(pen: Pen, held: Decision, public: Public) -> Iterator[Block]:
    yield para(pen.say("paper.excerpt.opening", s=held.sitting, at=held.at, title=public.title))
    if public.tasks:
        yield Heading(1, mark(1, 1) + pen.say("paper.slip.settled"))
    yield from paras(settled(pen, held, public))
    if public.tasks:
        yield Heading(1, mark(1, 2) + pen.say("paper.excerpt.tasks"))
        yield _tasks(pen, public)
    if public.added:
        yield from paras(added(pen, public))
    if public.part:
        yield para(pen.say("paper.excerpt.part"))


def settled(pen: Pen, held: Decision, public: Public) -> str:
    """What is public of the words, behind the verb that the outcome has."""
    verb = pen.say(f"paper.minutes.{held.outcome}") if held.outcome in VERBS else ""
    return verb + public.words


def added(pen: Pen, public: Public) -> str:
    """What was added when it was published, said to be no part of the decision."""
    return pen.say("paper.excerpt.added", words=public.added) if public.added else ""


def _tasks(pen: Pen, public: Public) -> Table:
    head = ("paper.number", "page.tasks.column_words", "page.tasks.column_unit")
    last = ("page.tasks.column_owner", "page.tasks.column_due")
    rows = tuple(
        (
            Cell(str(place), place="centre"),
            Cell(one.words),
            Cell(one.unit, place="centre"),
            Cell(one.owner, place="centre"),
            Cell(pen.day(one.due_on), place="centre"),
        )
        for place, one in enumerate(public.tasks, 1)
    )
    return Table(columns.EXCERPT, rows, tuple(pen.say(key) for key in (*head, *last)))
