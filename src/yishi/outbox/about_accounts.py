"""What people are told of accounts: their own, and those that wait for them as a second person."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from yishi.accounts.models import Account, Asked
from yishi.outbox.delivery import PASSWORD_LINK
from yishi.outbox.models import Message
from yishi.outbox.owed import Owed
from yishi.outbox.queue import put

OWN = "/account"
WAITING = "/people/accounts/asked/"


def tell_owner(account: Account, what: str, also: str = "", **said: Any) -> None:
    """Tell the owner on the desk and by mail; `also`, at an address that counts no more."""
    kind, now = f"outbox.{what}", timezone.now()
    key = f"account/{account.pk}/{now.isoformat()}"
    put(account.institution, [Owed((account.person,), kind, said, OWN, mail=True)], now, key)
    if also and also != account.email:
        Message.objects.create(
            institution=account.institution,
            person=account.person,
            channel="mail",
            key=f"{key}/before",
            kind=kind,
            params=said,
            link=OWN,
            to=also,
            made_at=now,
            next_try=now,
        )


def tell_seconds(asked: Asked, people: Iterable[str]) -> None:
    """Tell those who may let it happen that it waits for them."""
    owner = asked.account
    said = {"by": asked.by, "person": owner.person}
    owed = Owed(tuple(sorted(people)), f"outbox.{asked.what}_waits", said, WAITING, mail=True)
    put(owner.institution, [owed], timezone.now(), f"asked/{asked.pk}")


def tell_of_many(institution: str, by: str, many: int, people: Iterable[str]) -> None:
    """Tell them once of many addresses that came with a sheet."""
    owed = Owed(
        tuple(sorted(people)), "outbox.addresses_wait", {"by": by, "n": many}, WAITING, mail=True
    )
    now = timezone.now()
    put(institution, [owed], now, f"asked/{now.isoformat()}")


def mail_link(account: Account) -> None:
    """Owe the owner a mail with a one-time link, which is made as the mail goes out."""
    now = timezone.now()
    Message.objects.create(
        institution=account.institution,
        person=account.person,
        channel="mail",
        key=f"password/{now.isoformat()}",
        kind=PASSWORD_LINK,
        made_at=now,
        next_try=now,
    )
