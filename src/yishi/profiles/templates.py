"""An office's own Word templates, version by version; which of them is in use."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

import msgspec
from django.db import IntegrityError, transaction

from yishi.profiles.models import Overtaken, Template


class Own(msgspec.Struct, frozen=True):
    """A version without its bytes."""

    body: str
    paper: str
    number: int
    at: datetime
    by: str
    name: str
    sha256: str
    """Empty where from here on there is none."""


def templates_of(institution: str) -> tuple[Own, ...]:
    """Every version of an institution's templates, the older first: one query, no bytes."""
    rows = Template.objects.filter(institution=institution).order_by("id")
    columns = ("body", "paper", "number", "at", "by", "name", "sha256")
    return tuple(Own(*row) for row in rows.values_list(*columns))


def newest(held: Iterable[Own], body: str, paper: str) -> Own | None:
    """The latest version of just this body, also one that says that there is none."""
    mine = [one for one in held if (one.body, one.paper) == (body, paper)]
    return max(mine, key=lambda one: one.number, default=None)


def in_use(held: Iterable[Own], bodies: Iterable[str], paper: str) -> Own | None:
    """The template that is used: of the first of these bodies that has one."""
    known = tuple(held)
    found = (newest(known, body, paper) for body in bodies)
    return next((one for one in found if one is not None and one.sha256), None)


def content_of(institution: str, own: Own) -> bytes:
    """The bytes of a version."""
    row = Template.objects.get(
        institution=institution, body=own.body, paper=own.paper, number=own.number
    )
    return bytes(row.content or b"")


def keep(
    institution: str, body: str, paper: str, by: str, at: datetime, name: str, raw: bytes | None
) -> None:
    """Keep a version, or that from now on there is none. Raises Overtaken."""
    last = newest(templates_of(institution), body, paper)
    digest = sha256(raw).hexdigest() if raw is not None else ""
    try:
        with transaction.atomic():
            Template.objects.create(
                institution=institution,
                body=body,
                paper=paper,
                number=last.number + 1 if last else 1,
                at=at,
                by=by,
                name=name,
                sha256=digest,
                content=raw,
            )
    except IntegrityError as error:
        raise Overtaken from error
