"""Whether somebody may still watch: sign-in, place in the meeting, and what the screen shows."""

from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any, Final

import msgspec
from django.conf import settings
from django.contrib.auth import get_user
from django.db import connections
from django.http import HttpRequest
from django.utils import timezone

from yishi.accounts.idle import is_over
from yishi.accounts.models import Account
from yishi.web.live.tail import Watched
from yishi.web.office import Office
from yishi.web.sittings.seated import concerned

STORE: Final[Any] = import_module(settings.SESSION_ENGINE).SessionStore


class Seen(msgspec.Struct, frozen=True):
    """What a screen waits for, and how far the journal has come."""

    watched: Watched
    head: int


def seen(cookies: str, subject: str) -> Seen | None:
    """What that browser may watch of a sitting; None when it may not, or not any more.

    Holds no database connection afterwards.
    """
    try:
        account = _account(cookies)
        return _watched(account, subject) if account is not None else None
    finally:
        connections.close_all()


def _account(cookies: str) -> Account | None:
    """Whose session the browser carries, as long as it lasts; looking on does not prolong it."""
    try:
        held = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return None
    if held is None:
        return None
    request = HttpRequest()
    request.session = STORE(held.value)
    user = get_user(request)
    if not isinstance(user, Account) or not user.is_active or user.must_change:
        return None
    return None if is_over(request.session, timezone.now()) else user


def _watched(account: Account, subject: str) -> Seen | None:
    office = Office(account, "zh")
    sitting = office.state.sittings.get(subject)
    if sitting is None or not concerned(office, sitting):
        return None
    # What is raised from the floor is on no agenda yet.
    waiting = office.state.bodies[sitting.body].waiting
    raised = (i for i in waiting if office.state.items[i].sitting == subject)
    streams = {f"sitting/{subject}", *(f"item/{i}" for i in (*sitting.agenda, *raised))}
    return Seen(Watched(office.institution, frozenset(streams)), office.seq)
