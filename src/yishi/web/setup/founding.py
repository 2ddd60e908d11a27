"""What the first setting up asks for, and the institution that comes of it."""

import re
import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

import msgspec
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from yishi.accounts import keeping
from yishi.accounts.models import Account
from yishi.clerk.door import found
from yishi.procedure.charters import CharterEnacted, InstitutionFounded
from yishi.roster.events import PersonEntered, PostFilled
from yishi.web.setup.shipped import Offered

ASKED: Final = (
    "called",
    "slug",
    "zone",
    "admin_name",
    "admin_username",
    "second_name",
    "second_username",
    "second_post",
)
"""Fields that are kept when something is wrong; passwords are typed again."""

SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]{1,39}\Z")
WORDS: Final = re.compile(r"[^\x00-\x1f\x7f\u0085\u2028\u2029\ufeff\ufffc]{1,100}\Z")
ZONES: Final = frozenset(available_timezones())


class Answers(msgspec.Struct, frozen=True):
    """What was typed, field by field."""

    typed: Mapping[str, str]
    password: str
    again: str

    def __getitem__(self, name: str) -> str:
        return self.typed.get(name, "").strip()


def wrong(answers: Answers) -> dict[str, str]:
    """What is wrong with which field: message ids, or sentences of the password check."""
    found: dict[str, str] = {}
    for name in ("called", "admin_name", "second_name"):
        if not WORDS.match(answers[name]):
            found[name] = "setup.missing"
    if answers["second_post"] and not WORDS.match(answers["second_post"]):
        found["second_post"] = "setup.missing"
    if not SLUG.match(answers["slug"]):
        found["slug"] = "setup.bad_slug"
    if answers["zone"] not in ZONES:
        found["zone"] = "setup.bad_zone"
    found |= dict(_names(answers))
    found |= dict(_password(answers))
    return found


def _names(answers: Answers) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for name in ("admin_username", "second_username"):
        try:
            kept = keeping.fit_name(answers[name])
        except keeping.Unfit as why:
            yield name, str(why.args[0])
            continue
        if kept in seen:
            yield name, "setup.same_username"
        seen.add(kept)
    if answers["admin_name"] and answers["admin_name"] == answers["second_name"]:
        yield "second_name", "setup.same_person"


def _password(answers: Answers) -> Iterator[tuple[str, str]]:
    if answers.password != answers.again:
        yield "password", "setup.not_alike"
        return
    try:
        validate_password(answers.password, Account(username=answers["admin_username"]))
    except ValidationError as error:
        yield "password", " ".join(error.messages)


def posts_of(general: Offered, key: str) -> str:
    """The printed name of a post that the general rules declare."""
    return general.charter.posts[key][0]


@transaction.atomic
def set_up(
    answers: Answers, general: Offered, charters: list[Offered], moment: datetime
) -> tuple[Account, Account]:
    """Found the institution; the accounts of its administrator and of the second person.

    Raises IntegrityError when there is an institution of that short name.
    """
    at = moment.astimezone(ZoneInfo(answers["zone"])).replace(microsecond=0)
    admin, second = (f"p{secrets.token_hex(6)}" for _ in range(2))
    posts = dict.fromkeys((posts_of(general, "confirmer"), answers["second_post"]))
    events: list[msgspec.Struct] = [
        InstitutionFounded(
            institution=answers["slug"],
            on=at.date(),
            called=answers["called"],
            zone=answers["zone"],
        ),
        PersonEntered(person=admin, called=answers["admin_name"]),
        PersonEntered(person=second, called=answers["second_name"]),
        PostFilled(person=admin, post=posts_of(general, "administrator"), since=at.date()),
        *(PostFilled(person=second, post=post, since=at.date()) for post in posts if post),
    ]
    events += [_enacted(one) for one in (general, *charters)]
    found(answers["slug"], tuple(events), at)
    first = keeping.make(answers["slug"], admin, answers["admin_username"], admin)
    first.set_password(answers.password)
    first.save(update_fields=["password"])
    other = keeping.make(answers["slug"], second, answers["second_username"], admin)
    return first, other


def _enacted(one: Offered) -> CharterEnacted:
    charter = one.charter
    return CharterEnacted(
        body=charter.body, text=one.text, digest=charter.digest, in_force=charter.in_force
    )
