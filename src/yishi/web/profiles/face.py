"""The profile by which a body's papers look at a moment, and the number of its minutes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

import msgspec

from yishi.documents.profile import (
    MEETINGS,
    RUNNING,
    STANDARD,
    Profile,
    correction_of,
    digest,
    serial,
)
from yishi.procedure.charters import GENERAL
from yishi.procedure.issued import Corrected
from yishi.procedure.state import Sitting
from yishi.profiles.models import Held, in_force
from yishi.web.office import Office

PLAIN: Final = Profile()
"""The standard's own, where nobody has written another."""


class Face(msgspec.Struct, frozen=True):
    """How a body's papers look, with the names filled in."""

    profile: Profile
    organ: str
    """The institution as its papers name it."""
    issuer: str
    """The office that compiles and sends."""
    said: str
    """Which version it is, for the file to say of itself."""

    def inner(self, title: str) -> dict[str, Any]:
        """What every inner paper has of it: the institution's name over its title."""
        return {"title": f"{self.organ}\n{title}", **self.told()}

    def told(self) -> dict[str, Any]:
        """What every paper has of it: which version it is, and the names of fonts."""
        return {"profile": self.said, "typefaces": self.profile.typefaces}


def held_at(office: Office, body: str, at: datetime) -> Held | None:
    """The version that holds for a body at a moment: its own, else the institution's."""
    return in_force(office.profiles, (body, GENERAL), at)


def profile_at(office: Office, body: str, at: datetime) -> Profile:
    """The profile that holds for a body at a moment, else the standard's."""
    held = held_at(office, body, at)
    return held.profile if held and held.profile else PLAIN


def face_of(office: Office, body: str, at: datetime, secretariat: str | None = None) -> Face:
    """How a body's papers look that are of a moment: what was served keeps its sender.

    Its office is the one that its charter of that day names, unless another is given.
    """
    held = held_at(office, body, at)
    profile = held.profile if held and held.profile else PLAIN
    organ = profile.organ or office.state.called
    if secretariat is None:
        on = at.astimezone(office.zone).date()
        secretariat = office.names_for(body, on).office("secretariat") or ""
    said = f"{held.body} {held.number}" if held else STANDARD
    return Face(
        profile,
        organ,
        profile.issuer or f"{organ}{secretariat}",
        f"{said} sha256:{digest(profile)[:16]}",
    )


def serial_of(office: Office, sitting: Sitting) -> str:
    """The number of a meeting's minutes, or the one they would have if they were issued now.

    What has been issued keeps the number it was issued under, whatever the profile says later;
    minutes of before the journal have none here.
    """
    issued = sitting.minutes
    if issued is not None and not issued.number:
        return ""
    profile = profile_at(office, sitting.body, issued.issued_at if issued else office.now)
    if profile.numbering in MEETINGS and (issued is None or issued.nth):
        return _of_meeting(office, sitting, profile)
    last = office.state.bodies[sitting.body].minutes.get(sitting.year, 0)
    number = issued.number if issued else last + 1
    counted = running(office, sitting) if profile.numbering in RUNNING else 0
    return serial(profile, sitting.year, number, counted)


def corrections_serial(office: Office, sitting: Sitting, made: Corrected) -> str:
    """The number of a correction: of the same series as the minutes, in the year of its issue.

    Where meetings are counted it is no meeting more: it has the minutes' own number, and its place
    among what corrects them.
    """
    profile = profile_at(office, sitting.body, made.at)
    if profile.numbering in MEETINGS and made.year and sitting.minutes is not None:
        out = [one.number for one in sitting.minutes.corrected]
        place = out.index(made.number) if made.number in out else len(out)
        return correction_of(_of_meeting(office, sitting, profile), place + 1)
    counted = running(office, sitting, made.number) if profile.numbering in RUNNING else 0
    return serial(profile, made.year or sitting.year, made.issue, counted)


def _of_meeting(office: Office, sitting: Sitting, profile: Profile) -> str:
    """The how many-th meeting it was, of its year and of all that were held (第N次)."""
    issued = sitting.minutes
    if issued is not None and not issued.nth:
        return serial(profile, sitting.year, issued.number, running(office, sitting))
    held = office.facts.to(("meetings held", sitting.body), lambda: _held(office, sitting.body))
    return serial(profile, sitting.year, sitting.number, held.get(sitting.id, 0))


def _held(office: Office, body: str) -> dict[str, int]:
    """The meetings of a body in the order of their numbers; none of before the journal.

    One that is entered from paper later has the next number of its year, on whatever day it was
    held: what is out keeps its place.
    """
    every = (one for one in office.state.sittings.values() if one.body == body)
    held = sorted((one.year, one.number, one.id) for one in every if one.opened_at is not None)
    return {found[-1]: place for place, found in enumerate(held, 1)}


def running(office: Office, sitting: Sitting, number: int = 0) -> int:
    """The how many-th minutes of this body these are, in the order in which they were issued.

    With the number of a correction, that one: it stands in the same series.
    """
    places = office.facts.to(
        ("minutes in order", sitting.body), lambda: _in_order(office, sitting.body)
    )
    number = number or (sitting.minutes.number if sitting.minutes else 0)
    return places.get((sitting.id, number), len(places) + 1)


def _in_order(office: Office, body: str) -> dict[tuple[str, int], int]:
    out = []
    for one in (s for s in office.state.sittings.values() if s.body == body):
        if one.minutes is not None:
            first = (one.minutes.issued_at, one.year, one.minutes.number, one.id)
            out += [first] if one.minutes.number else []
            out += [(made.at, one.year, made.number, one.id) for made in one.minutes.corrected]
    out.sort()
    return {(found[-1], found[-2]): place for place, found in enumerate(out, 1)}


def bodies_of(office: Office) -> Iterable[str]:
    """What a profile may be of: the whole institution first, then each body."""
    return (GENERAL, *sorted(body for body in office.state.bodies if body != GENERAL))
