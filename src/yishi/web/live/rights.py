"""Who looks from a browser, and whether they may: asked for many screens at once."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any, Final

import msgspec
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from yishi.accounts.idle import is_over
from yishi.accounts.models import Account
from yishi.web.middleware import LANGUAGE_COOKIE
from yishi.wording.source import LANGUAGES

STORE: Final[Any] = import_module(settings.SESSION_ENGINE).SessionStore

AT_ONCE: Final = 400
"""Sessions or accounts that one question to the database names."""

KEY: Final = re.compile(r"[a-z0-9]{32}")
"""What the key of a session looks like; anything else is no question to put to a database."""


class Browser(msgspec.Struct, frozen=True):
    """What a browser brings along: whose session it says it is, and the language it wants."""

    session: str
    language: str


class Viewer(msgspec.Struct, frozen=True):
    """Somebody who is signed in, and the language in which they read."""

    institution: str
    person: str
    language: str


COLUMNS: Final = (
    "pk",
    "username",
    "institution",
    "person",
    "language",
    "is_active",
    "must_change",
    "password",
)
"""Of an account, what says whose it is and whether a session still stands for it."""

Signed = dict[Browser, tuple[Account, Viewer]]


def browser_of(cookies: str) -> Browser | None:
    """What the cookies say; None where they name no session."""
    try:
        held = SimpleCookie(cookies)
    except CookieError:
        return None
    session, language = held.get(settings.SESSION_COOKIE_NAME), held.get(LANGUAGE_COOKIE)
    if session is None or not KEY.fullmatch(session.value):
        return None
    return Browser(session.value, language.value if language else "")


def signed_in(browsers: Collection[Browser]) -> Signed:
    """Whose the sessions are, as long as they last; looking on does not prolong one.

    Two questions to the database for every few hundred browsers.
    """
    now = timezone.now()
    keys = {browser.session for browser in browsers}
    opened: dict[str, dict[str, Any]] = {}
    for some in _batches(keys):
        rows = STORE.get_model_class().objects.filter(session_key__in=some, expire_date__gt=now)
        for key, data in rows.values_list("session_key", "session_data"):
            opened[key] = _decoded(data)
    wanted = {session.get(SESSION_KEY, "") for session in opened.values()}
    ids = {int(one) for one in wanted if one.isdecimal()}
    rows = (row for some in _batches(ids) for row in _rows(some))
    accounts = {row[0]: _account(row) for row in rows}
    found: Signed = {}
    for browser in browsers:
        session = opened.get(browser.session, {})
        known = accounts.get(int(session.get(SESSION_KEY) or 0))
        if known is not None and _counts(session, *known, now):
            found[browser] = known[0], _viewer(known[0], browser)
    return found


def _rows(ids: list[int]) -> QuerySet[Account, tuple[Any, ...]]:
    return Account.objects.filter(pk__in=ids).values_list(*COLUMNS)


@lru_cache(maxsize=4096)
def _account(row: tuple[Any, ...]) -> tuple[Account, str]:
    """An account and what its sessions are bound to; made once while its row is the same."""
    account = Account(**dict(zip(COLUMNS, row, strict=True)))
    return account, account.get_session_auth_hash()


def _counts(session: dict[str, Any], account: Account, hashed: str, now: datetime) -> bool:
    """Whether a session still stands for the account, by all that ends one."""
    known = session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
    same = constant_time_compare(session.get(HASH_SESSION_KEY, ""), hashed)
    stands = account.is_active and not account.must_change
    return known and same and stands and not is_over(session, now)


def _viewer(account: Account, browser: Browser) -> Viewer:
    asked = browser.language if browser.language in LANGUAGES else account.language
    language = asked if asked in LANGUAGES else LANGUAGES[0]
    return Viewer(account.institution, account.person, language)


@lru_cache(maxsize=4096)
def _decoded(data: str) -> dict[str, Any]:
    """What a session holds; the same again for as long as nothing is written to it."""
    return dict(STORE().decode(data))


def _batches(keys: Collection[Any]) -> Iterator[list[Any]]:
    every = list(keys)
    return (every[n : n + AT_ONCE] for n in range(0, len(every), AT_ONCE))
