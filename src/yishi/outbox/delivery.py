"""Mail goes out: each message until it is sent or given up, later and later after each failure."""

import smtplib
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from yishi.accounts.links import one_time_link
from yishi.accounts.models import Account
from yishi.outbox.calendar import entry_of
from yishi.outbox.models import Message
from yishi.procedure.state import State
from yishi.procedure.verdict import Message as Said
from yishi.wording import Catalogue, Names

TRIES: Final = 8
"""After so many failures a message is given up, and stands in the list of failures."""

NO_ADDRESS: Final = "no address"
"""The failure of a message to somebody whose account has no address any more."""

BATCH: Final = 50

TAKEN: Final = timedelta(minutes=10)
"""For so long no other process takes up a message that one is sending."""

PASSWORD_LINK: Final = "outbox.password_link"
"""The mail that brings a one-time link: made as it goes out, so that it is kept nowhere."""


def deliver(institution: str, state: State) -> tuple[int, int]:
    """Send the mail of an institution that is due; how many went out, and how many failed."""
    if not settings.EMAIL_HOST and "smtp" in settings.EMAIL_BACKEND:
        return 0, 0
    due = _due(institution)
    if not due:
        return 0, 0
    connection = get_connection()
    try:
        down = _down(connection)
        went = [_one(key, state, connection, down) for key in due]
    finally:
        connection.close()
    return went.count(True), went.count(False)


def _down(connection: BaseEmailBackend) -> str:
    """Why the mail server cannot be reached; empty when it can."""
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        return str(error) or type(error).__name__
    return ""


def _due(institution: str) -> list[int]:
    now = timezone.now()
    rows = Message.objects.filter(
        institution=institution, channel="mail", sent_at=None, given_up=False, next_try__lte=now
    )
    return list(rows.order_by("next_try", "id").values_list("id", flat=True)[:BATCH])


def _one(key: int, state: State, connection: BaseEmailBackend, down: str) -> bool | None:
    """Send one message; None when another process is just doing so.

    No transaction is open while the mail server is spoken to: it may take its time, and the
    embedded database would keep everybody else from writing.
    """
    row = _taken(key)
    if row is None:
        return None
    account = Account.objects.filter(institution=row.institution, person=row.person).first()
    if account is None or not (row.to or account.email):
        return _failed(row, NO_ADDRESS)
    if down:
        return _failed(row, down)
    try:
        _mail(row, account, state, connection).send()
    except Exception as error:
        # Whatever is wrong with one message (an address, a name in its subject), the others go out.
        return _failed(row, str(error) or type(error).__name__)
    row.sent_at, row.failure = timezone.now(), ""
    row.save(update_fields=["sent_at", "failure"])
    return True


def _taken(key: int) -> Message | None:
    """A message that is due, put off for as long as sending may take; None when it is not."""
    now = timezone.now()
    with transaction.atomic():
        row = (
            Message.objects.select_for_update(skip_locked=_skips())
            .filter(id=key, sent_at=None, next_try__lte=now)
            .first()
        )
        if row is not None:
            row.next_try = now + TAKEN
            row.save(update_fields=["next_try"])
    return row


def _skips() -> bool:
    from django.db import connection

    return connection.features.has_select_for_update_skip_locked


def _failed(row: Message, why: str) -> bool:
    row.attempts += 1
    row.failure = why[:300]
    row.given_up = row.attempts >= TRIES
    row.next_try = timezone.now() + wait(row.attempts)
    row.save(update_fields=["attempts", "failure", "given_up", "next_try"])
    return False


def wait(attempts: int) -> timedelta:
    """How long to wait after so many failures: one minute, two, four …, at most six hours."""
    return min(timedelta(minutes=2 ** (attempts - 1)), timedelta(hours=6))


def _mail(
    row: Message, account: Account, state: State, connection: BaseEmailBackend
) -> EmailMessage:
    catalogue, names = Catalogue(account.language), Names(state)
    said = sentence(row, catalogue, names)
    link = f"{settings.BASE_URL.rstrip('/')}{row.link}" if row.link else ""
    if row.kind == PASSWORD_LINK:
        link = one_time_link(account)
    mail = EmailMessage(
        subject=said.splitlines()[0][:150],
        body=catalogue.text("page.outbox.mail", said=said, link=link, place=state.called),
        to=[row.to or account.email],
        connection=connection,
    )
    if row.calendar in state.sittings:
        entry = entry_of(state, row.calendar, catalogue, row.made_at)
        method = "CANCEL" if state.sittings[row.calendar].status == "called_off" else "PUBLISH"
        mail.attach("meeting.ics", entry, f"text/calendar; charset=utf-8; method={method}")
    return mail


def sentence(row: Message, catalogue: Catalogue, names: Names) -> str:
    """What a message says, with the names as they are now."""
    params: dict[str, Any] = {k: _value(v) for k, v in row.params.items()}
    return catalogue.sentence(Said(row.kind, params), names)


def _value(value: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, str) and "T" in value:
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            return value
    return value
