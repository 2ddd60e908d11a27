"""What each version of a profile changed, for whoever has to explain an earlier paper."""

from collections.abc import Iterator
from typing import Any

import msgspec

from yishi.documents.profile import Profile, digest
from yishi.profiles.models import Held
from yishi.web.office import Office
from yishi.web.profiles.form import CHOICES, FIELDS, FLAGS


class Past(msgspec.Struct, frozen=True):
    """One version: who saved it, and what it changed, field by field."""

    held: Held
    digest: str
    """What papers made by it say of it."""
    changes: tuple[tuple[str, str, str], ...]
    """The field, what it was, what it became."""


def history(office: Office, body: str) -> list[Past]:
    """The versions of a body's profile, the latest first."""
    mine = sorted((one for one in office.profiles if one.body == body), key=lambda o: o.number)
    before = [None, *mine[:-1]] if mine else []
    return [
        Past(
            one,
            digest(one.profile)[:16] if one.profile else "",
            tuple(_changes(office, prior.profile if prior else None, one.profile)),
        )
        for prior, one in reversed(list(zip(before, mine, strict=True)))
    ]


def _changes(
    office: Office, old: Profile | None, new: Profile | None
) -> Iterator[tuple[str, str, str]]:
    if new is None:
        return
    was = old or Profile()
    for name in FIELDS:
        one, other = getattr(was, name), getattr(new, name)
        if one != other:
            yield name, _said(office, name, one), _said(office, name, other)


def _said(office: Office, name: str, value: Any) -> str:
    """A value as one reads it."""
    words = office.catalogue
    if name in CHOICES:
        return words.word(name if name != "numbering" else "numberings", value)
    if name in FLAGS:
        return words.text("page.form.yes" if value else "page.form.no")
    return str(value) or words.text("page.profiles.empty")
