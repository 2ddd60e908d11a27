"""What is public of a decision, with the names masked: the same on its page and on its paper."""

from datetime import date, datetime

import msgspec

from yishi.procedure.access import may_read_published
from yishi.procedure.publication import Publication
from yishi.procedure.state import Decision
from yishi.values.text import ERASED
from yishi.web.decisions.masking import Masks
from yishi.web.office import Office


class Task(msgspec.Struct, frozen=True):
    """A task as it is public."""

    words: str
    unit: str
    owner: str
    due_on: date | None


class Public(msgspec.Struct, frozen=True):
    """A decision as it is public: all of it fit to be shown to whoever may read that."""

    at: datetime
    by: str
    part: bool
    title: str
    words: str
    masks: tuple[str, ...]
    tasks: tuple[Task, ...]
    added: str = ""


def reads_published(office: Office, decision: str) -> bool:
    """Whether this person may read what is public of a decision."""
    return office.answers.to(
        ("published", decision),
        lambda: may_read_published(office.state, office.person, decision, office.now),
    )


def of(office: Office, held: Decision) -> Public | None:
    """What is public of a decision, for whoever may read that; None where nothing is."""
    if held.publication is None or not reads_published(office, held.id):
        return None
    return public(office, held.publication, office.catalogue.word("shapes", "erased"))


def public(office: Office, held: Publication, erased: str) -> Public:
    """A publication in words, each of them masked, with a word for what was erased."""
    masks = Masks(name for _, name in held.masked)

    def said(words: str | None) -> str:
        return masks.over(words or "").replace(ERASED, erased)

    def named(person: str | None) -> str:
        return said(office.names.person(person)) if person else ""

    return Public(
        at=held.at,
        by=named(held.by),
        part=held.part,
        title=said(held.title),
        words=said(held.words),
        added=said(held.added),
        masks=tuple(masks.of.values()),
        tasks=tuple(
            Task(
                said(t.words), office.names.unit(t.unit) if t.unit else "", named(t.owner), t.due_on
            )
            for t in held.tasks
        ),
    )


def published(office: Office) -> list[Decision]:
    """The decisions of which this person may read an excerpt, the latest published first."""
    made = (d for d in office.state.decisions.values() if d.publication and d.publication.part)
    mine = [one for one in made if reads_published(office, one.id)]
    return sorted(mine, key=lambda d: (d.publication.at, d.id), reverse=True)  # type: ignore[union-attr]
