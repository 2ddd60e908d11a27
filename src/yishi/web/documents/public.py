"""What is published of minutes as a paper (会议纪要公开版): what is left out is said to be.

Names are masked in the paper as a whole, whatever part they stand in: a file is made from nothing
else.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec
from django.http import Http404

from yishi.documents.marks import mark
from yishi.documents.model import Block, Document, Gap, Heading, para, paras, said_otherwise
from yishi.procedure.access import may_read_public_minutes
from yishi.procedure.issued import Corrected, Hidden, Proposal, Version
from yishi.procedure.publication import Publication, PublicTask
from yishi.procedure.state import Sitting
from yishi.web.decisions.masking import Masks, Searched
from yishi.web.documents.minutes import (
    VERBS,
    begun,
    face_in,
    foot_in,
    handed_out,
    matters_in,
    people_in,
    placed,
    signed_off,
    told_of,
    worded,
)
from yishi.web.documents.pen import Pen
from yishi.web.office import Office
from yishi.web.profiles.face import Face, corrections_serial
from yishi.web.publishing.card import answers, proposes
from yishi.web.sittings.found import found_or_404
from yishi.web.sittings.minutes import Matter, Point, says

PROPOSED: Final = "proposed"
"""Stands for the number of what is proposed and not published."""


class Exposed(ValueError):  # noqa: N818
    """A paper in which a masked name can be read, or is known no more; `args[0]` says whose."""


class Paper(msgspec.Struct, frozen=True):
    """The paper, and the words of it before names were masked: what an erasure has to reach."""

    document: Document
    words: tuple[str, ...]


def public(pen: Pen, subject: str, about: str) -> Document:
    """What is or was published under a number, or is proposed, for whoever may read that."""
    sitting = found_or_404(pen.office, subject)
    held = sitting.minutes
    if held is None:
        raise Http404
    if about == PROPOSED:
        return _proposed(pen, sitting, held.proposal)
    version = held.version(about)
    if version is None or not reads(pen.office, sitting, version):
        raise Http404
    return anew(pen, sitting, version)


def anew(pen: Pen, sitting: Sitting, version: Version) -> Document:
    """The paper as it was published, set anew; without its words where names cannot be masked."""
    try:
        return written(pen, sitting, version).document
    except Exposed:
        return _lost(pen, version)


def reads(office: Office, sitting: Sitting, version: Version) -> bool:
    """Whether this person may read that version: one that is public no more is for the readers of
    the minutes.
    """
    live = sitting.minutes is not None and sitting.minutes.public == version
    if live and may_read_public_minutes(office.state, office.person, sitting.id, office.now):
        return True
    return office.reads("minutes", sitting.id).allowed


def _proposed(pen: Pen, sitting: Sitting, proposal: Proposal | None) -> Document:
    if proposal is None or not (proposes(pen.office, sitting) or answers(pen.office, sitting)):
        raise Http404
    try:
        document = tried(pen, sitting, proposal).document
    except Exposed as exposed:
        raise Http404 from exposed
    called = document.called + pen.say("paper.draft")
    return msgspec.structs.replace(document, called=called, draft=pen.say("paper.public.draft"))


def tried(pen: Pen, sitting: Sitting, proposal: Proposal) -> Paper:
    """The paper as it would be published now. Raises `Exposed`."""
    number = len(sitting.minutes.versions) + 1 if sitting.minutes else 1
    return written(pen, sitting, Version(number, pen.office.now, pen.office.person, proposal))


def written(pen: Pen, sitting: Sitting, version: Version) -> Paper:
    """The paper as it is published. Raises `Exposed`."""
    said, hidden = says(pen.office, sitting), version.proposal.hidden
    # What was issued since has not been approved for publishing.
    said["corrected"] = said["issued"].corrected[: version.proposal.corrections]
    face = face_in(pen, sitting, said)
    whole = _whole(pen, sitting, version, said, face)
    people = pen.office.state.roster.people
    names: dict[str, tuple[str, ...]] = {}
    for person, name in hidden.every_mask:
        names[person] = tuple(dict.fromkeys((*names.get(person, ()), name, people[person])))
    masks = Masks(name for held in names.values() for name in held)
    if masks.lost:
        raise Exposed(tuple(names))
    told = said_otherwise(whole, masks.over)
    left = Searched("".join((told.called, *told.words())))
    exposed = [p for p, held in names.items() if any(map(left.holds, held))]
    if exposed:
        raise Exposed(tuple(exposed))
    return Paper(told, tuple(whole.words()))


def _lost(pen: Pen, version: Version) -> Document:
    """In place of a paper whose masked names are erased, or known by others since."""
    mark_, said = pen.say("paper.public.mark"), pen.say("paper.public.lost")
    return Document(called=mark_, dated=pen.on(version.at), title=mark_, body=(para(said),))


def _whole(
    pen: Pen, sitting: Sitting, version: Version, said: dict[str, Any], face: Face
) -> Document:
    pen = pen.of(sitting)
    issued, hidden, line = said["issued"], version.proposal.hidden, face.profile.head_line
    title, mark_ = pen.say("page.minutes.title", body=sitting.body), pen.say("paper.public.mark")
    people = (*_people(pen, sitting, said, hidden), *signed_off(pen, sitting, face, issued))
    key = "paper.public.opening" if hidden.anything else "paper.public.whole"
    opening = pen.say(key, number=said["serial"], at=issued.issued_at, on=version.at)
    body = (
        para(opening),
        *placed(face.profile, tuple(_body(pen, sitting, said, hidden)), people),
    )
    return Document(
        called=f"{title}{said['serial']}{mark_}",
        dated=pen.on(version.at),
        format="minutes",
        mark=face.profile.mark or title,
        number=f"{said['serial']}{mark_}",
        left=face.issuer if line else "",
        right=pen.day(issued.issued_at) if line else "",
        body=body,
        note=pen.say("paper.public.note"),
        foot=foot_in(pen, face, issued.issued_at, "分送"),
        **face.told(),
    )


def _body(pen: Pen, sitting: Sitting, said: dict[str, Any], hidden: Hidden) -> Iterator[Block]:
    left_out = pen.say("paper.public.left_out")
    yield begun(pen, sitting, said)
    yield from _words(pen, said["opening"], "opening" in hidden.without)
    points: list[Point] = said["points"]
    if counted := _counted(pen, points, hidden):
        yield para(counted)
    excerpts = dict(hidden.excerpts)
    for place, point in enumerate(points, 1):
        if point.item.id in hidden.left_out:
            yield Heading(1, mark(1, place) + left_out)
        elif point.item.id in excerpts:
            yield from _excerpt(pen, place, point, excerpts[point.item.id])
        else:
            yield from told_of(pen, place, point)
    if said["unbound"] and "unbound" in hidden.without:
        named = pen.say("page.minutes.unbound") + left_out
        yield Heading(1, mark(1, len(points) + 1) + named)
    elif said["unbound"]:
        yield from handed_out(pen, len(points) + 1, said["unbound"])
    yield from _words(pen, said["closing"], "closing" in hidden.without)
    yield from _corrected(pen, sitting, said["corrected"], hidden)


def _counted(pen: Pen, points: list[Point], hidden: Hidden) -> str:
    """How many items the minutes have, and how many of them are not told as a whole."""
    part, out = len(hidden.excerpts), len(hidden.left_out)
    if not part and not out:
        return ""
    whole = len(points) - part - out
    numbers = {"whole": whole, "part": part, "out": out}
    said = [pen.say(f"paper.public.count.{name}", n=n) for name, n in numbers.items() if n]
    counted = pen.say("paper.public.count.join").join(said)
    return pen.say("paper.public.counted", n=len(points), counted=counted)


def _excerpt(pen: Pen, place: int, point: Point, public: Publication) -> Iterator[Block]:
    """What is public of a decision that is public in part; that the rest is not, it says."""
    yield Heading(1, mark(1, place) + pen.plain(public.title).rstrip("。；，"))
    verb = pen.say(f"paper.minutes.{point.outcome}") if point.outcome in VERBS else ""
    yield from paras(verb + pen.plain(public.words))
    tasks = tuple(_matter(pen, task) for task in public.tasks)
    yield from matters_in(pen, tasks)
    if public.added:
        yield from paras(pen.say("paper.excerpt.added", words=pen.plain(public.added)))
    yield para(pen.say("paper.public.excerpt"))


def _matter(pen: Pen, task: PublicTask) -> Matter:
    """A task as it was public, in the words of minutes."""
    held = pen.office.state.roster.units.get(task.unit or "")
    counter = held is not None and held.kind == "counter"
    unit, at = (None, task.unit) if counter else (task.unit, None)
    return Matter("", task.words, unit, at, task.owner, task.due_on)


def _words(pen: Pen, words: str, left_out: bool) -> Iterable[Block]:
    if words and left_out:
        return (para(pen.say("paper.public.left_out")),)
    return worded(pen, words)


def _people(pen: Pen, sitting: Sitting, said: dict[str, Any], hidden: Hidden) -> Iterator[Block]:
    if "people" in hidden.without:
        yield para(pen.say("paper.public.people"))
    else:
        yield from people_in(pen, sitting, said)


def _corrected(
    pen: Pen, sitting: Sitting, every: tuple[Corrected, ...], hidden: Hidden
) -> Iterator[Block]:
    """The corrections, which go with what they correct."""
    for one in every:
        number = corrections_serial(pen.office, sitting, one)
        yield Gap()
        if one.number in hidden.uncorrected:
            yield para(pen.say("paper.public.uncorrected", number=number))
            continue
        yield para(pen.say("paper.public.corrected", number=number, at=one.at))
        yield from paras(pen.plain(one.words))
        yield para(pen.say("paper.correction.reason", reason=pen.plain(one.reason)))
