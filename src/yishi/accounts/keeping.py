"""What is done with accounts, each with an entry of who did it."""

import re
from typing import Final

from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from yishi.accounts import locking
from yishi.accounts.models import Account, Handling, plain_name

NAME: Final = re.compile(r"[\w][\w.@-]{1,63}\Z")
"""What a username may look like: letters of any script, digits, and `. @ - _`."""


LONGEST: Final = 254
"""Characters that an address for mail may have."""


class Unfit(ValueError):  # noqa: N818
    """A username cannot be given; `args[0]` is the message id that says why."""


def fit_name(said: str, taken: set[str] | None = None) -> str:
    """A username as it will be kept. Raises `Unfit`; `taken` spares the look at the table."""
    name = plain_name(said)
    if not NAME.match(name):
        raise Unfit("people.username_malformed")
    there = name in taken if taken is not None else Account.objects.filter(username=name).exists()
    if there:
        raise Unfit("people.username_taken")
    return name


def fit_address(said: str) -> str:
    """An address for mail as it will be kept, or none. Raises `Unfit`."""
    address = said.strip()
    try:
        if address:
            validate_email(address)
    except ValidationError as error:
        raise Unfit("people.email_malformed") from error
    if len(address) > LONGEST:
        raise Unfit("people.email_malformed")
    return address


@transaction.atomic
def make(institution: str, person: str, username: str, by: str) -> Account:
    """An account without password and address: its owner gets at it by what two people do.

    Raises `Unfit`, also when somebody else has taken the name, or given the person an account,
    just now.
    """
    name = fit_name(username)
    try:
        with transaction.atomic():
            account = Account.objects.create_user(
                name, None, institution=institution, person=person
            )
    except IntegrityError as error:
        raise Unfit("people.username_taken") from error
    note(account, "made", by)
    return account


@transaction.atomic
def stop(account: Account, by: str) -> None:
    """Nobody signs in to the account any more, and whoever is signed in is out."""
    Account.objects.filter(pk=account.pk).update(is_active=False)
    note(account, "stopped", by)
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(account.pk):
            session.delete()


@transaction.atomic
def restore(account: Account, by: str) -> None:
    """The account may be signed in to again."""
    Account.objects.filter(pk=account.pk).update(is_active=True)
    note(account, "restored", by)


def unlock(account: Account, by: str) -> None:
    """Failures so far are forgotten; the next attempt counts as the first."""
    locking.unlock(account.username)
    note(account, "unlocked", by)


def note(account: Account, what: str, by: str) -> None:
    """Write down what was done with an account."""
    Handling.objects.create(account=account, what=what, by=by)
