"""Who may archive a meeting, whether it has been, and whether anything has happened since."""

from datetime import datetime

import msgspec

from yishi.procedure.act import Deed
from yishi.procedure.archiving import ArchiveSitting
from yishi.procedure.decide import decide
from yishi.procedure.reading import Thing
from yishi.procedure.state import Sitting
from yishi.procedure.verdict import Accepted, Ground, Refused
from yishi.web.acts.grounds import OTHERS
from yishi.web.archive.entries import streams
from yishi.web.archive.wanted import went_on
from yishi.web.office import Office
from yishi.web.sittings.told import told

ANY = "0" * 64
"""Stands for a digest while nothing has been made."""


class Standing(msgspec.Struct, frozen=True):
    """How it stands with a meeting's archiving, to somebody whose act it is."""

    grounds: tuple[Ground, ...]
    """Why it cannot be archived just now; nothing when it can."""
    archived: tuple[tuple[datetime, str], ...]
    later: int = 0
    """How many things have happened since it was archived last."""


def standing(office: Office, sitting: Sitting) -> Standing | None:
    """How it stands; None to whoever has no part in archiving."""
    if not archives(office, sitting):
        return None
    verdict = _asked(office, sitting, office.person)
    grounds = verdict.grounds if isinstance(verdict, Refused) else ()
    last = sitting.archived[-1][0] if sitting.archived else None
    later = _later(office, sitting, last) if last else 0
    return Standing(grounds, sitting.archived, later)


def archives(office: Office, sitting: Sitting) -> bool:
    """Whether the archiving of a meeting is this person's, now or later, and all of it to read.

    Rules that do not say whose it is, as those of before there was such a clause, give it nobody.
    """
    verdict = _asked(office, sitting, office.person)
    things: tuple[Thing, ...] = ("record", "minutes", "report")
    if not all(office.reads(thing, sitting.id).allowed for thing in things):
        return False
    if isinstance(verdict, Refused):
        return not any(ground.message.id in OTHERS for ground in verdict.grounds)
    return _stands(verdict)


def archivist(office: Office, sitting: Sitting) -> str | None:
    """The first of those who may archive it just now."""
    people = sorted(office.state.roster.people)
    may = (p for p in people if _stands(_asked(office, sitting, p)))
    return next(may, None)


def _stands(verdict: object) -> bool:
    return isinstance(verdict, Accepted) and bool(verdict.kept)


def _asked(office: Office, sitting: Sitting, person: str) -> object:
    act = ArchiveSitting(sitting=sitting.id, digest=ANY)
    return decide(Deed(act=act, actor=person, at=office.now), office.state)


def _later(office: Office, sitting: Sitting, since: datetime) -> int:
    gone = {f"item/{item}" for item in sitting.agenda if went_on(sitting, item)}
    happened = told(office, [one for one in streams(office, sitting) if one not in gone])
    later = (one for one in happened if one.at > since and one.kind != "sitting_archived")
    return sum(getattr(one.event, "sitting", sitting.id) in (None, sitting.id) for one in later)
