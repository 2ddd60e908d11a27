"""Each version of a profile and of a Word template, of a body or of the whole institution."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from django.db import IntegrityError, models, transaction

from yishi.documents.profile import EARLIER, Profile


class Version(models.Model):
    """What a profile was from a moment on. Nothing here is changed: a change is a new version."""

    institution = models.CharField(max_length=64)
    body = models.CharField(max_length=64)
    """The body whose papers they are; the id of the general rules for the whole institution."""
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    content = models.JSONField(null=True)
    """The profile; null where from here on the next wider one holds again."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("institution", "body", "number"), name="profile_version"
            ),
        )


class Template(models.Model):
    """A version of an office's own Word template for a paper; null where it is taken out of use."""

    institution = models.CharField(max_length=64)
    body = models.CharField(max_length=64)
    paper = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("institution", "body", "paper", "number"), name="template_version"
            ),
        )


class Held(msgspec.Struct, frozen=True):
    """A version as the pages and papers use it."""

    body: str
    number: int
    at: datetime
    by: str
    profile: Profile | None


class Overtaken(Exception):  # noqa: N818
    """Somebody else has saved a version since this one was begun from."""


def versions_of(institution: str) -> tuple[Held, ...]:
    """Every version of an institution, the older first: one query."""
    kept = Version.objects.filter(institution=institution).order_by("id")
    return tuple(_held(one) for one in kept)


def _held(one: Version) -> Held:
    content: Any = one.content
    profile = None if content is None else msgspec.convert({**EARLIER, **content}, Profile)
    return Held(one.body, one.number, one.at, one.by, profile)


def latest(held: Iterable[Held], body: str, at: datetime) -> Held | None:
    """The version of just this body (or of the institution) at a moment, also one given up."""
    mine = [one for one in held if one.body == body and one.at <= at]
    return max(mine, key=lambda one: one.number, default=None)


def in_force(held: Iterable[Held], bodies: Iterable[str], at: datetime) -> Held | None:
    """What holds at a moment: the first of these bodies that has a profile then."""
    known = tuple(held)
    found = (latest(known, body, at) for body in bodies)
    return next((one for one in found if one is not None and one.profile is not None), None)


def save(
    institution: str, body: str, after: int, by: str, at: datetime, profile: Profile | None
) -> None:
    """Keep a version that was begun from the version `after`. Raises Overtaken."""
    content = None if profile is None else msgspec.to_builtins(profile)
    mine = Version.objects.filter(institution=institution, body=body)
    if mine.filter(number__gt=after).exists():
        raise Overtaken
    fields = {"institution": institution, "body": body, "by": by, "at": at}
    try:
        with transaction.atomic():
            Version.objects.create(number=after + 1, content=content, **fields)
    except IntegrityError as error:
        raise Overtaken from error
