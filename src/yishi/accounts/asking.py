"""What one person asks for an account, and another lets happen (双人办理).

Whoever keeps the accounts never has all that it takes to sign in as somebody: a new address
counts when its owner or a second person has confirmed it, and a password without an address is
set with two codes, of which each of two people has handed over one.
"""

import secrets
import unicodedata
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from yishi.accounts.keeping import note
from yishi.accounts.models import Account, Asked

LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""What codes are made of: nothing that is read in two ways."""

WAITS: Final = timedelta(days=7)
"""For so long the second person may show the second code."""


class Settled(Exception):  # noqa: N818
    """It has been settled, or is too old."""


class NotSecond(Exception):  # noqa: N818
    """Who asked, or whose account it is, is no second person."""


@transaction.atomic
def ask_address(account: Account, email: str, by: str) -> Asked:
    """Mail for the owner is to go to another address, or to none; so far nothing changes."""
    return _asked(account, "address", by, email=email)


@transaction.atomic
def ask_password(account: Account, by: str) -> tuple[Asked, str]:
    """The owner is to set a password; the first code, which is shown this once."""
    code = _code()
    return _asked(account, "password", by, first=_digest(code)), code


def _asked(account: Account, what: str, by: str, **more: str) -> Asked:
    """Ask anew: what was asked before and still waits gives way."""
    Account.objects.select_for_update().get(pk=account.pk)
    account.asked.filter(what=what, status="waiting").update(
        status="replaced", settled_by=by, settled_at=timezone.now()
    )
    note(account, f"{what}_asked", by)
    return Asked.objects.create(account=account, what=what, by=by, **more)


@transaction.atomic
def show(asked: int, by: str) -> str:
    """The second code, shown this once to a second person; shown again, it is another.

    Raises `Settled`, `NotSecond`.
    """
    row = _waiting(asked, "password")
    if by in (row.by, row.account.person):
        raise NotSecond
    code = _code()
    row.second, row.shown_by, row.shown_at = _digest(code), by, timezone.now()
    row.save(update_fields=["second", "shown_by", "shown_at"])
    note(row.account, "code_shown", by)
    return code


@transaction.atomic
def confirm(asked: int, by: str) -> tuple[Asked, str]:
    """The new address counts; with it, the one that counted before. Raises as `show` does.

    Its owner may confirm it too, but not whoever asked.
    """
    row = _waiting(asked, "address")
    if by == row.by:
        raise NotSecond
    before = row.account.email
    change_address(row.account, row.email, by)
    _settle(row, "done", by)
    return row, before


def change_address(account: Account, email: str, by: str) -> None:
    """Mail for the owner goes to this address from now on."""
    account.email = email
    account.save(update_fields=["email"])
    note(account, "addressed", by)


@transaction.atomic
def decline(asked: int, by: str) -> Asked:
    """It does not happen. Raises `Settled`."""
    row = _waiting(asked)
    _settle(row, "declined", by)
    note(row.account, "asked_declined", by)
    return row


def owed(username: str, first: str, second: str) -> Asked | None:
    """What the two codes belong to; None where they are wrong, used, or too old."""
    since = timezone.now() - timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    row = (
        Asked.objects.select_related("account")
        .filter(account__username=username, account__is_active=True, shown_at__gt=since)
        .filter(what="password", status="waiting")
        .first()
    )
    codes = _digest(first), _digest(second)
    held = (row.first, row.second) if row is not None else ("", "")
    fits = [constant_time_compare(*pair) for pair in zip(codes, held, strict=True)]
    return row if all(fits) else None


@transaction.atomic
def use(asked: Asked, password: str) -> None:
    """Set the password with which the owner signs in from now on. Raises `Settled`."""
    row = _waiting(asked.pk, "password")
    if row.second != asked.second:
        raise Settled
    row.account.set_password(password)
    row.account.must_change = False
    row.account.save(update_fields=["password", "must_change"])
    _settle(row, "done", "")
    note(row.account, "password_set", "")


def _waiting(asked: int, what: str = "") -> Asked:
    row = Asked.objects.select_for_update().filter(pk=asked, status="waiting").first()
    if row is None or what not in ("", row.what) or is_old(row):
        raise Settled
    return row


def is_old(row: Asked) -> bool:
    """Whether nobody may act on it any more: codes have their time, an address waits."""
    return row.what == "password" and timezone.now() > (row.shown_at or row.at) + WAITS


def waiting(institution: str) -> list[Asked]:
    """All that waits for somebody else, the oldest first."""
    since = timezone.now() - WAITS
    rows = Asked.objects.select_related("account").filter(
        account__institution=institution, account__is_active=True, status="waiting"
    )
    fresh = Q(what="address") | Q(at__gt=since) | Q(shown_at__gt=since)
    return list(rows.filter(fresh).order_by("at", "id"))


def _settle(row: Asked, status: str, by: str) -> None:
    row.status, row.settled_by, row.settled_at = status, by, timezone.now()
    row.save(update_fields=["status", "settled_by", "settled_at"])


def _code() -> str:
    """Eight letters in two groups, as they are read out and typed."""
    made = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{made[:4]}-{made[4:]}"


def _digest(code: str) -> str:
    """What is kept in a code's place; how it was typed (case, width, blanks) does not matter."""
    plain = unicodedata.normalize("NFKC", code[:100]).upper()
    kept = "".join(c for c in plain if c in LETTERS)
    return salted_hmac("yishi.accounts.asking", kept, algorithm="sha256").hexdigest()
